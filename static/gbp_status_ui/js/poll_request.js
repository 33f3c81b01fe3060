// SPDX-License-Identifier: Apache-2.0
// Reads the statuses of resources by their ids, one request after the other, and shows what the answers say.
// Reads, on the root: data-gbp-status-poll-url, data-gbp-status-max-ids.
(function (gbpStatus) {
  'use strict';

  /** @param {Resource[]} resources */
  function kindsOf(resources) {
    return Array.from(new Set(resources.map(one => one.kind)));
  }

  /** @param {Partial<Rows | Record<string, string[]>> | undefined} part @param {string} kind */
  function of(part, kind) {
    return part && part[kind] || {};
  }

  /** @param {Partial<Rows | Record<string, string[]>> | undefined} part @param {Resource} resource */
  function isListed(part, {kind, id}) {
    return Object.values(of(part, kind)).includes(id);
  }

  /**
   * What an answer says of the resources of a request: {read, pending} are resources, `missing` kinds of which it lacks
   * any, as {kind: {reason}}. Null where it says nothing at all, and not that all kinds are unavailable.
   * @param {Slice} request
   * @param {PollAnswer} answer
   */
  function contents({resources}, {rows, gone, pending, unavailable, reasons = {}}) {
    const read = resources.filter(one => one.id in of(rows, one.kind) || isListed(gone, one));
    const waiting = resources.filter(one => isListed(pending, one));
    const found = read.concat(waiting);
    const lacking = kindsOf(resources.filter(one => !found.includes(one)));
    const isAnswer = found.length || Array.isArray(unavailable) && lacking.every(kind => unavailable.includes(kind));
    const missing = Object.fromEntries(lacking.map(kind => [kind, {reason: reasons[kind] || 'lacking'}]));
    return isAnswer ? {read, pending: waiting, missing} : null;
  }

  /**
   * `page`: root, clock, outages, beneath, answers. Returns ask(resources, get, outcome): reads those resources, shows what the
   * answers say, and notes it in the outcome of the round (rounds.js).
   */
  gbpStatus.pollRequest = function ({root, clock, outages, beneath, answers}) {
    const slices = gbpStatus.slices(root.dataset.gbpStatusPollUrl, Number(root.dataset.gbpStatusMaxIds));
    // {etag, body} of the last answer of each address. An unchanged one (304) is shown again: a list that was read in
    // between may have shown another status. Cleared when an answer changes anything: addresses contain the ids of what
    // is being built, and few of them are used again.
    let cached = new Map();

    /** @param {{url: string}} request @param {Answer} answer @param {number} at */
    function show({url}, {body, etag}, at) {
      const changes = answers(body, at);
      if (changes.length) {
        cached = new Map();
      }
      cached.set(url, {etag, body});
      return changes;
    }

    /**
     * @param {{url: string, resources: Resource[]}} request
     * @param {Answer} answer
     * @param {{read: Resource[], pending: Resource[], missing: Unavailable}} contents
     * @param {Outcome} outcome
     */
    function accept(request, answer, {read, pending, missing}, outcome) {
      const at = clock.now() - answer.age;
      slices.accepted();
      outages.note(kindsOf(read).concat(Object.keys(missing)), missing, outcome.since);
      beneath.note(read, pending, answer.body, outcome.since);
      outcome.changes.push(...show(request, answer, at));
      outcome.rows.push(...pending);
      // What is pending beneath a row that has been read is none of its status.
      outcome.isIncomplete = outcome.isIncomplete || Object.keys(missing).length > 0;
      const isWhole = read.length && pending.every(one => read.includes(one));
      outcome.readAt = Math.min(outcome.readAt, isWhole ? at : outcome.since);
    }

    /**
     * Returns how many resources have been read.
     * @param {{url: string, resources: Resource[]}} request
     * @param {Get} get
     * @param {Outcome} outcome
     */
    async function send(request, get, outcome) {
      const before = cached.get(request.url) || {};
      const sent = await get(request.url, {etag: before.etag});
      const answer = sent.unchanged ? {...sent, ...before, ok: true} : sent;
      const found = !outcome.ended && answer.ok && contents(request, answer.body);
      if (found) {
        accept(request, answer, found, outcome);
        return request.resources.length;
      }
      outcome.failed = !outcome.ended && !slices.failed(request, sent);
      outcome.reason = answer.ok ? 'lacking' : answer.reason;
      return 0;
    }

    return async function (resources, get, outcome) {
      for (let left = resources; left.length && !outcome.failed && !outcome.ended;) {
        left = left.slice(await send(slices.first(left), get, outcome));
      }
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
