// SPDX-License-Identifier: Apache-2.0
// Shows a fragment of a page in place of what stands there: focus, unfolded details and an open popover stay.
// Reads: data-gbp-status-fold (in the page: fragments that have nothing to show move into it), data-gbp-status-empty (in
// such a fragment), data-gbp-status-failed (in a fragment), data-gbp-status-result (what an answer is worth keeping for);
// in the strip template[data-gbp-status-note="unread"|"as-of"|"kept"].
(function (gbpStatus) {
  'use strict';

  // What a fragment said of its last failure.
  const NOTES = '[data-gbp-status-failed], [data-gbp-status-as-of]';
  const NUMBERS = '.gbp-status-chip-count';
  const CHIP = '.gbp-status-chip';
  const FOCUSABLE = 'a[href], [data-gbp-status-act], summary, [role="treeitem"]';
  const PROBLEMS = '.gbp-status-problem[data-object-id]';

  /**
   * What tells an element from others in its fragment: where it leads, what it does, what it unfolds, or its words.
   * @param {HTMLElement} element
   */
  function nameOf(element) {
    const unfolded = element.matches('summary') && element.closest('details').id;
    return element.getAttribute('href') || element.dataset.gbpStatusAct || unfolded || element.textContent;
  }

  // What takes the place of what had the focus: the badge of its resource, or the element with the same name.
  /** @param {HTMLElement} active @param {HTMLElement} fragment */
  function successor(active, fragment) {
    const {badges} = gbpStatus;
    const badge = active.closest('.gbp-status-badge');
    const found = badge ? badges.all(fragment).find(one => badges.key(one) === badges.key(badge)) :
      Array.from(fragment.querySelectorAll(FOCUSABLE)).find(one => nameOf(one) === nameOf(active));
    return badge && found ? badges.button(found) : found;
  }

  /**
   * Changes what stands in a fragment; the focus goes on to its successor, or to the first that can have it.
   * @param {HTMLElement} fragment
   * @param {Iterable<Node>} nodes
   */
  function swap(fragment, nodes) {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const hadFocus = fragment.contains(active);
    const folds = Array.from(fragment.querySelectorAll('details[id]'), one => ({id: one.id, open: one.hasAttribute('open')}));
    fragment.replaceChildren(...nodes);
    folds.forEach(({id, open}) => { Object.assign(document.getElementById(id) || {}, {open}); });
    const found = hadFocus && (successor(active, fragment) || fragment.querySelector('a, button'));
    if (found) {
      // An item of the map without a link can have the focus only with this.
      found.tabIndex = 0;
      found.focus();
    }
  }

  /** `page`: root, clock, time, outages, followed, answers. */
  gbpStatus.fragmentSwap = function ({root, clock, time, outages, followed, answers}) {
    const {badges, dom: {find, findAll, having, parse}} = gbpStatus;
    const shown = new WeakMap();
    const complete = new WeakSet();

    /** @param {HTMLElement} fragment @param {string} html */
    function isNew(fragment, html) {
      return shown.get(fragment) !== html && !fragment.querySelector('.popover');
    }

    /** A note of the strip, with a moment of the page's clock in it. @param {string} name @param {number} at */
    function noteOf(name, at) {
      const note = having(root, 'note', name).content.cloneNode(true).firstElementChild;
      findAll(note, 'moment').filter(() => Number.isFinite(at)).forEach(one => {
        one.dateTime = new Date(clock.wall(at)).toISOString();
        one.textContent = time.short(at);
      });
      return note;
    }

    /**
     * Adds to fresh problems those of kinds that could not be read this time: nobody knows that they have gone.
     * @param {HTMLElement} fragment
     * @param {HTMLElement} fresh
     * @param {Unavailable} unread
     * @param {number} since
     */
    function keep(fragment, fresh, unread, since) {
      const known = new Set(badges.all(fresh).map(badges.key));
      const kept = Array.from(fragment.querySelectorAll(PROBLEMS)).filter(problem => badges.all(problem)
        .some(badge => badges.resource(badge).kind in unread && !known.has(badges.key(badge))));
      if (kept.length) {
        const first = outages.since(badges.resource(badges.all(kept[0])[0]).kind);
        const note = noteOf('kept', first === null ? since : first);
        note.append(...kept.map(problem => problem.cloneNode(true)));
        fresh.append(note);
      }
    }

    /** @param {HTMLElement} fragment */
    function fold(fragment) {
      const away = find(root, 'fold');
      const isEmpty = Boolean(find(fragment, 'empty'));
      if (away && isEmpty !== away.contains(fragment)) {
        (isEmpty ? away.append : away.before).call(away, fragment);
        away.hidden = !find(away, 'fragment');
      }
    }

    /**
     * What could not be read of fresh markup, and whether what is shown is better than that, and stays.
     * @param {HTMLElement} fragment
     * @param {HTMLElement} fresh
     */
    function judge(fragment, fresh) {
      const {unread} = gbpStatus;
      const [isAll, isIncomplete] = [unread.isAll(fresh), unread.isIncomplete(fresh)];
      return {unread: unread.kinds(fresh), isAll, isIncomplete, isStale: isAll || isIncomplete && complete.has(fragment)};
    }

    /**
     * Shows `html`, which was true for the moment `at`; of a fragment in which a popover is open, the badges alone. What is
     * shown already stays where nothing of it could be read again, or too little, and while a fragment that was complete is
     * pending. Notes what has changed in the outcome of the round (rounds.js), and returns what judge() does.
     * @param {HTMLElement} fragment
     * @param {Filling} said
     * @param {Outcome} outcome
     */
    function fill(fragment, {html, at, isPending}, outcome) {
      const fresh = parse(html);
      const found = judge(fragment, fresh);
      outcome.changes.push(...answers(badges.answer(fresh), at));
      if (found.isStale && gbpStatus.unread.hasResults(fragment)) {
        fail(fragment, outcome.since);
      } else if (!(isPending && complete.has(fragment)) && isNew(fragment, html)) {
        shown.set(fragment, html);
        keep(fragment, fresh, found.unread, outcome.since);
        followed.keep(fresh, at);
        swap(fragment, fresh.childNodes);
        fold(fragment);
        outcome.changed = true;
        complete[isPending || found.isIncomplete ? 'delete' : 'add'](fragment);
      }
      return found;
    }

    /**
     * Says that a fragment could not be read; what is shown already stays, and says since when.
     * @param {HTMLElement} fragment
     * @param {number} since
     */
    function fail(fragment, since) {
      const old = find(fragment, 'as-of');
      const hasResults = gbpStatus.unread.hasResults(fragment);
      const isKept = (/** @type {Element} */ one) => (hasResults ? !one.matches(NOTES) : one.matches('.gbp-status-line-title'));
      const note = hasResults && old || noteOf(hasResults ? 'as-of' : 'unread', since);
      shown.delete(fragment);
      if (note !== old) {
        swap(fragment, [...Array.from(fragment.children).filter(isKept), note]);
      }
    }

    /**
     * Shows the numbers of a fragment with rows alone: what these say of themselves stays. Of one without, all of it.
     * @param {HTMLElement} fragment
     * @param {string} html
     * @param {number} at
     */
    function count(fragment, html, at) {
      const now = parse(html);
      if (find(fragment, 'result')) {
        followed.keep(now, at);
        shown.set(fragment, html);
        swap(fragment, now.childNodes);
        return;
      }
      const [old, fresh] = [fragment, now].map(one => Array.from(one.querySelectorAll(NUMBERS)));
      if (old.length === fresh.length) {
        old.forEach((place, index) => {
          gbpStatus.dom.write(place, fresh[index].textContent);
          place.closest(CHIP).className = fresh[index].closest(CHIP).className;
        });
      }
    }

    /** Notes what the page was opened with. @param {HTMLElement} fragment @param {boolean} isPending */
    function open(fragment, isPending) {
      if (!isPending && !gbpStatus.unread.isAll(fragment) && !gbpStatus.unread.isIncomplete(fragment)) {
        complete.add(fragment);
      }
      fold(fragment);
    }

    return {fill, fail, count, open};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
