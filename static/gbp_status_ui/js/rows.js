// SPDX-License-Identifier: Apache-2.0
// Notes in a row: that its resource was deleted, or that it no longer matches the filter. It never vanishes from
// under the pointer.
// Reads: data-object-id (Horizon's rows), data-gbp-status (on the badge), data-gbp-status-filter (on the root: the
// states that the filter shows), template[data-gbp-status-note="gone"|"unmatched"] (in the strip).
// Writes data-gbp-status-gone, and takes data-gbp-status-transient away, on the badge of what was deleted.
(function (gbpStatus, $) {
  'use strict';

  const LINGER = 8000;

  gbpStatus.rows = function ({root, clock}) {
    const filter = root.dataset.gbpStatusFilter;

    // The page of one resource is no row: it stays when something on it was deleted.
    function row(badge) {
      return badge.closest('[data-object-id]:not(.gbp-status-detail)');
    }

    function noteOf(badge) {
      const next = badge.nextElementSibling;
      return next && next.matches('.gbp-status-note') ? next : null;
    }

    /** Writes the note of that name; without one, none is left. One that is there already stays. */
    function note(badge, name) {
      const old = noteOf(badge);
      const wanted = name ? gbpStatus.dom.find(root, 'note="' + name + '"').content.firstElementChild : null;
      if (old && old.isEqualNode(wanted)) {
        return;
      }
      if (old) {
        old.remove();
      }
      if (wanted) {
        badge.after(wanted.cloneNode(true));
      }
    }

    function noteFilter(badge) {
      const isShown = !filter || filter.split(' ').includes(badge.dataset.gbpStatus.toLowerCase());
      note(badge, row(badge) && !isShown ? 'unmatched' : '');
    }

    function isHeld(element) {
      return element.contains(document.activeElement) || element.matches(':hover') ||
        Boolean(element.querySelector('.popover'));
    }

    function removeLater(element) {
      clock.later(() => {
        if (isHeld(element)) {
          removeLater(element);
          return;
        }
        const table = $(element).closest('table');
        element.remove();
        horizon.datatables.add_no_results_row(table);
        // Horizon's sorting keeps the rows, and would put this one back.
        table.trigger('update');
      }, LINGER);
    }

    function strike(badge) {
      const place = row(badge) || badge;
      badge.removeAttribute('data-gbp-status-transient');
      badge.setAttribute('data-gbp-status-gone', '');
      place.classList.add('gbp-status-gone');
      note(badge, 'gone');
      $(place).closest('table').find('.gbp-status-row-count').remove();
      if (place !== badge) {
        removeLater(place);
      }
    }

    return {noteFilter, strike};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
