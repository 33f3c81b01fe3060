// SPDX-License-Identifier: Apache-2.0
// One poll: what is asked, and what an answer is worth.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const L3 = { kind: 'l3', id: '1' };
const L2 = { kind: 'l2', id: '2' };
const ROW = { status: 'ACTIVE', details: '', badge: '' };
const BOTH = { rows: { l3: { 1: ROW }, l2: { 2: ROW } }, gone: {}, unavailable: [] };

/** A page whose transport gives these answers, one after the other; `asked` are the addresses. */
function page(...given) {
  const clock = new Clock();
  clock.time = 5000;
  const asked = [];
  const queue = given.map(one => ({ ok: true, age: 0, ...one }));
  const gbpStatus = load(['dom', 'badges', 'slices', 'poll_request']);
  const parts = {
    root: { dataset: { gbpStatusPollUrl: '/p/', gbpStatusMaxIds: '100' } },
    clock,
    outages: { note: mock.fn() },
    beneath: { note: mock.fn() },
    answers: mock.fn(({ rows = {} }) => Object.keys(rows)),
  };
  const statuses = gbpStatus.pollRequest(parts);
  const ask = async (resources, since = 1000) => {
    const outcome = { since, changes: [], rows: [], readAt: Infinity };
    await statuses(resources, async (url, options) => {
      asked.push({ url, ...options });
      const answer = queue.shift();
      outcome.ended = Boolean(answer.ended);
      return answer;
    }, outcome);
    return outcome;
  };
  return { asked, ...parts, ask };
}

describe('a poll', () => {
  it('shows what comes, as old as it is', async () => {
    const { ask, asked, answers, outages } = page({ body: BOTH, age: 2000 });
    const { changes, rows, readAt } = await ask([L3, L2]);
    assert.deepEqual([changes, rows, readAt], [['l3', 'l2'], [], 3000]);
    assert.deepEqual(asked, [{ url: '/p/?l3=1&l2=2', etag: undefined }]);
    assert.deepEqual(answers.mock.calls[0].arguments, [BOTH, 3000]);
    assert.deepEqual(outages.note.mock.calls[0].arguments, [['l3', 'l2'], {}, 1000]);
  });

  [
    {}, [], { rows: {} }, { rows: [] }, { rows: null, gone: null }, { rows: { l3: {} }, gone: { l3: [] } },
    { rows: { l3: { other: ROW } } }, { gone: { l3: ['other'] } }, { unavailable: [] }, { unavailable: ['l3'] },
    { unavailable: 'l3 l2' },
  ].forEach(body => {
    it('has failed with ' + JSON.stringify(body), async () => {
      const { ask, answers } = page({ body });
      const outcome = await ask([L3, L2]);
      assert.deepEqual([outcome.failed, outcome.changes], [true, []]);
      assert.equal(answers.mock.callCount(), 0);
    });
  });

  [
    [{ rows: { l3: { 1: ROW } }, unavailable: ['l2'] }, ['l2']],
    [{ rows: { l3: { 1: ROW } } }, ['l2']],
    [{ gone: { l2: ['2'] } }, ['l3']],
    [{ rows: { l3: { 1: ROW } }, gone: { l2: ['2'] } }, []],
    [{ unavailable: ['l2', 'l3'] }, ['l3', 'l2']],
  ].forEach(([body, unread]) => {
    it('misses ' + unread.length + ' kinds of ' + JSON.stringify(body), async () => {
      const { ask, outages } = page({ body });
      assert.equal((await ask([L3, L2])).failed, undefined);
      assert.deepEqual(Object.keys(outages.note.mock.calls[0].arguments[1]), unread);
    });
  });

  it('has read nothing where no kind could be', async () => {
    const { ask } = page({ body: { unavailable: ['l3'] } });
    assert.equal((await ask([L3])).readAt, 1000);
  });

  it('takes an unchanged answer for what the last one said, until something changes', async () => {
    const { ask, asked, outages, answers } = page(
      { body: { gone: {}, unavailable: ['l3'], rows: {} }, etag: '"a"' },
      { ok: false, unchanged: true },
      { body: { gone: { l2: ['2'] } }, etag: '"b"' },
      { body: { unavailable: ['l3'] } },
    );
    await ask([L3]);
    await ask([L3]);
    assert.deepEqual(outages.note.mock.calls[1].arguments, [['l3'], { l3: { reason: 'lacking' } }, 1000]);
    answers.mock.mockImplementationOnce(() => ['changed']);
    await ask([L2]);
    await ask([L3]);
    assert.deepEqual(asked.map(one => one.etag), [undefined, '"a"', undefined, undefined]);
  });

  it('shows again what is unchanged: a list may have said something else in between', async () => {
    const body = { rows: { l3: { 1: ROW } } };
    const { ask, answers } = page({ body, etag: '"a"' }, { body: null, ok: false, unchanged: true, age: 1000 });
    answers.mock.mockImplementation(() => []);
    await ask([L3], 0);
    await ask([L3], 0);
    assert.deepEqual(answers.mock.calls.map(one => one.arguments), [[body, 5000], [body, 4000]]);
  });

  it('asks with half as many where the server refuses, and goes on so', async () => {
    const many = Array.from({ length: 6 }, (_, index) => ({ kind: 'l3', id: String(index) }));
    const body = { rows: { l3: Object.fromEntries(many.map(({ id }) => [id, ROW])) } };
    const { ask, asked } = page({ ok: false, status: 414 }, { body }, { body }, { ok: false, status: 503 }, { body });
    assert.deepEqual((await ask(many, 0)).changes, ['l3', 'l3']);
    await ask(many, 0);
    await ask(many.slice(0, 3), 0);
    await ask(many, 0).catch(() => {});
    assert.deepEqual(asked.map(one => one.url), [
      '/p/?l3=0,1,2,3,4,5', '/p/?l3=0,1,2', '/p/?l3=3,4,5', '/p/?l3=0,1,2', '/p/?l3=0,1,2', '/p/?l3=0,1,2',
    ]);
  });

  it('ends where one alone is refused', async () => {
    const { ask, asked } = page({ ok: false, status: 400 }, { ok: false, status: 400 }, { ok: false, status: 400 });
    assert.equal((await ask([L3, L2])).failed, true);
    assert.equal(asked.length, 2);
  });

  it('ends at the first failure, and keeps what was shown before', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ kind: 'l3', id: String(index) }));
    const { ask, asked } = page({ body: { rows: { l3: { 0: ROW } } } }, { ok: false, status: 503 });
    const outcome = await ask(many);
    assert.deepEqual([outcome.changes, outcome.failed], [['l3'], true]);
    assert.equal(asked.length, 2);
  });

  it('is as old as its oldest answer', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ kind: 'l3', id: String(index) }));
    const body = { rows: { l3: Object.fromEntries(many.map(({ id }) => [id, ROW])) } };
    const { ask } = page({ body, age: 3000 }, { body, age: 1000 });
    assert.equal((await ask(many, 0)).readAt, 2000);
  });

  it('shows nothing of a session that has ended', async () => {
    const { ask, answers } = page({ ended: true, body: BOTH });
    assert.equal((await ask([L3])).ended, true);
    assert.equal(answers.mock.callCount(), 0);
  });

  it('says which resources are pending, and that what is not all read is as old as before', async () => {
    const { ask, answers, outages } = page({ body: { rows: { l3: { 1: ROW } }, pending: { l2: ['2'] } } });
    const { changes, rows, readAt } = await ask([L3, L2]);
    assert.deepEqual([changes, rows, readAt], [['l3'], [L2], 1000]);
    assert.equal(answers.mock.callCount(), 1);
    assert.deepEqual(outages.note.mock.calls[0].arguments, [['l3'], {}, 1000]);
  });

  it('is an answer where all are pending', async () => {
    const { ask, outages } = page({ body: { rows: {}, pending: { l3: ['1'] } } });
    assert.deepEqual((await ask([L3])).rows, [L3]);
    assert.deepEqual(outages.note.mock.calls[0].arguments, [[], {}, 1000]);
  });

  it('has lost a kind that is neither there nor pending', async () => {
    const { ask, outages } = page({ body: { pending: { l3: ['1'] }, unavailable: ['l2'] } });
    assert.deepEqual((await ask([L3, L2])).rows, [L3]);
    assert.deepEqual(outages.note.mock.calls[0].arguments, [['l2'], { l2: { reason: 'lacking' } }, 1000]);
  });

  it('has failed for a kind of which one of two rows is neither there nor gone, pending or unavailable', async () => {
    const { ask, outages } = page({ body: { rows: { l3: { 1: ROW } } } });
    const { failed, isIncomplete } = await ask([L3, { kind: 'l3', id: '2' }]);
    assert.deepEqual([failed, isIncomplete], [undefined, true]);
    assert.deepEqual(outages.note.mock.calls[0].arguments, [['l3', 'l3'], { l3: { reason: 'lacking' } }, 1000]);
  });

  it('tells why a kind could not be read', async () => {
    const { ask, outages } = page({ body: { unavailable: ['l3'], reasons: { l3: 'timeout' } } });
    await ask([L3]);
    assert.deepEqual(outages.note.mock.calls[0].arguments[1], { l3: { reason: 'timeout' } });
  });

  it('tells of a failure what the answer was', async () => {
    assert.equal((await page({ ok: false, status: 503, reason: 'login' }).ask([L3])).reason, 'login');
    assert.equal((await page({ body: {} }).ask([L3])).reason, 'lacking');
  });

  it('has as many pending as all of its requests together', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ kind: 'l3', id: String(index) }));
    const { ask } = page(
      { body: { pending: { l3: ['0', '99'] } } }, { body: { rows: { l3: { 100: ROW } }, pending: { l3: ['149'] } } });
    assert.deepEqual((await ask(many)).rows.map(one => one.id), ['0', '99', '149']);
  });
});
