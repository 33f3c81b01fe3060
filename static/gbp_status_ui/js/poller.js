// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when to poll, and when not to. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // A timer stands still while the machine sleeps. Looking at the clock this often notices that soon after.
  const LOOK = 10000;
  // Who is told of changes in a hidden tab, is told of them within this time.
  const HIDDEN = 60000;
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

  /** One timer that rings at a moment of the clock, or when the machine wakes after it. */
  function alarm(clock, ring) {
    const hasSlept = leaps(clock);
    const set = {timer: null, at: null};

    function clear() {
      clock.cancel(set.timer);
      set.at = null;
    }

    function look() {
      const left = hasSlept() ? 0 : set.at - clock.now();
      if (left > 0) {
        set.timer = clock.later(look, Math.min(left, LOOK));
      } else {
        ring();
      }
    }

    function setTo(moment) {
      clear();
      set.at = moment;
      look();
    }

    return {clear, setTo, at: () => set.at};
  }

  function maxAge(scope, schedule) {
    return scope === 'list' ? schedule.beatAge() : scope ? 0 : schedule.maxAge();
  }

  function stronger(one, other) {
    return [one, other].includes('whole') ? 'whole' : one || other;
  }

  /**
   * `page`: document (for its visibility), storage (of this tab), clock, heartbeat (in ms; 0 for none), schedule,
   * reading, freshness, outages, told. What is read is a scope of reading.js: '', 'list' or 'whole'.
   */
  gbpStatus.poller = function (page) {
    const {document, storage, clock, schedule, reading, told} = page;
    const state = {running: false, paused: storage.getItem(PAUSED) === 'yes', failedSince: null};
    const timer = alarm(clock, ring);
    const due = {wish: '', ended: false, wasPending: false, beatAt: clock.now() + schedule.beat()};

    function report() {
      const {readAt, allAt} = reading.state;
      const times = {readAt, allAt, nextAt: timer.at()};
      page.freshness({pending: reading.isPending(), heartbeat: page.heartbeat, ...times, ...state}, page.outages.list());
    }

    function mayPoll() {
      return !due.ended && !state.paused && (!document.hidden || told.isOn() && reading.isPending());
    }

    function ring() {
      poll(clock.now() >= due.beatAt && !document.hidden || !reading.isPending() ? 'list' : '');
    }

    function nextAfter(delay) {
      if (document.hidden) {
        return Math.max(delay, HIDDEN);
      }
      const beat = due.beatAt - clock.now();
      if (state.failedSince !== null) {
        return delay;
      }
      return reading.isPending() ? Math.min(delay, beat) : beat;
    }

    function arm(delay) {
      const wait = nextAfter(delay);
      timer.clear();
      if (mayPoll() && wait < Infinity) {
        timer.setTo(clock.now() + wait);
      }
    }

    function settle(scope, outcome) {
      const {wish} = due;
      const isWell = !outcome.failed && !outcome.ended;
      state.running = false;
      state.failedSince = isWell ? null : reading.state.readAt;
      due.ended = Boolean(outcome.ended);
      due.wish = '';
      if (scope && isWell) {
        due.beatAt = clock.now() + schedule.beat();
      }
      if (wish) {
        poll(wish);
      } else {
        arm(schedule.next(outcome));
      }
      report();
    }

    /** Reads a scope now. One reading at a time: a wish for more waits for the running one. */
    function poll(scope = '') {
      if (state.running) {
        due.wish = stronger(due.wish, scope);
        return;
      }
      timer.clear();
      state.running = true;
      report();
      reading.read(scope, maxAge(scope, schedule)).then(outcome => { settle(scope, outcome); });
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake() {
      // The session may have come back from where it had moved on to.
      due.ended = false;
      if (!mayPoll()) {
        return;
      }
      due.beatAt = page.heartbeat ? clock.now() : Infinity;
      if (reading.isPending()) {
        poll();
      } else if (page.heartbeat) {
        poll('list');
      }
    }

    /** Something new stands on the page. */
    function notice() {
      const isPending = reading.isPending();
      if (!state.running && (timer.at() === null || isPending && !due.wasPending)) {
        arm(schedule.restart());
      }
      due.wasPending = isPending;
      report();
    }

    function togglePause() {
      state.paused = !state.paused;
      storage.setItem(PAUSED, state.paused ? 'yes' : 'no');
      timer.clear();
      wake();
      report();
    }

    return {poll, wake, sleep: () => arm(HIDDEN), notice, togglePause};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
