// SPDX-License-Identifier: Apache-2.0
// One poll: which statuses to ask for, one request after the other, and what the answers say.
// Reads, on the root: data-gbp-status-poll-url, data-gbp-status-max-ids; and the badge's attributes (dom.js).
// Fires gbp-status:polled and gbp-status:stale on the root.
(function (gbpStatus) {
  'use strict';

  function kindsOf(resources) {
    return Array.from(new Set(resources.map(one => one.kind)));
  }

  /** The kinds that an answer does not contain; null where it contains none, and does not say that all are unavailable. */
  function unread({resources}, {rows, gone, unavailable}) {
    const of = (part, kind) => part && part[kind] || {};
    const answered = resources.filter(({kind, id}) => id in of(rows, kind) || Object.values(of(gone, kind)).includes(id));
    const read = kindsOf(answered);
    const missing = kindsOf(resources).filter(kind => !read.includes(kind));
    const isAnswer = read.length > 0 || Array.isArray(unavailable) && missing.every(kind => unavailable.includes(kind));
    return isAnswer ? missing : null;
  }

  /**
   * `page`: root, clock, transport, session, outages, answers.
   * Returns ask(resources, maxAge, since): reads those resources, one request after the other, up to `maxAge` seconds
   * old, and shows the answers; `since` is when everything was last read without a failure. Resolves to {changes, readAt, failed, retryAfter,
   * ended}; `readAt` is the moment for which the oldest answer is true.
   */
  gbpStatus.statuses = function ({root, clock, transport, session, outages, answers}) {
    const slices = gbpStatus.slices(root.dataset.gbpStatusPollUrl, Number(root.dataset.gbpStatusMaxIds));
    // {etag, body} of the last answer of each address. An unchanged one \(304\) is shown again: a list that was read in
    // between may have shown another status. Cleared when an answer changes anything: addresses contain the ids of what
    // is being built, and few of them are used again.
    let cached = new Map();

    function show({url}, {body, etag, age}) {
      const changes = answers(body, clock.now() - age);
      if (changes.length) {
        cached = new Map();
      }
      cached.set(url, {etag, body});
      return changes;
    }

    function fail({retryAfter}) {
      gbpStatus.dom.fire(root, 'stale', {});
      return {failed: true, retryAfter};
    }

    function accept(request, answer, since) {
      const full = answer.unchanged ? {...answer, ...cached.get(request.url)} : answer;
      const unavailable = unread(request, full.body);
      if (!unavailable) {
        return fail(answer);
      }
      const kinds = kindsOf(request.resources);
      const changes = show(request, full);
      slices.accepted();
      outages.note(kinds, unavailable, since);
      gbpStatus.dom.fire(root, 'polled', {changes});
      const readAt = unavailable.length < kinds.length ? clock.now() - answer.age : since;
      return {changes, readAt, count: request.resources.length};
    }

    async function send(request, maxAge, since) {
      const {etag} = cached.get(request.url) || {};
      const answer = await transport(request.url, {etag, maxAge});
      if (session.check(answer)) {
        return {ended: true};
      }
      if (answer.ok || answer.unchanged) {
        return accept(request, answer, since);
      }
      return slices.failed(request, answer.status) ? {changes: [], readAt: Infinity, count: 0} : fail(answer);
    }

    return async function (resources, maxAge, since) {
      const sum = {changes: [], readAt: Infinity};
      for (let left = resources; left.length;) {
        const outcome = await send(slices.first(left), maxAge, since);
        if (!outcome.changes) {
          return Object.assign(outcome, {changes: sum.changes, readAt: since});
        }
        sum.changes.push(...outcome.changes);
        sum.readAt = Math.min(sum.readAt, outcome.readAt);
        left = left.slice(outcome.count);
      }
      return sum;
    };
  };

  /** `page`: root, window, clock, statuses, outages, list, fragments, live, notifications, patience. */
  gbpStatus.reading = function ({root, window, clock, statuses, outages, list, fragments, live, notifications, patience}) {
    const {badges} = gbpStatus;
    // `readAt`: when anything was read last; `allAt`: when the whole page was, both by the page's clock.
    const state = {readAt: clock.now(), allAt: clock.now(), failed: false};

    function isDue(badge) {
      return badges.isTransient(badge) && outages.isDue(badge.dataset.gbpStatusKind);
    }

    /** Each resource once, however often a page shows it. */
    function shown(wanted) {
      const found = badges.all(root).filter(wanted);
      return Array.from(new Map(found.map(badge => [badges.key(badge), badges.resource(badge)])).values());
    }

    function announce({changes, failed}) {
      if (failed && !state.failed) {
        live.say(gettext('The statuses cannot be read at the moment.'));
      } else if (changes.length) {
        live.announce(changes);
        notifications.notify(live.sentence(changes));
      }
      state.failed = failed;
    }

    // An error in a script must not stop the polling, nor leave the page looking fresh.
    function failWith(error) {
      window.console.error(error);
      return {failed: true};
    }

    function note(all, ...outcomes) {
      const moments = outcomes.map(one => one.readAt).filter(Number.isFinite);
      if (moments.length) {
        state.readAt = Math.min(...moments);
      }
      if (all && !outcomes.some(one => one.failed || one.ended || one.isPart || one.unfinished)) {
        state.allAt = state.readAt;
      }
    }

    function ask(scope, maxAge, cameFirst) {
      return scope && list.isThere() ? list.read(scope !== 'list', maxAge, state.readAt, cameFirst) :
        statuses(shown(scope ? Boolean : isDue), maxAge, state.readAt);
    }

    /** What came of a list, or of badges, and of the parts beside them. */
    function together(outcome, lines, since) {
      const unfinished = [outcome, lines].find(one => one.unfinished);
      const failed = Boolean(outcome.failed || lines.failed || unfinished && clock.now() - since > patience);
      const changed = Boolean(outcome.changes.length || lines.changed);
      return {...outcome, ...lines, ...unfinished, changed, failed, unfinished: Boolean(unfinished) && !failed};
    }

    /**
     * Reads what may change, or with scope 'list' all that the page shows, or with 'rest' and 'whole' also what it does
     * not show yet; up to `maxAge` seconds old. `since` is when the same was asked for first, and `cameFirst` what the
     * answer said, where that was unfinished. Resolves to {changed, unfinished, cameFirst, failed, retryAfter, ended};
     * never rejects.
     */
    async function read({scope, since, cameFirst}, maxAge) {
      live.say('');
      const outcome = {changes: [], ...await ask(scope, maxAge, cameFirst).catch(failWith)};
      const lines = outcome.ended ? {} : await fragments.reload(Boolean(scope), maxAge, cameFirst).catch(failWith);
      note(scope, outcome, lines);
      const result = together(outcome, lines, since);
      announce(result);
      return result;
    }

    return {
      read,
      isPending: () => badges.all(root).some(badges.isTransient) || fragments.isPending(),
      isPreview: list.isPreview,
      state
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
