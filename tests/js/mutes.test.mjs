// SPDX-License-Identifier: Apache-2.0
// What the user has muted: until it changes or for some days, whatever the browser's storage does.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const DAY_MS = 24 * 3600000;
const NAME = 'gbp-status:muted:me';

class Storage {
  constructor(values = {}) { this.values = values; }

  getItem = name => this.values[name] ?? null;

  setItem = (name, value) => { this.values[name] = value; };
}

const FULL = () => { throw new Error('full'); };

function badge(id, { status = 'ERROR', details = '', below, group = null, isStored = false } = {}) {
  const dataset = { gbpStatusKind: 'l3', gbpStatusId: id, gbpStatusName: id, gbpStatus: status, gbpStatusDetails: details };
  const nextElementSibling = isStored ? { dataset: { gbpStatusStored: '' } } : null;
  return { nextElementSibling, dataset: below === undefined ? dataset : { ...dataset, gbpBelow: below }, closest: selector => (selector === '.gbp-status-group' ? group : null) };
}

function opened(storage = new Storage(), { user = 'me', clock = new Clock() } = {}) {
  const root = { dataset: { gbpStatusMutedBy: user } };
  const time = { minutes: at => new Date(at).toISOString().slice(0, 16) };
  const window = { console: { info: mock.fn() } };
  return { clock, storage, ...load(['badges', 'problem_lines', 'mutes'], { window }).mutes({ root, clock, time, localStorage: storage }) };
}

describe('what is muted', () => {
  it('is so until it changes, with its reason, on every page of the same user', () => {
    const page = opened();
    page.set(badge('a'), ' known, ticket 7 ', '');
    assert.deepEqual([page.isMutedItself(badge('a')), page.isMutedItself(badge('b'))], [true, false]);
    assert.equal(opened(page.storage).words(badge('a')), 'Muted until it changes: known, ticket 7');
    assert.equal(opened(page.storage, { user: 'other' }).isMutedItself(badge('a')), false);
  });

  [
    ['another state', badge('a', { status: 'ACTIVE' })],
    ['other details', badge('a', { details: 'more' })],
    ['an error beneath', badge('a', { below: 'error' })],
  ].forEach(([what, changed]) => {
    it(`is not so any more after ${what}, nor when that is over`, () => {
      const page = opened();
      page.set(badge('a', { below: 'ok' }), 'known', '');
      assert.equal(page.isMutedItself(changed), false);
      assert.equal(page.isMutedItself(badge('a', { below: 'ok' })), false);
    });
  });

  [badge('a', { status: '' }), badge('a', { status: 'BUILD', isStored: true }), badge('a')].forEach(unknown => {
    it('stays so where less is known: ' + JSON.stringify(unknown), () => {
      const page = opened();
      page.set(badge('a', { below: 'error' }), 'known', '');
      assert.deepEqual([page.isMutedItself(unknown), page.isMutedItself(badge('a', { below: 'error' }))], [true, true]);
    });
  });

  [['day', DAY_MS, '2026-03-03T12:00'], ['week', 7 * DAY_MS, '2026-03-09T12:00']].forEach(([span, duration, until]) => {
    it(`is so for a ${span}, whatever changes`, () => {
      const page = opened();
      page.set(badge('a'), '', span);
      page.clock.time = duration - 1;
      assert.equal(page.words(badge('a', { status: 'BUILD' })), `Muted until ${until}: no reason given`);
      page.clock.time = duration;
      assert.equal(page.words(badge('a')), '');
      page.clock.time = 0;
      assert.equal(page.isMutedItself(badge('a')), false);
    });
  });

  it('is so no longer than the user wishes, in other tabs too', () => {
    const [page, other] = [opened()].flatMap(one => [one, opened(one.storage)]);
    page.set(badge('a'), 'known', 'week');
    assert.equal(other.isMutedItself(badge('a')), true);
    other.unset(badge('a'));
    assert.equal(page.isMutedItself(badge('a')), false);
  });

  it('mutes what is broken with it, on its line', () => {
    const group = { querySelector: () => cause };
    const cause = badge('cause', { group });
    const member = badge('member', { group });
    const page = opened();
    assert.equal(page.isMuted(member), false);
    page.set(cause, 'known', '');
    assert.deepEqual([page.isMuted(cause), page.isMuted(member), page.isMutedItself(member)], [true, true, false]);
    page.unset(cause);
    page.set(member, 'known', '');
    assert.deepEqual([page.isMuted(cause), page.isMuted(member)], [false, true]);
  });

  it('has no longer reason than 200 letters, and no more resources than 500', () => {
    const page = opened();
    page.set(badge('first'), 'x'.repeat(300), '');
    assert.equal(page.words(badge('first')), 'Muted until it changes: ' + 'x'.repeat(200));
    for (let number = 0; number < 500; number += 1) {
      page.set(badge(String(number)), '', '');
    }
    assert.deepEqual(['first', '0', '499'].map(id => opened(page.storage).isMutedItself(badge(id))), [false, true, true]);
  });
});

describe('a storage', () => {
  [
    ['is full', new Storage()], ['cannot be read', { getItem: FULL }], ['is not there', { getItem: () => null }],
  ].forEach(([what, storage]) => {
    it(`that ${what} keeps nothing, and the page says so`, () => {
      storage.setItem = FULL;
      const page = opened(storage);
      assert.equal(page.lostWords(badge('a')), '');
      page.set(badge('a'), 'known', '');
      const lost = 'The browser does not keep this: it is muted until you leave this page.';
      assert.deepEqual([page.isMutedItself(badge('a')), page.lostWords(badge('a'))], [true, lost]);
      assert.equal(page.words(badge('a')), 'Muted until it changes: known ' + lost);
      assert.equal(opened(storage).isMutedItself(badge('a')), false);
      page.unset(badge('a'));
      assert.equal(page.isMutedItself(badge('a')), false);
    });
  });

  [
    '', '{', 'null', '7', '[]', '"a"', '{"l3 a": null}', '{"l3 a": 7}', '{"l3 a": {"reason": 7, "until": 9e15}}',
    '{"l3 a": {"reason": "", "until": 9e15}}', '{"l3 a": {"reason": "", "until": null}}', '{"l3 a": {"reason": "", "until": "x"}}', '{"l3 a": {"reason": "", "until": null, "state": {}}}',
    `{"l3 a": {"reason": "${'x'.repeat(201)}", "until": 9e15}}`,
  ].forEach(garbage => {
    it('with garbage mutes nothing: ' + garbage.slice(0, 60), () => {
      const page = opened(new Storage({ [NAME]: garbage }));
      assert.deepEqual([page.isMutedItself(badge('a')), page.words(badge('a'))], [false, '']);
      page.set(badge('a'), 'known', '');
      assert.equal(opened(page.storage).isMutedItself(badge('a')), true);
    });
  });

  it('that becomes full keeps what it has, and takes the rest once it has room', () => {
    const page = opened();
    const { setItem } = page.storage;
    const areLost = () => ['a', 'b'].map(id => page.lostWords(badge(id)) !== '');
    page.set(badge('a'), 'known', '');
    page.storage.setItem = FULL;
    page.set(badge('b'), 'known', '');
    assert.deepEqual(areLost(), [false, true]);
    page.storage.setItem = setItem;
    page.set(badge('c'), 'known', '');
    assert.deepEqual(areLost(), [false, false]);
    assert.equal(opened(page.storage).isMutedItself(badge('b')), true);
  });

  it('with some garbage keeps the rest', () => {
    const good = { reason: 'known', until: null, state: { status: 'ERROR', details: '' } };
    const page = opened(new Storage({ [NAME]: JSON.stringify({ 'l3 a': good, 'l3 b': 7 }) }));
    assert.equal(page.words(badge('a')), 'Muted until it changes: known');
  });
});
