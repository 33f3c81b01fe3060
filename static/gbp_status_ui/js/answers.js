// SPDX-License-Identifier: Apache-2.0
// Shows one answer of the poll on the page: badges, what mirrors them, notes, counts, the open popover. Everything is
// read and compared first and written afterwards, so that a hundred rows cost one layout.
// Reads: the badge's attributes (badges.js) and data-gbp-status-name; data-gbp-status-mirror="sentence|details" inside
// data-object-id: a text of the badge that the page of the resource shows, too.
// Fires gbp-status:changed on the root, with {changes}.
(function (gbpStatus) {
  'use strict';

  const {badges, dom} = gbpStatus;

  function byKey(all) {
    const index = new Map();
    all.forEach(badge => {
      const key = badges.key(badge);
      index.set(key, (index.get(key) || []).concat(badge));
    });
    return index;
  }

  function change({dataset}, from, to, word) {
    return {kind: dataset.gbpStatusKind, id: dataset.gbpStatusId, name: dataset.gbpStatusName, from, to, word};
  }

  /** One change a resource, however often a page shows it. */
  function once(changes) {
    return Array.from(new Map(changes.map(one => [one.kind + ' ' + one.id, one])).values());
  }

  function mirror(badge) {
    const place = badge.closest('[data-object-id]');
    if (place && place.dataset.objectId === badge.dataset.gbpStatusId) {
      dom.findAll(place, 'mirror').forEach(one => {
        dom.write(one, badge.getAttribute('data-gbp-status-' + one.dataset.gbpStatusMirror));
      });
    }
  }

  /** `page`: root, rows, sightings, popover. */
  gbpStatus.answers = function ({root, rows, sightings, popover}) {
    function swap(edit) {
      const {badge, from} = edit;
      badges.swap(edit);
      sightings.see(badge);
      mirror(badge);
      return change(badge, from, badge.dataset.gbpStatus, badges.word(badge));
    }

    function strike(badge) {
      rows.strike(badge);
      return change(badge, badge.dataset.gbpStatus, null, gettext('Deleted'));
    }

    /** `answer` is {rows, gone} of the poll. Returns the changes. */
    return function ({rows: read = {}, gone = {}}) {
      const index = byKey(badges.all(root));
      const shown = (kind, id) => index.get(kind + ' ' + id) || [];
      const pairs = Object.keys(read).flatMap(kind => Object.keys(read[kind]).flatMap(
        id => shown(kind, id).map(badge => ({badge, row: read[kind][id]}))));
      const struck = Object.keys(gone).flatMap(kind => gone[kind].flatMap(id => shown(kind, id)));
      const changes = once(badges.compare(pairs).map(swap).concat(struck.map(strike)));
      pairs.forEach(pair => rows.noteFilter(pair.badge));
      sightings.markLong(badges.all(root).filter(badges.isTransient));
      popover.refresh();
      if (changes.length) {
        gbpStatus.counts(root, changes);
        dom.fire(root, 'changed', {changes});
      }
      return changes;
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
