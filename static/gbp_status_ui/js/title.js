// SPDX-License-Identifier: Apache-2.0
// The window's title counts what is broken or being built, for users who look elsewhere. Reads the badge's attributes
// (badges.js), and data-gbp-status-urgent (on the chips of what is broken or being built, or on the
// sentence that says it: EXACT where their numbers are that), and data-gbp-status-number (on that sentence: the number).
(function (gbpStatus) {
  'use strict';

  /** @param {HTMLElement[]} badges */
  function number(badges) {
    return new Set(badges.map(gbpStatus.badges.key)).size;
  }

  /**
   * How many resources on the page are broken or being built; what is only as last stored is being read.
   * @param {HTMLElement} root
   */
  function shown(root) {
    return number(gbpStatus.badges.all(root).filter(gbpStatus.badges.isUrgent));
  }

  /** How many of them the user has muted. @param {HTMLElement} root @param {Mutes} mutes */
  function muted(root, mutes) {
    return number(gbpStatus.badges.all(root).filter(badge => gbpStatus.badges.isUrgent(badge) && mutes.isMuted(badge)));
  }

  /** Numbers may be grouped, as the user's language has it. @param {HTMLElement} chip */
  function numberOf(chip) {
    const place = gbpStatus.dom.find(chip, 'count');
    if ('gbpStatusNumber' in chip.dataset) {
      return Number(chip.dataset.gbpStatusNumber);
    }
    return place ? Number(place.textContent.replace(/\D/g, '')) : 0;
  }

  /** What the chips count; where their numbers are not exact the page may show more. @param {HTMLElement} root */
  function urgent(root) {
    const chips = gbpStatus.dom.findAll(root, 'urgent');
    const sum = chips.map(numberOf).reduce((total, one) => total + one, 0);
    const isExact = chips.length && chips.every(one => one.dataset.gbpStatusUrgent === 'EXACT');
    return isExact ? sum : Math.max(sum, shown(root));
  }

  /** `page`: root, document, mutes. */
  gbpStatus.title = function ({root, document, mutes}) {
    let title = document.title;

    function count() {
      const left = Math.max(0, urgent(root) - muted(root, mutes));
      const text = left ? '(' + left + ') ' + title : title;
      if (document.title !== text) {
        document.title = text;
      }
    }

    /** The page has another heading: its resource has been renamed. @param {string} old @param {string} fresh */
    function retitle(old, fresh) {
      title = title.replace(old, () => fresh);
    }

    return {count, retitle, text: () => title};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
