// SPDX-License-Identifier: Apache-2.0
// The page's one loop, with all that reads: how many requests there are, when, and what they say of their round.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { INTERVAL_MS } from './polled_page.mjs';
import { Fragment, PENDING, WholePage } from './whole_page.mjs';

const KINDS = ['problems', 'l3', 'l2'];
const ALL = '/overview/?kind=problems&kind=l3&kind=l2';
const MINUTE_MS = 60000;
const ROW = { status: 'ACTIVE', details: '', badge: '' };
const BUILDING = { kind: 'l2', id: '1', status: 'BUILD' };

function fragments(...pending) {
  return KINDS.map(kind => new Fragment(kind, pending.includes(kind) ? { [PENDING]: '' } : {}));
}

function asked(url) {
  return new URL(url, 'http://localhost').searchParams.getAll('kind');
}

/** An answer to a request for fragments, of which some are pending. */
function partsOf(url, pending = [], more = {}) {
  const fragments = Object.fromEntries(asked(url).filter(kind => !pending.includes(kind)).map(kind => [kind, '<p>']));
  return { body: { fragments, pending }, ...more };
}

function settled() {
  return { body: { rows: { l2: { 1: ROW } } } };
}

/** Answers everything at once. */
function ready(url) {
  return url.startsWith('/p/') ? settled() : partsOf(url);
}

/** The overview as it was just opened, with these fragments pending: its script has started. */
function opened(pending, respond, more = {}) {
  const page = new WholePage({ fragments: fragments(...pending), ...more });
  page.respond = respond;
  page.poller.pageChanged();
  if (page.rounds.isIncomplete()) {
    page.poller.poll('missing', '16.5');
  }
  return page;
}

describe('the overview that was just opened', () => {
  it('asks for nothing where all fragments were there in time', async () => {
    const page = opened([], ready);
    await page.clock.pass(MINUTE_MS - 1);
    assert.deepEqual(page.urls, []);
  });

  it('asks for all fragments that are pending in one request, and retries those that stay so, with the time of the page', async () => {
    const given = [['problems', 'l3'], ['problems'], []];
    const page = opened(['problems', 'l3', 'l2'], (url, number) => (
      partsOf(url, given[number - 1], { retryAfter: 1000 * number, notBefore: '19.5' })));
    await page.clock.pass(MINUTE_MS - 1);
    assert.deepEqual(page.requests, [
      { at: 0, url: ALL, maxAge: undefined, notBefore: '16.5' },
      { at: 1000, url: '/overview/?kind=problems&kind=l3', maxAge: undefined, notBefore: '16.5' },
      { at: 3000, url: '/overview/?kind=problems', maxAge: undefined, notBefore: '16.5' },
    ]);
  });

  it('stays stale after a failure until something has been read, also where a round has nothing to ask for', async () => {
    const page = new WholePage({ fragments: [new Fragment('l3', {}, ['failed'])], heartbeat: 0, chance: 0 });
    page.respond = () => ({ ok: false, reason: 'unanswered' });
    page.poller.pageChanged();
    await page.clock.pass(5 * MINUTE_MS);
    const states = page.strip.mock.calls.map(call => call.arguments[0]).filter(one => !one.running);
    const failed = states.slice(states.findIndex(one => one.failedSince !== null));
    assert.ok(failed.length > 3);
    assert.ok(failed.every(one => one.failedSince === 0 && one.reason === 'unanswered'));
    assert.deepEqual(page.liveRegion.say.mock.calls.filter(call => call.arguments[0]).length, 1);
    page.respond = ready;
    await page.clock.pass(5 * MINUTE_MS);
    assert.deepEqual([page.shown.failedSince, page.shown.reason], [null, null]);
  });

  it('says of those that do not come that they could not be read, and reads them again ever more rarely', async () => {
    const page = opened(['l3', 'l2'], url => partsOf(url, ['l2'], { retryAfter: 10000 }), { heartbeat: 0 });
    await page.clock.pass(39999);
    assert.deepEqual(page.outages.list(), []);
    await page.clock.pass(1);
    assert.deepEqual(page.outages.list(), [{ label: 'l2', since: 0, reason: 'timeout', isBeneath: false }]);
    assert.equal(page.shown.failedSince, 0);
    page.respond = ready;
    await page.clock.pass(MINUTE_MS);
    assert.deepEqual([page.outages.list(), page.shown.failedSince], [[], null]);
    assert.deepEqual(new Set(page.urls.slice(1)), new Set(['/overview/?kind=l2']));
  });

  it('tries again after a failure in between, in a new round', async () => {
    const page = opened(['l2'], (url, number) => (
      number === 2 ? { ok: false, status: 503, body: null } : partsOf(url, number === 1 ? ['l2'] : [], { notBefore: '19.5' })));
    await page.clock.pass(MINUTE_MS - 1);
    assert.deepEqual(page.requests.map(({ at, notBefore }) => [at, notBefore]), [[0, '16.5'], [2000, '16.5'], [7000, undefined]]);
    assert.equal(page.fragments.mayChange(), false);
  });
});

describe('a heartbeat of the overview', () => {
  const TWO_HUNDRED = Array.from({ length: 200 }, (_, index) => ({ kind: 'l2', id: String(index), status: 'ERROR' }));

  it('is one request, also with 200 badges', async () => {
    const page = opened([], ready, { badges: TWO_HUNDRED });
    await page.clock.pass(2 * MINUTE_MS);
    assert.deepEqual(page.requests.map(one => [one.at, one.url, one.maxAge]), [[MINUTE_MS, ALL, 40], [2 * MINUTE_MS, ALL, 40]]);
  });

  [['wake', page => { page.poller.wake(); }, 40], ['Refresh', page => { page.poller.poll('whole'); }, 0]].forEach(([name, act, maxAge]) => {
    it('is one request on ' + name, async () => {
      const page = opened([], ready, { badges: [...TWO_HUNDRED, BUILDING] });
      act(page);
      await page.clock.pass(INTERVAL_MS - 1);
      assert.deepEqual(page.requests, [{ at: 0, url: ALL, maxAge, notBefore: undefined }]);
    });
  });

  it('retries with its max-age and the time that its first answer said, and the next one says none', async () => {
    const page = opened([], (url, number) => partsOf(url, number < 3 ? ['l2'] : [], { retryAfter: 3000, notBefore: number + '.5' }));
    await page.clock.pass(MINUTE_MS + 6000 + MINUTE_MS);
    assert.deepEqual(page.requests.map(({ url, maxAge, notBefore }) => [url, maxAge, notBefore]), [
      [ALL, 40, undefined], ['/overview/?kind=l2', 40, '1.5'], ['/overview/?kind=l2', 40, '1.5'], [ALL, 40, undefined]]);
  });
});

describe('a poll of the overview', () => {
  it('is one request for the badges that change by themselves', async () => {
    const page = opened([], ready, { badges: [BUILDING] });
    await page.clock.pass(INTERVAL_MS);
    assert.deepEqual(page.requests, [{ at: INTERVAL_MS, url: '/p/?l2=1', maxAge: 1, notBefore: undefined }]);
  });

  it('reads the line of a kind of which a badge has changed, in the same round', async () => {
    const page = opened([], url => (url.startsWith('/p/') ? { ...settled(), notBefore: '17.5' } : partsOf(url)), { badges: [BUILDING] });
    page.changes.push([{ kind: 'l2', id: '1', from: 'BUILD', to: 'ACTIVE' }]);
    await page.clock.pass(INTERVAL_MS);
    assert.deepEqual(page.requests.map(({ url, notBefore }) => [url, notBefore]), [['/p/?l2=1', undefined], ['/overview/?kind=l2', '17.5']]);
  });

  it('reads no full list where that costs GBP much, and all badges at each heartbeat', async () => {
    const page = opened([], ready, { badges: [{ ...BUILDING, status: 'ERROR' }] });
    page.stretched = 300;
    page.changes.push([{ kind: 'l2', id: '1', from: 'ERROR', to: 'ACTIVE' }]);
    await page.clock.pass(5 * MINUTE_MS);
    assert.deepEqual(page.urls, [...Array(4).fill('/p/?l2=1'), ALL]);
  });
});

describe('rows that are not read yet', () => {
  const unread = (count, status = '') => Array.from({ length: count }, (_, index) => ({ kind: 'l2', id: String(index + 1), status }));

  /** Answers with the first that are asked for, so many at a time; the others are pending. */
  function slices(size) {
    return url => {
      const ids = new URL(url, 'http://localhost').searchParams.get('l2').split(',');
      const rows = Object.fromEntries(ids.slice(0, size).map(id => [id, ROW]));
      return { body: { rows: { l2: rows }, pending: { l2: ids.slice(size) } }, retryAfter: 1000, notBefore: '19.5' };
    };
  }

  it('are asked for at once with the time of the page, and again while they are pending', async () => {
    const page = new WholePage({ badges: unread(5), heartbeat: 0 });
    page.respond = slices(2);
    page.poller.pageChanged();
    page.poller.poll('missing', '16.5');
    await page.clock.pass(2000);
    assert.deepEqual(page.requests, [
      { at: 0, url: '/p/?l2=1,2,3,4,5', maxAge: undefined, notBefore: '16.5' },
      { at: 1000, url: '/p/?l2=3,4,5', maxAge: undefined, notBefore: '16.5' },
      { at: 2000, url: '/p/?l2=5', maxAge: undefined, notBefore: '16.5' },
    ]);
  });

  it('are asked for by a poll as those in BUILD, which retries with its own time', async () => {
    const page = new WholePage({ badges: unread(3, 'BUILD'), heartbeat: 0 });
    page.respond = slices(2);
    page.poller.pageChanged();
    await page.clock.pass(INTERVAL_MS + 1000);
    assert.deepEqual(page.requests.map(one => [one.url, one.maxAge, one.notBefore]), [['/p/?l2=1,2,3', 1, undefined], ['/p/?l2=3', 1, '19.5']]);
  });

  it('are asked for along with those beneath which it is not known, which are not polled any more then', async () => {
    const settled = { kind: 'l2', id: '9', status: 'ACTIVE' };
    const page = new WholePage({ badges: [...unread(1), settled], heartbeat: 60000, beneath: 'l2' });
    page.respond = url => {
      page.badges.forEach(one => { Object.assign(one, { status: 'ACTIVE' }, { dataset: { gbpStatusKind: 'l2', gbpBelow: 'ok' } }); });
      return { body: { rows: { l2: Object.fromEntries(url.split('=')[1].split(',').map(id => [id, { below: [] }])) } } };
    };
    page.poller.poll('missing', '17.5');
    await page.clock.pass(40000);
    assert.deepEqual(page.urls, ['/p/?l2=1,9']);
  });

  it('are asked for again while what is beneath them is still being read, and are as old as they are', async () => {
    const page = new WholePage({ badges: [{ kind: 'l2', id: '9', status: 'ACTIVE' }], heartbeat: 0, beneath: 'l2' });
    page.respond = (_, number) => {
      if (number < 3) {
        return { body: { rows: { l2: { 9: {} } }, pending: { l2: ['9'] } }, retryAfter: 1000, notBefore: '17.5' };
      }
      page.badges[0].dataset.gbpBelow = 'ok';
      return { body: { rows: { l2: { 9: { below: [] } } } } };
    };
    page.clock.time = 5000;
    page.poller.poll('missing', '17.5');
    await page.clock.pass(60000);
    assert.deepEqual(page.urls, ['/p/?l2=9', '/p/?l2=9', '/p/?l2=9']);
    assert.deepEqual(page.requests.map(one => one.notBefore), ['17.5', '17.5', '17.5']);
    assert.equal(page.shown.readAt, 7000);
  });

  it('are asked for while updates are paused, and nothing else is', async () => {
    const page = new WholePage({ badges: unread(3), stored: { 'gbp-status:paused': 'yes' } });
    page.respond = slices(2);
    page.poller.pageChanged();
    page.poller.poll('missing', '16.5');
    await page.clock.pass(10 * MINUTE_MS);
    assert.deepEqual(page.urls, ['/p/?l2=1,2,3', '/p/?l2=3']);
  });
});
