// SPDX-License-Identifier: Apache-2.0
// Since when this page has seen each resource in its state (the API has no timestamps), and which BUILD takes long.
// Reads: data-gbp-status-long-build (on the root, in seconds) and the badge's own attributes (badges.js).
(function (gbpStatus) {
  'use strict';

  gbpStatus.sightings = function ({root, clock}) {
    const {badges, words} = gbpStatus;
    const seen = new Map();

    /** Returns since when, in ms since 1970. */
    function see(badge) {
      const key = badges.key(badge);
      const status = badge.dataset.gbpStatus;
      if (!seen.has(key) || seen.get(key).status !== status) {
        seen.set(key, {status, since: clock.now()});
      }
      return seen.get(key).since;
    }

    function age(badge) {
      return clock.now() - see(badge);
    }

    function isLong(badge) {
      return badges.isTransient(badge) && age(badge) > 1000 * root.dataset.gbpStatusLongBuild;
    }

    function mark(badge) {
      const text = interpolate(gettext('long-running: %s'), [words.age(age(badge))]);
      gbpStatus.dom.write(badge.querySelector('.gbp-status-age'), text);
      badge.classList.add('gbp-status-long');
    }

    return {see, isLong, markLong: all => all.filter(isLong).forEach(mark)};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
