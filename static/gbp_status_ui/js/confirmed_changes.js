// SPDX-License-Identifier: Apache-2.0
// Tells a user who looks elsewhere what has changed, once it has been so for a while: a short build or a flap does not call.
// Reads: data-gbp-status-wait (on the root: for how many seconds).
(function (gbpStatus) {
  'use strict';

  // The rounds that read what has changed again.
  const CONFIRMING = ['confirm', 'shown', 'list', 'whole'];

  /** @param {Resource} resource */
  function key({kind, id}) {
    return kind + ' ' + id;
  }

  /** `page`: root, clock, liveRegion, mutes, outages, notifications; readAgain(): reads what has changed once more. */
  gbpStatus.confirmedChanges = function ({root, clock, liveRegion, mutes, outages, notifications, readAgain}) {
    const wait = 1000 * Number(root.dataset.gbpStatusWait);
    // By resource: {change, was: what it said before all that is not told yet, at: when it changed last}.
    const waiting = new Map();
    /** @type {Timer | undefined} */
    let timer;

    /** @param {Change} change */
    function add(change) {
      const {was} = waiting.get(key(change)) || change;
      waiting.delete(key(change));
      if (change.is !== was) {
        waiting.set(key(change), {change, was, at: clock.now()});
      }
    }

    /**
     * Reads what has changed once more when the first of it has been so for long enough, and no sooner than `delay` ms.
     * @param {number} delay
     */
    function arm(delay) {
      const left = Array.from(waiting.values(), one => one.at + wait - clock.now());
      clock.cancel(timer);
      if (left.length) {
        timer = clock.later(readAgain, Math.max(delay, Math.min(...left)));
      }
    }

    /** @param {Change} change */
    function isMuted(change) {
      return gbpStatus.badges.all(root).some(badge => gbpStatus.badges.key(badge) === key(change) && mutes.isMuted(badge));
    }

    /** @param {{at: number}} one */
    function isDue(one) {
      return one.at + wait <= clock.now();
    }

    // What is of a kind that could not be read has not been read again.
    function tell() {
      const due = Array.from(waiting.values()).filter(isDue).map(one => one.change).filter(one => outages.since(one.kind) === null);
      due.forEach(change => { waiting.delete(key(change)); });
      const wanted = due.filter(change => !isMuted(change));
      if (wanted.length) {
        notifications.notify(liveRegion.sentence(wanted));
      }
    }

    /**
     * Notes what has changed in a round that has been read, and tells what is still as it was said to be a while ago.
     * @param {Round} round
     * @param {Outcome} outcome
     */
    function note({scope}, {changes, failed, pending, ended}) {
      if (ended || !notifications.isWanted()) {
        waiting.clear();
      } else {
        changes.forEach(add);
      }
      const isRead = !failed && !pending;
      const isConfirmed = isRead && CONFIRMING.includes(scope);
      if (isConfirmed) {
        tell();
      }
      arm(!isRead || isConfirmed && Array.from(waiting.values()).some(isDue) ? wait : 0);
    }

    return {
      note,
      /** The resources that are read again before something is told of them. */
      resources: () => Array.from(waiting.values()).filter(one => one.change.to !== null)
        .map(({change: {kind, id}}) => ({kind, id}))
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
