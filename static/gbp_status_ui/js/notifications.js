// SPDX-License-Identifier: Apache-2.0
// The page's title, and notifications of the browser. Reads the badge's attributes (dom.js).
(function (gbpStatus) {
  'use strict';

  const NOTIFY = 'gbp-status:notify';

  /**
   * For users who look elsewhere: the window's title counts what is broken or being built, and the browser shows a
   * notification of changes in a hidden tab, if the user has asked for that. `page`: root, window, document, storage.
   */
  gbpStatus.notifications = function ({root, window, document, storage}) {
    const {Notification} = window;
    const {badges, dom} = gbpStatus;
    let title = document.title;

    let permission = '';

    // The page waits while the browser looks it up. Users change it outside of the page, and then come back to it.
    function look() {
      permission = Notification ? Notification.permission : 'denied';
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

    function notify(text) {
      return isWanted() ? new Notification(title, {body: text, tag: 'gbp-status'}) : null;
    }

    function showButton(button) {
      const offer = isOn() ? gettext('Stop notifications') : gettext('Tell me');
      dom.write(button, permission === 'denied' ? '' : offer);
    }

    function count() {
      const urgent = badges.all(root).filter(one => badges.isProblem(one) || badges.isTransient(one) && !badges.isUnread(one));
      const number = new Set(urgent.map(badges.key)).size;
      const counted = number ? '(' + number + ') ' + title : title;
      if (document.title !== counted) {
        document.title = counted;
      }
    }

    /** The page has another heading: its resource has been renamed. */
    function retitle(old, fresh) {
      title = title.replace(old, () => fresh);
    }

    look();
    window.addEventListener('focus', look);
    return {isOn, isWanted, toggle, notify, showButton, count, retitle};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
