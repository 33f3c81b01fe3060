// SPDX-License-Identifier: Apache-2.0
// Times and ages as the user reads them. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  /** The time of day of `at`, with the date when that is not the day of `now` (both in ms since 1970). */
  function time(at, now) {
    const when = new Date(at);
    const isToday = when.toDateString() === new Date(now).toDateString();
    return when[isToday ? 'toLocaleTimeString' : 'toLocaleString'](horizon.languageCode);
  }

  /** A duration in ms, in its two largest units at most. */
  function age(duration) {
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
  }

  gbpStatus.words = {time, age};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
