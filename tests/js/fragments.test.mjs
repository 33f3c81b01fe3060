// SPDX-License-Identifier: Apache-2.0
// Fragments of a page that come after it: which are asked for, in one request, and what becomes of those that do not come.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';
import { Fragment, PENDING } from './whole_page.mjs';

const L2_CHANGED = [{ kind: 'l2', id: '1', from: 'BUILD', to: 'ACTIVE' }];

/** A page with these fragments, whose requests give these answers, one after the other. */
function pageOf(all, ...given) {
  const gbpStatus = load(['dom', 'fragments'], { document: { baseURI: 'http://localhost/' } });
  // What a fragment says stands in its name in place of its markup: 'failed' is a line that failed.
  const isAll = fragment => fragment.holds.includes('failed');
  gbpStatus.unread = { isAll, kinds: fragment => (isAll(fragment) ? { [fragment.dataset.gbpStatusFragment]: { reason: 'error' } } : {}) };
  const container = { dataset: { gbpStatusFragmentsUrl: '/overview/' } };
  gbpStatus.dom.findAll = () => all;
  gbpStatus.dom.find = (scope, what) => (scope instanceof Fragment ? scope.querySelector(`[data-gbp-status-${what}]`) : container);
  const page = {
    asked: [], said: {}, container, failing: new Set(), stretched: false, maxAge: 40, clock: new Clock(),
    outages: { note: mock.fn(), noteAll: mock.fn(), isDue: kind => !page.failing.has(kind) },
    schedule: { isStretched: () => page.stretched, heartbeatMaxAge: () => page.maxAge },
    fragmentSwap: {
      fill: (fragment, { html, at }, outcome) => {
        outcome.changes.push(html + ' at ' + at);
        return page.said[html] || { unread: {}, isAll: false, isStale: false };
      },
      fail: mock.fn(fragment => { fragment.holds.push('failed'); }),
      open: mock.fn(),
      count: mock.fn(),
    },
  };
  page.clock.time = 5000;
  page.fragments = gbpStatus.fragments({ root: {}, ...page });
  page.read = async (which, changes = []) => {
    const outcome = { changes: [...changes], readAt: Infinity, since: 1000, failed: false, isIncomplete: false };
    await page.fragments.read(which, async (url, options) => {
      page.options = options;
      page.asked.push(new URL(url).searchParams.getAll('kind').join());
      const { ended = false, ...said } = given.shift();
      Object.assign(outcome, { ended });
      return { ok: true, age: 0, ...said };
    }, outcome);
    return outcome;
  };
  return page;
}

function answer(fragments, pending, more = {}) {
  return { body: { fragments, pending, ...more } };
}

function notes({ outages }) {
  return outages.note.mock.calls.map(call => call.arguments.slice(0, 2)).filter(([kinds]) => kinds.length);
}

function attributes(...fragments) {
  return fragments.map(fragment => Object.keys(fragment.attributes).join());
}

describe('the fragments of a page that was just opened', () => {
  it('are busy while they are pending, fold where they are empty, and are an outage where they have failed', () => {
    const [l3, l2] = [new Fragment('l3', { [PENDING]: '' }), new Fragment('l2', {}, ['failed'])];
    const page = pageOf([l3, l2]);
    assert.deepEqual([l3.attributes, l2.attributes], [{ [PENDING]: '', 'aria-busy': 'true' }, {}]);
    assert.deepEqual(page.fragmentSwap.open.mock.calls.map(call => call.arguments), [[l3, true], [l2, false]]);
    assert.deepEqual(notes(page), [[['l3'], {}], [['l2'], { l2: { reason: 'error' } }]].slice(1));
    assert.ok(page.fragments.arePending());
  });

  it('are not asked for where all have come', async () => {
    const page = pageOf([new Fragment('l3'), new Fragment('l2')]);
    assert.equal(page.fragments.arePending(), false);
    await page.read('pending');
    assert.deepEqual(page.asked, []);
  });
});

describe('fragments that are pending', () => {
  it('are asked for in one request, and those alone', async () => {
    const all = ['problems', 'l3', 'l2'].map(kind => new Fragment(kind, kind === 'l3' ? {} : { [PENDING]: '' }));
    const page = pageOf(all, { age: 1000, ...answer({ problems: 'some', l2: 'two' }, ['problems']) }, answer({ problems: 'all' }, []));
    const { changes, fragments, readAt } = await page.read('pending');
    assert.deepEqual([changes, fragments, readAt], [['some at 4000', 'two at 4000'], true, 4000]);
    assert.deepEqual(attributes(...all), ['aria-busy,' + PENDING, '', '']);
    assert.equal((await page.read('pending')).fragments, false);
    assert.deepEqual(page.asked, ['problems,l2', 'problems']);
    assert.deepEqual(attributes(...all), ['', '', '']);
    assert.deepEqual(notes(page), [[['l3'], {}], [['problems'], {}], [['l2'], {}], [['problems'], {}]]);
  });

  [
    ['a failure', { ok: false, status: 503, body: null }, true],
    ['no answer', { body: {} }, true],
    ['an answer that has them not', answer({}, []), true],
  ].forEach(([name, given, hasFailed]) => {
    it('have failed with ' + name + ', and those alone', async () => {
      const [l3, l2] = [new Fragment('l3'), new Fragment('l2', { [PENDING]: '' })];
      const page = pageOf([l3, l2], given);
      const { failed } = await page.read('pending');
      assert.equal(failed, hasFailed);
      assert.deepEqual([l3.holds, l2.holds, l2.attributes], [[], ['failed'], {}]);
      assert.deepEqual(Object.keys(notes(page)[1][1]), ['l2']);
      assert.ok(page.fragments.mayChange());
    });
  });

  [
    [['summary', 'problems', 'l3', 'l2'], { summary: undefined, problems: undefined, l3: 'lacking', l2: 'lacking' }],
    [['summary', 'problems'], { summary: 'lacking', problems: 'lacking' }],
  ].forEach(([kinds, reasons]) => {
    it('are told as kinds where an answer lacks kinds among them: ' + kinds, async () => {
      const page = pageOf([...kinds, 'came'].map(kind => new Fragment(kind, { [PENDING]: '' })), answer({ came: 'here' }));
      await page.read('pending');
      const noted = Object.assign({}, ...notes(page).map(([, unavailable]) => unavailable));
      assert.deepEqual(Object.fromEntries(Object.entries(noted).map(([kind, why]) => [kind, why.reason])), reasons);
    });
  });

  it('have failed where the page gives up', () => {
    const [l3, l2] = [new Fragment('l3'), new Fragment('l2', { [PENDING]: '' })];
    const page = pageOf([l3, l2]);
    page.fragments.giveUp();
    assert.deepEqual([l3.holds, l2.holds, l2.attributes], [[], ['failed'], {}]);
  });

  it('are left as they are in a session that has ended', async () => {
    const l2 = new Fragment('l2', { [PENDING]: '' });
    const page = pageOf([l2], { ended: true });
    const { ended, failed } = await page.read('pending');
    assert.deepEqual([ended, failed, l2.holds], [true, false, []]);
  });

  it('are read along with what failed, also before that is due, where a round begins anew', async () => {
    const [l3, l2] = [new Fragment('l3', {}, ['failed']), new Fragment('l2', {}, ['failed'])];
    const page = pageOf([l3, l2], answer({ l2: 'two' }));
    page.failing.add('l3').add('l2');
    await page.read('pending');
    assert.deepEqual(page.asked, []);
    await page.read('lacking');
    assert.deepEqual(page.asked, ['l3,l2']);
  });
});

describe('fragments that a poll reads again', () => {
  it('are those of a kind of which a badge has changed', async () => {
    const page = pageOf([new Fragment('problems'), new Fragment('l3', {}, ['transient']), new Fragment('l2')], answer({ l2: 'two' }));
    await page.read('changed');
    assert.deepEqual(page.asked, []);
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.asked, ['l2']);
  });

  it('are followed by the first sentence, from lists that may be as old as for a heartbeat', async () => {
    const fragments = [new Fragment('summary'), new Fragment('problems'), new Fragment('l2')];
    const page = pageOf(fragments, answer({ l2: 'two' }), { age: 3000, ...answer({ summary: 'one', problems: 'some' }, []) });
    const { readAt, fragments: arePending } = await page.read('changed', L2_CHANGED);
    assert.deepEqual([page.asked, page.options], [['l2', 'summary,problems'], { maxAge: 40, notBefore: undefined }]);
    assert.deepEqual([readAt, arePending, attributes(...fragments)], [5000, false, ['', '', '']]);
    assert.deepEqual(page.fragmentSwap.count.mock.calls.map(call => call.arguments), [[fragments[0], 'one', 2000], [fragments[1], 'some', 2000]]);
  });

  it('are followed by the map where that stands in place of the problems', async () => {
    const page = pageOf([new Fragment('summary'), new Fragment('map'), new Fragment('l2')], answer({ l2: 'two' }), answer({ summary: 'one', map: 'cells' }, []));
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.asked, ['l2', 'summary,map']);
    assert.deepEqual(page.fragmentSwap.count.mock.calls.map(call => call.arguments[1]), ['one', 'cells']);
  });

  it('are not followed by what the answer lacks', async () => {
    const page = pageOf([new Fragment('summary'), new Fragment('map'), new Fragment('l2')], answer({ l2: 'two' }), answer({ map: 'cells' }, []));
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.fragmentSwap.count.mock.calls.map(call => call.arguments[1]), ['cells']);
  });

  it('are not followed by it in a session that has ended', async () => {
    const page = pageOf([new Fragment('summary'), new Fragment('problems'), new Fragment('l2')], { ended: true }, answer({}, []));
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.asked, ['l2']);
  });

  it('are not followed by it where there are no heartbeats', async () => {
    const page = pageOf([new Fragment('summary'), new Fragment('l2')], answer({ l2: 'two' }));
    page.maxAge = 0;
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.asked, ['l2']);
  });

  it('are none where full lists cost GBP much', async () => {
    const page = pageOf([new Fragment('l2')]);
    page.stretched = true;
    await page.read('changed', L2_CHANGED);
    assert.deepEqual(page.asked, []);
  });

  it('are those that have failed, when they are due', async () => {
    const page = pageOf([new Fragment('l3', {}, ['failed']), new Fragment('l2', {}, ['failed'])], answer({ l2: 'two' }));
    page.failing.add('l3');
    await page.read('changed');
    assert.deepEqual(page.asked, ['l2']);
  });

  it('say that they could not be read where they could not', async () => {
    const l2 = new Fragment('l2', {}, ['transient']);
    const page = pageOf([l2], { ok: false, body: null });
    await page.read('changed', L2_CHANGED);
    assert.deepEqual([l2.holds, l2.attributes], [['transient', 'failed'], {}]);
  });
});

describe('all fragments', () => {
  it('are asked for in one request, and stay as they are where that fails', async () => {
    const [l3, l2] = [new Fragment('l3'), new Fragment('l2')];
    const page = pageOf([l3, l2], { ok: false }, answer({ l3: 'three' }, ['l2']));
    assert.equal((await page.read('all')).failed, true);
    assert.deepEqual([l3.holds, l2.holds, attributes(l3, l2)], [[], [], ['', '']]);
    assert.equal((await page.read('all')).fragments, true);
    assert.deepEqual([page.asked, attributes(l3, l2)], [['l3,l2', 'l3,l2'], ['', PENDING + ',aria-busy']]);
  });

  it('say after how long they are worth being read again', async () => {
    const page = pageOf([new Fragment('l3')], answer({ l3: '' }, [], { heartbeat: 600 }), answer({ l3: '' }, []));
    await page.read('all');
    assert.equal(page.container.dataset.gbpStatusHeartbeat, 600);
    await page.read('all');
    assert.equal(page.container.dataset.gbpStatusHeartbeat, 0);
  });

  it('that do not come are a failure, also where others came', async () => {
    const [l3, l2] = [new Fragment('l3'), new Fragment('l2')];
    const page = pageOf([l3, l2], answer({ l3: 'three' }));
    const { failed, isIncomplete, readAt } = await page.read('all');
    assert.deepEqual([failed, isIncomplete, readAt, l2.holds], [false, true, 5000, ['failed']]);
    assert.deepEqual(notes(page).at(-1), [['l2'], { l2: { reason: 'lacking' } }]);
  });

  it('of which nothing could be read have failed, and are as old as before', async () => {
    const page = pageOf([new Fragment('problems'), new Fragment('l3')], answer({ problems: 'none', l3: 'no three' }));
    const unread = { l3: { reason: 'error' } };
    page.said = { 'none': { unread, isAll: true, isStale: true }, 'no three': { unread, isAll: true, isStale: true } };
    const { failed, reason, readAt } = await page.read('all');
    assert.deepEqual([failed, reason, readAt], [true, undefined, Infinity]);
    assert.deepEqual(page.outages.noteAll.mock.calls.at(-1).arguments, [unread, 1000, 'problems']);
  });

  it('that stay as they are for what could not be read have not come', async () => {
    const page = pageOf([new Fragment('ways')], answer({ ways: 'some' }));
    page.said = { some: { unread: { l3: { reason: 'error' } }, isAll: false, isStale: true } };
    const { failed, isIncomplete, readAt } = await page.read('all');
    assert.deepEqual([failed, isIncomplete, readAt], [true, true, Infinity]);
  });

  [[[], false], [['transient'], true], [['failed'], true]].forEach(([holds, mayChange]) => {
    it('with ' + (holds[0] || 'nothing') + (mayChange ? ' may' : ' do not') + ' change by themselves', () => {
      assert.equal(pageOf([new Fragment('l3', {}, holds)]).fragments.mayChange(), mayChange);
    });
  });
});
