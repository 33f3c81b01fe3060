// SPDX-License-Identifier: Apache-2.0
// The kinds that GBP could not be asked for: since when, and when to try them again.
// Reads: data-gbp-status-kind, data-gbp-status-kind-label (on a badge).
(function (gbpStatus) {
  'use strict';

  const LONGEST = 60000;

  gbpStatus.outages = function ({root, clock, interval}) {
    const outages = new Map();

    function fail(kind, readAt) {
      const {since = readAt, delay = interval} = outages.get(kind) || {};
      const doubled = Math.min(2 * delay, LONGEST);
      outages.set(kind, {since, delay: doubled, retryAt: clock.now() + doubled});
    }

    /** `kinds` were asked for, `unavailable` of them without success; `readAt` is when all was last well. */
    function note(kinds, unavailable, readAt) {
      kinds.forEach(kind => {
        if (unavailable.includes(kind)) {
          fail(kind, readAt);
        } else {
          outages.delete(kind);
        }
      });
    }

    function isDue(kind) {
      return !outages.has(kind) || outages.get(kind).retryAt <= clock.now();
    }

    function label(kind) {
      const badge = gbpStatus.badges.all(root).find(one => one.dataset.gbpStatusKind === kind);
      return badge ? badge.dataset.gbpStatusKindLabel : kind;
    }

    /** [{label, since}] for the strip. */
    function list() {
      return Array.from(outages, ([kind, {since}]) => ({label: label(kind), since}));
    }

    return {note, isDue, list};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
