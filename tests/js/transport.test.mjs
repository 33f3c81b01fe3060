// SPDX-License-Identifier: Apache-2.0
// What the server answers, and what is believed of it.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const ROOT = { dataset: { gbpStatusTimeLimit: '10', gbpStatusScope: 'here' } };
const NOW = 'Mon, 02 Mar 2026 12:00:00 GMT';
const MINUTE_MS = 60000;

function transport(fetch, clock = new Clock()) {
  return load(['transport']).transport({ root: ROOT, clock, window: { fetch } });
}

function answering(headers, body = '{}', status = 200) {
  return async () => new Response(body, { status, headers: { 'Content-Type': 'application/json', 'Gbp-Status-Scope': 'here', ...headers } });
}

async function retryDelay(retryAfter, date = NOW) {
  const answer = await transport(answering({ 'Retry-After': retryAfter, Date: date }, '', 503))('/');
  return answer.retryAfter;
}

describe('transport', () => {
  [
    ['50', 50000],
    ['0', 0],
    ['600', 10 * MINUTE_MS],
    ['601', 10 * MINUTE_MS],
    ['86399', 10 * MINUTE_MS],
    ['86400', 0],
    ['Infinity', 0],
    ['NaN', 0],
    ['-50', 0],
    ['1e3', 0],
    ['0x10', 0],
    ['', 0],
    ['soon', 0],
    ['9'.repeat(400), 0],
    ['Mon, 02 Mar 2026 12:00:50 GMT', 50000],
    ['Mon, 02 Mar 2026 13:00:00 GMT', 10 * MINUTE_MS],
    ['Mon, 02 Mar 2026 11:00:00 GMT', 0],
    ['Sun, 03 Mar 2058 12:00:00 GMT', 0],
  ].forEach(([said, waited]) => {
    it('waits ' + waited + ' ms at Retry-After: ' + said.slice(0, 40), async () => {
      assert.equal(await retryDelay(said), waited);
    });
  });

  it('reads a date by its own clock where the answer has no date', async () => {
    const soon = new Date(Date.now() + 2 * MINUTE_MS).toUTCString();
    const wait = await retryDelay(soon, '');
    assert.ok(wait > MINUTE_MS && wait <= 2 * MINUTE_MS);
  });

  it('does not take a web page for JSON', async () => {
    const html = transport(answering({ 'Content-Type': 'text/html' }, '<p>'));
    assert.deepEqual([(await html('/')).ok, (await html('/')).body], [false, null]);
    const broken = transport(answering({}, '{"rows": '));
    assert.equal((await broken('/')).ok, false);
  });

  [
    [{}, 200, true, 'unanswered'], [{ 'Gbp-Status-Scope': null }, 200, false, 'foreign'], [{ 'Gbp-Status-Scope': null }, 403, false, 'foreign'],
    [{ 'Gbp-Status-Scope': null }, 502, false, 'unanswered'], [{ 'Gbp-Status-Reason': 'login' }, 503, false, 'login'],
  ].forEach(([headers, status, ok, reason]) => {
    it(`takes ${status} with ${JSON.stringify(headers)} for ${ok ? 'an answer' : reason}`, async () => {
      const said = { 'Content-Type': 'text/html', 'Gbp-Status-Scope': 'here', ...headers };
      const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
      const answer = await transport(async () => new Response('<input type=password>', { status, headers: given }))('/', { accept: 'text/html' });
      assert.deepEqual([answer.ok, answer.reason], [ok, reason]);
    });
  });

  it('knows an answer from a closed connection, and that from no answer in time', async () => {
    const closed = transport(() => Promise.reject(new TypeError('Failed to fetch')));
    assert.equal((await closed('/')).status, 0);
    const clock = new Clock();
    const hanging = transport((_, { signal }) => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason); });
    }), clock);
    const answer = hanging('/');
    await clock.pass(29999);
    assert.equal(clock.timers.length, 1);
    await clock.pass(1);
    assert.deepEqual(await answer, { ok: false, pending: false, age: 0, reason: 'unanswered', status: undefined });
  });

  it('asks as a script of Horizon does, and with what it knows', async () => {
    const fetch = mock.fn(answering({}));
    await transport(fetch)('/x', { etag: '"1"', maxAge: 0 });
    assert.deepEqual(fetch.mock.calls[0].arguments[1].headers, {
      Accept: 'application/json',
      'Cache-Control': 'max-age=0',
      'If-None-Match': '"1"',
      'X-Requested-With': 'XMLHttpRequest',
    });
  });
});

describe('an answer that is pending', () => {
  it('is no answer yet, and says from when on answers count and when to retry', async () => {
    const headers = { 'Content-Type': 'text/html', 'Retry-After': '2', 'Gbp-Status-Not-Before': '17.5' };
    const answer = await transport(answering(headers, '', 202))('/', { accept: 'text/html' });
    assert.deepEqual([answer.ok, answer.pending, answer.retryAfter, answer.notBefore], [false, true, 2000, '17.5']);
  });

  it('is asked for with the time that it said', async () => {
    const fetch = mock.fn(answering({}));
    await transport(fetch)('/x', { notBefore: '17.5' });
    assert.equal(fetch.mock.calls[0].arguments[1].headers['Gbp-Status-Not-Before'], '17.5');
  });
});
