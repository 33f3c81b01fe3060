// SPDX-License-Identifier: Apache-2.0
// A round has one purpose: what a page that was just opened lacks, a poll, a heartbeat, or Refresh. Its first requests ask
// for all of that; its retries ask for what is pending, that is, for what GBP is still being asked. This script sends a
// round's requests, and notes what came of them. Reads no attribute of the page.
// Fires gbp-status:polled (a round has been read to its end) and gbp-status:stale (it has failed) on the root.
(function (gbpStatus) {
  'use strict';

  /** What is noted of a round before anything has come. @param {number} since @returns {Outcome} */
  function outcomeSince(since) {
    return {
      since, readAt: Infinity, waits: [], changes: [], changed: false, rows: [], list: false, fragments: false,
      failed: false, ended: false, isIncomplete: false, isIdle: false, pending: false, reason: null, retryAfter: 0
    };
  }

  /**
   * `page`: root, window, clock, transport, session, since, scopes, beneath, pollRequest, list, fragments, liveRegion, confirmedChanges;
   * giveUpAfter: for how long a round retries while nothing new comes, in ms.
   *
   * A round is {scope, maxAge, notBefore, since, wanted}: how many seconds old its answers may be, or that they count from
   * the time `notBefore` of the server; since when the page waits; and what its next request asks for: {list, rows, fragments}.
   *
   * An outcome is what came of its requests, and each who sends some notes it there: `since` is when everything was last read
   * without a failure, `readAt` the moment for which the oldest answer is true, `changes` those of badges; whether the page
   * has `changed`, and `isIncomplete` whether kinds were left out; what is pending: `rows` (resources), `list`, `fragments`; whether
   * it has `failed`, for which `reason` unless the page says that of kinds; or the session has `ended`; whether it `isIdle`, as
   * there was nothing to ask for, which ends no failure; and after how many ms to retry: `retryAfter`.
   */
  gbpStatus.rounds = function ({root, window, clock, transport, session, since, scopes, beneath, pollRequest, list, fragments,
    liveRegion, confirmedChanges, giveUpAfter}) {
    // `readAt`: when anything was read last; `allAt`: when the whole page was, both by the page's clock; -Infinity: never.
    const openedAt = gbpStatus.unread.hasResults(root) ? clock.now() : -Infinity;
    /** @type {Rounds['state']} */
    const state = {readAt: openedAt, allAt: openedAt, failed: false, reason: null};

    /**
     * A new round; only that of a page that was just opened has a not-before already.
     * @param {Scope} scope
     * @param {string | undefined} notBefore
     */
    function begin(scope, notBefore) {
      const {maxAge, wanted} = scopes[scope];
      return {scope, notBefore, maxAge: maxAge(), since: clock.now(), readAt: Infinity, wanted: wanted()};
    }

    /**
     * The not-before of a round is that of its first answer which says one.
     * @param {Round} round
     * @param {Outcome} outcome
     */
    function requests(round, outcome) {
      return async (/** @type {string} */ url, /** @type {Asked} */ options = {}) => {
        const {maxAge, notBefore} = round;
        const answer = await transport(url, {maxAge, notBefore, ...options});
        since.sync(answer.date);
        round.notBefore = notBefore || answer.notBefore;
        outcome.ended = session.check(answer);
        outcome.waits.push(answer.retryAfter || 0);
        return answer;
      };
    }

    /**
     * Sends what a round wants, one after the other, until the session has ended.
     * @param {Round} round
     * @param {Get} get
     * @param {Outcome} outcome
     */
    async function ask({wanted, scope}, get, outcome) {
      const steps = [
        () => pollRequest(wanted.rows, get, outcome),
        () => wanted.list && list.read(scope !== 'list', get, outcome),
        () => fragments.read(wanted.fragments, get, outcome)
      ];
      for (const step of steps) {
        try {
          await (outcome.ended || step());
        } catch (error) {
          // An error in a script must not stop the polling, nor leave the page looking fresh.
          window.console.error(error);
          outcome.failed = true;
        }
      }
    }

    /** @param {Outcome} outcome */
    function announce({changes, failed, isIdle}) {
      if (failed && !state.failed) {
        liveRegion.say(gettext('The statuses cannot be read at the moment.'));
      } else if (changes.length) {
        liveRegion.announce(changes);
      }
      state.failed = failed || isIdle && state.failed;
    }

    /**
     * Notes what a round still wants; what does not come in time has failed.
     * @param {Round} round
     * @param {Outcome} outcome
     */
    function goOn(round, outcome) {
      const {rows, list: isListed, fragments: areSome} = outcome;
      const isPending = rows.length > 0 || isListed || areSome;
      round.wanted = {rows, list: isListed, fragments: 'pending'};
      round.since = outcome.changed ? clock.now() : round.since;
      if (isPending && clock.now() - round.since > giveUpAfter) {
        fragments.giveUp(outcome.since);
        outcome.failed = true;
      }
      outcome.pending = isPending && !outcome.failed && !outcome.ended;
    }

    /** @param {Round} round @param {Outcome} outcome */
    function noteAge(round, {readAt, pending, isIncomplete, failed, ended, isIdle, reason}) {
      state.reason = failed ? reason : isIdle ? state.reason : null;
      if (failed || ended) {
        return;
      }
      round.readAt = Math.min(round.readAt, readAt);
      state.readAt = Number.isFinite(readAt) ? readAt : state.readAt;
      if (gbpStatus.scopeWidth(round.scope) >= gbpStatus.scopeWidth('list') && !pending && !isIncomplete) {
        state.allAt = Math.min(round.readAt, state.readAt);
      }
    }

    /**
     * Reads what a round wants next, and shows it. Resolves to its outcome; while that is `pending` the same round has to be
     * read again. Never rejects.
     * @param {Round} round
     */
    async function read(round) {
      const outcome = outcomeSince(state.readAt);
      liveRegion.say('');
      await ask(round, requests(round, outcome), outcome);
      outcome.isIdle = outcome.waits.length === 0 && !outcome.failed;
      outcome.changed = outcome.changed || outcome.changes.length > 0;
      goOn(round, outcome);
      // What failed is left alone as long as any answer says; what is pending is asked for as soon as one may be there.
      const waits = outcome.waits.filter(Boolean);
      outcome.retryAfter = waits.length && Math[outcome.failed ? 'max' : 'min'](...waits);
      noteAge(round, outcome);
      announce(outcome);
      confirmedChanges.note(round, outcome);
      if (!outcome.pending && !outcome.ended) {
        gbpStatus.dom.fire(root, outcome.failed ? 'stale' : 'polled', {changes: outcome.changes});
      }
      return outcome;
    }

    return {
      begin,
      read,
      state,
      /** Whether the page lacks something that it was opened for. */
      isIncomplete: () => list.isPreview() || fragments.arePending() || beneath.unfinished(root).length > 0,
      /** Whether anything shown changes by itself. */
      mayChange: () => gbpStatus.badges.all(root).some(gbpStatus.badges.isTransient) || fragments.mayChange()
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
