// SPDX-License-Identifier: Apache-2.0
// The page's title, and notifications of the browser. Reads the badge's attributes (badges.js), and data-gbp-status-urgent (on
// the chips of what is broken or being built, or on the sentence that says it: EXACT where their numbers are that), and
// data-gbp-status-number (on that sentence: the number).
(function (gbpStatus) {
  'use strict';

  const NOTIFY = 'gbp-status:notify';

  function number(badges) {
    return new Set(badges.map(gbpStatus.badges.key)).size;
  }

  /** How many resources on the page are broken or being built; what is only as last stored is being read. */
  function shown(root) {
    return number(gbpStatus.badges.all(root).filter(gbpStatus.badges.isUrgent));
  }

  /** How many of them the user has put aside. */
  function aside(root, mute) {
    return number(gbpStatus.badges.all(root).filter(badge => gbpStatus.badges.isUrgent(badge) && mute.isMuted(badge)));
  }

  // Numbers may be grouped, as the user's language has it.
  function numberOf(chip) {
    const place = gbpStatus.dom.find(chip, 'count');
    if ('gbpStatusNumber' in chip.dataset) {
      return Number(chip.dataset.gbpStatusNumber);
    }
    return place ? Number(place.textContent.replace(/\D/g, '')) : 0;
  }

  /** What the chips count; where their numbers are not exact the page may show more. */
  function urgent(root) {
    const chips = gbpStatus.dom.findAll(root, 'urgent');
    const sum = chips.map(numberOf).reduce((total, one) => total + one, 0);
    const isExact = chips.length && chips.every(one => one.dataset.gbpStatusUrgent === 'EXACT');
    return isExact ? sum : Math.max(sum, shown(root));
  }

  /**
   * For users who look elsewhere: the window's title counts what is broken or being built, and the browser shows a
   * notification of changes in a hidden tab, if the user has asked for that. `page`: root, window, document, storage, mute.
   */
  gbpStatus.notifications = function ({root, window, document, storage, mute}) {
    const {dom} = gbpStatus;
    let {Notification} = window;
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

    // Browsers of telephones allow notifications, and refuse to show any but those of a service worker.
    function notify(text) {
      try {
        return isWanted() ? new Notification(title, {body: text, tag: 'gbp-status'}) : null;
      } catch (refused) {
        window.console.info(refused.message);
        Notification = null;
        look();
        return null;
      }
    }

    function showButton(button) {
      const offer = isOn() ? gettext('Stop notifications') : gettext('Notify me');
      dom.write(button, permission === 'denied' ? '' : offer);
    }

    function count() {
      const left = Math.max(0, urgent(root) - aside(root, mute));
      const text = left ? '(' + left + ') ' + title : title;
      if (document.title !== text) {
        document.title = text;
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
