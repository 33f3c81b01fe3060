// SPDX-License-Identifier: Apache-2.0
// What the page reads by itself, and when: the round that goes on, the heartbeat, the poll. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // When to retry what is pending, where the server does not say it.
  const RETRY_MS = 2000;
  /** @type {Due} */
  const NOTHING = {at: Infinity, scope: 'poll'};
  // What the user has asked for is read to its end, also while updates are paused.
  const READ_WHILE_PAUSED = ['missing', 'whole'];

  /** `page`: document (for its visibility), clock, schedule, rounds. */
  gbpStatus.agenda = function ({document, clock, schedule, rounds}) {
    const due = {pollAt: Infinity, heartbeatAt: 0, allSince: 0, delay: 0, couldChange: false};
    // What goes on: {scope, at, round, hasFailed}; without a round another begins: it has failed, or is old.
    /** @type {Going | null} */
    let unfinished = null;

    /** @param {Scope} scope */
    function covers(scope) {
      return unfinished !== null && gbpStatus.scopeWidth(unfinished.scope) >= gbpStatus.scopeWidth(scope);
    }

    /** Everything has been read. */
    function restartHeartbeat() {
      const delay = schedule.heartbeatDelay();
      Object.assign(due, {allSince: clock.now(), delay, heartbeatAt: clock.now() + delay});
    }

    /** When everything is read again: at the next heartbeat, or later where it costs GBP much. */
    function allAt() {
      return due.allSince + due.delay * schedule.stretch();
    }

    /** @returns {Due} */
    function heartbeat() {
      const scope = schedule.isStretched() && clock.now() < allAt() ? 'shown' : 'list';
      return document.hidden || covers(scope) ? NOTHING : {scope, at: Math.min(due.heartbeatAt, allAt())};
    }

    /** What comes next: {scope, at, round}; of what is due at one time, the widest. @param {boolean} isPaused */
    function next(isPaused) {
      const own = unfinished && (!isPaused || READ_WHILE_PAUSED.includes(unfinished.scope)) ? unfinished : NOTHING;
      const isAlone = isPaused || unfinished && unfinished.hasFailed;
      /** @type {Due} */
      const poll = rounds.mayChange() ? {scope: 'poll', at: due.pollAt} : NOTHING;
      return (isAlone ? [own] : [heartbeat(), own, poll]).reduce((one, other) => other.at < one.at ? other : one);
    }

    /** @param {Outcome} outcome */
    function planPoll(outcome) {
      due.pollAt = clock.now() + schedule.next(outcome);
    }

    /**
     * Of two rounds that are pending the wider goes on: a poll comes again anyhow.
     * @param {Round} round
     * @param {Outcome} outcome
     */
    function goOn(round, outcome) {
      if (gbpStatus.scopeWidth(round.scope) < gbpStatus.scopeWidth('missing')) {
        planPoll(outcome);
      }
      if (unfinished === null || !covers(round.scope) || unfinished.scope === round.scope) {
        unfinished = {scope: round.scope, round, at: clock.now() + (outcome.retryAfter || RETRY_MS)};
      }
    }

    /** @param {Round} round @param {Outcome} outcome */
    function finish({scope}, outcome) {
      unfinished = unfinished && gbpStatus.scopeWidth(scope) < gbpStatus.scopeWidth(unfinished.scope) ? unfinished : null;
      planPoll(outcome);
      if (gbpStatus.scopeWidth(scope) >= gbpStatus.scopeWidth('list')) {
        restartHeartbeat();
      } else if (scope === 'shown') {
        due.heartbeatAt = clock.now() + schedule.heartbeatDelay();
      }
    }

    /** @param {Round} round @param {Outcome} outcome */
    function retry({scope}, outcome) {
      const at = clock.now() + schedule.next(outcome);
      unfinished = {scope: unfinished !== null && covers(scope) ? unfinished.scope : scope, at, hasFailed: true};
    }

    /** What is shown may be old, and all is after the machine has slept. @param {boolean} hasSlept */
    function makeDue(hasSlept) {
      const now = clock.now();
      due.pollAt = now;
      unfinished = unfinished && {scope: unfinished.scope, at: now, hasFailed: unfinished.hasFailed};
      if (due.delay < Infinity) {
        due.heartbeatAt = now;
        due.allSince = hasSlept ? -Infinity : due.allSince;
      }
    }

    /** Some script has changed the page; there may be something to poll for now. */
    function pageChanged() {
      const mayChange = rounds.mayChange();
      if (mayChange && !due.couldChange) {
        due.pollAt = clock.now() + schedule.restart();
      }
      due.couldChange = mayChange;
    }

    restartHeartbeat();
    return {
      next,
      makeDue,
      pageChanged,
      /** Notes what came of a round, as rounds.read() says it. */
      note: (round, outcome) => {
        const react = outcome.failed || outcome.ended ? retry : outcome.pending ? goOn : finish;
        react(round, outcome);
      },
      isGoingOn: () => Boolean(unfinished && unfinished.round),
      againAt: () => schedule.isStretched() ? allAt() : null
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
