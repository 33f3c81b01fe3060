// SPDX-License-Identifier: Apache-2.0
// The strip above the tables: when the statuses were read, what could not be read, and the user's buttons.
// Reads: data-gbp-status-strip, and in it data-gbp-status-freshness, data-gbp-status-again, data-gbp-status-notice,
// data-gbp-status-act="pause"|"refresh"|"notify"|"show". Writes data-gbp-status-state on the root (live, paused, stale, ended).
(function (gbpStatus) {
  'use strict';

  const OLD_AFTER_MS = 90000;

  /** @param {PollerState} state */
  function mode({failedSince, mayChange, heartbeat, paused}) {
    if (failedSince !== null) {
      return 'stale';
    }
    if (!mayChange && !heartbeat) {
      return 'ended';
    }
    return paused ? 'paused' : 'live';
  }

  /** @param {StripState} state */
  function endedWords({running, isPartial}) {
    return running || isPartial ? gettext('Updated %s') :
      gettext('Updated %s. Nothing on this page is being built, so it is not read again by itself.');
  }

  /** @param {StripState} state */
  function headline(state) {
    return {
      live: gettext('Updated %s'),
      stale: gettext('Last read %s'),
      ended: endedWords(state),
      paused: gettext('Updates are paused. Last read %s')
    }[mode(state)];
  }

  /** @param {PollerState} state */
  function neverWords({running, failedSince}) {
    return running && failedSince === null ? gettext('Being read for the first time') : gettext('Nothing could be read yet.');
  }

  /** @param {number} count */
  function newWords(count) {
    return interpolate(ngettext('Show %s new resource', 'Show %s new resources', count), [count]);
  }

  /** Returns show(state, outages): `state` is the poller's, `outages` those of outages.js. */
  gbpStatus.freshness = function ({root, document, clock, time, failures, title, notifications, list: {news}}) {
    const {find, write} = gbpStatus.dom;
    const strip = find(root, 'strip');
    const pause = find(strip, 'act="pause"');
    const refresh = find(strip, 'act="refresh"');

    /** @param {string} text @param {number} at */
    function withTime(text, at) {
      return interpolate(text, [time.short(at)]);
    }

    // After sleep, or back in a tab: until the answer comes, the text must not look as if the page were up to date.
    /** @param {PollerState} state */
    function isOld({running, readAt}) {
      return running && clock.now() - readAt > OLD_AFTER_MS;
    }

    // Without a heartbeat only what is being built is read again, so `allAt` would stand still.
    /** @param {StripState} state */
    function freshWords(state) {
      const {readAt, allAt, heartbeat} = state;
      if (!Number.isFinite(readAt)) {
        return neverWords(state);
      }
      const text = isOld(state) ? gettext('Last read %s, being read again now') : headline(state);
      const isLast = !heartbeat || isOld(state) || mode(state) === 'stale' || mode(state) === 'paused';
      return withTime(text, isLast || !Number.isFinite(allAt) ? readAt : allAt);
    }

    /** Where it costs GBP much, everything is read more rarely than the heart beats. @param {PollerState} state */
    function againWords(state) {
      return mode(state) === 'live' && state.againAt ? withTime(gettext('All is read again %s.'), state.againAt) : '';
    }

    /** @param {PollerState} state @param {Outage[]} outages */
    function noticesOf({failedSince, reason, nextAt}, outages) {
      const isFailed = failedSince !== null;
      const next = isFailed && nextAt !== null ? [withTime(gettext('Next try %s.'), nextAt)] : [];
      return failures(outages, isFailed && {reason, since: failedSince}).concat(next);
    }

    /** @param {PollerState} state */
    function showPause({mayChange, heartbeat, paused}) {
      write(pause, paused ? gettext('Resume updates') : gettext('Pause updates'));
      pause.hidden = !mayChange && !heartbeat;
    }

    return function (state, outages) {
      const active = /** @type {HTMLElement} */ (document.activeElement);
      const isPartial = outages.length > 0;
      write(find(strip, 'freshness'), freshWords({...state, isPartial}));
      write(find(strip, 'again'), againWords(state));
      write(find(strip, 'notice'), noticesOf(state, outages).join(' '));
      write(refresh, isPartial || mode(state) === 'stale' ? gettext('Try again') : gettext('Refresh'));
      showPause(state);
      notifications.showButton(find(strip, 'act="notify"'));
      title.count();
      write(find(strip, 'act="show"'), news.count ? newWords(news.count) : '');
      strip.hidden = false;
      // A focused button that is hidden would leave the keyboard's focus at the top of the page.
      if (active && active.hidden && strip.contains(active)) {
        refresh.focus();
      }
      root.dataset.gbpStatusState = mode(state);
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
