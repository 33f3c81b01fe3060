// SPDX-License-Identifier: Apache-2.0
// The kinds that GBP could not be asked for: since when, and when to try them again.
// Reads: data-gbp-status-kind, data-gbp-status-kind-label (on a badge).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const LONGEST = 60000;

  gbpStatus.outages = function (document, clock, interval) {
    const outages = new Map();

    function fail(kind, readAt) {
      const known = outages.get(kind) || {since: readAt, failures: 0};
      const failures = known.failures + 1;
      const delay = Math.min(interval * Math.pow(2, failures), LONGEST);
      outages.set(kind, {since: known.since, failures, retryAt: clock.now() + delay});
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
      const badge = document.querySelector('[data-gbp-status-kind="' + CSS.escape(kind) + '"]');
      return badge ? badge.dataset.gbpStatusKindLabel : kind;
    }

    /** [{label, since}] for the strip. */
    function list() {
      return Array.from(outages, entry => ({label: label(entry[0]), since: entry[1].since}));
    }

    return {note, isDue, list};
  };
}(jQuery, horizon));
