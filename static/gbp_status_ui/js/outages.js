// SPDX-License-Identifier: Apache-2.0
// Which kinds, and fragments of the page, could not be read: since when, why, and when to try them again.
// Reads: data-gbp-status-kind, data-gbp-status-kind-label (on a badge: the plural), data-gbp-status-fragment (on a line).
(function (gbpStatus) {
  'use strict';

  const MAX_FAILURE_INTERVAL_MS = 60000;

  /**
   * The kinds, and fragments of the page, that could not be read, and why; those beneath which it could not be read have names
   * of two words (beneath.js). `page`: root; clock; interval, in ms.
   */
  gbpStatus.outages = function ({root, clock, interval}) {
    const {find, having} = gbpStatus.dom;
    const outages = new Map();
    // What each place last said that it lacks: the list, and fragments.
    const lacking = new Map();

    /** @param {string} kind @param {Failure} why @param {number} readAt */
    function fail(kind, why, readAt) {
      const {since = readAt, delay = interval} = outages.get(kind) || {};
      const doubled = Math.min(2 * delay, MAX_FAILURE_INTERVAL_MS);
      outages.set(kind, {...why, since, delay: doubled, retryAt: clock.now() + doubled});
    }

    /**
     * `kinds` were asked for, and those in `unavailable` could not be read: {kind: {reason, label, isBeneath}}; of a `silent`
     * one the page says why elsewhere. `readAt` is when all was last well.
     * @param {string[]} kinds
     * @param {Unavailable} unavailable
     * @param {number} readAt
     */
    function note(kinds, unavailable, readAt) {
      kinds.filter(kind => !(kind in unavailable)).forEach(kind => outages.delete(kind));
      Object.keys(unavailable).forEach(kind => { fail(kind, unavailable[kind], readAt); });
    }

    /** @param {string} kind */
    function hasFailedLine(kind) {
      const line = having(root, 'fragment', kind);
      return Boolean(line && find(line, 'failed'));
    }

    /**
     * Notes what a whole page, or a fragment that lists all kinds, says: of what neither it nor another such place names nothing
     * is unread. A line that says otherwise is due at once.
     * @param {Unavailable} unavailable
     * @param {number} readAt
     * @param {string} place
     */
    function noteAll(unavailable, readAt, place) {
      lacking.set(place, Object.keys(unavailable));
      const named = new Set(Array.from(lacking.values()).flat());
      const kinds = Array.from(outages).filter(([kind, {silent}]) => !silent && !kind.includes(' ') && !named.has(kind)).map(([kind]) => kind);
      const isBehind = (/** @type {string} */ kind) => !(kind in unavailable) && hasFailedLine(kind);
      note(kinds.filter(kind => !isBehind(kind)), unavailable, readAt);
      kinds.filter(isBehind).forEach(kind => { outages.get(kind).retryAt = clock.now(); });
    }

    /** @param {string} kind */
    function isDue(kind) {
      return !outages.has(kind) || outages.get(kind).retryAt <= clock.now();
    }

    /** @param {string} key */
    function label(key) {
      const [kind, beneath] = key.split(' ');
      const badge = having(root, 'kind', kind);
      const fragment = having(root, 'fragment', kind);
      const name = badge && badge.dataset.gbpStatusKindLabel || fragment && fragment.getAttribute('aria-label') || kind;
      return beneath ? interpolate(gettext('What Neutron says (%s)'), [name]) : name;
    }

    /** [{label, since, reason, isBeneath}] for the strip. */
    function list() {
      const told = Array.from(outages).filter(([, {silent}]) => !silent);
      return told.map(([kind, {label: name = label(kind), since, reason, isBeneath = kind.includes(' ')}]) => (
        {label: name, since, reason, isBeneath}));
    }

    return {note, noteAll, isDue, list, since: kind => outages.has(kind) ? outages.get(kind).since : null};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
