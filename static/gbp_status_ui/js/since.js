// SPDX-License-Identifier: Apache-2.0
// Since when a resource is as it is, and how often it was in error: the server remembers when anybody saw it first, and its
// badge says it. Ages go on counting in the browser.
// Reads: data-gbp-status-now (on the root: the server's time of day), data-gbp-status-long-build (there, in seconds);
// data-gbp-status-since (on a badge, ISO 8601) and data-gbp-status-errors (there); data-gbp-status-mirror="since|errors"
// inside data-object-id: where a row says it.
(function (gbpStatus) {
  'use strict';

  const TICK_MS = 15000;

  /** @param {number} number */
  function errorWords(number) {
    return number ? interpolate(ngettext('%s error since yesterday', '%s errors since yesterday', number), [number]) : '';
  }

  // The age is seen, the exact time is read out, and shown to who points at it.
  /** @param {HTMLElement} place @param {{age: string, exact: string}} given */
  function writeSince(place, {age, exact}) {
    const {dom} = gbpStatus;
    if (place.childElementCount !== 2 || dom.find(place, 'moment')) {
      const parts = ['gbp-status-elapsed', 'sr-only'].map(name => Object.assign(document.createElement('span'), {className: name}));
      parts[0].setAttribute('aria-hidden', 'true');
      place.replaceChildren(parts[0], ' ', parts[1]);
    }
    dom.write(/** @type {HTMLElement} */ (place.firstElementChild), age);
    dom.write(/** @type {HTMLElement} */ (place.lastElementChild), exact);
    place.title = exact;
  }

  /** `page`: root, clock, time. */
  gbpStatus.since = function ({root, clock, time}) {
    const {badges, dom} = gbpStatus;
    // How far the server's time of day is ahead of the browser's, in ms.
    let ahead = 0;

    /**
     * Notes the time of day by which the server has just answered, in ms since 1970, if it says it.
     * @param {number} [serverTime]
     */
    function sync(serverTime = NaN) {
      ahead = Number.isFinite(serverTime) ? serverTime - clock.wall(clock.now()) : ahead;
    }

    /** Since when, in ms since 1970 by the server's clock; NaN where nobody remembers. @param {HTMLElement} badge */
    function of({dataset}) {
      return Date.parse(dataset.gbpStatusSince);
    }

    /** @param {HTMLElement} badge */
    function ageOf(badge) {
      return Math.max(0, clock.wall(clock.now()) + ahead - of(badge));
    }

    /** {age, exact, time} in words; null where nobody remembers. @param {HTMLElement | null} [badge] */
    function said(badge) {
      if (!badge || Number.isNaN(of(badge))) {
        return null;
      }
      const at = time.minutes(of(badge));
      return {age: gbpStatus.age(ageOf(badge)), exact: interpolate(gettext('since %s or earlier'), [at]), time: at};
    }

    /** @param {HTMLElement} badge */
    function isLong(badge) {
      return badges.isTransient(badge) && ageOf(badge) > 1000 * Number(root.dataset.gbpStatusLongBuild);
    }

    /** @param {HTMLElement} badge */
    function markLong(badge) {
      const age = badge.querySelector('.gbp-status-age');
      const isMarked = isLong(badge);
      if (age && age.hidden === isMarked) {
        dom.write(age, isMarked ? gettext('long-running') : '');
        badge.classList.toggle('gbp-status-long', isMarked);
      }
    }

    /** @param {HTMLElement} place */
    function writeRow(place) {
      const badge = badges.ofRow(place);
      if (place.dataset.gbpStatusMirror === 'errors') {
        dom.write(place, errorWords(badge ? Number(badge.dataset.gbpStatusErrors || 0) : 0));
        return;
      }
      const found = said(badge);
      place.hidden = !found;
      if (found) {
        writeSince(place, found);
      }
    }

    /** Writes what badges in `scope` say into their rows. @param {ParentNode} scope */
    function rewrite(scope) {
      ['mirror="since"', 'mirror="errors"'].forEach(name => dom.findAll(scope, name).forEach(writeRow));
      badges.all(scope).forEach(markLong);
    }

    /** Calls `task` again and again, so that ages count. @param {() => void} task */
    function count(task) {
      clock.later(() => {
        task();
        count(task);
      }, TICK_MS);
    }

    sync(Date.parse(root.dataset.gbpStatusNow));
    return {said, isLong, errors: ({dataset}) => errorWords(Number(dataset.gbpStatusErrors || 0)), rewrite, count, sync};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
