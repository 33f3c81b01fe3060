// SPDX-License-Identifier: Apache-2.0
// The counts by state in the filter's chips and in the titles of tables follow what changes on the page.
// Reads: data-gbp-status-count (a state, or ALL), data-gbp-status-count-kind (the kind that is counted; all without).
(function (gbpStatus) {
  'use strict';

  function difference({gbpStatusCount: state, gbpStatusCountKind: kind}, change) {
    if (kind && kind !== change.kind) {
      return 0;
    }
    if (state === 'ALL') {
      return change.to === null ? -1 : 0;
    }
    return Number(state === change.to) - Number(state === change.from);
  }

  /** `changes` are {kind, from, to} with the states' values; `to` is null for a resource that is gone. */
  gbpStatus.counts = function (root, changes) {
    gbpStatus.dom.findAll(root, 'count').forEach(place => {
      const sum = changes.reduce((total, change) => total + difference(place.dataset, change), 0);
      if (sum) {
        // Numbers may be grouped, as the user's language has it.
        place.textContent = String(Math.max(Number(place.textContent.replace(/\D/g, '')) + sum, 0));
      }
    });
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
