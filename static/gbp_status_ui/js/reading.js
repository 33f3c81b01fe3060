// SPDX-License-Identifier: Apache-2.0
// One poll: its requests one after the other, and what they came to.
// Reads no attribute itself. Fires gbp-status:polled and gbp-status:stale on the root.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  const PENDING = '[data-gbp-status-poll-url] [data-gbp-status-transient]';

  function fire(roots, name, detail) {
    roots.forEach(root => {
      root.dispatchEvent(new CustomEvent('gbp-status:' + name, {bubbles: true, detail}));
    });
  }

  function sum(outcome, fragments) {
    return {
      changes: outcome.changes,
      changed: outcome.changes.length > 0 || Boolean(fragments.changed),
      failed: Boolean(outcome.failed || fragments.failed),
      retryAfter: outcome.retryAfter,
      ended: Boolean(outcome.ended || fragments.ended)
    };
  }

  /** `parts`: document, clock, transport, session, outages, fragments, apply (answers.js), live, log(error). */
  gbpStatus.reading = function (parts) {
    const badges = gbpStatus.badges;
    const state = {readAt: parts.clock.now(), failed: false};
    // What each address answered last. Forgotten when anything changed: an answer is "unchanged" against the page only
    // as long as no other answer has been shown since.
    let known = new Map();

    function isDue(badge) {
      return badges.isTransient(badge) && parts.outages.isDue(badge.dataset.gbpStatusKind);
    }

    function note(request, unavailable, age) {
      parts.outages.note(request.kinds, unavailable, state.readAt);
      if (unavailable.length < request.kinds.length) {
        state.readAt = parts.clock.now() - age;
      }
    }

    function show(request, answer) {
      const changes = parts.apply(answer.body, request.roots);
      if (changes.length) {
        known = new Map();
      }
      known.set(request.url, {etag: answer.etag, unavailable: answer.body.unavailable || []});
      return changes;
    }

    function accept(request, answer) {
      const changes = answer.unchanged ? parts.apply({}, request.roots) : show(request, answer);
      note(request, known.get(request.url).unavailable, answer.age);
      fire(request.roots, 'polled', {changes});
      return changes;
    }

    function get(request, maxAge) {
      const last = known.get(request.url);
      const etag = last && last.etag;
      return parts.transport(request.url, {accept: gbpStatus.transport.JSON, etag, maxAge});
    }

    async function send(request, maxAge) {
      const answer = await get(request, maxAge);
      if (parts.session.check(answer)) {
        return {ended: true};
      }
      if (!answer.ok && !answer.unchanged) {
        fire(request.roots, 'stale', {since: state.readAt});
        return {failed: true, retryAfter: answer.retryAfter};
      }
      return {changes: accept(request, answer)};
    }

    async function sendAll(requests, maxAge) {
      const changes = [];
      for (const request of requests) {
        const outcome = await send(request, maxAge);
        if (!outcome.changes) {
          return Object.assign(outcome, {changes});
        }
        changes.push(...outcome.changes);
      }
      return {changes};
    }

    function tell(outcome) {
      if (outcome.failed && !state.failed) {
        parts.live.say(gettext('The statuses cannot be read at the moment.'));
      } else if (outcome.changes.length) {
        parts.live.tell(outcome.changes);
      }
      state.failed = outcome.failed;
      return outcome;
    }

    // Whatever breaks while an answer is shown, the page must not look fresh nor stop trying.
    function stumble(error) {
      parts.log(error);
      return {failed: true, changes: []};
    }

    /**
     * Reads what may change, or with `all` every badge of the page, up to `maxAge` seconds old.
     * Resolves to {changed, failed, retryAfter, ended}; never rejects.
     */
    async function read(all, maxAge) {
      parts.live.clear();
      const requests = gbpStatus.requests(parts.document, all ? Boolean : isDue);
      const outcome = await sendAll(requests, maxAge).catch(stumble);
      const fragments = outcome.ended ? {} : await parts.fragments.reload(all, maxAge);
      state.readAt = fragments.read ? parts.clock.now() : state.readAt;
      return tell(sum(outcome, fragments));
    }

    function isPending() {
      return Boolean(parts.document.querySelector(PENDING));
    }

    return {read, isPending, state};
  };
}(jQuery, horizon));
