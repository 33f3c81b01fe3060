// SPDX-License-Identifier: Apache-2.0
// Reads again what a page shows as a whole, and makes the page say so in place (morph.js).
// Reads: data-gbp-status-list ("held": new rows wait until they are asked for; "whole": nothing waits),
// data-gbp-status-unread (a kind that a list lacks), data-gbp-status-listing (a kind whose full list is on its way) and
// data-gbp-status-timed-out (one whose full list did not come in time), data-gbp-status-lacks-rows (one of which the page
// lacks rows).
(function (gbpStatus) {
  'use strict';

  /** The badges of the rows that the fresh list has not. @param {HTMLElement} place @param {HTMLElement} fresh */
  function missing(place, fresh) {
    const {badges} = gbpStatus;
    const there = new Set(badges.all(fresh).map(badges.key));
    return Array.from(place.querySelectorAll('tbody tr[data-object-id]:not(.gbp-status-gone)'))
      .flatMap(badges.all).filter(badge => !there.has(badges.key(badge)));
  }

  /** But for those in fragments that are read by themselves. @param {HTMLElement} place */
  function kindsOf(place) {
    const listed = gbpStatus.badges.all(place).filter(badge => !badge.closest('[data-gbp-status-fragment]'));
    return Array.from(new Set(listed.map(badge => badge.dataset.gbpStatusKind)));
  }

  // A kind that the fresh list lacks for a failure: what is shown stays, and is stale. So does a full list in place of
  // which the fresh one has what is known without it.
  /** @param {HTMLElement} place @param {HTMLElement} fresh @param {string} kind */
  function isUnread(place, fresh, kind) {
    const {having} = gbpStatus.dom;
    const wasFull = !having(place, 'timed-out', kind) && !having(place, 'listing', kind);
    return Boolean(having(fresh, 'unread', kind) || wasFull && having(fresh, 'timed-out', kind));
  }

  /**
   * What could not be read in a fresh list: {unread, stale, isAll}: all of it, as unread.kinds() says it, those kinds that
   * stand in `place`, and whether nothing could be.
   * @param {HTMLElement} fresh
   * @param {HTMLElement} place
   */
  function unreadIn(fresh, place) {
    const kinds = kindsOf(place);
    const stale = kinds.filter(kind => isUnread(place, fresh, kind));
    const timedOut = Object.fromEntries(stale.map(kind => [kind, {reason: 'timeout'}]));
    const isAll = gbpStatus.unread.isAll(fresh) || stale.length > 0 && stale.length === kinds.length;
    return {unread: {...timedOut, ...gbpStatus.unread.kinds(fresh)}, stale, isAll};
  }

  /** @param {Outcome} outcome @param {string} [reason] */
  function fail(outcome, reason) {
    outcome.failed = true;
    outcome.reason = reason || null;
  }

  /** `page`: root, window, document, clock, time, since, answers, pollRequest, outages, beneath. */
  gbpStatus.list = function ({root, window, document, clock, time, since, answers, pollRequest, outages, beneath}) {
    const {badges, dom} = gbpStatus;
    const news = {count: 0};
    const place = () => dom.find(root, 'list');
    const isPreview = () => Boolean(place() && dom.find(place(), 'listing'));

    /** The fragment to ask for, with the kinds of which the page lacks rows: these may come before their statuses. */
    function fragment() {
      const lacking = dom.findAll(place(), 'lacks-rows').map(notice => notice.dataset.gbpStatusLacksRows);
      return ['list', ...lacking].join(' ');
    }

    /** Returns the resources of which the list has no row any more. @param {HTMLElement} fresh @param {boolean} isWhole */
    function show(fresh, isWhole) {
      const lost = missing(place(), fresh);
      news.count = gbpStatus.morph(place(), fresh, isWhole);
      return badges.resources(lost);
    }

    /** Times in the form that those of the page have. @param {HTMLElement} fresh */
    function adopt(fresh) {
      time.rewrite(fresh);
      since.rewrite(fresh);
      return document.adoptNode(fresh);
    }

    /** Takes what a list says of statuses. @param {HTMLElement} fresh @param {number} at @param {Outcome} outcome */
    function accept(fresh, at, outcome) {
      outcome.changes.push(...answers(badges.answer(fresh), at));
      outcome.rows.push(...beneath.unfinished(fresh));
      beneath.noteList(fresh);
      outcome.readAt = Math.min(outcome.readAt, at);
      outcome.isIncomplete = outcome.isIncomplete || Object.keys(gbpStatus.unread.kinds(fresh)).length > 0;
    }

    /**
     * Notes what came of the list, and reads rows that it has no longer: they are gone, or others than it shows.
     * @param {Answer} answer
     * @param {boolean} isRequested
     * @param {Get} get
     * @param {Outcome} outcome
     */
    async function take(answer, isRequested, get, outcome) {
      const fresh = answer.ok && dom.find(new DOMParser().parseFromString(answer.body, 'text/html'), 'list');
      if (!fresh) {
        fail(outcome, answer.ok ? 'lacking' : answer.reason);
        return;
      }
      const {unread, stale, isAll} = unreadIn(fresh, place());
      outages.noteAll(unread, outcome.since);
      if (isAll) {
        fail(outcome);
        return;
      }
      accept(fresh, clock.now() - answer.age, outcome);
      // Where a kind is missing the tables stay as they are; the statuses of the others are as good as a poll's.
      if (!stale.length) {
        await pollRequest(show(adopt(fresh), isRequested || fresh.dataset.gbpStatusList === 'whole'), get, outcome);
      }
    }

    /**
     * Reads all that the page shows, and notes it in the outcome of the round (rounds.js). New rows come where the user
     * wishes it, or has nothing but a preview. A page of one resource that is gone has no list.
     * @param {boolean} isRequested
     * @param {Get} get
     * @param {Outcome} outcome
     */
    async function read(isRequested, get, outcome) {
      const url = window.location.pathname + window.location.search;
      const answer = await get(url, {accept: 'text/html', fragment: fragment()});
      outcome.list = answer.pending;
      if (answer.status === 404 && answer.scope) {
        await pollRequest(badges.resources(badges.all(root)), get, outcome);
      } else if (!answer.pending && !outcome.ended) {
        await take(answer, isRequested || isPreview(), get, outcome);
        outcome.list = !outcome.failed && isPreview();
      }
    }

    return {
      read,
      news,
      isThere: () => Boolean(place()),
      /** Whether the full list is still being read. */
      isPreview
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
