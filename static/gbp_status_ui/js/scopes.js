// SPDX-License-Identifier: Apache-2.0
// What a round of reading asks for, by its scope. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  /**
   * `page`: root, schedule, outages, beneath, followed, list, fragments, confirmedChanges. By scope: maxAge(), how many seconds old an answer may be, and
   * wanted(), what is asked for: {list: whether the list is, rows: resources, fragments: which fragments of the page (fragments.js)}.
   */
  gbpStatus.scopes = function ({root, schedule, outages, beneath, followed, list, fragments, confirmedChanges}) {
    const {badges} = gbpStatus;

    /** @param {HTMLElement} badge */
    function isDue(badge) {
      return badges.isTransient(badge) && outages.isDue(badge.dataset.gbpStatusKind);
    }

    /** @param {(badge: HTMLElement) => boolean} isWanted */
    function shown(isWanted) {
      return badges.resources(badges.all(root).concat(followed.all()).filter(isWanted));
    }

    /**
     * A list or the fragments of a page contain all of its badges; tables of another plugin have neither.
     * @returns {Wanted}
     */
    function all() {
      const isRead = list.isThere() || fragments.areThere();
      return {list: list.isThere(), rows: isRead ? [] : shown(Boolean), fragments: 'all'};
    }

    /** @param {(badge: HTMLElement) => boolean} isWanted @returns {Wanted} */
    function polled(isWanted) {
      return {list: false, rows: shown(isWanted), fragments: 'changed'};
    }

    // Of what the page lacks the server decides how old it may be.
    return {
      'poll': {maxAge: schedule.maxAge, wanted: () => polled(isDue)},
      'confirm': {maxAge: () => 0, wanted: () => ({list: false, rows: confirmedChanges.resources(), fragments: 'changed'})},
      'shown': {maxAge: schedule.heartbeatMaxAge, wanted: () => polled(Boolean)},
      'missing': {maxAge: () => undefined, wanted: () => ({list: list.isPreview(), rows: beneath.unfinished(root), fragments: 'lacking'})},
      'list': {maxAge: schedule.allMaxAge, wanted: all},
      'whole': {maxAge: () => 0, wanted: all}
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
