// SPDX-License-Identifier: Apache-2.0
// Notifications of the browser, for users who look elsewhere and have asked for them. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  const NOTIFY = 'gbp-status:notify';

  /** `page`: window, document (for its visibility), storage (of this tab), title. */
  gbpStatus.notifications = function ({window, document, storage, title}) {
    const {Notification} = window;
    let isRefused = false;
    let permission = '';

    // The page waits while the browser looks it up. Users change it outside of the page, and then return to it.
    function look() {
      permission = Notification && !isRefused ? Notification.permission : 'denied';
    }

    function isOn() {
      return permission === 'granted' && storage.getItem(NOTIFY) === 'yes';
    }

    /** Turns notifications on or off. The browser asks the user for permission, which it does only after a click. */
    async function toggle() {
      const willTell = !isOn() && await Notification.requestPermission() === 'granted';
      look();
      storage.setItem(NOTIFY, willTell ? 'yes' : 'no');
    }

    /** Whether the user looks elsewhere, and wants to be told. */
    function isWanted() {
      return document.hidden && isOn();
    }

    // Browsers of telephones allow notifications, and refuse to show any but those of a service worker.
    /** @param {string} text */
    function notify(text) {
      try {
        return isWanted() ? new Notification(title.text(), {body: text, tag: 'gbp-status'}) : null;
      } catch (refused) {
        window.console.info(refused.message);
        isRefused = true;
        look();
        return null;
      }
    }

    /** @param {HTMLElement} button */
    function showButton(button) {
      const offer = isOn() ? gettext('Stop notifications') : gettext('Notify me');
      gbpStatus.dom.write(button, permission === 'denied' ? '' : offer);
    }

    look();
    window.addEventListener('focus', look);
    return {isOn, isWanted, toggle, notify, showButton};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
