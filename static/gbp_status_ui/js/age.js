// SPDX-License-Identifier: Apache-2.0
// Durations in words. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  const MINUTE_MS = 60000;
  const HOUR_MS = 60 * MINUTE_MS;
  const DAY_MS = 24 * HOUR_MS;

  /** A duration in ms, in its two largest units at most. */
  gbpStatus.age = function (duration) {
    if (duration < MINUTE_MS) {
      return gettext('less than a minute');
    }
    if (duration < HOUR_MS) {
      return interpolate(gettext('%s min'), [Math.floor(duration / MINUTE_MS)]);
    }
    if (duration < DAY_MS) {
      return interpolate(gettext('%s h %s min'), [Math.floor(duration / HOUR_MS), Math.floor(duration % HOUR_MS / MINUTE_MS)]);
    }
    return interpolate(gettext('%s d %s h'), [Math.floor(duration / DAY_MS), Math.floor(duration % DAY_MS / HOUR_MS)]);
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
