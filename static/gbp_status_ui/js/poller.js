// SPDX-License-Identifier: Apache-2.0
// The page's one loop: reads what is due (agenda.js), and rests in a hidden tab and while the user has paused updates.
// Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // A timer stands still while the machine sleeps. The clock is compared this often to notice that.
  const CHECK_MS = 10000;
  // How often a hidden tab is read where the user has asked for notifications.
  const HIDDEN_DELAY_MS = 60000;
  const PAUSED = 'gbp-status:paused';

  /**
   * Returns a function that says whether the machine has slept since its last call: the time of day has leapt then.
   * @param {Clock} clock
   */
  function sleepDetector(clock) {
    let before = clock.wall(0);
    return () => {
      const leap = clock.wall(0) - before;
      before += leap;
      return leap > CHECK_MS;
    };
  }

  /**
   * One timer that rings at a moment of the clock, or calls `wake` when the machine has slept.
   * @param {Clock} clock
   * @param {() => void} ring
   * @param {() => void} wake
   */
  function alarm(clock, ring, wake) {
    const hasSlept = sleepDetector(clock);
    /** @type {{timer?: Timer, at: number | null}} */
    const set = {at: null};

    function clear() {
      clock.cancel(set.timer);
      set.at = null;
    }

    function check() {
      const left = Number(set.at) - clock.now();
      if (hasSlept()) {
        wake();
      } else if (left > 0) {
        set.timer = clock.later(check, Math.min(left, CHECK_MS));
      } else {
        ring();
      }
    }

    /** @param {number} moment */
    function setTo(moment) {
      clear();
      set.at = moment;
      check();
    }

    return {clear, setTo, at: () => set.at};
  }

  /**
   * `page`: document (for its visibility), storage (of this tab), clock, heartbeat (in ms; 0 for none), rounds, agenda,
   * freshness, outages, notifications.
   */
  gbpStatus.poller = function ({document, storage, clock, heartbeat, rounds, agenda, freshness, outages, notifications}) {
    const state = {running: false, paused: storage.getItem(PAUSED) === 'yes', failedSince: null};
    /** @type {{queued: Scope | null, ended: boolean, hiddenUntil: number}} */
    const due = {queued: null, ended: false, hiddenUntil: 0};
    const timer = alarm(clock, ring, () => { wake({hasSlept: true}); });

    function report() {
      const {readAt, allAt, reason} = rounds.state;
      const running = state.running || agenda.isGoingOn();
      const reading = {running, heartbeat, mayChange: rounds.mayChange(), readAt, allAt, reason, againAt: agenda.againAt()};
      freshness({...state, ...reading, nextAt: timer.at()}, outages.list());
    }

    function ring() {
      const {at, round, scope} = agenda.next(state.paused);
      if (at <= clock.now()) {
        start(round || rounds.begin(scope));
      } else {
        arm();
      }
    }

    function arm() {
      const isSeen = !document.hidden || notifications.isOn();
      const {at} = agenda.next(state.paused);
      timer.clear();
      if (isSeen && !due.ended && !state.running && at < Infinity) {
        timer.setTo(document.hidden ? Math.max(at, due.hiddenUntil) : at);
      }
    }

    /** @param {Round} round @param {Outcome} outcome */
    function settle(round, outcome) {
      const {queued} = due;
      const hasFailed = outcome.failed || outcome.ended;
      const failedSince = outcome.isIdle ? state.failedSince : null;
      Object.assign(state, {running: false, failedSince: hasFailed ? rounds.state.readAt : failedSince});
      Object.assign(due, {queued: null, ended: outcome.ended, hiddenUntil: clock.now() + HIDDEN_DELAY_MS});
      agenda.note(round, outcome);
      if (queued) {
        poll(queued);
      } else {
        arm();
      }
      report();
    }

    /** @param {Round} round */
    function start(round) {
      timer.clear();
      state.running = true;
      report();
      rounds.read(round).then(outcome => { settle(round, outcome); });
    }

    /**
     * Begins a round now. Never two at once: a scope that is asked for meanwhile is queued, the widest of several.
     * @param {Scope} scope
     * @param {string} [notBefore]
     */
    function poll(scope, notBefore = undefined) {
      if (state.running) {
        const isWider = due.queued === null || gbpStatus.scopeWidth(scope) > gbpStatus.scopeWidth(due.queued);
        due.queued = isWider ? scope : due.queued;
      } else {
        start(rounds.begin(scope, notBefore));
      }
    }

    /** The tab is seen again, the network is back, the machine has woken: what is shown may be old. */
    function wake({hasSlept = false} = {}) {
      // The session may be back in the project of this page.
      due.ended = false;
      agenda.makeDue(hasSlept);
      arm();
    }

    /** Some script has changed the page. */
    function pageChanged() {
      agenda.pageChanged();
      arm();
      report();
    }

    function togglePause() {
      state.paused = !state.paused;
      storage.setItem(PAUSED, state.paused ? 'yes' : 'no');
      (state.paused ? arm : wake)();
      report();
    }

    return {
      poll,
      wake,
      pageChanged,
      togglePause,
      sleep: () => {
        due.hiddenUntil = clock.now() + HIDDEN_DELAY_MS;
        arm();
      }
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
