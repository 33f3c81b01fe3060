// SPDX-License-Identifier: Apache-2.0
// Shows one answer of the poll on the page: badges, what mirrors them, notes, counts, the open popover. Everything is
// read and compared first and written afterwards, so that a hundred rows cost one layout.
// Reads: the badge's attributes (dom.js) and data-gbp-status-name; data-gbp-status-mirror="sentence|details" inside
// data-object-id: a text of the badge that the page of the resource shows, too; data-object-id (Horizon's rows);
// on the root data-gbp-status-filter (the states that the filter shows);
// template[data-gbp-status-note="gone"|"unmatched"|"recovered"|"built"] (in the strip); data-gbp-status-count (a state, or ALL) and
// data-gbp-status-count-kind (the kinds that are counted; all without).
// Writes data-gbp-status-settled (on a badge: recovered, built, or broken while what was in error is built anew), and
// data-gbp-status-gone, and takes data-gbp-status-transient, -explained and -problem away, on the badge of what was deleted.
// Fires gbp-status:changed on the root, with {changes}.
(function (gbpStatus, $) {
  'use strict';

  const LINGER = 8000;
  const MIRRORED = ['sentence', 'details'];

  function change({dataset}, from, to, word) {
    return {kind: dataset.gbpStatusKind, id: dataset.gbpStatusId, name: dataset.gbpStatusName, from, to, word};
  }

  /** What a badge says that is worth telling the user when it changes. */
  function said(badge) {
    const {badges} = gbpStatus;
    const {gbpStatus: status, gbpStatusDetails: details, gbpBelow} = badge.dataset;
    return {own: status + ' ' + details, word: badges.word(badge), isKnown: gbpBelow !== undefined, mark: badges.mark(badge)};
  }

  function whole({own, mark}) {
    return [own, mark].join(' ');
  }

  // What has changed in words: '' for nothing, or for the first reading of what is beneath.
  function newWords(before, now) {
    if (before.own !== now.own) {
      return [now.word, now.mark].filter(Boolean).join(gettext(', '));
    }
    return before.isKnown && before.mark !== now.mark ? now.mark || now.word : '';
  }

  /** One change a resource, however often a page shows it. */
  function once(changes) {
    return Array.from(new Map(changes.map(one => [one.kind + ' ' + one.id, one])).values());
  }

  function mirror(badge) {
    const {findAll, write} = gbpStatus.dom;
    const place = badge.closest('[data-object-id]');
    if (place && place.dataset.objectId === badge.dataset.gbpStatusId) {
      const texts = findAll(place, 'mirror').filter(one => MIRRORED.includes(one.dataset.gbpStatusMirror));
      texts.forEach(one => { write(one, badge.getAttribute('data-gbp-status-' + one.dataset.gbpStatusMirror)); });
    }
  }

  /** `page`: root, rows, followed, names, since, popover. */
  gbpStatus.answers = function ({root, rows, followed, names, since, popover}) {
    const {badges, dom} = gbpStatus;
    const readAt = new Map();

    // What was in error may be built anew before it works again.
    function settled(badge, wasProblem, wasTransient) {
      const {gbpStatusSettled: before = ''} = badge.dataset;
      const wasBroken = wasProblem || before === 'broken';
      if ('gbpStatusWell' in badge.dataset && !badges.isProblem(badge)) {
        return wasBroken ? 'recovered' : wasTransient ? 'built' : before;
      }
      return wasBroken && badges.isTransient(badge) ? 'broken' : '';
    }

    function swap(edit) {
      const {badge, from} = edit;
      const was = [badges.isProblem(badge), badges.isTransient(badge) && !badges.isUnread(badge)];
      const before = said(badge);
      const {gbpStatusName: name} = badge.dataset;
      badges.swap(edit);
      names(badge, name);
      mirror(badge);
      badge.dataset.gbpStatusSettled = settled(badge, ...was);
      const now = said(badge);
      return {...change(badge, from, badges.state(badge), newWords(before, now)), was: whole(before), is: whole(now)};
    }

    function strike(badge) {
      rows.strike(badge);
      return {...change(badge, badges.state(badge), null, gettext('Deleted')), was: whole(said(badge)), is: 'gone'};
    }

    // Of what is no badge only the state is told.
    function renew({badge: item, row}, at) {
      const from = badges.state(item);
      const fresh = row.fresh || dom.parse(row.badge).firstElementChild;
      const to = badges.state(fresh);
      return followed.show(item, fresh, at) ? [{...change(item, from, to, badges.word(fresh)), was: from, is: to}] : [];
    }

    function lose(item) {
      followed.strike(item);
      return {...change(item, badges.state(item), null, gettext('Deleted')), was: badges.state(item), is: 'gone'};
    }

    // What was read earlier than what a badge shows, but comes later: a list is as old as its oldest part. And what is
    // not read yet says nothing of what is known.
    function isNews({badge, row}, at) {
      const key = badges.key(badge);
      const isLate = row.status === '' || readAt.get(key) > at;
      readAt.set(key, isLate ? readAt.get(key) : at);
      return !isLate;
    }

    /** {pairs: {badge, row} of which an answer says something new, struck: those of what is gone}, among some elements. */
    function matched(elements, {rows: read = {}, gone = {}}, at) {
      const of = (part, {kind, id}) => part[kind] && part[kind][id];
      const isGone = ({kind, id}) => (gone[kind] || []).includes(id);
      return {
        pairs: elements.map(badge => ({badge, row: of(read, badges.resource(badge))})).filter(({row}) => row).filter(pair => isNews(pair, at)),
        struck: elements.filter(badge => isGone(badges.resource(badge)))
      };
    }

    /** `answer` is {rows, gone} of the poll, true for the moment `at`. Returns the changes; the first reading is none. */
    return function (answer, at) {
      const own = matched(badges.all(root), answer, at);
      const others = matched(followed.all(), answer, at);
      const changes = once([
        ...badges.compare(own.pairs).map(swap), ...own.struck.map(strike),
        ...others.pairs.flatMap(pair => renew(pair, at)), ...others.struck.map(lose)
      ]);
      own.pairs.forEach(pair => rows.noteFilter(pair.badge));
      since.rewrite(root);
      popover.refresh();
      const told = changes.filter(one => one.from !== '' && one.word);
      // Chips count by what all statuses were when they were read; a row that had none on the page is among them.
      gbpStatus.counts(root, changes.filter(one => one.from !== '' || one.to === null));
      if (told.length) {
        dom.fire(root, 'changed', {changes: told});
      }
      return told;
    };
  };

  // The page of one resource is no row: it stays when something on it was deleted.
  function rowOf(badge) {
    return badge.closest('[data-object-id]:not(.gbp-status-detail)');
  }

  function noteOf(badge) {
    const next = badge.nextElementSibling;
    return next && next.matches('.gbp-status-note') ? next : null;
  }

  function isHeld(element) {
    return element.contains(document.activeElement) || element.matches(':hover') ||
      Boolean(element.querySelector('.popover'));
  }

  /**
   * Notes in a row: that its resource was deleted, or that it no longer matches the filter. It never vanishes from
   * under the pointer.
   */
  gbpStatus.rows = function ({root, clock}) {
    const filter = root.dataset.gbpStatusFilter;

    /** Writes the note of that name; without one, none is left. One that is there already stays. */
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
    function noteName(badge, isShown) {
      const {gbpStatusSettled: settled} = badge.dataset;
      const isSaid = settled === 'recovered' || settled === 'built' && badge.closest('.gbp-status-problems');
      return !isShown ? 'unmatched' : isSaid ? settled : '';
    }

    function noteFilter(badge) {
      const isShown = !filter || gbpStatus.badges.filterWords(badge).some(word => filter.split(' ').includes(word));
      note(badge, rowOf(badge) ? noteName(badge, isShown) : '');
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

  function difference({gbpStatusCount: state, gbpStatusCountKind: kind}, {from, to, kind: changed}) {
    if (kind && !kind.split(' ').includes(changed)) {
      return 0;
    }
    if (state === 'ALL') {
      return to === null ? -1 : 0;
    }
    return Number(state === to) - Number(state === from);
  }

  /**
   * The counts by state in the filter's chips and in the titles of tables follow what changes on the page.
   * `changes` are {kind, from, to} with the states' values; `to` is null for a resource that is gone.
   */
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
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
