// SPDX-License-Identifier: Apache-2.0
// The strip above the tables: when the statuses were read, what could not be read, and the user's buttons. Also the
// clipboard, and times in words.
// Reads: data-gbp-status-strip, and in it data-gbp-status-freshness, data-gbp-status-again, data-gbp-status-notice,
// data-gbp-status-act="pause"|"refresh"|"notify"|"show", data-gbp-status-live (the polite live region, for screen
// readers); data-gbp-status-moment (on <time>; ="date": never without a date). Writes data-gbp-status-state on the root
// (live, paused, stale, ended).
(function (gbpStatus) {
  'use strict';

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const OLD_AFTER = 90000;
  // How many changes are named one by one; more are counted.
  const NAMED = 3;
  const COPIED_SHOWN = 3000;

  function mode({failedSince, mayChange, heartbeat, paused}) {
    if (failedSince !== null) {
      return 'stale';
    }
    if (!mayChange && !heartbeat) {
      return 'ended';
    }
    return paused ? 'paused' : 'live';
  }

  function endedWords({running, isPartial}) {
    return running || isPartial ? gettext('Updated %s') :
      gettext('Updated %s. Nothing on this page is being built, so it is not read again by itself.');
  }

  function headline(state) {
    return {
      live: gettext('Updated %s'),
      stale: gettext('Last read %s'),
      ended: endedWords(state),
      paused: gettext('Updates are paused. Last read %s')
    }[mode(state)];
  }

  function neverWords({running, failedSince}) {
    return running && failedSince === null ? gettext('Being read for the first time') : gettext('Nothing could be read yet.');
  }

  function newWords(count) {
    return interpolate(ngettext('Show %s new resource', 'Show %s new resources', count), [count]);
  }

  /** Returns show(state, outages): `state` is the poller's, `outages` those of schedule.js. */
  gbpStatus.freshness = function ({root, clock, time, failures, notifications, list: {news}}) {
    const {find, write} = gbpStatus.dom;
    const strip = find(root, 'strip');
    const pause = find(strip, 'act="pause"');
    const refresh = find(strip, 'act="refresh"');

    function withTime(text, at) {
      return interpolate(text, [time.short(at)]);
    }

    // After sleep, or back in a tab: until the answer comes, the text must not look as if the page were up to date.
    function isOld({running, readAt}) {
      return running && clock.now() - readAt > OLD_AFTER;
    }

    // Without a heartbeat only what is being built is read again, so `allAt` would stand still.
    function freshWords(state) {
      const {readAt, allAt, heartbeat} = state;
      if (!Number.isFinite(readAt)) {
        return neverWords(state);
      }
      const text = isOld(state) ? gettext('Last read %s, being read again now') : headline(state);
      const isLast = !heartbeat || isOld(state) || mode(state) === 'stale' || mode(state) === 'paused';
      return withTime(text, isLast || !Number.isFinite(allAt) ? readAt : allAt);
    }

    // Where it costs GBP much, everything is read more rarely than the heart beats.
    function againWords(state) {
      return mode(state) === 'live' && state.againAt ? withTime(gettext('All is read again %s.'), state.againAt) : '';
    }

    function noticesOf({failedSince, reason, nextAt}, outages) {
      const isFailed = failedSince !== null;
      const next = isFailed && nextAt !== null ? [withTime(gettext('Next try %s.'), nextAt)] : [];
      return failures(outages, isFailed && {reason, since: failedSince}).concat(next);
    }

    function showPause({mayChange, heartbeat, paused}) {
      const isHidden = !mayChange && !heartbeat;
      // Hiding the focused button would move the keyboard's focus to the top of the page.
      if (isHidden && pause === document.activeElement) {
        refresh.focus();
      }
      write(pause, paused ? gettext('Resume updates') : gettext('Pause updates'));
      pause.hidden = isHidden;
    }

    return function (state, outages) {
      const isPartial = outages.length > 0;
      write(find(strip, 'freshness'), freshWords({...state, isPartial}));
      write(find(strip, 'again'), againWords(state));
      write(find(strip, 'notice'), noticesOf(state, outages).join(' '));
      write(refresh, isPartial || mode(state) === 'stale' ? gettext('Try again') : gettext('Refresh'));
      showPause(state);
      notifications.showButton(find(strip, 'act="notify"'));
      notifications.count();
      write(find(strip, 'act="show"'), news.count ? newWords(news.count) : '');
      strip.hidden = false;
      root.dataset.gbpStatusState = mode(state);
    };
  };

  function changeText(change) {
    return interpolate(gettext('%(name)s: %(state)s'), {name: change.name, state: change.word}, true);
  }

  function countedText(changes) {
    const numbers = new Map();
    changes.forEach(({word}) => { numbers.set(word, (numbers.get(word) || 0) + 1); });
    return Array.from(numbers, ([state, count]) => (
      interpolate(gettext('%(count)s now %(state)s'), {count, state}, true)));
  }

  /** `changes` are {name, word}: what the resource is called, and its state in the user's words. */
  function sentence(changes) {
    return (changes.length > NAMED ? countedText(changes) : changes.map(changeText)).join(gettext(', '));
  }

  /** The live region: announces what changed, once a poll. */
  gbpStatus.live = function ({root}) {
    const region = gbpStatus.dom.find(root, 'live');

    // Screen readers read only a changed text: say('') before each poll lets the same words be read again.
    function say(text) {
      region.textContent = text;
    }

    return {say, sentence, announce: changes => say(sentence(changes))};
  };

  /** Puts text on the clipboard, also on a dashboard that is served without TLS. */
  gbpStatus.clipboard = function ({window: {navigator}, document, clock, live}) {
    const labels = new WeakMap();

    function copyBySelection(text, button) {
      const area = document.createElement('textarea');
      area.value = text;
      area.className = 'sr-only';
      button.after(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      button.focus();
      return done;
    }

    // navigator.clipboard exists in a secure context alone; many dashboards are reached by http.
    async function write(text, button) {
      const done = navigator.clipboard && await navigator.clipboard.writeText(text).then(() => true, () => {});
      return done || copyBySelection(text, button);
    }

    function say(button, words) {
      const label = labels.get(button) || button.textContent;
      labels.set(button, label);
      button.textContent = words;
      clock.later(() => { button.textContent = label; }, COPIED_SHOWN);
      live.say(words);
    }

    /** Copies, and shows the result in the button that was pressed, which keeps the focus. */
    return async function (text, button) {
      say(button, await write(text, button) ? gettext('Copied') : gettext('Copying failed'));
    };
  };

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
