// SPDX-License-Identifier: Apache-2.0
// The badges of the page: finding them, and swapping one for a newer rendering without replacing its button.
// Reads, on .gbp-status-badge: data-gbp-status, data-gbp-status-kind, data-gbp-status-id, data-gbp-status-details,
// data-gbp-status-transient, data-gbp-status-gone.
(function (gbpStatus) {
  'use strict';

  const LIVING = '.gbp-status-badge:not([data-gbp-status-gone])';

  /** Those of deleted resources left out. */
  function all(scope) {
    return Array.from(scope.querySelectorAll(LIVING));
  }

  function isTransient(badge) {
    return 'gbpStatusTransient' in badge.dataset;
  }

  function key(badge) {
    return badge.dataset.gbpStatusKind + ' ' + badge.dataset.gbpStatusId;
  }

  function button(badge) {
    return badge.querySelector('.gbp-status-button');
  }

  function word(badge) {
    return badge.querySelector('.gbp-status-word').textContent;
  }

  function differs(badge, status, details) {
    return badge.dataset.gbpStatus !== status || badge.dataset.gbpStatusDetails !== details;
  }

  /**
   * `pairs` are {badge, row}: a badge of the page and what the poll says of its resource. Returns those that differ as
   * {badge, fresh, from}, and writes nothing. All are parsed at once, which is far cheaper than each.
   */
  function compare(pairs) {
    const due = pairs.filter(pair => differs(pair.badge, pair.row.status, pair.row.details));
    const fresh = gbpStatus.dom.parse(due.map(pair => pair.row.badge).join(''));
    // Parsing changes some characters (CR, NUL): a text that has them differs from the badge that shows it.
    return due.map(({badge}, index) => ({badge, fresh: fresh[index], from: badge.dataset.gbpStatus}))
      .filter(edit => differs(edit.badge, edit.fresh.dataset.gbpStatus, edit.fresh.dataset.gbpStatusDetails));
  }

  // The button stays: it has the focus, or the open popover, or the finger that is just pressing it.
  function swap({badge, fresh}) {
    badge.className = fresh.className;
    Object.assign(badge.dataset, fresh.dataset);
    badge.toggleAttribute('data-gbp-status-transient', isTransient(fresh));
    button(badge).replaceChildren(...button(fresh).childNodes);
  }

  gbpStatus.badges = {all, isTransient, key, button, word, compare, swap};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
