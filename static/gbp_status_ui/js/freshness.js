// SPDX-License-Identifier: Apache-2.0
// The strip that says how fresh the statuses are, since when they are not, and what the user can do.
// Reads: data-gbp-status-strip, and in it data-gbp-status-freshness, data-gbp-status-notice,
// data-gbp-status-act="pause"|"refresh". Writes data-gbp-status-state on the root (live, paused, stale, ended).
(function (gbpStatus) {
  'use strict';

  const OLD = 90000;

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

  /** Returns show(state, outages): `state` is the poller's, `outages` those of outages.js. */
  gbpStatus.freshness = function ({root, clock}) {
    const {find, write} = gbpStatus.dom;
    const strip = find(root, 'strip');
    const pause = find(strip, 'act="pause"');
    const refresh = find(strip, 'act="refresh"');

    function say(text, at) {
      return interpolate(text, [gbpStatus.words.time(at, clock.now())]);
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
      const time = gbpStatus.words.time(since, clock.now());
      return interpolate(gettext('%(kind)s: could not be read since %(time)s.'), {kind: label, time}, true);
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
}(horizon.gbpStatus = horizon.gbpStatus || {}));
