// SPDX-License-Identifier: Apache-2.0
// Moments and durations in words, in the user's time zone and language.
// Reads: data-gbp-status-time-zone (on the root), data-gbp-status-moment (on <time>; ="date": never without a date).
(function (gbpStatus) {
  'use strict';

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  // The parts that toLocaleDateString() and toLocaleTimeString() write.
  const DATE = {year: 'numeric', month: 'numeric', day: 'numeric'};
  const MINUTES = {hour: 'numeric', minute: 'numeric'};
  const SECONDS = {...MINUTES, second: 'numeric'};
  const formats = new Map();

  /** A moment in words. To make a format takes the browser longer than to change a badge: each is made once. */
  function format(at, language, options) {
    // Without a zone it is the browser's, which may change while the page is open.
    const key = JSON.stringify([language, options, new Date().getTimezoneOffset()]);
    if (!formats.has(key)) {
      formats.set(key, new Intl.DateTimeFormat(language, options));
    }
    return formats.get(key).format(at);
  }

  function isOneDay(at, now, timeZone) {
    const [day, today] = [at, now].map(one => format(one, 'en', {...DATE, timeZone}));
    return day === today;
  }

  /**
   * The time of day of `at`, with the date when that is not the day of `now` (both in ms since 1970), in a time zone,
   * which is named where the browser's clock shows another time.
   */
  function timeOfDay(at, now, timeZone, precision = SECONDS) {
    const parts = isOneDay(at, now, timeZone) ? precision : {...DATE, ...precision};
    const write = options => format(at, horizon.languageCode, {...parts, ...options});
    const there = write({timeZone});
    return write({}) === there ? there : write({timeZone, timeZoneName: 'short'});
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

  gbpStatus.words = {time: timeOfDay, age};

  // The server may know more time zones than the browser, which then shows its own time.
  function supported(timeZone) {
    try {
      return new Intl.DateTimeFormat('en', {timeZone}).resolvedOptions().timeZone;
    } catch (unknown) {
      window.console.warn(unknown.message);
      return undefined;
    }
  }

  /** Returns time(at): a moment of the page's clock in words; time.rewrite(scope) writes those of the server so, too. */
  gbpStatus.time = function ({root, clock}) {
    const zone = supported(root.dataset.gbpStatusTimeZone || undefined);
    const now = () => clock.wall(clock.now());
    const time = at => timeOfDay(clock.wall(at), now(), zone);

    /** A moment in ms since 1970, without the second; time.short(at): the same of one of the page's clock. */
    time.minutes = at => timeOfDay(at, now(), zone, MINUTES);
    time.short = at => time.minutes(clock.wall(at));
    time.rewrite = scope => gbpStatus.dom.findAll(scope, 'moment').filter(one => one.dateTime).forEach(one => {
      const form = one.dataset.gbpStatusMoment === 'date' ? {...DATE, ...MINUTES} : MINUTES;
      const text = timeOfDay(Date.parse(one.dateTime), now(), zone, form);
      if (one.textContent !== text) {
        one.textContent = text;
      }
    });
    return time;
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
