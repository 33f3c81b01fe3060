// SPDX-License-Identifier: Apache-2.0
// Notes in a row: that its resource was deleted, that it no longer matches the filter, that it has recovered.
// Reads: data-object-id (Horizon's rows); on the root data-gbp-status-filter (the states that the filter shows);
// template[data-gbp-status-note="gone"|"unmatched"|"recovered"|"built"] (in the strip); data-gbp-status-settled (answers.js).
// Writes data-gbp-status-gone, and takes data-gbp-status-transient, -explained and -problem away, on the badge of what was deleted.
(function (gbpStatus, $) {
  'use strict';

  const LINGER_MS = 8000;

  /** The page of one resource is no row: it stays when something on it was deleted. @param {HTMLElement} badge */
  function rowOf(badge) {
    return badge.closest('[data-object-id]:not(.gbp-status-detail)');
  }

  /** @param {HTMLElement} badge */
  function noteOf(badge) {
    const next = badge.nextElementSibling;
    return next && next.matches('.gbp-status-note') ? next : null;
  }

  /** @param {HTMLElement} element */
  function isHeld(element) {
    return element.contains(document.activeElement) || element.matches(':hover') ||
      Boolean(element.querySelector('.popover'));
  }

  /** `page`: root, clock. A row never vanishes from under the pointer. */
  gbpStatus.rowNotes = function ({root, clock}) {
    const filter = root.dataset.gbpStatusFilter;

    /**
     * Writes the note of that name; without one, none is left. One that is there already stays.
     * @param {HTMLElement} badge
     * @param {string} name
     */
    function note(badge, name) {
      const old = noteOf(badge);
      const wanted = name ? gbpStatus.dom.having(root, 'note', name).content.firstElementChild : null;
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

    // That something has been built is worth a word where it stands as a problem.
    /** @param {HTMLElement} badge @param {boolean} isShown */
    function noteName(badge, isShown) {
      const {gbpStatusSettled: settled} = badge.dataset;
      const isSaid = settled === 'recovered' || settled === 'built' && badge.closest('.gbp-status-problems');
      return !isShown ? 'unmatched' : isSaid ? settled : '';
    }

    /** @param {HTMLElement} badge */
    function noteFilter(badge) {
      const isShown = !filter || gbpStatus.badges.filterWords(badge).some(word => filter.split(' ').includes(word));
      note(badge, rowOf(badge) ? noteName(badge, isShown) : '');
    }

    /** @param {HTMLElement} element */
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
      }, LINGER_MS);
    }

    /** @param {HTMLElement} badge */
    function strike(badge) {
      const place = rowOf(badge) || badge;
      ['transient', 'explained', 'problem'].forEach(flag => { badge.removeAttribute('data-gbp-status-' + flag); });
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
