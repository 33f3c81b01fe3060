// SPDX-License-Identifier: Apache-2.0
// The lines of the list of problems in which badges stand. Reads: data-gbp-status-kept (around problems that could not be
// read again).
(function (gbpStatus) {
  'use strict';

  /**
   * The badge at the head of the group in which a badge stands: what is broken with a cause goes with that.
   * @param {HTMLElement} badge
   */
  function headOf(badge) {
    const group = badge.closest('.gbp-status-group');
    return group && group.querySelector(':scope > .gbp-status-problem > .gbp-status-badge');
  }

  /** The line of the list of problems in which a badge stands; null elsewhere. @param {HTMLElement} badge */
  function lineOf(badge) {
    return badge.closest('.gbp-status-problems li, [data-gbp-status-kept] > .gbp-status-problem');
  }

  gbpStatus.problemLines = {headOf, lineOf};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
