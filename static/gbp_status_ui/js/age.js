// SPDX-License-Identifier: Apache-2.0
// Durations in words. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  /** A duration in ms, in its two largest units at most. */
  gbpStatus.age = function (duration) {
    if (duration < MINUTE) {
      return gettext('less than a minute');
    }
    if (duration < HOUR) {
      return interpolate(gettext('%s min'), [Math.floor(duration / MINUTE)]);
    }
    if (duration < DAY) {
      return interpolate(gettext('%s h %s min'), [Math.floor(duration / HOUR), Math.floor(duration % HOUR / MINUTE)]);
    }
    return interpolate(gettext('%s d %s h'), [Math.floor(duration / DAY), Math.floor(duration % DAY / HOUR)]);
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
