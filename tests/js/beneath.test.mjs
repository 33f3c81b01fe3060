// SPDX-License-Identifier: Apache-2.0
// What is beneath the rows of tables: what the page asks for, what it shows and keeps, and what it says of a change.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load, NOTHING_FOLLOWED } from './scripts.mjs';

/** A badge as the server renders it: `below` is undefined where nothing is said of that, `mark` the words of its mark. */
function badge(id, { status = 'ACTIVE', below, mark = '', kind = 'l2', details = '' } = {}) {
  const dataset = { gbpStatus: status, gbpStatusKind: kind, gbpStatusId: id, gbpStatusName: id, gbpStatusDetails: details };
  if (status === 'ERROR') {
    dataset.gbpStatusProblem = '';
  }
  const made = { dataset: below === undefined ? dataset : { ...dataset, gbpBelow: below }, mark };
  const button = { lastElementChild: { before: one => { made.mark = one.textContent; } } };
  const markOf = () => made.mark && { textContent: made.mark, cloneNode: () => ({ textContent: made.mark }) };
  return Object.assign(made, {
    nextElementSibling: null,
    classList: { add: () => {} },
    closest: () => null,
    cloneNode: () => badge(id, { status, below, mark, kind, details }),
    querySelector: selector => (selector === '.gbp-status-mark' ? markOf() || null : button),
  });
}

/** The script that asks, on a page with these badges whose root names these kinds. */
function asking(shown, kinds = 'l2 l3') {
  const gbpStatus = load(['dom', 'badges', 'beneath']);
  gbpStatus.badges.all = scope => scope.badges;
  const root = { badges: shown, dataset: kinds ? { gbpStatusBeneath: kinds } : {} };
  const outages = { note: mock.fn() };
  return { root, outages, ...gbpStatus.beneath({ root, outages }) };
}

const ids = resources => resources.map(one => one.id);

describe('what is beneath', () => {
  it('is asked for where it is not known, of the kinds that have parts in Neutron', () => {
    const { root, unfinished } = asking([
      badge('new'), badge('well', { below: 'ok' }), badge('none', { below: 'none' }), badge('rule', { kind: 'rules' }),
      badge('unread', { status: '', below: 'ok' }), badge('unread rule', { status: '', kind: 'rules' }),
    ]);
    assert.deepEqual(ids(unfinished(root)), ['new', 'unread', 'unread rule']);
  });

  it('is asked for once of a resource that the page shows twice', () => {
    const { root, unfinished } = asking([badge('new'), badge('new'), badge('new', { kind: 'l3' })]);
    assert.deepEqual(unfinished(root), [{ kind: 'l2', id: 'new' }, { kind: 'l3', id: 'new' }]);
  });

  it('is not asked for on a page that names no kinds', () => {
    const { root, unfinished } = asking([badge('new'), badge('other', { kind: '' })], '');
    assert.deepEqual(unfinished(root), []);
  });

  it('could not be read of a kind whose row says nothing, and is not pending', () => {
    const { outages, note } = asking([]);
    const read = [['l2', '1'], ['l2', '2'], ['l3', '3'], ['rules', '4'], ['l3', 'gone']].map(([kind, id]) => ({ kind, id }));
    const rows = { l2: { 1: { below: [] }, 2: {} }, l3: { 3: { below: [] } }, rules: { 4: {} } };
    note(read, [], { rows }, 1000);
    note(read, [read[1]], { rows }, 2000);
    note(read, [], {}, 3000);
    assert.deepEqual(outages.note.mock.calls.map(call => call.arguments), [
      [['l2 beneath', 'l3 beneath'], { 'l2 beneath': { reason: 'error' } }, 1000],
      [['l2 beneath', 'l3 beneath'], {}, 2000],
      [[], {}, 3000],
    ]);
  });

  it('is read again where a list has it of all rows of a kind', () => {
    const { outages, noteList } = asking([]);
    noteList({ badges: [badge('1', { below: 'ok' }), badge('2'), badge('3', { kind: 'l3', below: 'error' })] });
    assert.deepEqual(outages.note.mock.calls[0].arguments, [['l3 beneath'], {}]);
  });

  it('is named among what could not be read', () => {
    const gbpStatus = load(['dom', 'badges', 'outages']);
    gbpStatus.dom.having = (_, what, kind) => (what === 'kind' && kind === 'l2' ? { dataset: { gbpStatusKindLabel: 'L2 Policies' } } : null);
    const outages = gbpStatus.outages({ root: {}, clock: new Clock(), interval: 2500 });
    outages.note(['l2 beneath', 'l2'], { 'l2 beneath': {}, 'l2': {} }, 1000);
    assert.deepEqual(outages.list().map(one => one.label), ['What Neutron says (L2 Policies)', 'L2 Policies']);
  });
});

/** What differs of a badge and a fresh one, as {below, mark} that the fresh one has then; null for nothing. */
function compared(old, fresh) {
  const parseFromString = () => ({ body: { childNodes: [] } });
  const { badges } = load(['dom', 'badges'], { DOMParser: function () { return { parseFromString }; } });
  const [edit] = badges.compare([{ badge: old, row: { fresh } }]);
  return edit ? { below: edit.fresh.dataset.gbpBelow, mark: edit.fresh.mark } : null;
}

describe('a fresh badge', () => {
  const FAILED = { below: 'error', mark: 'network in error' };

  it('differs by what is beneath alone', () => {
    assert.deepEqual(compared(badge('1'), badge('1', FAILED)), FAILED);
    assert.deepEqual(compared(badge('1', FAILED), badge('1', { below: 'ok' })), { below: 'ok', mark: '' });
    assert.deepEqual(compared(badge('1', FAILED), badge('1', { ...FAILED, mark: 'router in error' })), { ...FAILED, mark: 'router in error' });
    assert.deepEqual(compared(badge('1', { below: 'ok' }), badge('1', { below: 'down' })), { below: 'down', mark: '' });
    assert.equal(compared(badge('1', FAILED), badge('1', FAILED)), null);
  });

  it('takes no mark away of which it says nothing, for as long as the word is the same', () => {
    assert.equal(compared(badge('1', FAILED), badge('1')), null);
    assert.deepEqual(compared(badge('1', FAILED), badge('1', { details: 'more' })), FAILED);
    assert.deepEqual(compared(badge('1', { below: 'ok' }), badge('1', { details: 'more' })), { below: 'ok', mark: '' });
    assert.deepEqual(compared(badge('1', FAILED), badge('1', { status: 'ERROR' })), { below: undefined, mark: '' });
  });

  it('is parsed once for as long as the polls say the same', () => {
    const parsed = mock.fn(() => ({ body: { childNodes: [badge('1', FAILED)] } }));
    class DOMParser {
      parseFromString = parsed;
    }
    const { badges } = load(['dom', 'badges'], { DOMParser });
    const shown = badge('1', FAILED);
    const poll = text => badges.compare([{ badge: shown, row: { badge: text } }]);
    assert.deepEqual([poll('a'), poll('a'), poll('b'), poll('a')], [[], [], [], []]);
    assert.deepEqual(parsed.mock.calls.map(call => call.arguments[0]), ['a', '', 'b', 'a']);
  });
});

/** What the page tells of the change from one badge to another, and the words that it is announced with. */
function told(old, fresh) {
  const gbpStatus = load(['dom', 'badges', 'answers', 'live_region']);
  const events = [];
  gbpStatus.dom.fire = (_, name, { changes }) => { events.push(...changes); };
  Object.assign(gbpStatus.badges, {
    all: () => [old],
    compare: pairs => pairs.map(pair => ({ badge: pair.badge, fresh: pair.row.fresh, from: pair.badge.dataset.gbpStatus })),
    swap: edit => { Object.assign(edit.badge, { dataset: { ...edit.fresh.dataset }, mark: edit.fresh.mark }); },
    word: one => one.dataset.gbpStatus.toLowerCase(),
  });
  gbpStatus.counts = () => {};
  const rowNotes = { noteFilter: () => {} };
  const answers = gbpStatus.answers({ root: {}, rowNotes, followed: NOTHING_FOLLOWED, renames: () => {}, since: { rewrite: () => {} }, popover: { refresh: () => {} } });
  const changes = answers({ rows: { l2: { web: { status: fresh.dataset.gbpStatus, fresh } } } }, 1000);
  assert.deepEqual(changes, events);
  return gbpStatus.liveRegion({ root: { querySelector: () => ({}) } }).sentence(changes);
}

describe('a change of what is beneath', () => {
  const FAILED = { below: 'error', mark: 'network in error' };

  [
    ['when the mark appears', { below: 'ok' }, FAILED, 'web: network in error'],
    ['when the mark goes', FAILED, { below: 'ok' }, 'web: active'],
    ['when other words take its place', FAILED, { below: 'error', mark: 'router in error' }, 'web: router in error'],
    ['along with the word above it', { status: 'BUILD', below: 'ok' }, FAILED, 'web: active, network in error'],
    ['along with the details', { below: 'ok' }, { ...FAILED, details: 'more' }, 'web: active, network in error'],
    ['not where it is read for the first time', {}, FAILED, ''],
    ['not where the mark stays as it is', { below: 'ok' }, { below: 'down' }, ''],
    ['not at the first reading of the status', { status: '' }, FAILED, ''],
  ].forEach(([when, before, now, words]) => {
    it('is told ' + when, () => {
      assert.equal(told(badge('web', before), badge('web', now)), words);
    });
  });

  [[{}, 'Groups'], [{ below: 'ok' }, 'Groups'], [FAILED, '(1) Groups'], [{ below: 'build', mark: 'network being built' }, 'Groups'],
    [{ status: 'ERROR', below: 'error' }, '(1) Groups']].forEach(([given, title]) => {
    it(`makes the title ${title} with ${JSON.stringify(given)}`, () => {
      const gbpStatus = load(['dom', 'badges', 'title']);
      gbpStatus.badges.all = () => [badge('web', given)];
      const document = { title: 'Groups' };
      gbpStatus.title({ mutes: { isMuted: () => false }, root: { querySelectorAll: () => [] }, document }).count();
      assert.equal(document.title, title);
    });
  });
});
