// SPDX-License-Identifier: Apache-2.0
// Times and ages as the user reads them. Reads: data-gbp-status-time-zone (on the root: that of the user's
// settings).
(function (gbpStatus) {
  'use strict';

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  function isOneDay(at, now, options) {
    const [day, today] = [at, now].map(one => new Date(one).toLocaleDateString('en', options));
    return day === today;
  }

  /**
   * The time of day of `at`, with the date when that is not the day of `now` (both in ms since 1970), in a time zone,
   * which is named where the browser's clock shows another time.
   */
  function time(at, now, timeZone) {
    const options = {timeZone};
    const write = isOneDay(at, now, options) ? 'toLocaleTimeString' : 'toLocaleString';
    const [here, there, named] = [{}, options, Object.assign({timeZoneName: 'short'}, options)]
      .map(one => new Date(at)[write](horizon.languageCode, one));
    return here === there ? there : named;
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

  // A browser does not know all the names that a server does; then it shows its own time.
  function known(timeZone) {
    try {
      return new Intl.DateTimeFormat('en', {timeZone}).resolvedOptions().timeZone;
    } catch (unknown) {
      window.console.warn(unknown.message);
      return undefined;
    }
  }

  /** Returns time(at): a moment of the page's clock as its user reads it. */
  gbpStatus.time = function ({root, clock}) {
    const zone = known(root.dataset.gbpStatusTimeZone || undefined);
    return at => time(clock.wall(at), clock.wall(clock.now()), zone);
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
