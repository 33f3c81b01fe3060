// SPDX-License-Identifier: Apache-2.0
// The strip that says how fresh the statuses are, since when they are not, and what the user can do.
// Reads: data-gbp-status-strip, and in it data-gbp-status-freshness, data-gbp-status-notice,
// data-gbp-status-act="pause"|"refresh". Writes data-gbp-status-state on .gbp-status (live, paused, stale, ended).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const OLD = 90000;

  function name(state) {
    if (state.failedSince !== null) {
      return 'stale';
    }
    if (!state.pending) {
      return 'ended';
    }
    return state.paused ? 'paused' : 'live';
  }

  function headline(state) {
    return {
      live: gettext('Updated %s'),
      stale: gettext('Last read %s'),
      ended: gettext('Updated %s. Nothing is being built, so updates have ended.'),
      paused: gettext('Updates are paused. Last read %s')
    }[name(state)];
  }

  gbpStatus.freshness = function (document, clock) {
    function time(at) {
      return gbpStatus.words.time(at, clock.now());
    }

    // Just woken or just shown again: the answer is on its way, and the old time must not pass for a fresh one.
    function isOld(state) {
      return state.running && clock.now() - state.readAt > OLD;
    }

    function freshness(state) {
      const text = isOld(state) ? gettext('Last read %s, being read again now') : headline(state);
      return interpolate(text, [time(state.readAt)]);
    }

    function failure(state) {
      if (state.failedSince === null) {
        return [];
      }
      const since = interpolate(gettext('The statuses could not be read since %s.'), [time(state.failedSince)]);
      const next = interpolate(gettext('Next try %s.'), [time(state.nextAt)]);
      return state.nextAt === null ? [since] : [since, next];
    }

    function outage(kind) {
      const text = gettext('%(kind)s: could not be read since %(time)s.');
      return interpolate(text, {kind: kind.label, time: time(kind.since)}, true);
    }

    function notice(state, outages) {
      return failure(state).concat(outages.map(outage)).join(' ');
    }

    function write(element, text) {
      if (element.textContent !== text) {
        element.textContent = text;
      }
      element.hidden = !text;
    }

    function act(strip, what) {
      return strip.querySelector('[data-gbp-status-act="' + what + '"]');
    }

    function showPause(strip, state) {
      const pause = act(strip, 'pause');
      // A button that goes while it has the focus would leave the keyboard at the top of the page.
      if (!state.pending && pause === document.activeElement) {
        act(strip, 'refresh').focus();
      }
      write(pause, state.paused ? gettext('Resume updates') : gettext('Pause updates'));
      pause.hidden = !state.pending;
    }

    function render(strip, state, outages) {
      write(strip.querySelector('[data-gbp-status-freshness]'), freshness(state));
      write(strip.querySelector('[data-gbp-status-notice]'), notice(state, outages));
      write(act(strip, 'refresh'), name(state) === 'stale' ? gettext('Try now') : gettext('Refresh'));
      showPause(strip, state);
      strip.hidden = false;
    }

    /** `state` is the poller's, `outages` those of outages.js. */
    return function (state, outages) {
      document.querySelectorAll('[data-gbp-status-strip]').forEach(strip => {
        render(strip, state, outages);
      });
      document.querySelectorAll('[data-gbp-status-poll-url]').forEach(root => {
        root.setAttribute('data-gbp-status-state', name(state));
      });
    };
  };
}(jQuery, horizon));
