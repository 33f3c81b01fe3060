// SPDX-License-Identifier: Apache-2.0
// One poll: which statuses to ask for, in how many requests, one after the other, and what they came to.
// Reads, on the root: data-gbp-status-poll-url, data-gbp-status-max-ids; and the badge's attributes (dom.js).
// Fires gbp-status:polled and gbp-status:stale on the root.
(function (gbpStatus) {
  'use strict';

  function slices(list, size) {
    return list.length ? [list.slice(0, size), ...slices(list.slice(size), size)] : [];
  }

  function idsByKind(resources) {
    const ids = new Map();
    resources.forEach(({gbpStatusKind: kind, gbpStatusId: id}) => { ids.set(kind, (ids.get(kind) || []).concat(id)); });
    return ids;
  }

  function asking(url, ids) {
    const asked = Array.from(ids, ([kind, some]) => kind + '=' + some.join(','));
    return {url: url + '?' + asked.join('&'), kinds: Array.from(ids.keys())};
  }

  /** The requests, one after the other, for the badges that `wanted(badge)` takes: {url, kinds}. */
  gbpStatus.requests = function (root, wanted) {
    const {badges} = gbpStatus;
    const {gbpStatusPollUrl: url, gbpStatusMaxIds: most} = root.dataset;
    const asked = new Map(badges.all(root).filter(wanted).map(badge => [badges.key(badge), badge.dataset]));
    return slices(Array.from(asked.values()), Number(most)).map(some => asking(url, idsByKind(some)));
  };

  /** `page`: root, window, clock, transport, session, outages, fragments, answers, live. */
  gbpStatus.reading = function (page) {
    const {badges, dom} = gbpStatus;
    const {root, clock, outages, live} = page;
    const state = {readAt: clock.now(), failed: false};
    // What each address answered last. Forgotten when anything changed: an answer is "unchanged" against the page only
    // as long as no other answer has been shown since.
    let known = new Map();

    function isDue(badge) {
      return badges.isTransient(badge) && outages.isDue(badge.dataset.gbpStatusKind);
    }

    function note({kinds}, unavailable, age) {
      outages.note(kinds, unavailable, state.readAt);
      if (unavailable.length < kinds.length) {
        state.readAt = clock.now() - age;
      }
    }

    function show({url}, {body, etag}) {
      const changes = page.answers(body);
      if (changes.length) {
        known = new Map();
      }
      known.set(url, {etag, unavailable: body.unavailable || []});
      return changes;
    }

    function accept(request, answer) {
      const changes = answer.unchanged ? page.answers({}) : show(request, answer);
      note(request, known.get(request.url).unavailable, answer.age);
      dom.fire(root, 'polled', {changes});
      return {changes};
    }

    async function send(request, maxAge) {
      const {etag} = known.get(request.url) || {};
      const answer = await page.transport(request.url, {etag, maxAge});
      if (page.session.check(answer)) {
        return {ended: true};
      }
      if (!answer.ok && !answer.unchanged) {
        dom.fire(root, 'stale', {since: state.readAt});
        return {failed: true, retryAfter: answer.retryAfter};
      }
      return accept(request, answer);
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

    function tell({changes, failed}) {
      if (failed && !state.failed) {
        live.say(gettext('The statuses cannot be read at the moment.'));
      } else if (changes.length) {
        live.tell(changes);
      }
      state.failed = failed;
    }

    // Whatever breaks while an answer is shown, the page must not look fresh nor stop trying.
    function stumble(error) {
      page.window.console.error(error);
      return {failed: true};
    }

    /**
     * Reads what may change, or with `all` every badge of the page, up to `maxAge` seconds old.
     * Resolves to {changed, failed, retryAfter, ended}; never rejects.
     */
    async function read(all, maxAge) {
      live.say('');
      const requests = gbpStatus.requests(root, all ? Boolean : isDue);
      const outcome = {changes: [], ...await sendAll(requests, maxAge).catch(stumble)};
      const lines = outcome.ended ? {} : await page.fragments.reload(all, maxAge).catch(stumble);
      if (lines.read) {
        state.readAt = clock.now();
      }
      const result = {...outcome, ...lines, changed: Boolean(outcome.changes.length || lines.changed)};
      tell(result);
      return result;
    }

    return {read, isPending: () => Boolean(dom.find(root, 'transient')), state};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
