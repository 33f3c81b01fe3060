// SPDX-License-Identifier: Apache-2.0
// A row that settles while it is looked at: it says so, also where it stands as a problem.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, NOTHING_FOLLOWED } from './scripts.mjs';

const ERROR = { gbpStatus: 'ERROR', gbpStatusProblem: '' };
const BUILD = { gbpStatus: 'BUILD', gbpStatusTransient: '' };
const ACTIVE = { gbpStatus: 'ACTIVE', gbpStatusWell: '' };
const NONE = { gbpStatus: 'NONE' };
const UNREAD = { gbpStatus: '', gbpStatusTransient: '' };
const BENEATH = { ...ACTIVE, gbpBelow: 'error' };

/** The note beside a badge that was in each of these states, as a list of problems or a table shows it. */
function noteOf(states, { isProblemList = true, filter = '' } = {}) {
  const gbpStatus = load(['dom', 'badges', 'answers', 'row_notes'], { document: {} });
  const shown = { dataset: {}, nextElementSibling: null };
  const identity = { gbpStatusKind: 'l3', gbpStatusId: 'a', gbpStatusName: 'a', gbpStatusDetails: '' };
  const row = { dataset: { objectId: 'other' } };
  shown.closest = selector => (selector === '.gbp-status-problems' ? isProblemList : row) || null;
  shown.after = note => {
    shown.nextElementSibling = { ...note, dataset: {}, matches: () => true, remove: () => { shown.nextElementSibling = null; }, isEqualNode: () => false };
  };
  shown.dataset = { ...identity, ...states[0] };
  Object.assign(gbpStatus.badges, { all: () => [shown], word: () => 'word', mark: () => '', swap: ({ fresh }) => {
    const { gbpStatusSettled } = shown.dataset;
    shown.dataset = { ...identity, ...fresh, ...(gbpStatusSettled ? { gbpStatusSettled } : {}) };
  } });
  gbpStatus.badges.compare = pairs => pairs.map(({ badge, row: { fresh } }) => ({ badge, fresh, from: badge.dataset.gbpStatus }));
  gbpStatus.dom.having = (_, what, name) => ({ content: { firstElementChild: { cloneNode: () => ({ name }) } } });
  gbpStatus.dom.fire = () => {};
  gbpStatus.counts = () => {};
  const root = { dataset: { gbpStatusFilter: filter } };
  const rowNotes = gbpStatus.rowNotes({ root });
  const answers = gbpStatus.answers({ root, rowNotes, followed: NOTHING_FOLLOWED, renames: () => {}, since: { rewrite: () => {} }, popover: { refresh: () => {} } });
  states.slice(1).forEach((fresh, at) => answers({ rows: { l3: { a: { status: fresh.gbpStatus, fresh } } } }, at));
  return shown.nextElementSibling && shown.nextElementSibling.name;
}

describe('the note of a row', () => {
  [
    ['an error that is over', [ERROR, ACTIVE], 'recovered'],
    ['one that was over in two steps', [ERROR, BUILD, ACTIVE], 'recovered'],
    ['an error that is built anew', [ERROR, BUILD], null],
    ['a build that is over', [BUILD, ACTIVE], 'built'],
    ['an error beneath that is over', [BENEATH, ACTIVE], 'recovered'],
    ['what is still as well as it was', [ERROR, ACTIVE, ACTIVE], 'recovered'],
    ['what is broken again', [ERROR, ACTIVE, ERROR], null],
    ['what is in error beneath now', [ERROR, BENEATH], null],
    ['what has no status any more', [ERROR, NONE], null],
    ['a first reading', [UNREAD, ACTIVE], null],
    ['what works all the time', [ACTIVE, ACTIVE], null],
  ].forEach(([what, states, note]) => {
    it(`of ${what}: ${note}`, () => { assert.equal(noteOf(states), note); });
  });

  it('says of a table what has recovered, and not what was built', () => {
    assert.deepEqual([[ERROR, ACTIVE], [BUILD, ACTIVE]].map(states => noteOf(states, { isProblemList: false })), ['recovered', null]);
  });

  it('says first that a row no longer matches the filter', () => {
    assert.equal(noteOf([ERROR, ACTIVE], { filter: 'error' }), 'unmatched');
  });
});
