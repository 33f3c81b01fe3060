// SPDX-License-Identifier: Apache-2.0
// Parts of a page that may come after it: which are pending, and reading any number of them in one request.
// Reads: data-gbp-status-fragments-url (on the container), data-gbp-status-fragment (on a part: its kind),
// data-gbp-status-pending (there: it is still being read), data-gbp-status-transient and data-gbp-status-failed (in it).
// Writes data-gbp-status-pending and aria-busy on parts, and on the container data-gbp-status-heartbeat (schedule.js).
(function (gbpStatus) {
  'use strict';

  const PENDING = 'data-gbp-status-pending';
  // Badges are polled by themselves; what counts those that are being built is read again when one has changed.
  const COUNTED = '[data-gbp-status-transient]:not(.gbp-status-badge)';

  function kind(part) {
    return part.dataset.gbpStatusFragment;
  }

  function isPending(part) {
    return part.hasAttribute(PENDING);
  }

  function mark(part, isMarked) {
    part.toggleAttribute(PENDING, isMarked);
    part[isMarked ? 'setAttribute' : 'removeAttribute']('aria-busy', 'true');
  }

  function hasFailed(part) {
    return Boolean(gbpStatus.dom.find(part, 'failed'));
  }

  /** `page`: root, clock, outages, schedule, parts. */
  gbpStatus.fragments = function ({root, clock, outages, schedule, parts}) {
    const {find, findAll} = gbpStatus.dom;
    const container = find(root, 'fragments-url');

    function all() {
      return container ? findAll(container, 'fragment') : [];
    }

    function noteUnread(some) {
      outages.note(some.map(kind), some.filter(hasFailed).map(kind), clock.now());
    }

    function fail(some) {
      some.forEach(part => {
        parts.fail(part);
        mark(part, false);
      });
      noteUnread(some);
    }

    function show(some, {body: {fragments, pending = [], heartbeat = 0}, age}, outcome) {
      const at = clock.now() - age;
      const come = some.filter(part => kind(part) in fragments);
      come.forEach(part => { parts.fill(part, fragments[kind(part)], at, outcome); });
      some.forEach(part => { mark(part, pending.includes(kind(part)) || isPending(part) && !come.includes(part)); });
      const rest = some.filter(part => !pending.includes(kind(part)));
      fail(rest.filter(isPending));
      noteUnread(rest);
      container.dataset.gbpStatusHeartbeat = heartbeat;
      outcome.readAt = Math.min(outcome.readAt, at);
      outcome.parts = rest.length < some.length;
    }

    async function request(some, get, outcome) {
      const url = new URL(container.dataset.gbpStatusFragmentsUrl, document.baseURI);
      some.forEach(part => { url.searchParams.append('kind', kind(part)); });
      const answer = await get(url.href);
      if (outcome.ended) {
        return;
      }
      if (answer.ok && answer.body.fragments) {
        show(some, answer, outcome);
      } else {
        fail(some.filter(isPending));
        outcome.failed = true;
      }
    }

    // A change of its badges makes a part differ that counts them.
    function isWanted(part, which, changes) {
      const differs = changes.some(one => one.kind === kind(part)) && !schedule.isStretched();
      return (which === 'pending' ? isPending(part) : differs) || hasFailed(part) && outages.isDue(kind(part));
    }

    /**
     * Reads parts in one request, and notes it in the outcome of the round (rounds.js). `which` are 'all'; those that are
     * 'pending'; or those that the changes of badges in this round have 'changed'. What failed is read again along with
     * the latter two, when it is due.
     */
    async function read(which, get, outcome) {
      const some = all().filter(part => which === 'all' || isWanted(part, which, outcome.changes));
      if (which !== 'all') {
        // They are asked for by themselves: what cannot be read of them says so where it stands.
        some.forEach(part => { mark(part, true); });
      }
      if (some.length) {
        await request(some, get, outcome);
      }
    }

    all().forEach(part => {
      mark(part, isPending(part));
      parts.fold(part);
    });
    noteUnread(all().filter(part => !isPending(part)));

    return {
      read,
      areThere: () => container !== null,
      arePending: () => all().some(isPending),
      mayChange: () => all().some(part => part.querySelector(COUNTED) || hasFailed(part)),
      /** Nothing came in time of what is pending. */
      giveUp: () => fail(all().filter(isPending)),
      /** Wants the part of a button again; the poller reads it. */
      retry: button => mark(button.closest('[data-gbp-status-fragment]'), true)
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
