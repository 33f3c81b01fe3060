// SPDX-License-Identifier: Apache-2.0
// Since when this page has seen each resource in its state (the API has no timestamps), and which BUILD takes long.
// Reads: data-gbp-status-long-build (on .gbp-status, in seconds) and the badge's own attributes (badges.js).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const LONG_BUILD = 600;

  gbpStatus.sightings = function (clock) {
    const badges = gbpStatus.badges;
    const words = gbpStatus.words;
    const seen = new Map();

    function see(badge) {
      const key = badges.key(badge);
      const known = seen.get(key);
      if (!known || known.status !== badge.dataset.gbpStatus) {
        seen.set(key, {status: badge.dataset.gbpStatus, since: clock.now()});
      }
    }

    /** In ms since 1970. */
    function since(badge) {
      see(badge);
      return seen.get(badges.key(badge)).since;
    }

    function limit(badge) {
      const root = badge.closest('[data-gbp-status-long-build]');
      return 1000 * (root ? Number(root.dataset.gbpStatusLongBuild) : LONG_BUILD);
    }

    function isLong(badge) {
      return badges.isTransient(badge) && clock.now() - since(badge) > limit(badge);
    }

    function mark(badge) {
      const age = badge.querySelector('.gbp-status-age');
      const text = interpolate(gettext('long-running: %s'), [words.age(clock.now() - since(badge))]);
      if (age.textContent !== text) {
        age.textContent = text;
        age.hidden = false;
        badge.classList.add('gbp-status-long');
      }
    }

    function markLong(badgesOfPage) {
      badgesOfPage.filter(isLong).forEach(mark);
    }

    return {see, since, isLong, markLong};
  };
}(jQuery, horizon));
