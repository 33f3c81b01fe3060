// SPDX-License-Identifier: Apache-2.0
// Reads again what a page shows as a whole, and makes the page say so in place: focus, open popovers, ticked boxes and
// whatever scripts have set stay.
// Reads: data-gbp-status-list ("held": new rows wait until they are asked for; "whole": nothing waits),
// data-gbp-status-unread (a kind that a list lacks), data-gbp-status-reading (a kind whose full list is on its way) and
// data-gbp-status-late (one whose full list did not come in time), data-gbp-status-lacks-rows (one of which the page
// lacks rows), data-gbp-status-key and data-object-id (what is the same).
(function (gbpStatus) {
  'use strict';

  // What is swapped by its own rules, or belongs to the user.
  const KEPT = '.gbp-status-badge, [data-gbp-status-fragments-url], thead, input, select, textarea, .popover';
  // Classes and attributes that scripts have set stay.
  const OURS = /^(data-gbp-status|hidden$|href$|aria-(label|current)$|class$)/;

  const CHANGING = /^gbp-status-(tone-|empty$)/;
  const FIELDS = 'input, select, textarea';
  const THEIRS = ['class', 'aria-expanded', 'open'];

  function keyOf(node) {
    const {objectId, gbpStatusKey, gbpStatusId} = node.dataset || {};
    return objectId || gbpStatusKey || gbpStatusId || node.id || '';
  }

  function isSame(one, other) {
    return one.nodeName === other.nodeName && keyOf(one) === keyOf(other) &&
      (!one.classList || one.classList[0] === other.classList[0]);
  }

  function isRow(node) {
    return node.nodeName === 'TR' && Boolean(keyOf(node));
  }

  // By name: element.attributes makes a node of each attribute, and keeps it as long as the element.
  function adapt(old, fresh) {
    old.getAttributeNames().filter(name => OURS.test(name) && name !== 'class' && !fresh.hasAttribute(name))
      .forEach(name => { old.removeAttribute(name); });
    fresh.getAttributeNames().filter(name => !THEIRS.includes(name) && old.getAttribute(name) !== fresh.getAttribute(name))
      .forEach(name => { old.setAttribute(name, fresh.getAttribute(name)); });
    Array.from(old.classList).filter(one => CHANGING.test(one)).forEach(one => { old.classList.remove(one); });
    old.classList.add(...fresh.classList);
  }

  /** Makes `old` what `fresh` is, with as much of it as stays the same; `rows(old, fresh)` does that for rows. */
  function morph(old, fresh, rows) {
    if (old.isEqualNode(fresh)) {
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
    } else if (!old.matches(KEPT)) {
      adapt(old, fresh);
      (old.nodeName === 'TBODY' ? rows : morphChildren)(old, fresh, rows);
    }
  }

  // What another script has put there to be ticked or filled in stays, and so do tables with rows: what has become of
  // those is found out row by row, and none vanishes from under the pointer.
  function removeUnlessHeld(node) {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.matches(FIELDS) && !node.querySelector('tbody tr[data-object-id]')) {
      node.remove();
    }
  }

  // What comes new is put before what stays: what has a key and stays is passed over by nothing else that looks like it.
  function morphChildren(old, fresh, rows) {
    const left = Array.from(old.childNodes);
    const staying = new Set(Array.from(fresh.childNodes, keyOf).filter(Boolean));
    Array.from(fresh.childNodes).forEach(node => {
      const index = left.findIndex(one => isSame(one, node));
      if (index < 0 || left.slice(0, index).some(one => staying.has(keyOf(one)))) {
        old.insertBefore(node, left[0] || null);
        return;
      }
      left.splice(0, index).forEach(removeUnlessHeld);
      morph(left.shift(), node, rows);
    });
    left.forEach(removeUnlessHeld);
  }

  /** [key, row] of a table; one resource may have several rows. Rows without a resource have no key. */
  function keyed(body) {
    const seen = new Map();
    return Array.from(body.children).map(row => {
      const key = isRow(row) ? keyOf(row) : '';
      seen.set(key, (seen.get(key) || 0) + 1);
      return [key && key + ' ' + seen.get(key), row];
    });
  }

  /** The rows of a table by their keys; those that are struck left out. */
  function rowsOf(body) {
    return new Map(keyed(body).filter(([key, row]) => key && !row.matches('.gbp-status-gone')));
  }

  function keepingFocus(change) {
    const active = document.activeElement;
    change();
    if (active !== document.activeElement && document.contains(active)) {
      active.focus();
    }
  }

  /** The row that the user points at, or in which the focus is, stays where it is on the screen. */
  function keepingPlace(scope, change) {
    const row = scope.querySelector('tbody tr:hover') || scope.querySelector('tbody tr:focus-within');
    const top = () => row.getBoundingClientRect().top;
    const before = row && top();
    change();
    if (row && row.isConnected) {
      window.scrollBy(0, top() - before);
    }
  }

  /** Puts the rows in the order of the fresh ones, with the new ones among them. */
  function arrange(old, fresh, known) {
    let next = old.firstElementChild;
    keyed(fresh).forEach(([key, node]) => {
      const row = key && known.get(key) || node;
      if (row === next) {
        next = next.nextElementSibling;
      } else {
        old.insertBefore(row, next);
      }
    });
  }

  /** The badges of the rows that the fresh list has not. */
  function missing(place, fresh) {
    const {badges} = gbpStatus;
    const there = new Set(badges.all(fresh).map(badges.key));
    return Array.from(place.querySelectorAll('tbody tr[data-object-id]:not(.gbp-status-gone)'))
      .flatMap(badges.all).filter(badge => !there.has(badges.key(badge)));
  }

  // But for those in parts that are read by themselves.
  function kindsOf(place) {
    const listed = gbpStatus.badges.all(place).filter(badge => !badge.closest('[data-gbp-status-fragment]'));
    return Array.from(new Set(listed.map(badge => badge.dataset.gbpStatusKind)));
  }

  // A kind that the fresh list lacks for a failure: what is shown stays, and is stale. So does a full list in place of
  // which the fresh one has what is known without it.
  function isUnread(place, fresh, kind) {
    const {having} = gbpStatus.dom;
    const wasFull = !having(place, 'late', kind) && !having(place, 'reading', kind);
    return Boolean(having(fresh, 'unread', kind) || wasFull && having(fresh, 'late', kind));
  }

  /**
   * What could not be read in a fresh list: {unread, stale, isAll}: all of it, as gbpStatus.unread() says it, those kinds that
   * stand in `place`, and whether nothing could be.
   */
  function unreadIn(fresh, place) {
    const kinds = kindsOf(place);
    const stale = kinds.filter(kind => isUnread(place, fresh, kind));
    const late = Object.fromEntries(stale.map(kind => [kind, {reason: 'timeout'}]));
    const isAll = gbpStatus.isAllUnread(fresh) || stale.length > 0 && stale.length === kinds.length;
    return {unread: {...late, ...gbpStatus.unread(fresh)}, stale, isAll};
  }

  function fail(outcome, reason) {
    outcome.failed = true;
    outcome.reason = reason;
  }

  /** `page`: root, window, clock, answers, statuses, outages, beneath, time. */
  gbpStatus.list = function (page) {
    const {root, window, clock} = page;
    const {badges, dom} = gbpStatus;
    const news = {count: 0};
    const place = () => dom.find(root, 'list');
    const isPreview = () => Boolean(place() && dom.find(place(), 'reading'));

    /** The part to ask for, with the kinds of which the page lacks rows: these may come before their statuses. */
    function part() {
      const lacking = dom.findAll(place(), 'lacks-rows').map(notice => notice.dataset.gbpStatusLacksRows);
      return ['list', ...lacking].join(' ');
    }

    function morphRows(isWhole, old, fresh) {
      const known = rowsOf(old);
      const wanted = rowsOf(fresh);
      wanted.forEach((row, key) => {
        if (known.has(key)) {
          morphChildren(known.get(key), row, () => {});
        }
      });
      if (isWhole) {
        Array.from(old.children).filter(row => !isRow(row)).forEach(row => { row.remove(); });
        arrange(old, fresh, known);
      } else {
        news.count += Array.from(wanted.keys()).filter(key => !known.has(key)).length;
      }
    }

    /** Returns the resources of which the list has no row any more. */
    function show(fresh, isWhole) {
      const lost = missing(place(), fresh);
      news.count = 0;
      keepingPlace(place(), () => {
        keepingFocus(() => { morph(place(), fresh, (old, rows) => { morphRows(isWhole, old, rows); }); });
      });
      return lost.map(badges.resource);
    }

    // Times in the form that those of the page have.
    function adopt(fresh) {
      page.time.rewrite(fresh);
      page.since.rewrite(fresh);
      return document.adoptNode(fresh);
    }

    /** Takes what a list says of statuses. */
    function accept(fresh, at, outcome) {
      outcome.changes.push(...page.answers(badges.answer(fresh), at));
      outcome.rows.push(...page.beneath.unfinished(fresh));
      page.beneath.noteList(fresh);
      outcome.readAt = Math.min(outcome.readAt, at);
      outcome.isPart = outcome.isPart || Object.keys(gbpStatus.unread(fresh)).length > 0;
    }

    /** Notes what came of the list, and reads rows that it has no longer: they are gone, or others than it shows. */
    async function take(answer, isWished, get, outcome) {
      const fresh = answer.ok && dom.find(new DOMParser().parseFromString(answer.body, 'text/html'), 'list');
      if (!fresh) {
        fail(outcome, answer.ok ? 'lacking' : answer.reason);
        return;
      }
      const {unread, stale, isAll} = unreadIn(fresh, place());
      page.outages.noteAll(unread, outcome.since);
      if (isAll) {
        fail(outcome);
        return;
      }
      accept(fresh, clock.now() - answer.age, outcome);
      // Where a kind is missing the tables stay as they are; the statuses of the others are as good as a poll's.
      if (!stale.length) {
        await page.statuses(show(adopt(fresh), isWished || fresh.dataset.gbpStatusList === 'whole'), get, outcome);
      }
    }

    /**
     * Reads all that the page shows, and notes it in the outcome of the round (rounds.js). New rows come where the user
     * wishes it, or has nothing but a preview. A page of one resource that is gone has no list.
     */
    async function read(isWished, get, outcome) {
      const url = window.location.pathname + window.location.search;
      const answer = await get(url, {accept: 'text/html', part: part()});
      outcome.list = answer.pending;
      if (answer.status === 404 && answer.scope) {
        await page.statuses(badges.all(root).map(badges.resource), get, outcome);
      } else if (!answer.pending && !outcome.ended) {
        await take(answer, isWished || isPreview(), get, outcome);
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
