// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when to poll, and when not to. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // A timer stands still while the machine sleeps. The clock is compared this often, in ms, to notice that.
  const CHECK = 10000;
  // How often a hidden tab is read, in ms, where the user has asked for notifications.
  const HIDDEN_DELAY = 60000;
  // How long to wait for what is unfinished where the server does not say it, in ms.
  const COME_BACK = 2000;
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

  // The scopes of reading.js, each wider than those before it; of 'rest' the server decides how old it may be.
  const MAX_AGES = new Map([
    ['', schedule => schedule.maxAge()],
    ['list', schedule => schedule.heartbeatMaxAge()],
    ['rest', () => undefined],
    ['whole', () => 0]
  ]);

  function width(scope) {
    return Array.from(MAX_AGES.keys()).indexOf(scope);
  }

  function wider(one, other) {
    return width(one) > width(other) ? one : other;
  }

  /** The request that has to be made again, since what it asks for is still being read: {scope, since, cameFirst}. */
  function unfinished(clock) {
    let kept = null;

    function begin(scope) {
      const isSame = kept && kept.scope === scope && kept.since !== undefined;
      return isSame ? kept : {scope, since: clock.now()};
    }

    // What was read since may be old by now.
    function restart() {
      kept = kept && {scope: kept.scope};
    }

    function note(request, outcome) {
      if (outcome.unfinished) {
        kept = {cameFirst: outcome.cameFirst, ...request};
      } else if (outcome.failed) {
        restart();
      } else if (kept && width(request.scope) >= width(kept.scope)) {
        kept = null;
      }
    }

    return {
      begin,
      restart,
      note,
      is: () => kept !== null,
      scope: () => kept.scope,
      // What the user has asked for is read to its end, also while updates are paused.
      isWished: () => kept !== null && width(kept.scope) > width('list')
    };
  }

  function show({reading, heartbeat, outages, freshness}, state) {
    const {readAt, allAt} = reading.state;
    freshness({pending: reading.isPending(), heartbeat, readAt, allAt, ...state}, outages.list());
  }

  /** How long to wait, where the delay of the schedule would be `delay`. */
  function nextAfter({document, reading}, isFixed, delay, untilHeartbeat) {
    if (document.hidden) {
      return Math.max(delay, HIDDEN_DELAY);
    }
    if (isFixed) {
      return delay;
    }
    return reading.isPending() ? Math.min(delay, untilHeartbeat) : untilHeartbeat;
  }

  /**
   * `page`: document (for its visibility), storage (of this tab), clock, heartbeat (in ms; 0 for none), schedule,
   * reading, freshness, outages, notifications. What is read is a scope of reading.js.
   */
  gbpStatus.poller = function (page) {
    const {document, storage, clock, schedule, reading, notifications} = page;
    const state = {running: false, paused: storage.getItem(PAUSED) === 'yes', failedSince: null};
    const timer = alarm(clock, ring);
    const due = {queued: '', ended: false, wasPending: false, heartbeatAt: clock.now() + schedule.heartbeatDelay()};
    const rest = unfinished(clock);

    function report() {
      show(page, {...state, running: state.running || rest.is(), nextAt: timer.at()});
    }

    function mayPoll() {
      const isSeen = !document.hidden || notifications.isOn() && reading.isPending();
      return !due.ended && isSeen && (!state.paused || rest.isWished());
    }

    function ring() {
      const isBeat = clock.now() >= due.heartbeatAt && !document.hidden || !reading.isPending();
      poll(rest.is() ? rest.scope() : isBeat ? 'list' : '');
    }

    function arm(delay) {
      const isFixed = state.failedSince !== null || rest.is();
      const wait = nextAfter(page, isFixed, delay, due.heartbeatAt - clock.now());
      timer.clear();
      if (mayPoll() && wait < Infinity) {
        timer.setTo(clock.now() + wait);
      }
    }

    function settle(request, outcome) {
      const {queued} = due;
      const hasFailed = Boolean(outcome.failed || outcome.ended);
      state.running = false;
      state.failedSince = hasFailed ? reading.state.readAt : null;
      rest.note(request, outcome);
      due.ended = Boolean(outcome.ended);
      due.queued = '';
      if (request.scope && !hasFailed && !outcome.unfinished) {
        due.heartbeatAt = clock.now() + schedule.heartbeatDelay();
      }
      if (queued) {
        poll(queued);
      } else {
        arm(rest.is() && !hasFailed ? outcome.retryAfter || COME_BACK : schedule.next(outcome));
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
      const request = rest.begin(scope);
      reading.read(request, MAX_AGES.get(scope)(schedule)).then(outcome => { settle(request, outcome); });
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake() {
      // The session may be back in the project of this page.
      due.ended = false;
      if (!mayPoll()) {
        return;
      }
      due.heartbeatAt = page.heartbeat ? clock.now() : Infinity;
      if (rest.is()) {
        rest.restart();
        poll(rest.scope());
      } else if (reading.isPending()) {
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
