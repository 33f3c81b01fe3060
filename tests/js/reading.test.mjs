// SPDX-License-Identifier: Apache-2.0
// Reading a page: what is asked of it, what is said of the answers, and how old it is then.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const L3 = { kind: 'l3', id: '1' };
const L2 = { kind: 'l2', id: '2' };

/** A badge that is shown, and whether it is in a state that changes by itself. */
function badge(kind, id, transient) {
  return { dataset: { gbpStatusKind: kind, gbpStatusId: id }, transient };
}

/** The reading of a page with these badges, whose list, statuses and lines give what a test puts into `given`. */
class Reader {
  constructor(badges = [], given = {}) {
    this.given = { statuses: { changes: [] }, list: null, lines: {}, due: () => true, pendingLines: false, ...given };
    this.clock = new Clock();
    this.clock.time = 5000;
    this.said = [];
    this.errors = [];
    const gbpStatus = load(['reading']);
    gbpStatus.badges = {
      all: () => badges,
      isTransient: one => one.transient,
      key: ({ dataset }) => dataset.gbpStatusKind + dataset.gbpStatusId,
      resource: ({ dataset }) => ({ kind: dataset.gbpStatusKind, id: dataset.gbpStatusId }),
    };
    const { given: answers } = this;
    this.statuses = mock.fn(async () => this.#taken(answers.statuses));
    this.list = { isThere: () => answers.list !== null, read: mock.fn(async () => this.#taken(answers.list)) };
    this.fragments = { reload: mock.fn(async () => this.#taken(answers.lines)), isPending: () => answers.pendingLines };
    this.notifications = { notify: mock.fn() };
    this.reading = gbpStatus.reading({
      root: {}, patience: 30000, window: { console: { error: error => { this.errors.push(error.message); } } }, clock: this.clock,
      statuses: this.statuses, list: this.list, fragments: this.fragments, notifications: this.notifications,
      outages: { isDue: kind => answers.due(kind) },
      live: {
        say: text => { this.said.push(text); },
        announce: changes => { this.said.push(changes.join()); },
        sentence: changes => changes.join() + '!',
      },
    });
  }

  #taken(answer) {
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  read = (scope = '', maxAge = 3, before = {}) => this.reading.read({ scope, since: 5000, ...before }, maxAge);

  get asked() {
    return this.statuses.mock.calls.map(call => call.arguments);
  }
}

describe('reading', () => {
  const BUILDING = badge('l3', '1', true);
  const ACTIVE = badge('l2', '2', false);

  it('asks for what changes by itself, each once, as old as it may be', async () => {
    const page = new Reader([BUILDING, BUILDING, ACTIVE]);
    await page.read();
    assert.deepEqual(page.asked, [[[L3], 3, 5000]]);
    assert.deepEqual(page.fragments.reload.mock.calls[0].arguments, [false, 3, undefined]);
  });

  it('leaves out a kind that could not be read until it is due again', async () => {
    const page = new Reader([BUILDING], { due: kind => kind !== 'l3' });
    await page.read();
    assert.deepEqual(page.asked[0][0], []);
  });

  it('reads all that is shown where the page has no list', async () => {
    const page = new Reader([BUILDING, ACTIVE], { due: () => false });
    await page.read('list');
    assert.deepEqual(page.asked[0][0], [L3, L2]);
    assert.deepEqual(page.fragments.reload.mock.calls[0].arguments, [true, 3, undefined]);
  });

  [['list', false], ['rest', true], ['whole', true]].forEach(([scope, whole]) => {
    it('reads the list in the scope ' + scope, async () => {
      const page = new Reader([BUILDING], { list: { changes: [] } });
      await page.read(scope, 0, { cameFirst: '17.5' });
      assert.deepEqual(page.list.read.mock.calls[0].arguments, [whole, 0, 5000, '17.5']);
      assert.deepEqual(page.fragments.reload.mock.calls[0].arguments, [true, 0, '17.5']);
      assert.equal(page.asked.length, 0);
    });
  });

  it('polls the badges of a page with a list, too', async () => {
    const page = new Reader([BUILDING], { list: { changes: [] } });
    await page.read();
    assert.deepEqual([page.asked.length, page.list.read.mock.callCount()], [1, 0]);
  });

  it('says a failure once, until something has been read again', async () => {
    const page = new Reader([], { statuses: { changes: ['kept'], failed: true } });
    const failure = 'The statuses cannot be read at the moment.';
    await page.read();
    assert.deepEqual(page.said, ['', failure]);
    await page.read();
    assert.deepEqual(page.said, ['', failure, '', 'kept']);
    page.given.statuses = { changes: [] };
    await page.read();
    page.given.lines = { failed: true };
    await page.read();
    assert.deepEqual(page.said, ['', failure, '', 'kept', '', '', failure]);
  });

  it('announces and notifies of what has changed, and of nothing else', async () => {
    const page = new Reader([], { statuses: { changes: ['a', 'b'] } });
    assert.equal((await page.read()).changed, true);
    assert.deepEqual(page.said, ['', 'a,b']);
    assert.deepEqual(page.notifications.notify.mock.calls.map(call => call.arguments), [['a,b!']]);
    page.given.statuses = { changes: [] };
    assert.equal((await page.read()).changed, false);
    assert.deepEqual([page.said.at(-1), page.notifications.notify.mock.callCount()], ['', 1]);
  });

  it('counts a line that changed as a change', async () => {
    const page = new Reader([], { lines: { changed: true } });
    assert.equal((await page.read()).changed, true);
  });

  it('does not ask for lines in a session that has ended', async () => {
    const page = new Reader([], { statuses: { changes: [], ended: true } });
    assert.equal((await page.read()).ended, true);
    assert.equal(page.fragments.reload.mock.callCount(), 0);
  });

  ['statuses', 'lines'].forEach(part => {
    it('takes an error of a script for a failure: ' + part, async () => {
      const page = new Reader([], { [part]: new Error('broken') });
      assert.equal((await page.read()).failed, true);
      assert.deepEqual(page.errors, ['broken']);
    });
  });

  it('is as old as the oldest part that was read', async () => {
    const page = new Reader([], { statuses: { changes: [], readAt: 4000 }, lines: { readAt: 3000 } });
    await page.read();
    assert.equal(page.reading.state.readAt, 3000);
    page.given.statuses = { changes: [], readAt: Infinity };
    page.given.lines = {};
    await page.read();
    assert.equal(page.reading.state.readAt, 3000);
  });

  const UNFINISHED = { unfinished: true, retryAfter: 2000, cameFirst: '17.5' };

  [['list', { list: UNFINISHED }], ['lines', { list: { changes: [] }, lines: UNFINISHED }]].forEach(([name, given]) => {
    it('is unfinished with its ' + name, async () => {
      const { failed, unfinished, retryAfter, cameFirst } = await new Reader([], given).read('list');
      assert.deepEqual([failed, unfinished, retryAfter, cameFirst], [false, true, 2000, '17.5']);
    });
  });

  it('has failed where it stays unfinished', async () => {
    const page = new Reader([], { list: UNFINISHED });
    page.clock.time = 35000;
    assert.equal((await page.read('list')).unfinished, true);
    page.clock.time = 35001;
    const { failed, unfinished } = await page.read('list');
    assert.deepEqual([failed, unfinished], [true, false]);
  });

  it('begins as old as the page', () => {
    const { reading: { state } } = new Reader();
    assert.deepEqual({ ...state }, { readAt: 5000, allAt: 5000, failed: false });
  });

  [
    ['a poll', '', {}, 5000], ['a list', 'list', {}, 4000], ['a failure', 'list', { failed: true }, 5000],
    ['an end', 'list', { ended: true }, 5000], ['what is unfinished', 'list', { unfinished: true }, 5000], ['a part', 'list', { isPart: true }, 5000],
  ].forEach(([name, scope, outcome, allAt]) => {
    it('tells of ' + name + ' when the whole page was read last', async () => {
      const page = new Reader([], { statuses: { changes: [], readAt: 4000, ...outcome } });
      await page.read(scope);
      assert.equal(page.reading.state.allAt, allAt);
    });
  });

  [[[], false, false], [[ACTIVE], false, false], [[BUILDING], false, true], [[ACTIVE], true, true]].forEach(
    ([badges, pendingLines, pending]) => {
      it('is ' + (pending ? '' : 'not ') + `pending with ${badges.length} badges and lines: ${pendingLines}`, () => {
        assert.equal(new Reader(badges, { pendingLines }).reading.isPending(), pending);
      });
    });
});
