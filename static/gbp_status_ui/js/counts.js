// SPDX-License-Identifier: Apache-2.0
// The counts by state in the filter's chips follow what changes on the page.
// Reads: data-gbp-status-chip (a state, or ALL), data-gbp-status-count (inside a chip), data-gbp-status-kinds (on the
// bar around chips: the kinds that it counts; without it, all).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  function counts(chip, kind) {
    const bar = chip.closest('[data-gbp-status-kinds]');
    return !bar || bar.dataset.gbpStatusKinds.split(' ').includes(kind);
  }

  function difference(chip, change) {
    const state = chip.dataset.gbpStatusChip;
    if (!counts(chip, change.kind)) {
      return 0;
    }
    if (state === 'ALL') {
      return change.to === null ? -1 : 0;
    }
    return (state === change.to ? 1 : 0) - (state === change.from ? 1 : 0);
  }

  function add(chip, number) {
    const shown = chip.querySelector('[data-gbp-status-count]');
    const count = Math.max(Number(shown.textContent.replace(/\D/g, '')) + number, 0);
    shown.textContent = String(count);
    chip.hidden = chip.hidden && count === 0;
  }

  /** `changes` are {kind, from, to} with the states' values; `to` is null for a resource that is gone. */
  gbpStatus.counts = function (root, changes) {
    root.querySelectorAll('[data-gbp-status-chip]').forEach(chip => {
      const sum = changes.reduce((total, change) => total + difference(chip, change), 0);
      if (sum) {
        add(chip, sum);
      }
    });
  };
}(jQuery, horizon));
