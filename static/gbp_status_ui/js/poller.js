// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when to poll, and when not to. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // A timer stands still while the machine sleeps. Looking at the clock this often notices that soon after.
  const LOOK = 10000;
  const PAUSED = 'gbp-status:paused';

  // The monotonic clock may stand still while the machine sleeps; the time of day has then leapt.
  function leaps(clock) {
    let before = clock.wall(0);
    return () => {
      const leap = clock.wall(0) - before;
      before += leap;
      return leap > LOOK;
    };
  }

  /** `page`: document (for its visibility), storage (of this tab), clock, schedule, reading, freshness, outages. */
  gbpStatus.poller = function ({document, storage, clock, schedule, reading, freshness, outages}) {
    const state = {running: false, paused: storage.getItem(PAUSED) === 'yes', failedSince: null, nextAt: null};
    const hasSlept = leaps(clock);
    let [timer, wish, ended] = [null, false, false];

    function report() {
      freshness({pending: reading.isPending(), readAt: reading.state.readAt, ...state}, outages.list());
    }

    function mayPoll() {
      return !ended && !state.paused && !document.hidden && reading.isPending();
    }

    function rest() {
      clock.cancel(timer);
      timer = null;
      state.nextAt = null;
    }

    function look() {
      const left = hasSlept() ? 0 : state.nextAt - clock.now();
      if (left > 0) {
        timer = clock.later(look, Math.min(left, LOOK));
      } else {
        poll();
      }
    }

    function arm(delay) {
      rest();
      if (mayPoll()) {
        state.nextAt = clock.now() + delay;
        look();
      }
    }

    function settle(outcome) {
      state.running = false;
      state.failedSince = outcome.failed || outcome.ended ? reading.state.readAt : null;
      ended = Boolean(outcome.ended);
      if (wish) {
        wish = false;
        poll(true);
      } else {
        arm(schedule.next(outcome));
      }
      report();
    }

    /** Polls now; with `all` also what is settled. One poll at a time: a wish for all waits for the running one. */
    function poll(all = false) {
      if (state.running) {
        wish = wish || all;
        return;
      }
      rest();
      state.running = true;
      report();
      reading.read(all, all ? 0 : schedule.maxAge()).then(settle);
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake() {
      // The session may have come back from where it had moved on to.
      ended = false;
      if (mayPoll()) {
        poll();
      }
    }

    /** Something new stands on the page. */
    function notice() {
      if (!state.running && timer === null) {
        arm(schedule.restart());
      }
      report();
    }

    function togglePause() {
      state.paused = !state.paused;
      storage.setItem(PAUSED, state.paused ? 'yes' : 'no');
      rest();
      wake();
      report();
    }

    return {poll, wake, sleep: rest, notice, togglePause};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
