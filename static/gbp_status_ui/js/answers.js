// SPDX-License-Identifier: Apache-2.0
// Shows one answer of the poll on the page: badges, notes, counts, the open popover. Everything is read and compared
// first and written afterwards, so that a hundred rows cost one layout.
// Reads: the badge's attributes (badges.js). Fires gbp-status:changed on the root, with {changes}.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const badges = gbpStatus.badges;

  function byKey(scopes) {
    const index = new Map();
    scopes.forEach(scope => {
      badges.all(scope).forEach(badge => {
        index.set(badges.key(badge), (index.get(badges.key(badge)) || []).concat(badge));
      });
    });
    return index;
  }

  function shownOf(index, kind, id) {
    return index.get(kind + ' ' + id) || [];
  }

  function change(badge, from, word) {
    const data = badge.dataset;
    return {
      kind: data.gbpStatusKind, id: data.gbpStatusId, name: data.gbpStatusName,
      from, to: word === null ? null : data.gbpStatus,
      word: word === null ? gettext('Deleted') : word
    };
  }

  function pairs(index, kind, rows) {
    return Object.keys(rows).flatMap(id => shownOf(index, kind, id).map(badge => ({badge, html: rows[id].badge})));
  }

  function edits(index, rows) {
    return badges.compare(Object.keys(rows).flatMap(kind => pairs(index, kind, rows[kind])));
  }

  /** One change a resource, however often a page shows it. */
  function once(changes) {
    return Array.from(new Map(changes.map(one => [one.kind + ' ' + one.id, one])).values());
  }

  function lost(index, gone) {
    return Object.keys(gone).flatMap(kind => gone[kind].flatMap(id => shownOf(index, kind, id)));
  }

  /** `parts`: rows, sightings and popover of this page. */
  gbpStatus.answers = function (parts) {
    function swap(edit) {
      badges.swap(edit);
      parts.sightings.see(edit.badge);
      if (edit.moved) {
        parts.rows.noteFilter(edit.badge);
      }
      return edit.news ? change(edit.badge, edit.from, badges.word(edit.badge)) : null;
    }

    function strike(badge) {
      parts.rows.strike(badge);
      return change(badge, badge.dataset.gbpStatus, null);
    }

    function tell(root, changes) {
      gbpStatus.counts(root, changes);
      root.dispatchEvent(new CustomEvent('gbp-status:changed', {bubbles: true, detail: {changes}}));
    }

    function follow(root, edited) {
      gbpStatus.mirror(root, edited.map(edit => edit.badge));
      parts.sightings.markLong(badges.all(root).filter(badges.isTransient));
    }

    /** `answer` is {rows, gone} of the poll, `roots` the elements that it is for. Returns the changes. */
    return function apply(answer, roots) {
      const index = byKey(roots);
      const edited = edits(index, answer.rows || {});
      const struck = lost(index, answer.gone || {});
      const changes = once(edited.map(swap).concat(struck.map(strike)).filter(Boolean));
      roots.forEach(root => follow(root, edited));
      parts.popover.refresh();
      if (changes.length) {
        roots.forEach(root => tell(root, changes));
      }
      return changes;
    };
  };
}(jQuery, horizon));
