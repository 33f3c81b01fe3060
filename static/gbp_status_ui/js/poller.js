// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when to poll, and when not to. Reads no attribute of the page.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  // A timer stands still while the machine sleeps. Looking at the clock this often notices that soon after.
  const LOOK = 10000;
  const PAUSED = 'gbp-status:paused';

  /** `parts`: document (for its visibility), clock, storage (of this tab), schedule, reading, report(state). */
  gbpStatus.poller = function (parts) {
    const state = {running: false, paused: parts.storage.getItem(PAUSED) === 'yes', failedSince: null, nextAt: null};
    let timer = null;
    let wish = false;

    function report() {
      parts.report({pending: parts.reading.isPending(), readAt: parts.reading.state.readAt, ...state});
    }

    function mayPoll() {
      return !state.paused && !parts.document.hidden && parts.reading.isPending();
    }

    function rest() {
      parts.clock.cancel(timer);
      timer = null;
      state.nextAt = null;
    }

    function look() {
      const left = state.nextAt - parts.clock.now();
      timer = left > 0 ? parts.clock.later(look, Math.min(left, LOOK)) : null;
      if (timer === null) {
        poll();
      }
    }

    function arm(delay) {
      rest();
      if (mayPoll()) {
        state.nextAt = parts.clock.now() + delay;
        look();
      }
    }

    function settle(outcome) {
      state.running = false;
      state.failedSince = outcome.failed ? parts.reading.state.readAt : null;
      if (wish) {
        wish = false;
        poll(true);
      } else if (!outcome.ended) {
        arm(parts.schedule.next(outcome));
      }
      report();
    }

    /** Polls now; with `all` also what is settled. One poll at a time: a wish for all waits for the running one. */
    function poll(all) {
      if (state.running) {
        wish = wish || Boolean(all);
        return;
      }
      rest();
      state.running = true;
      report();
      parts.reading.read(all, all ? 0 : parts.schedule.maxAge()).then(settle);
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake() {
      if (mayPoll()) {
        poll();
      }
    }

    /** Something new stands on the page. */
    function notice() {
      if (!state.running && timer === null) {
        arm(parts.schedule.restart());
      }
      report();
    }

    function togglePause() {
      state.paused = !state.paused;
      parts.storage.setItem(PAUSED, state.paused ? 'yes' : 'no');
      rest();
      wake();
      report();
    }

    return {poll, wake, sleep: rest, notice, togglePause};
  };
}(jQuery, horizon));
