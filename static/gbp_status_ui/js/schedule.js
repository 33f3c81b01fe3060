// SPDX-License-Identifier: Apache-2.0
// The delay until the next poll; and the outages: which kinds could not be read, since when, and when to retry them.
// Reads: data-gbp-status-heartbeat (on the list, and on the container of a page's parts: after how many seconds the server
// wants everything to be read again), data-gbp-status-kind, data-gbp-status-kind-label (on a badge: the
// plural),
// data-gbp-status-fragment (on a line).
(function (gbpStatus) {
  'use strict';

  const LONGEST_MS = 30000;
  const LONGEST_AFTER_FAILURE_MS = 60000;
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
    function jittered(duration) {
      return duration * (0.8 + 0.4 * Math.random());
    }

    function afterSuccess() {
      failures = 0;
      delay = clock.now() - lastChange < SLOW_AFTER_MS ? Math.min(interval * steps, LONGEST_MS) : SLOW_MS;
      return jittered(delay);
    }

    function restart() {
      steps = 1;
      lastChange = clock.now();
      return afterSuccess();
    }

    function afterFailure(retryAfter = 0) {
      failures += 1;
      return Math.max(jittered(Math.min(interval * Math.pow(2, failures), LONGEST_AFTER_FAILURE_MS)), retryAfter);
    }

    function next({changed, failed, retryAfter}) {
      if (failed) {
        return afterFailure(retryAfter);
      }
      steps += 1;
      return changed ? restart() : afterSuccess();
    }

    // Two thirds of a duration in ms, in seconds.
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

  /**
   * The kinds, and parts of the page, that could not be read, and why; those beneath which it could not be read have names
   * of two words (beneath.js). `page`: root; clock; interval, in ms.
   */
  gbpStatus.outages = function ({root, clock, interval}) {
    const {find, having} = gbpStatus.dom;
    const outages = new Map();
    // What each place last said that it lacks: the list, and parts.
    const lacking = new Map();

    function fail(kind, why, readAt) {
      const {since = readAt, delay = interval} = outages.get(kind) || {};
      const doubled = Math.min(2 * delay, LONGEST_AFTER_FAILURE_MS);
      outages.set(kind, {...why, since, delay: doubled, retryAt: clock.now() + doubled});
    }

    /**
     * `kinds` were asked for, and those in `unavailable` could not be read: {kind: {reason, label, isBeneath}}; of a `silent`
     * one the page says why elsewhere. `readAt` is when all was last well.
     */
    function note(kinds, unavailable, readAt) {
      kinds.filter(kind => !(kind in unavailable)).forEach(kind => outages.delete(kind));
      Object.keys(unavailable).forEach(kind => { fail(kind, unavailable[kind], readAt); });
    }

    function hasFailedLine(kind) {
      const line = having(root, 'fragment', kind);
      return Boolean(line && find(line, 'failed'));
    }

    /**
     * Notes what a whole page, or a part that lists all kinds, says: of what neither it nor another such place names nothing
     * is unread. A line that says otherwise is due at once.
     */
    function noteAll(unavailable, readAt, place) {
      lacking.set(place, Object.keys(unavailable));
      const named = new Set(Array.from(lacking.values()).flat());
      const kinds = Array.from(outages).filter(([kind, {silent}]) => !silent && !kind.includes(' ') && !named.has(kind)).map(([kind]) => kind);
      const isBehind = kind => !(kind in unavailable) && hasFailedLine(kind);
      note(kinds.filter(kind => !isBehind(kind)), unavailable, readAt);
      kinds.filter(isBehind).forEach(kind => { outages.get(kind).retryAt = clock.now(); });
    }

    function isDue(kind) {
      return !outages.has(kind) || outages.get(kind).retryAt <= clock.now();
    }

    function label(key) {
      const [kind, beneath] = key.split(' ');
      const badge = having(root, 'kind', kind);
      const part = having(root, 'fragment', kind);
      const name = badge && badge.dataset.gbpStatusKindLabel || part && part.getAttribute('aria-label') || kind;
      return beneath ? interpolate(gettext('What Neutron says (%s)'), [name]) : name;
    }

    /** [{label, since, reason, isBeneath}] for the strip. */
    function list() {
      const told = Array.from(outages).filter(([, {silent}]) => !silent);
      return told.map(([kind, {label: name = label(kind), since, reason, isBeneath = kind.includes(' ')}]) => (
        {label: name, since, reason, isBeneath}));
    }

    return {note, noteAll, isDue, list, since: kind => outages.has(kind) ? outages.get(kind).since : null};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
