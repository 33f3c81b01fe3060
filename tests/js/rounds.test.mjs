// SPDX-License-Identifier: Apache-2.0
// A round: what is asked for, what is said of the answers, and how old the page is then.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const L3 = { kind: 'l3', id: '1' };
const L2 = { kind: 'l2', id: '2' };

/** A badge that is shown, and whether it is in a state that changes by itself. */
function badge(kind, id, transient) {
  return { dataset: { gbpStatus: transient ? 'BUILD' : 'ACTIVE', gbpStatusKind: kind, gbpStatusId: id }, transient };
}

const UNREAD = { dataset: { gbpStatus: '', gbpStatusKind: 'l3', gbpStatusId: '3' }, transient: true };
const SCHEDULE = { maxAge: () => 3, heartbeatMaxAge: () => 40, allMaxAge: () => 400 };

/** A page with these badges, of which statuses, list and fragments give what a test puts into `given`. */
class Reader {
  constructor(badges = [], given = {}) {
    this.given = { statuses: { rows: [] }, list: null, fragments: {}, due: () => true, preview: false, overview: false, followed: [], ...given };
    Object.assign(this, { clock: new Clock(), said: [], errors: [], events: [] });
    this.clock.time = 5000;
    const gbpStatus = load(['badges', 'scope_width', 'scopes', 'rounds']);
    gbpStatus.unread = { hasResults: () => !this.given.blank };
    Object.assign(gbpStatus.badges, { all: () => badges, isTransient: one => one.transient });
    gbpStatus.dom = { fire: (_, name, { changes }) => { this.events.push(changes ? name + ' ' + changes : name); } };
    const { given: answers, clock } = this;
    const page = { root: {}, clock, giveUpAfter: 30000, schedule: SCHEDULE, outages: { isDue: kind => answers.due(kind) } };
    page.window = { console: { error: error => { this.errors.push(error.message); } } };
    page.liveRegion = {
      say: text => { this.said.push(text); },
      announce: changes => { this.said.push(changes.join()); },
      sentence: changes => changes.join() + '!',
    };
    page.beneath = { unfinished: () => gbpStatus.badges.resources(badges.filter(gbpStatus.badges.isUnread)) };
    page.pollRequest = this.#asker('statuses');
    page.since = { sync: () => {} };
    page.session = { check: () => Boolean(answers.ended) };
    page.list = {
      isThere: () => answers.list !== null, isPreview: () => answers.preview, read: this.#asker('list') };
    page.fragments = {
      read: this.#asker('fragments'), giveUp: mock.fn(), areThere: () => answers.overview,
      arePending: () => answers.overview === 'pending', mayChange: () => answers.overview === 'building' };
    page.transport = mock.fn(async () => answers.answer);
    page.confirmedChanges = { note: mock.fn(), resources: () => [] };
    page.followed = { all: () => answers.followed };
    page.scopes = gbpStatus.scopes(page);
    this.page = page;
    this.rounds = gbpStatus.rounds(page);
  }

  /** Notes in the outcome what a test gives, after a request whose answer says when to retry. */
  async #note({ changes = [], rows = [], readAt = Infinity, retryAfter, ...given }, get, outcome) {
    this.given.answer = { retryAfter };
    await get('/', {});
    outcome.changes.push(...changes);
    outcome.rows.push(...rows);
    Object.assign(outcome, given, { readAt: Math.min(outcome.readAt, readAt) });
  }

  #asker = name => mock.fn(async (_, get, outcome) => {
    if (this.given[name] instanceof Error) {
      throw this.given[name];
    }
    await this.#note(this.given[name], get, outcome);
  });

  read = (scope = 'poll') => this.rounds.read(this.rounds.begin(scope));

  /** What was asked for so far: resources, whether the user wishes the list, and which fragments. */
  get asked() {
    const { pollRequest, list, fragments } = this.page;
    return {
      rows: pollRequest.mock.calls.map(call => call.arguments[0]),
      lists: list.read.mock.calls.map(call => call.arguments[0]),
      fragments: fragments.read.mock.calls.map(call => call.arguments[0]),
    };
  }
}

const BUILDING = badge('l3', '1', true);
const ACTIVE = badge('l2', '2', false);
const CELL = badge('group', '4', true);

describe('a round', () => {
  [
    ['poll', {}, { rows: [[L3]], lists: [], fragments: ['changed'] }],
    ['shown', {}, { rows: [[L3, L2]], lists: [], fragments: ['changed'] }],
    ['missing', {}, { rows: [[]], lists: [], fragments: ['lacking'] }],
    ['missing', { list: {}, preview: true }, { rows: [[]], lists: [true], fragments: ['lacking'] }],
    ['list', {}, { rows: [[L3, L2]], lists: [], fragments: ['all'] }],
    ['whole', {}, { rows: [[L3, L2]], lists: [], fragments: ['all'] }],
    ['poll', { list: {} }, { rows: [[L3]], lists: [], fragments: ['changed'] }],
    ['list', { list: {} }, { rows: [[]], lists: [false], fragments: ['all'] }],
    ['whole', { list: {} }, { rows: [[]], lists: [true], fragments: ['all'] }],
    ['poll', { overview: true }, { rows: [[L3]], lists: [], fragments: ['changed'] }],
    ['poll', { followed: [CELL] }, { rows: [[L3, { kind: 'group', id: '4' }]], lists: [], fragments: ['changed'] }],
    ['list', { overview: true }, { rows: [[]], lists: [], fragments: ['all'] }],
    ['whole', { overview: true }, { rows: [[]], lists: [], fragments: ['all'] }],
  ].forEach(([scope, given, asked]) => {
    it(`of the scope '${scope}' asks on a page with ${JSON.stringify(given)} for what it needs, each once`, async () => {
      const page = new Reader([BUILDING, BUILDING, ACTIVE], given);
      await page.read(scope);
      assert.deepEqual(page.asked, asked);
    });
  });

  it('leaves out a kind that could not be read until it is due again', async () => {
    const page = new Reader([BUILDING], { due: kind => kind !== 'l3' });
    await page.read();
    assert.deepEqual(page.asked.rows, [[]]);
  });

  it('asks at first for the statuses that are not read yet', async () => {
    const page = new Reader([UNREAD, ACTIVE]);
    assert.ok(page.rounds.isIncomplete());
    await page.read('missing');
    assert.deepEqual(page.asked.rows, [[{ kind: 'l3', id: '3' }]]);
  });

  [[[], {}, false], [[ACTIVE, BUILDING], {}, false], [[UNREAD], {}, true], [[], { preview: true }, true],
    [[], { overview: 'pending' }, true], [[], { overview: 'building' }, false]].forEach(([badges, given, isIncomplete]) => {
    it(`is ${isIncomplete ? '' : 'not '}needed by a page with ${badges.length} badges and ${JSON.stringify(given)}`, () => {
      assert.equal(new Reader(badges, given).rounds.isIncomplete(), isIncomplete);
    });
  });

  it('hands on what has changed to those who count it', async () => {
    const page = new Reader([], { statuses: { changes: ['a'] }, list: { changes: ['b'] } });
    await page.read('list');
    assert.deepEqual(page.page.fragments.read.mock.calls[0].arguments[2].changes, ['a', 'b']);
  });

  it('says a failure once, until something has been read again', async () => {
    const page = new Reader([], { statuses: { changes: ['kept'], failed: true } });
    const failure = 'The statuses cannot be read at the moment.';
    await page.read();
    assert.deepEqual(page.said, ['', failure]);
    await page.read();
    assert.deepEqual(page.said, ['', failure, '', 'kept']);
    page.given.statuses = {};
    await page.read();
    page.given.fragments = { failed: true };
    await page.read();
    assert.deepEqual(page.said, ['', failure, '', 'kept', '', '', failure]);
    assert.deepEqual(page.events, ['stale kept', 'stale kept', 'polled ', 'stale ']);
  });

  it('announces and notifies of what has changed, and of nothing else', async () => {
    const page = new Reader([], { statuses: { changes: ['a'] }, fragments: { changes: ['b'] } });
    assert.equal((await page.read()).changed, true);
    assert.deepEqual([page.said, page.events], [['', 'a,b'], ['polled a,b']]);
    assert.deepEqual(page.page.confirmedChanges.note.mock.calls.map(call => call.arguments[1].changes), [['a', 'b']]);
    Object.assign(page.given, { statuses: {}, fragments: {} });
    assert.equal((await page.read()).changed, false);
    assert.deepEqual([page.said.at(-1), page.page.confirmedChanges.note.mock.calls[1].arguments[1].changes], ['', []]);
  });

  it('counts a fragment that changed as a change', async () => {
    assert.equal((await new Reader([], { fragments: { changed: true } }).read()).changed, true);
  });

  it('asks for nothing more in a session that has ended', async () => {
    const page = new Reader([], { ended: true, list: {} });
    assert.equal((await page.read('list')).ended, true);
    assert.deepEqual([page.asked.lists, page.asked.fragments, page.events], [[], [], []]);
  });

  ['statuses', 'fragments'].forEach(fragment => {
    it('takes an error of a script for a failure: ' + fragment, async () => {
      const page = new Reader([], { [fragment]: new Error('broken') });
      assert.equal((await page.read()).failed, true);
      assert.deepEqual(page.errors, ['broken']);
    });
  });

  it('is as old as the oldest part that was read', async () => {
    const page = new Reader([], { statuses: { readAt: 4000 }, fragments: { readAt: 3000 } });
    await page.read();
    assert.equal(page.rounds.state.readAt, 3000);
    Object.assign(page.given, { statuses: { readAt: Infinity }, fragments: {} });
    await page.read();
    assert.equal(page.rounds.state.readAt, 3000);
  });

  it('begins as old as the page', () => {
    assert.equal(new Reader([], { blank: true }).rounds.state.readAt, -Infinity);
    assert.deepEqual({ ...new Reader().rounds.state }, { readAt: 5000, allAt: 5000, failed: false, reason: null });
  });

  [
    ['a poll', 'poll', {}, 5000], ['the rest', 'missing', {}, 5000], ['a list', 'list', {}, 4000], ['everything', 'whole', {}, 4000],
    ['a failure', 'list', { failed: true }, 5000], ['an end', 'list', { ended: true }, 5000],
    ['what is pending', 'list', { rows: [L3] }, 5000], ['a fragment', 'list', { isIncomplete: true }, 5000],
  ].forEach(([name, scope, outcome, allAt]) => {
    it('tells of ' + name + ' when the whole page was read last', async () => {
      const page = new Reader([], { statuses: { readAt: 4000, ...outcome } });
      await page.read(scope);
      assert.equal(page.rounds.state.allAt, allAt);
    });
  });

  [[[], false, false], [[ACTIVE], false, false], [[BUILDING], false, true], [[ACTIVE], 'building', true]].forEach(
    ([badges, overview, mayChange]) => {
      it('is ' + (mayChange ? '' : 'not ') + `worth a poll with ${badges.length} badges and fragments: ${overview}`, () => {
        assert.equal(new Reader(badges, { overview }).rounds.mayChange(), mayChange);
      });
    });
});

describe('a round that is pending', () => {
  [
    ['rows', { statuses: { rows: [L3], retryAfter: 2000 } }, { rows: [L3], list: false, fragments: 'pending' }],
    ['its list', { list: { list: true, retryAfter: 2000 } }, { rows: [], list: true, fragments: 'pending' }],
    ['rows of its list', { list: { rows: [L2], retryAfter: 2000 } }, { rows: [L2], list: false, fragments: 'pending' }],
    ['fragments', { fragments: { fragments: true, retryAfter: 2000 } }, { rows: [], list: false, fragments: 'pending' }],
    ['all of it', { statuses: { rows: [L3], retryAfter: 5000 }, list: { list: true, rows: [L2], retryAfter: 2000 } },
      { rows: [L3, L2], list: true, fragments: 'pending' }],
  ].forEach(([name, given, wanted]) => {
    it('retries ' + name + ', as soon as any of it may be there', async () => {
      const page = new Reader([BUILDING, ACTIVE], given);
      const round = page.rounds.begin('list');
      const { pending, failed, retryAfter } = await page.rounds.read(round);
      assert.deepEqual([pending, failed, retryAfter, page.events], [true, false, 2000, []]);
      assert.deepEqual(round.wanted, wanted);
      Object.assign(page.given, { statuses: {}, list: page.given.list && {}, fragments: {} });
      assert.equal((await page.rounds.read(round)).pending, false);
      assert.deepEqual(page.asked.rows.at(-1), wanted.rows);
      assert.deepEqual(page.events, ['polled ']);
    });
  });

  it('asks with its max-age, and the not-before that its first answer said or its page', async () => {
    const page = new Reader([BUILDING]);
    const round = page.rounds.begin('poll');
    const get = async notBefore => {
      page.given.answer = { notBefore };
      await page.page.pollRequest.mock.calls.at(-1).arguments[1]('/p/', { etag: 'e' });
    };
    await page.rounds.read(round);
    page.page.transport.mock.resetCalls();
    await get(null);
    await get('17.5');
    await get('19.5');
    const said = [undefined, null, '17.5'].map(notBefore => ['/p/', { maxAge: 3, notBefore, etag: 'e' }]);
    assert.deepEqual(page.page.transport.mock.calls.map(call => call.arguments), said);
    assert.equal(page.rounds.begin('poll').notBefore, undefined);
    assert.deepEqual([page.rounds.begin('missing', '16.5').notBefore, page.rounds.begin('missing', '16.5').maxAge], ['16.5', undefined]);
  });

  it('has failed where nothing new comes for long', async () => {
    const page = new Reader([], { fragments: { fragments: true, changed: true } });
    const round = page.rounds.begin('missing');
    page.clock.time = 34000;
    assert.equal((await page.rounds.read(round)).pending, true);
    page.given.fragments = { fragments: true };
    page.clock.time = 64000;
    assert.equal((await page.rounds.read(round)).pending, true);
    assert.equal(page.page.fragments.giveUp.mock.callCount(), 0);
    page.clock.time = 64001;
    const { failed, pending } = await page.rounds.read(round);
    assert.deepEqual([failed, pending, page.page.fragments.giveUp.mock.callCount()], [true, false, 1]);
  });

  it('waits as long as the most patient answer wants where one has failed', async () => {
    const page = new Reader([], { statuses: { failed: true, retryAfter: 3000 }, fragments: { fragments: true, retryAfter: 7000 } });
    const { failed, pending, retryAfter } = await page.read();
    assert.deepEqual([failed, pending, retryAfter], [true, false, 7000]);
  });

  it('is as old as the oldest of all its answers when it is complete', async () => {
    const page = new Reader([], { statuses: { readAt: 3000, rows: [L3] } });
    const round = page.rounds.begin('list');
    await page.rounds.read(round);
    page.given.statuses = { readAt: 4500 };
    await page.rounds.read(round);
    assert.deepEqual({ ...page.rounds.state }, { readAt: 4500, allAt: 3000, failed: false, reason: null });
  });
});
