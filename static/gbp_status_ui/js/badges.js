// SPDX-License-Identifier: Apache-2.0
// The badges among the page's elements: finding them, and swapping one for a newer rendering without replacing its button.
// Reads, on .gbp-status-badge: data-gbp-status (empty: not read yet), data-gbp-status-kind, data-gbp-status-id, data-gbp-status-name, data-gbp-status-details,
// data-gbp-status-transient, data-gbp-status-explained and data-gbp-status-problem (what its state's row says),
// data-gbp-status-counted-as (the state that it is counted and filtered as, where that is another), data-gbp-status-gone,
// data-gbp-below (the worst state of what is beneath, where that is known); data-gbp-status-stored beside it.
(function (gbpStatus) {
  'use strict';

  const LIVING = '.gbp-status-badge:not([data-gbp-status-gone])';

  const OPTIONAL = ['transient', 'explained', 'problem', 'well', 'counted-as', 'since', 'errors'].map(flag => 'data-gbp-status-' + flag)
    .concat('data-gbp-below');

  // What differs where the state is the same.
  const TOLD = ['gbpStatusDetails', 'gbpStatusName', 'gbpStatusSince', 'gbpStatusErrors'];

  /** The badges in `scope`; those of deleted resources left out. @param {ParentNode} scope */
  function all(scope) {
    return Array.from(scope.querySelectorAll(LIVING));
  }

  /** The badge of the resource whose row, or page, `place` stands in. @param {Element} place */
  function ofRow(place) {
    const row = place.closest('[data-object-id]');
    return row && all(row).find(badge => badge.dataset.gbpStatusId === row.dataset.objectId);
  }

  /**
   * What another plugin listed may have changed since; a note beside the badge says so until it has been read.
   * @param {HTMLElement} badge
   */
  function isStored({nextElementSibling: note}) {
    return note ? 'gbpStatusStored' in /** @type {HTMLElement} */ (note).dataset : false;
  }

  /** @param {HTMLElement} badge */
  function isTransient(badge) {
    return 'gbpStatusTransient' in badge.dataset || isStored(badge);
  }

  /** Whether its state is not known yet. @param {HTMLElement} badge */
  function isUnread({dataset}) {
    return dataset.gbpStatus === '';
  }

  /** Whether the cause of its state is worth a look. @param {HTMLElement} badge */
  function isExplained(badge) {
    return 'gbpStatusExplained' in badge.dataset;
  }

  /** Whether something beneath is in error, and GBP's own word is better. @param {HTMLElement} badge */
  function isProblemBeneath({dataset}) {
    return dataset.gbpBelow === 'error' && !('gbpStatusProblem' in dataset) && dataset.gbpStatus !== '';
  }

  /** Whether GBP calls it broken, or what Neutron says beneath is worse, and an error. @param {HTMLElement} badge */
  function isProblem(badge) {
    return 'gbpStatusProblem' in badge.dataset || isProblemBeneath(badge);
  }

  /** Whether it is broken, or being built. @param {HTMLElement} badge */
  function isUrgent(badge) {
    return isProblem(badge) || 'gbpStatusTransient' in badge.dataset && !isUnread(badge);
  }

  /** The state that it is counted as. @param {HTMLElement} badge */
  function state({dataset: {gbpStatus: status, gbpStatusCountedAs: countedAs}}) {
    return countedAs ? countedAs.toUpperCase() : status;
  }

  /** The words of a filter that let it through. @param {HTMLElement} badge */
  function filterWords(badge) {
    return [state(badge).toLowerCase()].concat(isProblemBeneath(badge) ? 'below' : []);
  }

  /** Whose badge it is: {kind, id}. @param {HTMLElement} badge */
  function resource({dataset}) {
    return {kind: dataset.gbpStatusKind, id: dataset.gbpStatusId};
  }

  /** @param {HTMLElement} badge */
  function key(badge) {
    return badge.dataset.gbpStatusKind + ' ' + badge.dataset.gbpStatusId;
  }

  /** The resources of these badges, each once, however often a page shows it. @param {HTMLElement[]} badges */
  function resources(badges) {
    return Array.from(new Map(badges.map(badge => [key(badge), resource(badge)])).values());
  }

  /** What markup says of its badges, in the form of a poll's answer. @param {ParentNode} scope */
  function answer(scope) {
    /** @type {Rows} */
    const rows = {};
    all(scope).forEach(badge => {
      const {kind, id} = resource(badge);
      const {gbpStatus: status, gbpStatusDetails: details} = badge.dataset;
      rows[kind] = Object.assign(rows[kind] || {}, {[id]: {status, details, fresh: badge}});
    });
    return {rows};
  }

  /** @param {HTMLElement} badge @returns {HTMLElement} */
  function button(badge) {
    return badge.querySelector('.gbp-status-button');
  }

  /** @param {HTMLElement} badge */
  function word(badge) {
    return badge.querySelector('.gbp-status-word').textContent;
  }

  /** @param {HTMLElement} badge */
  function markOf(badge) {
    return badge.querySelector('.gbp-status-mark');
  }

  /** What is worse beneath than its word, in words; '' for nothing. @param {HTMLElement} badge */
  function mark(badge) {
    const found = markOf(badge);
    return found ? found.textContent.trim() : '';
  }

  /** @param {HTMLElement} badge */
  function isBelowKnown({dataset}) {
    return 'gbpBelow' in dataset;
  }

  /** @param {HTMLElement} badge @param {HTMLElement} badge */
  function isSame({dataset}, {dataset: other}) {
    return dataset.gbpStatus === other.gbpStatus;
  }

  // A rendering for which nobody has asked what is beneath says nothing of that.
  /** @param {HTMLElement} badge @param {HTMLElement} fresh */
  function differs(badge, fresh) {
    return !isSame(badge, fresh) || TOLD.some(name => badge.dataset[name] !== fresh.dataset[name]) ||
      isBelowKnown(fresh) && (badge.dataset.gbpBelow !== fresh.dataset.gbpBelow || mark(badge) !== mark(fresh));
  }

  // What is known to be beneath stays for as long as the word above it.
  /** @param {HTMLElement} badge @param {HTMLElement} fresh */
  function inherit(badge, fresh) {
    if (isBelowKnown(badge) && !isBelowKnown(fresh) && isSame(badge, fresh)) {
      fresh.dataset.gbpBelow = badge.dataset.gbpBelow;
      const old = markOf(badge);
      if (old) {
        /** @type {Element} */ (button(fresh).lastElementChild).before(old.cloneNode(true));
      }
    }
    return fresh;
  }

  // The rendering of the last poll that a badge shows, or was compared with.
  const compared = new WeakMap();

  /**
   * `pairs` are {badge, row}: a badge of the page and what is said of its resource: `badge`, its rendering, or `fresh`,
   * that as an element. Returns those that differ as {badge, fresh, from}, and writes nothing. All are parsed at once,
   * which is far cheaper than each.
   * @param {Pair[]} pairs
   */
  function compare(pairs) {
    const due = pairs.filter(({badge, row}) => row.fresh || compared.get(badge) !== row.badge);
    const polled = due.filter(({row}) => !row.fresh);
    const {childNodes} = gbpStatus.dom.parse(polled.map(({row}) => row.badge).join(''));
    const parsed = Array.from(/** @type {NodeListOf<HTMLElement>} */ (childNodes));
    polled.forEach(({badge, row}) => { compared.set(badge, row.badge); });
    return due.map(({badge, row}) => ({badge, fresh: row.fresh || parsed.splice(0, 1)[0], from: state(badge)}))
      .filter(({badge, fresh}) => differs(badge, fresh))
      .map(edit => Object.assign(edit, {fresh: inherit(edit.badge, /** @type {HTMLElement} */ (edit.fresh.cloneNode(true)))}));
  }

  /** What stays the same needs no style and no layout. @param {HTMLElement} old @param {HTMLElement} fresh */
  function renew(old, fresh) {
    const left = Array.from(old.children);
    Array.from(fresh.children).forEach(one => {
      const before = left.shift();
      if (!before) {
        old.append(one);
      } else if (!before.isEqualNode(one)) {
        before.replaceWith(one);
      }
    });
    left.forEach(one => { one.remove(); });
  }

  /** The button stays: it has the focus, or the open popover, or the finger that is just pressing it. @param {Edit} edit */
  function swap({badge, fresh}) {
    fresh.getAttributeNames().filter(name => badge.getAttribute(name) !== fresh.getAttribute(name))
      .forEach(name => { badge.setAttribute(name, fresh.getAttribute(name)); });
    OPTIONAL.filter(name => !fresh.hasAttribute(name)).forEach(name => { badge.removeAttribute(name); });
    compared.delete(badge);
    renew(button(badge), button(fresh));
  }

  gbpStatus.badges = {
    all, ofRow, isStored, isTransient, isUnread, isExplained, isProblem, isProblemBeneath, isUrgent, state, filterWords, resource, resources, key, answer, button,
    word, mark, compare, swap
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
