// SPDX-License-Identifier: Apache-2.0
// Fragments of a page that may come after it: which are pending, and reading any number of them in one request.
// Reads: data-gbp-status-fragments-url (on the container), data-gbp-status-fragment (on a fragment: its kind),
// data-gbp-status-pending (there: it is still being read), data-gbp-status-transient and data-gbp-status-failed (in it).
// Writes data-gbp-status-pending and aria-busy on fragments, and on the container data-gbp-status-heartbeat (schedule.js).
(function (gbpStatus) {
  'use strict';

  const PENDING = 'data-gbp-status-pending';
  // Badges are polled by themselves; what counts those that are being built is read again when one has changed.
  const COUNTED = '[data-gbp-status-transient]:not(.gbp-status-badge)';

  // The fragments that say of each kind whether it could be read; a line says it of its own.
  const LIST_ALL = ['problems', 'map', 'ways', 'carried', 'affected'];
  const NO_KINDS = [...LIST_ALL, 'summary'];

  // Those that count the rows of all kinds: the first sentence, and what stands below it.
  const COUNTING = ['summary', 'problems', 'map'];

  /** @param {HTMLElement} fragment */
  function kind(fragment) {
    return fragment.dataset.gbpStatusFragment;
  }

  /** @param {HTMLElement} fragment */
  function isPending(fragment) {
    return fragment.hasAttribute(PENDING);
  }

  /** @param {HTMLElement} fragment @param {boolean} isMarked */
  function mark(fragment, isMarked) {
    fragment.toggleAttribute(PENDING, isMarked);
    fragment[isMarked ? 'setAttribute' : 'removeAttribute']('aria-busy', 'true');
  }

  /** @param {HTMLElement} fragment */
  function isOfKind(fragment) {
    return !NO_KINDS.includes(kind(fragment));
  }

  /** @param {HTMLElement} fragment */
  function hasFailed(fragment) {
    return Boolean(gbpStatus.dom.find(fragment, 'failed'));
  }

  /**
   * A fragment that could not be read is asked for again by itself; what it says of kinds stands among the outages, too.
   * @param {Outages} outages
   * @param {string} name
   * @param {{unread: Unavailable, isAll: boolean}} given
   * @param {number} since
   */
  function noteUnread(outages, name, {unread, isAll}, since) {
    const hasUnread = isAll || Object.keys(unread).length > 0;
    if (LIST_ALL.includes(name)) {
      outages.noteAll(unread, since, name);
    }
    outages.note([name], hasUnread ? {[name]: unread[name] || {silent: true}} : {}, since);
  }

  /** @param {HTMLElement} badge @param {HTMLElement[]} some */
  function address({dataset}, some) {
    const url = new URL(dataset.gbpStatusFragmentsUrl, document.baseURI);
    some.forEach(fragment => { url.searchParams.append('kind', kind(fragment)); });
    return url.href;
  }

  /** @param {Answer} answer */
  function isWhole({ok, body}) {
    return ok && Boolean(body.fragments) && !(body.pending || []).length;
  }

  /** What the page was opened with. @param {HTMLElement} fragment */
  function saidBy(fragment) {
    return {unread: gbpStatus.unread.kinds(fragment), isAll: gbpStatus.unread.isAll(fragment)};
  }

  /** `page`: root, clock, outages, schedule, fragmentSwap. */
  gbpStatus.fragments = function ({root, clock, outages, schedule, fragmentSwap}) {
    const {find, findAll} = gbpStatus.dom;
    const container = find(root, 'fragments-url');

    function all() {
      return container ? findAll(container, 'fragment') : [];
    }

    /**
     * Of what was asked for and did not come; where nothing came at all the page says so as a whole. Kinds are counted alone.
     * @param {HTMLElement[]} some
     * @param {number} since
     * @param {Failure} why
     */
    function fail(some, since, why = {silent: true}) {
      const isCounted = some.some(isOfKind) ? isOfKind : () => true;
      some.forEach(fragment => {
        fragmentSwap.fail(fragment, since);
        mark(fragment, false);
        outages.note([kind(fragment)], {[kind(fragment)]: isCounted(fragment) ? why : {silent: true}}, since);
      });
    }

    /**
     * @param {HTMLElement} fragment
     * @param {{html: string, at: number, isPending: boolean}} said
     * @param {Outcome} outcome
     */
    function take(fragment, said, outcome) {
      const found = fragmentSwap.fill(fragment, said, outcome);
      noteUnread(outages, kind(fragment), found, outcome.since);
      outcome.isIncomplete = outcome.isIncomplete || Object.keys(found.unread).length > 0;
      return !found.isStale;
    }

    /** @param {HTMLElement[]} some @param {Answer} answer @param {Outcome} outcome */
    function show(some, {body: {fragments, pending = [], heartbeat = 0}, age}, outcome) {
      const at = clock.now() - age;
      const isComing = (/** @type {HTMLElement} */ fragment) => pending.includes(kind(fragment));
      const come = some.filter(fragment => kind(fragment) in fragments)
        .filter(fragment => take(fragment, {html: fragments[kind(fragment)], at, isPending: isComing(fragment)}, outcome));
      some.forEach(fragment => { mark(fragment, isComing(fragment)); });
      const lacking = some.filter(fragment => !(kind(fragment) in fragments) && !isComing(fragment));
      fail(lacking, outcome.since, {reason: 'lacking'});
      container.dataset.gbpStatusHeartbeat = heartbeat;
      outcome.fragments = some.some(isComing);
      outcome.isIncomplete = outcome.isIncomplete || lacking.length > 0;
      outcome.failed = outcome.failed || !come.length && !outcome.fragments;
      outcome.readAt = come.length ? Math.min(outcome.readAt, at) : outcome.readAt;
    }

    /** @param {HTMLElement[]} some @param {Get} get @param {Outcome} outcome */
    async function request(some, get, outcome) {
      const answer = await get(address(container, some));
      if (outcome.ended) {
        return;
      }
      if (answer.ok && answer.body.fragments) {
        show(some, answer, outcome);
      } else {
        fail(some.filter(isPending), outcome.since);
        outcome.failed = true;
        outcome.reason = answer.ok ? 'lacking' : answer.reason;
      }
    }

    // The first sentence follows each change, and so do the numbers of the chips. The lists of kinds without a change may be
    // as old as for a heartbeat. How old that is says nothing of the rest of the round, and it is not retried.
    /** @param {Get} get @param {Outcome} outcome */
    async function followChanges(get, outcome) {
      const counted = all().filter(fragment => COUNTING.includes(kind(fragment)));
      const maxAge = schedule.heartbeatMaxAge();
      if (maxAge && counted.length > 1 && !schedule.isStretched()) {
        const answer = await get(address(container, counted), {maxAge, notBefore: undefined});
        if (!outcome.ended && isWhole(answer)) {
          const at = clock.now() - answer.age;
          counted.filter(fragment => kind(fragment) in answer.body.fragments)
            .forEach(fragment => { fragmentSwap.count(fragment, answer.body.fragments[kind(fragment)], at); });
        }
      }
    }

    // A change of its badges makes a fragment differ that counts them.
    /** @param {HTMLElement} fragment @param {Which} which @param {Change[]} changes */
    function isWanted(fragment, which, changes) {
      const differs = changes.some(one => one.kind === kind(fragment)) && !schedule.isStretched();
      const isDue = which === 'lacking' || outages.isDue(kind(fragment));
      return (which === 'changed' ? differs : isPending(fragment)) || hasFailed(fragment) && isDue;
    }

    /**
     * Reads fragments in one request, and notes it in the outcome of the round (rounds.js). `which` are 'all'; those that are
     * 'pending'; those and what failed: 'lacking'; or those that the changes of badges in this round have 'changed'. What
     * failed is read again along with the others, when it is due.
     * @param {Which} which
     * @param {Get} get
     * @param {Outcome} outcome
     */
    async function read(which, get, outcome) {
      const some = all().filter(fragment => which === 'all' || isWanted(fragment, which, outcome.changes));
      if (which !== 'all') {
        // They are asked for by themselves: what cannot be read of them says so where it stands.
        some.forEach(fragment => { mark(fragment, true); });
      }
      if (some.length) {
        await request(some, get, outcome);
      }
      if (which === 'changed' && outcome.changes.length && !outcome.failed && !outcome.ended) {
        await followChanges(get, outcome);
      }
    }

    all().forEach(fragment => {
      mark(fragment, isPending(fragment));
      fragmentSwap.open(fragment, isPending(fragment));
    });
    all().filter(fragment => !isPending(fragment)).forEach(fragment => { noteUnread(outages, kind(fragment), saidBy(fragment), -Infinity); });

    return {
      read,
      areThere: () => container !== null,
      arePending: () => all().some(isPending),
      mayChange: () => all().some(fragment => fragment.querySelector(COUNTED) || hasFailed(fragment)),
      /** Nothing came in time of what is pending. */
      giveUp: since => fail(all().filter(isPending), since, {reason: 'timeout'})
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
