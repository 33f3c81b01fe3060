// SPDX-License-Identifier: Apache-2.0
// The strip that says how fresh the statuses are, since when they are not, and what the user can do.
// Reads: data-gbp-status-strip, and in it data-gbp-status-freshness, data-gbp-status-notice,
// data-gbp-status-act="pause"|"refresh", data-gbp-status-live (the polite live region, which says what changed to those
// who do not see it). Writes data-gbp-status-state on the root (live, paused, stale, ended).
(function (gbpStatus) {
  'use strict';

  const OLD = 90000;
  const FEW = 3;
  const COPIED = 3000;

  function name({failedSince, pending, paused}) {
    if (failedSince !== null) {
      return 'stale';
    }
    if (!pending) {
      return 'ended';
    }
    return paused ? 'paused' : 'live';
  }

  function headline(state) {
    return {
      live: gettext('Updated %s'),
      stale: gettext('Last read %s'),
      ended: gettext('Updated %s. Nothing is being built, so updates have ended.'),
      paused: gettext('Updates are paused. Last read %s')
    }[name(state)];
  }

  /** Returns show(state, outages): `state` is the poller's, `outages` those of schedule.js. */
  gbpStatus.freshness = function ({root, clock, time}) {
    const {find, write} = gbpStatus.dom;
    const strip = find(root, 'strip');
    const pause = find(strip, 'act="pause"');
    const refresh = find(strip, 'act="refresh"');

    function say(text, at) {
      return interpolate(text, [time(at)]);
    }

    // Just woken or just shown again: the answer is on its way, and the old time must not pass for a fresh one.
    function isOld({running, readAt}) {
      return running && clock.now() - readAt > OLD;
    }

    function failure({failedSince, nextAt}) {
      return [
        failedSince !== null && say(gettext('The statuses could not be read since %s.'), failedSince),
        failedSince !== null && nextAt !== null && say(gettext('Next try %s.'), nextAt)
      ];
    }

    function outage({label, since}) {
      const said = {kind: label, time: time(since)};
      return interpolate(gettext('%(kind)s: could not be read since %(time)s.'), said, true);
    }

    function showPause({pending, paused}) {
      // A button that goes while it has the focus would leave the keyboard at the top of the page.
      if (!pending && pause === document.activeElement) {
        refresh.focus();
      }
      write(pause, paused ? gettext('Resume updates') : gettext('Pause updates'));
      pause.hidden = !pending;
    }

    return function (state, outages) {
      const notices = failure(state).concat(outages.map(outage));
      const text = isOld(state) ? gettext('Last read %s, being read again now') : headline(state);
      write(find(strip, 'freshness'), say(text, state.readAt));
      write(find(strip, 'notice'), notices.filter(Boolean).join(' '));
      write(refresh, name(state) === 'stale' ? gettext('Try now') : gettext('Refresh'));
      showPause(state);
      strip.hidden = false;
      root.dataset.gbpStatusState = name(state);
    };
  };

  function one(change) {
    return interpolate(gettext('%(name)s: %(state)s'), {name: change.name, state: change.word}, true);
  }

  function tally(changes) {
    const numbers = new Map();
    changes.forEach(({word}) => { numbers.set(word, (numbers.get(word) || 0) + 1); });
    return Array.from(numbers, ([state, count]) => (
      interpolate(gettext('%(count)s now %(state)s'), {count, state}, true)));
  }

  /** `changes` are {name, word}: what the resource is called, and its state in the user's words. */
  function sentence(changes) {
    return (changes.length > FEW ? tally(changes) : changes.map(one)).join(gettext(', '));
  }

  /** Says what changed, once a poll. */
  gbpStatus.live = function ({root}) {
    const region = gbpStatus.dom.find(root, 'live');

    // Only a change of the text is read out: say('') before each poll lets the same words be said again.
    function say(text) {
      region.textContent = text;
    }

    return {say, tell: changes => say(sentence(changes))};
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
      clock.later(() => { button.textContent = label; }, COPIED);
      live.say(words);
    }

    /** Copies, and says so in the button that was pressed, which keeps the focus. */
    return async function (text, button) {
      say(button, await write(text, button) ? gettext('Copied') : gettext('Copying failed'));
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
