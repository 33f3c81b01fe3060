// SPDX-License-Identifier: Apache-2.0
// The counts by state in the filter's chips and in the titles of tables follow what changes on the page.
// Reads: data-gbp-status-count (a state, or ALL) and data-gbp-status-count-kind (the kinds that are counted; all without).
(function (gbpStatus) {
  'use strict';

  /** @param {DOMStringMap} dataset @param {Change} change */
  function difference({gbpStatusCount: state, gbpStatusCountKind: kind}, {from, to, kind: changed}) {
    if (kind && !kind.split(' ').includes(changed)) {
      return 0;
    }
    if (state === 'ALL') {
      return to === null ? -1 : 0;
    }
    return Number(state === to) - Number(state === from);
  }

  /** `changes` are {kind, from, to} with the states' values; `to` is null for a resource that is gone. */
  gbpStatus.counts = function (root, changes) {
    gbpStatus.dom.findAll(root, 'count').forEach(place => {
      const sum = changes.reduce((total, one) => total + difference(place.dataset, one), 0);
      if (sum) {
        // Numbers may be grouped, as the user's language has it.
        const number = Math.max(Number(place.textContent.replace(/\D/g, '')) + sum, 0);
        place.textContent = String(number);
        // A chip of no resource has no colour.
        const chip = place.closest('.gbp-status-chip');
        if (chip) {
          chip.classList.toggle('gbp-status-empty', !number);
        }
      }
    });
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
