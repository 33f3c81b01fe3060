// SPDX-License-Identifier: Apache-2.0
// The page retries what is pending, with the round that has begun; and what else it reads meanwhile.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { INTERVAL_MS, Page, settledPage, started } from './polled_page.mjs';

const PENDING = { pending: true, retryAfter: 2000 };
const HOUR_MS = 3600000;
const MINUTE_MS = 60000;

/** A page that has asked for the rest of its list, and has to ask again. */
async function pendingPage(heartbeat, stretched) {
  const page = settledPage(heartbeat, stretched);
  page.outcome = PENDING;
  page.poller.poll('missing', '17.5');
  await page.clock.pass(0);
  return page;
}

describe('the poller', () => {
  it('retries with the same round when the server says', async () => {
    const page = await pendingPage();
    await page.clock.pass(1999);
    assert.equal(page.read.length, 1);
    page.outcome = { ...PENDING, retryAfter: 3000 };
    await page.clock.pass(1);
    await page.clock.pass(2999);
    assert.equal(page.read.length, 2);
    await page.clock.pass(1);
    assert.deepEqual(page.read.map(one => one === page.read[0]), [true, true, true]);
    assert.deepEqual(page.read[0], { scope: 'missing', maxAge: undefined, notBefore: '17.5', begun: 0 });
  });

  it('retries after two seconds where the server does not say it', async () => {
    const page = settledPage();
    page.outcome = { pending: true };
    page.poller.poll('whole');
    await page.clock.pass(1999);
    assert.equal(page.read.length, 1);
    await page.clock.pass(1);
    assert.equal(page.read.length, 2);
  });

  it('has neither failed nor read everything meanwhile, and says that it reads', async () => {
    const page = await pendingPage(MINUTE_MS);
    assert.deepEqual([page.shown.failedSince, page.shown.running], [null, true]);
    page.outcome = {};
    await page.clock.pass(2000);
    assert.deepEqual([page.shown.failedSince, page.shown.running], [null, false]);
    await page.clock.pass(MINUTE_MS - 2001);
    assert.deepEqual(page.scopes, ['missing', 'missing']);
    await page.clock.pass(1);
    assert.deepEqual(page.scopes, ['missing', 'missing', 'list']);
  });

  it('begins a new round as after other failures where a pending one fails', async () => {
    const page = await pendingPage();
    page.outcome = { failed: true };
    await page.clock.pass(2000);
    assert.equal(page.shown.failedSince, 0);
    await page.clock.pass(2 * INTERVAL_MS - 1);
    assert.deepEqual(page.scopes, ['missing', 'missing']);
    page.outcome = {};
    await page.clock.pass(1);
    assert.deepEqual(page.scopes, ['missing', 'missing', 'missing']);
    assert.deepEqual([page.read[2].begun, page.read[2].notBefore], [2000 + 2 * INTERVAL_MS, undefined]);
    assert.equal(page.shown.failedSince, null);
    await page.clock.pass(HOUR_MS);
    assert.equal(page.read.length, 3);
  });

  it('reads nothing else between a failure and its next try', async () => {
    const page = started({}, MINUTE_MS);
    page.outcome = { failed: true, retryAfter: 10 * MINUTE_MS };
    await page.clock.pass(INTERVAL_MS);
    await page.clock.pass(10 * MINUTE_MS - 1);
    assert.equal(page.read.length, 1);
    page.outcome = {};
    await page.clock.pass(1);
    assert.deepEqual(page.scopes, ['poll', 'poll', 'list']);
  });

  it('begins anew what the user wishes anew, and retries that alone', async () => {
    const page = await pendingPage();
    await page.clock.pass(1000);
    page.poller.poll('whole');
    await page.clock.pass(2000);
    assert.deepEqual(page.read.map(({ scope, begun }) => [scope, begun]), [['missing', 0], ['whole', 1000], ['whole', 1000]]);
  });

  it('retries also where less was read meanwhile', async () => {
    const page = await pendingPage();
    page.outcome = {};
    page.poller.poll('poll');
    await page.clock.pass(2000);
    assert.deepEqual(page.scopes, ['missing', 'poll', 'missing']);
  });

  it('goes on to poll what changes by itself while a list is pending', async () => {
    const page = await pendingPage();
    page.changing = true;
    page.poller.pageChanged();
    await page.clock.pass(1999);
    page.outcome = { ...PENDING, retryAfter: 10000 };
    await page.clock.pass(1);
    page.outcome = {};
    await page.clock.pass(500);
    assert.deepEqual(page.scopes, ['missing', 'missing', 'poll']);
    assert.equal(page.read[2].begun, INTERVAL_MS);
  });

  it('begins the wider anew where less was read meanwhile and has failed', async () => {
    const page = await pendingPage();
    page.outcome = { failed: true };
    page.poller.poll('poll');
    await page.clock.pass(0);
    page.outcome = {};
    await page.clock.pass(2 * INTERVAL_MS);
    assert.deepEqual(page.read.map(({ scope, begun }) => [scope, begun]), [['missing', 0], ['poll', 0], ['missing', 2 * INTERVAL_MS]]);
  });

  it('keeps the wider of two rounds that are pending', async () => {
    const page = await pendingPage();
    page.poller.poll('poll');
    await page.clock.pass(2000);
    assert.deepEqual(page.scopes, ['missing', 'poll', 'missing']);
    assert.equal(page.read[2], page.read[0]);
  });

  it('retries a poll that is pending before it polls again', async () => {
    const page = started();
    page.outcome = { pending: true, retryAfter: 1000 };
    await page.clock.pass(INTERVAL_MS);
    page.outcome = {};
    await page.clock.pass(1000);
    assert.equal(page.read[1], page.read[0]);
    await page.clock.pass(3 * INTERVAL_MS);
    assert.deepEqual(page.read.map(one => one === page.read[0]), [true, true, false]);
  });

  it('reads a wider scope that is queued at once, and leaves the narrower', async () => {
    const page = started();
    const release = page.hold();
    await page.clock.pass(INTERVAL_MS);
    page.poller.poll('whole');
    page.poller.poll('missing');
    page.outcome = PENDING;
    release();
    await page.clock.pass(0);
    assert.deepEqual(page.scopes, ['poll', 'whole']);
    await page.clock.pass(2000);
    assert.deepEqual(page.scopes, ['poll', 'whole', 'whole']);
  });

  it('rests in a hidden tab, and asks anew when that is shown', async () => {
    const page = await pendingPage();
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(HOUR_MS);
    assert.equal(page.read.length, 1);
    page.document.hidden = false;
    page.poller.wake();
    assert.deepEqual([page.read[1].scope, page.read[1].begun, page.read[1].notBefore], ['missing', HOUR_MS, undefined]);
  });

  it('reads everything in place of the rest when a tab is shown after long', async () => {
    const page = await pendingPage(MINUTE_MS);
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(HOUR_MS);
    page.document.hidden = false;
    page.outcome = {};
    page.poller.wake();
    await page.clock.pass(MINUTE_MS - 1);
    assert.deepEqual(page.scopes, ['missing', 'list']);
  });

  it('reads to its end what the user has asked for, and no more, while updates are paused', async () => {
    const page = new Page({ 'gbp-status:paused': 'yes' }, MINUTE_MS);
    page.poller.pageChanged();
    page.outcome = PENDING;
    page.poller.poll('whole');
    await page.clock.pass(4000);
    assert.equal(page.read.length, 3);
    page.outcome = {};
    await page.clock.pass(HOUR_MS);
    assert.deepEqual(page.scopes, ['whole', 'whole', 'whole', 'whole']);
  });

  it('leaves a heartbeat alone that was paused, until updates go on', async () => {
    const page = settledPage(MINUTE_MS);
    page.outcome = PENDING;
    page.poller.poll('list');
    await page.clock.pass(0);
    page.poller.togglePause();
    await page.clock.pass(HOUR_MS);
    assert.equal(page.read.length, 1);
    page.outcome = {};
    page.poller.togglePause();
    await page.clock.pass(1000);
    assert.deepEqual(page.read.map(({ scope, begun }) => [scope, begun]), [['list', 0], ['list', HOUR_MS]]);
  });
});

describe('a heartbeat that costs much', () => {
  it('reads everything when the server says, and what is on screen in between', async () => {
    const page = settledPage(MINUTE_MS, 150);
    await page.clock.pass(5 * MINUTE_MS);
    const expected = [['shown', 40, 1], ['shown', 40, 2], ['list', 100, 2.5], ['shown', 40, 3.5], ['shown', 40, 4.5], ['list', 100, 5]];
    assert.deepEqual(page.read.map(one => [one.scope, one.maxAge, one.begun / MINUTE_MS]), expected);
  });

  it('is as often as the setting says where the server wants it more often', async () => {
    const page = settledPage(MINUTE_MS, 30);
    assert.equal(page.shown.againAt, null);
    await page.clock.pass(2 * MINUTE_MS);
    assert.deepEqual(page.reads, [['list', 40], ['list', 40]]);
  });

  it('is none where the setting says so', async () => {
    const page = settledPage(0, 150);
    await page.clock.pass(HOUR_MS);
    assert.deepEqual([page.read.length, page.shown.againAt], [0, null]);
  });

  it('counts from when everything was read, also where the server says it later, and the strip says when it is', async () => {
    const page = settledPage(MINUTE_MS);
    assert.equal(page.shown.againAt, null);
    page.stretched = 600;
    page.poller.pageChanged();
    assert.equal(page.shown.againAt, 10 * MINUTE_MS);
    await page.clock.pass(10 * MINUTE_MS);
    assert.deepEqual(page.scopes, [...Array(9).fill('shown'), 'list']);
    assert.equal(page.shown.againAt, 20 * MINUTE_MS);
  });

  it('begins anew when the user has everything read', async () => {
    const page = settledPage(MINUTE_MS, 600);
    await page.clock.pass(30000);
    page.poller.poll('whole');
    await page.clock.pass(0);
    assert.equal(page.shown.againAt, 30000 + 10 * MINUTE_MS);
    await page.clock.pass(MINUTE_MS);
    assert.deepEqual(page.scopes, ['whole', 'shown']);
  });

  it('reads what is on screen on return to the tab, and everything after the machine has slept', async () => {
    const page = settledPage(MINUTE_MS, 600);
    page.poller.wake();
    await page.clock.pass(0);
    assert.deepEqual(page.scopes, ['shown']);
    page.clock.zero += HOUR_MS;
    await page.clock.pass(10000);
    assert.deepEqual(page.scopes, ['shown', 'list']);
  });

  it('is left out while everything is pending', async () => {
    const page = settledPage(MINUTE_MS, 600);
    page.outcome = { pending: true, retryAfter: 10 * MINUTE_MS };
    page.poller.poll('whole');
    await page.clock.pass(0);
    page.outcome = {};
    await page.clock.pass(10 * MINUTE_MS - 1);
    assert.deepEqual(page.scopes, ['whole']);
    await page.clock.pass(1);
    assert.deepEqual(page.scopes, ['whole', 'whole']);
  });
});
