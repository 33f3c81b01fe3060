// SPDX-License-Identifier: Apache-2.0
// Shows one answer of the poll on the page: badges, what mirrors them, notes, counts, the open popover. Everything is
// read and compared first and written afterwards, so that a hundred rows cost one layout.
// Reads: the badge's attributes (badges.js) and data-gbp-status-name; data-gbp-status-mirror="sentence|details" inside
// data-object-id: a text of the badge that the page of the resource shows, too.
// Writes data-gbp-status-settled (on a badge: recovered, built, or broken while what was in error is built anew).
// Fires gbp-status:changed on the root, with {changes}.
(function (gbpStatus) {
  'use strict';

  const MIRRORED = ['sentence', 'details'];

  /** @param {HTMLElement} badge @param {string} from @param {string | null} to @param {string} word */
  function change({dataset}, from, to, word) {
    return {kind: dataset.gbpStatusKind, id: dataset.gbpStatusId, name: dataset.gbpStatusName, from, to, word};
  }

  /** What a badge says that is worth telling the user when it changes. @param {HTMLElement} badge */
  function said(badge) {
    const {badges} = gbpStatus;
    const {gbpStatus: status, gbpStatusDetails: details, gbpBelow} = badge.dataset;
    return {own: status + ' ' + details, word: badges.word(badge), isKnown: gbpBelow !== undefined, mark: badges.mark(badge)};
  }

  /** @param {Said} said */
  function whole({own, mark}) {
    return [own, mark].join(' ');
  }

  // What has changed in words: '' for nothing, or for the first reading of what is beneath.
  /** @param {Said} before @param {Said} now */
  function newWords(before, now) {
    if (before.own !== now.own) {
      return [now.word, now.mark].filter(Boolean).join(gettext(', '));
    }
    return before.isKnown && before.mark !== now.mark ? now.mark || now.word : '';
  }

  /** One change a resource, however often a page shows it. @param {Change[]} changes */
  function once(changes) {
    return Array.from(new Map(changes.map(one => [one.kind + ' ' + one.id, one])).values());
  }

  /** @param {HTMLElement} badge */
  function mirror(badge) {
    const {findAll, write} = gbpStatus.dom;
    /** @type {HTMLElement} */
    const place = badge.closest('[data-object-id]');
    if (place && place.dataset.objectId === badge.dataset.gbpStatusId) {
      const texts = findAll(place, 'mirror').filter(one => MIRRORED.includes(one.dataset.gbpStatusMirror));
      texts.forEach(one => { write(one, badge.getAttribute('data-gbp-status-' + one.dataset.gbpStatusMirror)); });
    }
  }

  /** `page`: root, rowNotes, followed, renames, since, popover. */
  gbpStatus.answers = function ({root, rowNotes, followed, renames, since, popover}) {
    const {badges, dom} = gbpStatus;
    const readAt = new Map();

    // What was in error may be built anew before it works again.
    /** @param {HTMLElement} badge @param {boolean} wasProblem @param {boolean} wasTransient */
    function settled(badge, wasProblem, wasTransient) {
      const {gbpStatusSettled: before = ''} = badge.dataset;
      const wasBroken = wasProblem || before === 'broken';
      if ('gbpStatusWell' in badge.dataset && !badges.isProblem(badge)) {
        return wasBroken ? 'recovered' : wasTransient ? 'built' : before;
      }
      return wasBroken && badges.isTransient(badge) ? 'broken' : '';
    }

    /** @param {Edit} edit */
    function swap(edit) {
      const {badge, from} = edit;
      const [wasProblem, wasTransient] = [badges.isProblem(badge), badges.isTransient(badge) && !badges.isUnread(badge)];
      const before = said(badge);
      const {gbpStatusName: name} = badge.dataset;
      badges.swap(edit);
      renames(badge, name);
      mirror(badge);
      badge.dataset.gbpStatusSettled = settled(badge, wasProblem, wasTransient);
      const now = said(badge);
      return {...change(badge, from, badges.state(badge), newWords(before, now)), was: whole(before), is: whole(now)};
    }

    /** @param {HTMLElement} badge */
    function strike(badge) {
      rowNotes.strike(badge);
      return {...change(badge, badges.state(badge), null, gettext('Deleted')), was: whole(said(badge)), is: 'gone'};
    }

    /** Of what is no badge only the state is told. @param {Pair} pair @param {number} at */
    function renew({badge: item, row}, at) {
      const from = badges.state(item);
      const fresh = row.fresh || /** @type {HTMLElement} */ (dom.parse(row.badge).firstElementChild);
      const to = badges.state(fresh);
      return followed.show(item, fresh, at) ? [{...change(item, from, to, badges.word(fresh)), was: from, is: to}] : [];
    }

    /** @param {HTMLElement} item */
    function lose(item) {
      followed.strike(item);
      return {...change(item, badges.state(item), null, gettext('Deleted')), was: badges.state(item), is: 'gone'};
    }

    // What was read earlier than what a badge shows, but comes later: a list is as old as its oldest part. And what is
    // not read yet says nothing of what is known.
    /** @param {Pair} pair @param {number} at */
    function isNews({badge, row}, at) {
      const key = badges.key(badge);
      const isLate = row.status === '' || readAt.get(key) > at;
      readAt.set(key, isLate ? readAt.get(key) : at);
      return !isLate;
    }

    /** Forgets what the page shows no more. @param {HTMLElement[]} elements */
    function forget(elements) {
      const there = new Set(elements.map(badges.key));
      Array.from(readAt.keys()).filter(key => !there.has(key)).forEach(key => { readAt.delete(key); });
    }

    /**
     * {pairs: {badge, row} of which an answer says something new, struck: those of what is gone}, among some elements.
     * @param {HTMLElement[]} elements
     * @param {PollAnswer} answer
     * @param {number} at
     */
    function matched(elements, {rows: read = {}, gone = {}}, at) {
      const of = (/** @type {Rows} */ part, /** @type {Resource} */ {kind, id}) => part[kind] && part[kind][id];
      const isGone = (/** @type {Resource} */ {kind, id}) => (gone[kind] || []).includes(id);
      return {
        pairs: elements.map(badge => ({badge, row: of(read, badges.resource(badge))})).filter(({row}) => row).filter(pair => isNews(pair, at)),
        struck: elements.filter(badge => isGone(badges.resource(badge)))
      };
    }

    /** `answer` is {rows, gone} of the poll, true for the moment `at`. Returns the changes; the first reading is none. */
    return function (answer, at) {
      const [shown, items] = [badges.all(root), followed.all()];
      forget(shown.concat(items));
      const own = matched(shown, answer, at);
      const others = matched(items, answer, at);
      const changes = once([
        ...badges.compare(own.pairs).map(swap), ...own.struck.map(strike),
        ...others.pairs.flatMap(pair => renew(pair, at)), ...others.struck.map(lose)
      ]);
      own.pairs.forEach(pair => rowNotes.noteFilter(pair.badge));
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
}(horizon.gbpStatus = horizon.gbpStatus || {}));
