// SPDX-License-Identifier: Apache-2.0
// Shows a part of a page in place of what stands there: focus, unfolded details and an open popover stay.
// Reads: data-gbp-status-fold (in the page: parts that have nothing to show move into it), data-gbp-status-empty (in such
// a part), data-gbp-status-failed (in a part), template[data-gbp-status-note="unread"] (in the strip).
(function (gbpStatus) {
  'use strict';

  // What is worth keeping of a part that cannot be read again, and what it said of its last failure.
  const RESULTS = '.gbp-status-badge, .gbp-status-bar';
  const NOTES = '[data-gbp-status-failed], [data-gbp-status-act]';

  // What takes the place of what had the focus: the badge of its resource, the link to its address, or the same button.
  function successor(active, part) {
    const {badges} = gbpStatus;
    const badge = active.closest('.gbp-status-badge');
    const isSame = one => ['href', 'data-gbp-status-act'].every(name => one.getAttribute(name) === active.getAttribute(name));
    const found = badge ? badges.all(part).find(one => badges.key(one) === badges.key(badge)) :
      Array.from(part.querySelectorAll('a[href], [data-gbp-status-act]')).find(isSame);
    return badge && found ? badges.button(found) : found;
  }

  /** Changes what stands in a part; the focus goes on to its successor, or to the first that can have it. */
  function exchange(part, nodes) {
    const active = document.activeElement;
    const hadFocus = part.contains(active);
    const unfolded = Array.from(part.querySelectorAll('details[open][id]'), one => one.id);
    part.replaceChildren(...nodes);
    unfolded.map(id => document.getElementById(id)).filter(Boolean).forEach(one => { one.open = true; });
    const found = hadFocus && (successor(active, part) || part.querySelector('a, button'));
    if (found) {
      found.focus();
    }
  }

  /** `page`: root, answers. */
  gbpStatus.parts = function ({root, answers}) {
    const {badges, dom: {find, parse}} = gbpStatus;
    const shown = new WeakMap();

    function fold(part) {
      const away = find(root, 'fold');
      const isEmpty = Boolean(find(part, 'empty'));
      if (away && isEmpty !== away.contains(part)) {
        (isEmpty ? away.append : away.before).call(away, part);
        away.hidden = !find(away, 'fragment');
      }
    }

    /**
     * Shows what was true for the moment `at`; of a part in which a popover is open, the badges alone. Notes what has
     * changed in the outcome of the round (rounds.js).
     */
    function fill(part, html, at, outcome) {
      const fresh = parse(html);
      outcome.changes.push(...answers(badges.answer(fresh), at));
      if (shown.get(part) !== html && !part.querySelector('.popover')) {
        shown.set(part, html);
        exchange(part, fresh.childNodes);
        fold(part);
        outcome.changed = true;
      }
    }

    /** Says that a part could not be read; what is shown already stays, as it was read before. */
    function fail(part) {
      const note = find(root, 'note="unread"').content.cloneNode(true);
      const isKept = part.querySelector(RESULTS) ? one => !one.matches(NOTES) : one => one.matches('.gbp-status-line-title');
      shown.delete(part);
      exchange(part, [...Array.from(part.children).filter(isKept), note]);
    }

    return {fill, fail, fold};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
