// SPDX-License-Identifier: Apache-2.0
// The delay until the next poll, and how old answers may be.
// Reads: data-gbp-status-heartbeat (on the list, and on the container of a page's fragments: after how many seconds the server
// wants everything to be read again).
(function (gbpStatus) {
  'use strict';

  const MAX_INTERVAL_MS = 30000;
  const MAX_FAILURE_INTERVAL_MS = 60000;
  const SLOW_AFTER_MS = 10 * 60000;
  const SLOW_MS = 60000;

  /**
   * `page`: root; interval and heartbeat, in ms; clock.
   * next({changed, failed, retryAfter}) takes the result of the last poll and returns the delay in ms; retryAfter is
   * what the server asked for, in ms. restart() returns the first delay, as after a change. maxAge() says how many
   * seconds old an answer may be: two thirds of the delay, so that it is never the one which this page had last.
   * heartbeatDelay() returns the delay in ms between two heartbeats, Infinity without any; heartbeatMaxAge() is maxAge() of
   * that. stretch() says how many heartbeats apart everything is read, which may cost GBP much; allMaxAge() is maxAge() of
   * that time.
   */
  gbpStatus.schedule = function ({root, interval, heartbeat, clock}) {
    let steps = 1;
    let failures = 0;
    let lastChange = clock.now();
    let delay = interval;

    // Many pages that were opened at the same time, or that one outage stopped, must not poll at the same time.
    /** @param {number} duration */
    function jittered(duration) {
      return duration * (0.8 + 0.4 * Math.random());
    }

    function afterSuccess() {
      failures = 0;
      delay = clock.now() - lastChange < SLOW_AFTER_MS ? Math.min(interval * steps, MAX_INTERVAL_MS) : SLOW_MS;
      return jittered(delay);
    }

    function restart() {
      steps = 1;
      lastChange = clock.now();
      return afterSuccess();
    }

    function afterFailure(retryAfter = 0) {
      failures += 1;
      return Math.max(jittered(Math.min(interval * Math.pow(2, failures), MAX_FAILURE_INTERVAL_MS)), retryAfter);
    }

    /** @param {Outcome} outcome */
    function next({changed, failed, retryAfter}) {
      if (failed) {
        return afterFailure(retryAfter);
      }
      steps += 1;
      return changed ? restart() : afterSuccess();
    }

    /** Two thirds of a duration in ms, in seconds. @param {number} duration */
    function twoThirds(duration) {
      return Math.floor(duration / 1500);
    }

    function stretch() {
      const wanted = gbpStatus.dom.findAll(root, 'heartbeat').map(one => 1000 * one.dataset.gbpStatusHeartbeat || 0);
      return heartbeat ? Math.max(heartbeat, ...wanted) / heartbeat : 1;
    }

    return {
      next,
      restart,
      stretch,
      isStretched: () => stretch() > 1,
      maxAge: () => twoThirds(delay),
      heartbeatDelay: () => jittered(heartbeat || Infinity),
      heartbeatMaxAge: () => twoThirds(heartbeat),
      allMaxAge: () => twoThirds(heartbeat * stretch())
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
