// SPDX-License-Identifier: Apache-2.0
// A status that is not read yet: the first reading is no change, and nothing is said of what is not known.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load, NOTHING_FOLLOWED } from './scripts.mjs';

function badge(status, flags = ['gbpStatusTransient']) {
  const dataset = { gbpStatus: status, gbpStatusKind: 'l3', gbpStatusId: '1', gbpStatusName: 'web', gbpStatusDetails: '' };
  flags.forEach(flag => { dataset[flag] = ''; });
  return { dataset, nextElementSibling: null, closest: () => null, querySelector: () => null, classList: { add: mock.fn() } };
}

/** A page that shows one badge, to which answers come. */
function pageOf(shown) {
  const gbpStatus = load(['dom', 'badges', 'answers', 'title', 'age', 'since']);
  const told = [];
  gbpStatus.dom.fire = (_, name, { changes }) => { told.push(...changes); };
  gbpStatus.dom.write = mock.fn();
  Object.assign(gbpStatus.badges, { all: () => [shown], word: one => one.dataset.gbpStatus, swap: ({ badge: old, fresh }) => {
    Object.assign(old.dataset, fresh.dataset);
  } });
  gbpStatus.badges.compare = pairs => pairs.map(pair => ({
    badge: pair.badge, from: pair.badge.dataset.gbpStatus, fresh: { dataset: { gbpStatus: pair.row.status } } }));
  gbpStatus.counts = mock.fn();
  const clock = new Clock();
  const root = { dataset: { gbpStatusLongBuild: '60' }, querySelectorAll: () => [] };
  const since = gbpStatus.since({ root, clock, time: { minutes: String } });
  const rowNotes = { noteFilter: () => {}, strike: () => {} };
  const answers = gbpStatus.answers({ root, rowNotes, followed: NOTHING_FOLLOWED, renames: () => {}, since, popover: { refresh: () => {} } });
  const read = (status, at) => answers({ rows: { l3: { 1: { status, details: '' } } } }, at);
  return { gbpStatus, told, since, clock, answers, read };
}

describe('a status that is not read yet', () => {
  it('is followed by its first reading, which is no change, and counted already', () => {
    const shown = badge('');
    const { gbpStatus, read, told } = pageOf(shown);
    assert.deepEqual(read('ACTIVE', 1000), []);
    assert.deepEqual([shown.dataset.gbpStatus, told], ['ACTIVE', []]);
    assert.deepEqual(gbpStatus.counts.mock.calls[0].arguments[1], []);
    assert.deepEqual(read('ERROR', 2000).map(one => [one.from, one.to]), [['ACTIVE', 'ERROR']]);
    assert.equal(told.length, 1);
  });

  it('does not take the place of one that is known', () => {
    const shown = badge('ACTIVE');
    const { read } = pageOf(shown);
    assert.deepEqual(read('', 1000), []);
    assert.equal(shown.dataset.gbpStatus, 'ACTIVE');
  });

  it('is no news of a deletion', () => {
    const { answers, told } = pageOf(badge(''));
    assert.deepEqual([answers({ gone: { l3: ['1'] } }, 1000), told], [[], []]);
  });

  it('has no time since when, and is no long build', () => {
    const shown = badge('');
    const { since, clock } = pageOf(shown);
    clock.time = 151000;
    assert.deepEqual([since.said(shown), since.isLong(shown)], [null, false]);
    Object.assign(shown.dataset, { gbpStatus: 'BUILD', gbpStatusSince: '2026-03-02T12:00:00Z' });
    assert.deepEqual([since.said(shown).age, since.isLong(shown)], ['2 min', true]);
  });

  [['', ['gbpStatusTransient'], 'Groups'], ['BUILD', ['gbpStatusTransient'], '(1) Groups'], ['ERROR', ['gbpStatusProblem'], '(1) Groups']].forEach(
    ([status, flags, title]) => {
      it(`makes the title ${title} with the status '${status}'`, () => {
        const { gbpStatus } = pageOf(badge(status, flags));
        const document = { title: 'Groups' };
        gbpStatus.title({ mutes: { isMuted: () => false }, root: { querySelectorAll: () => [] }, document }).count();
        assert.equal(document.title, title);
      });
    });
});
