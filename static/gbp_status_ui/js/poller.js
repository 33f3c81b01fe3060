// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when to poll, and when not to. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // A timer stands still while the machine sleeps. The clock is compared this often, in ms, to notice that.
  const CHECK = 10000;
  // How often a hidden tab is read, in ms, where the user has asked for notifications.
  const HIDDEN_DELAY = 60000;
  const PAUSED = 'gbp-status:paused';

  /** Returns a function that says whether the machine has slept since its last call: the time of day has leapt then. */
  function sleepDetector(clock) {
    let before = clock.wall(0);
    return () => {
      const leap = clock.wall(0) - before;
      before += leap;
      return leap > CHECK;
    };
  }

  /** One timer that rings at a moment of the clock, or when the machine wakes after it. */
  function alarm(clock, ring) {
    const hasSlept = sleepDetector(clock);
    const set = {timer: null, at: null};

    function clear() {
      clock.cancel(set.timer);
      set.at = null;
    }

    function check() {
      const left = hasSlept() ? 0 : set.at - clock.now();
      if (left > 0) {
        set.timer = clock.later(check, Math.min(left, CHECK));
      } else {
        ring();
      }
    }

    function setTo(moment) {
      clear();
      set.at = moment;
      check();
    }

    return {clear, setTo, at: () => set.at};
  }

  function maxAge(scope, schedule) {
    return scope === 'list' ? schedule.heartbeatMaxAge() : scope ? 0 : schedule.maxAge();
  }

  function wider(one, other) {
    return [one, other].includes('whole') ? 'whole' : one || other;
  }

  /**
   * `page`: document (for its visibility), storage (of this tab), clock, heartbeat (in ms; 0 for none), schedule,
   * reading, freshness, outages, notifications. What is read is a scope of reading.js: '', 'list' or 'whole'.
   */
  gbpStatus.poller = function (page) {
    const {document, storage, clock, schedule, reading, notifications} = page;
    const state = {running: false, paused: storage.getItem(PAUSED) === 'yes', failedSince: null};
    const timer = alarm(clock, ring);
    const due = {queued: '', ended: false, wasPending: false, heartbeatAt: clock.now() + schedule.heartbeatDelay()};

    function report() {
      const {readAt, allAt} = reading.state;
      const times = {readAt, allAt, nextAt: timer.at()};
      const {heartbeat, outages} = page;
      page.freshness({pending: reading.isPending(), heartbeat, ...times, ...state}, outages.list());
    }

    function mayPoll() {
      return !due.ended && !state.paused && (!document.hidden || notifications.isOn() && reading.isPending());
    }

    function ring() {
      poll(clock.now() >= due.heartbeatAt && !document.hidden || !reading.isPending() ? 'list' : '');
    }

    function nextAfter(delay) {
      if (document.hidden) {
        return Math.max(delay, HIDDEN_DELAY);
      }
      const untilHeartbeat = due.heartbeatAt - clock.now();
      if (state.failedSince !== null) {
        return delay;
      }
      return reading.isPending() ? Math.min(delay, untilHeartbeat) : untilHeartbeat;
    }

    function arm(delay) {
      const wait = nextAfter(delay);
      timer.clear();
      if (mayPoll() && wait < Infinity) {
        timer.setTo(clock.now() + wait);
      }
    }

    function settle(scope, outcome) {
      const {queued} = due;
      const isRead = !outcome.failed && !outcome.ended;
      state.running = false;
      state.failedSince = isRead ? null : reading.state.readAt;
      due.ended = Boolean(outcome.ended);
      due.queued = '';
      if (scope && isRead) {
        due.heartbeatAt = clock.now() + schedule.heartbeatDelay();
      }
      if (queued) {
        poll(queued);
      } else {
        arm(schedule.next(outcome));
      }
      report();
    }

    /** Reads a scope now. Never two at once: a scope that is asked for meanwhile is queued, the widest of several. */
    function poll(scope = '') {
      if (state.running) {
        due.queued = wider(due.queued, scope);
        return;
      }
      timer.clear();
      state.running = true;
      report();
      reading.read(scope, maxAge(scope, schedule)).then(outcome => { settle(scope, outcome); });
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake() {
      // The session may be back in the project of this page.
      due.ended = false;
      if (!mayPoll()) {
        return;
      }
      due.heartbeatAt = page.heartbeat ? clock.now() : Infinity;
      if (reading.isPending()) {
        poll();
      } else if (page.heartbeat) {
        poll('list');
      }
    }

    /** Some script has changed the page; there may be something to poll for now. */
    function pageChanged() {
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

    return {poll, wake, sleep: () => arm(HIDDEN_DELAY), pageChanged, togglePause};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
