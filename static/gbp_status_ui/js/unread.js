// SPDX-License-Identifier: Apache-2.0
// What a page, or a fragment of it, says that could not be read.
// Reads: data-gbp-status-unread (a kind), and beside it data-gbp-status-reason, data-gbp-status-label and
// data-gbp-status-layer ("neutron": what is beneath); data-gbp-status-failed="whole" (nothing could be read)
// or "incomplete" (what could be read is wrong without the rest).
(function (gbpStatus) {
  'use strict';

  const RESULTS = '.gbp-status-badge, .gbp-status-bar, tbody, ' +
    '[data-gbp-status-empty], [data-gbp-status-result], .gbp-status-unmatched';

  /** {kind: {reason, label, isBeneath}} of what could not be read. @param {ParentNode} scope */
  function kinds(scope) {
    return Object.fromEntries(gbpStatus.dom.findAll(scope, 'unread').map(({dataset}) => [
      dataset.gbpStatusUnread,
      {reason: dataset.gbpStatusReason, label: dataset.gbpStatusLabel, isBeneath: dataset.gbpStatusLayer === 'neutron'}
    ]));
  }

  /** Whether nothing could be read. @param {ParentNode} scope */
  function isAll(scope) {
    return Boolean(gbpStatus.dom.having(scope, 'failed', 'whole'));
  }

  /** Whether what could be read is wrong without the rest. @param {ParentNode} scope */
  function isIncomplete(scope) {
    return Boolean(gbpStatus.dom.having(scope, 'failed', 'incomplete'));
  }

  /** Whether anything stands there that has been read. @param {ParentNode} scope */
  function hasResults(scope) {
    return Boolean(scope.querySelector(RESULTS));
  }

  gbpStatus.unread = {kinds, isAll, isIncomplete, hasResults};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
