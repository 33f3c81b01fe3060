// SPDX-License-Identifier: Apache-2.0
// Moments in words, in the user's time zone and language.
// Reads: data-gbp-status-time-zone (on the root), data-gbp-status-moment (on <time>; ="date": never without a date).
(function (gbpStatus) {
  'use strict';

  // The parts that toLocaleDateString() and toLocaleTimeString() write.
  /** @type {Intl.DateTimeFormatOptions} */
  const DATE = {year: 'numeric', month: 'numeric', day: 'numeric'};
  /** @type {Intl.DateTimeFormatOptions} */
  const MINUTES = {hour: 'numeric', minute: 'numeric'};
  const formats = new Map();

  /**
   * A moment in words. To make a format takes the browser longer than to change a badge: each is made once.
   * @param {number} at
   * @param {string} language
   * @param {Intl.DateTimeFormatOptions} options
   */
  function format(at, language, options) {
    // Without a zone it is the browser's, which may change while the page is open.
    const key = JSON.stringify([language, options, new Date().getTimezoneOffset()]);
    if (!formats.has(key)) {
      formats.set(key, new Intl.DateTimeFormat(language, options));
    }
    return formats.get(key).format(at);
  }

  /** @param {number} at @param {number} now @param {string | undefined} timeZone */
  function isOneDay(at, now, timeZone) {
    const [day, today] = [at, now].map(one => format(one, 'en', {...DATE, timeZone}));
    return day === today;
  }

  /**
   * The time of day of `at`, with the date when that is not the day of `now` (both in ms since 1970), in a time zone,
   * which is named where the browser's clock shows another time.
   * @param {number} at
   * @param {number} now
   * @param {string | undefined} timeZone
   * @param {Intl.DateTimeFormatOptions} form
   */
  function timeOfDay(at, now, timeZone, form) {
    const parts = isOneDay(at, now, timeZone) ? form : {...DATE, ...form};
    const write = (/** @type {Intl.DateTimeFormatOptions} */ options) => format(at, horizon.languageCode, {...parts, ...options});
    const there = write({timeZone});
    return write({}) === there ? there : write({timeZone, timeZoneName: 'short'});
  }

  // The server may know more time zones than the browser, which then shows its own time.
  /** @param {string | undefined} timeZone */
  function supported(timeZone) {
    try {
      return new Intl.DateTimeFormat('en', {timeZone}).resolvedOptions().timeZone;
    } catch (unknown) {
      window.console.warn(unknown.message);
      return undefined;
    }
  }

  /** `page`: root, clock. */
  gbpStatus.time = function ({root, clock}) {
    const zone = supported(root.dataset.gbpStatusTimeZone || undefined);
    const inWords = (/** @type {number} */ at, /** @type {Intl.DateTimeFormatOptions} */ form) => timeOfDay(at, clock.wall(clock.now()), zone, form);

    /** A moment in ms since 1970, to the minute. @param {number} at */
    function minutes(at) {
      return inWords(at, MINUTES);
    }

    /** Writes the moments in `scope` that the server has rendered in its own form. @param {ParentNode} scope */
    function rewrite(scope) {
      gbpStatus.dom.findAll(scope, 'moment').filter(one => one.dateTime).forEach(one => {
        const form = one.dataset.gbpStatusMoment === 'date' ? {...DATE, ...MINUTES} : MINUTES;
        const text = inWords(Date.parse(one.dateTime), form);
        if (one.textContent !== text) {
          one.textContent = text;
        }
      });
    }

    /** short(at): a moment of the page's clock, to the minute. */
    return {minutes, short: at => minutes(clock.wall(at)), rewrite};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
