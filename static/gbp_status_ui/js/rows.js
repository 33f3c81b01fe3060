// SPDX-License-Identifier: Apache-2.0
// Notes in a row: that its resource was deleted, or that it no longer matches the filter. It never vanishes from
// under the pointer.
// Reads: data-object-id (Horizon's rows), data-gbp-status-filter (on .gbp-status: the states that the filter shows),
// template[data-gbp-status-note="gone"|"unmatched"] (in the strip).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const LINGER = 8000;

  gbpStatus.rows = function (document, clock) {
    function row(badge) {
      return badge.closest('[data-object-id]');
    }

    function noteOf(badge) {
      const next = badge.nextElementSibling;
      return next && next.matches('.gbp-status-note') ? next : null;
    }

    function erase(badge) {
      if (noteOf(badge)) {
        noteOf(badge).remove();
      }
    }

    function write(badge, name) {
      const note = document.querySelector('template[data-gbp-status-note="' + name + '"]');
      erase(badge);
      badge.after(note.content.cloneNode(true));
    }

    function matchesFilter(badge) {
      const root = badge.closest('[data-gbp-status-filter]');
      const wanted = root ? root.dataset.gbpStatusFilter.split(' ').filter(Boolean) : [];
      return !wanted.length || wanted.includes(badge.dataset.gbpStatus.toLowerCase());
    }

    function noteFilter(badge) {
      if (!row(badge) || matchesFilter(badge)) {
        erase(badge);
      } else {
        write(badge, 'unmatched');
      }
    }

    function isHeld(element) {
      return element.contains(document.activeElement) || element.matches(':hover') ||
        Boolean(element.querySelector('.popover, .open'));
    }

    // Horizon counts, sorts and searches by caches of its own.
    function tidy($table) {
      horizon.datatables.update_footer_count($table);
      horizon.datatables.add_no_results_row($table);
      $table.trigger('update');
    }

    function removeLater(element) {
      clock.later(() => {
        if (isHeld(element)) {
          removeLater(element);
          return;
        }
        const $table = $(element).closest('table');
        $(element).remove();
        tidy($table);
      }, LINGER);
    }

    function strike(badge) {
      badge.removeAttribute('data-gbp-status-transient');
      badge.setAttribute('data-gbp-status-gone', '');
      (row(badge) || badge).classList.add('gbp-status-gone');
      write(badge, 'gone');
      if (row(badge)) {
        removeLater(row(badge));
      }
    }

    return {noteFilter, strike};
  };
}(jQuery, horizon));
