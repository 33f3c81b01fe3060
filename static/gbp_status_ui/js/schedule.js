// SPDX-License-Identifier: Apache-2.0
// How long to wait until the next poll. Reads no attribute of the page; the caller passes data-gbp-status-interval.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const LONGEST = 30000;
  const LONGEST_AFTER_FAILURE = 60000;
  const CALM_AFTER = 10 * 60000;
  const CALM = 60000;

  /**
   * `interval` in ms; `clock.now()` in ms; `random()` from 0 to 1.
   * next({changed, failed, retryAfter}) takes what the last poll came to and returns the delay in ms; retryAfter is
   * what the server asked for, in ms. restart() returns the first delay, as after a change. maxAge() says how many
   * seconds old an answer may be: two thirds of the delay, so that it is never the one which this page had last.
   */
  gbpStatus.schedule = function (interval, clock, random) {
    let steps = 1;
    let failures = 0;
    let lastChange = clock.now();
    let delay = interval;

    // Many pages that were opened by one announcement, or failed by one outage, must not come back in step.
    function jittered(duration) {
      return duration * (0.8 + 0.4 * random());
    }

    function steady() {
      const calm = clock.now() - lastChange >= CALM_AFTER;
      delay = calm ? CALM : Math.min(interval * steps, LONGEST);
      return jittered(delay);
    }

    function maxAge() {
      return Math.floor(delay / 1500);
    }

    function restart() {
      steps = 1;
      failures = 0;
      lastChange = clock.now();
      return steady();
    }

    function afterFailure(retryAfter) {
      failures += 1;
      const doubled = Math.min(interval * Math.pow(2, failures), LONGEST_AFTER_FAILURE);
      return Math.max(jittered(doubled), retryAfter || 0);
    }

    function next(outcome) {
      if (outcome.failed) {
        return afterFailure(outcome.retryAfter);
      }
      if (outcome.changed) {
        return restart();
      }
      failures = 0;
      steps += 1;
      return steady();
    }

    return {next, restart, maxAge};
  };
}(jQuery, horizon));
