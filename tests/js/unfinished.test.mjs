// SPDX-License-Identifier: Apache-2.0
// The page comes back for what is still being read, and says when it has come first.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { INTERVAL, Page, started } from './polled_page.mjs';

const UNFINISHED = { unfinished: true, retryAfter: 2000, cameFirst: '17.5' };
const HOUR = 3600000;

function scopes(page) {
  return page.reads.map(([scope]) => scope);
}

/** A page that has asked for the rest of its list, and has to come back. */
async function unfinished(heartbeat) {
  const page = new Page({}, heartbeat);
  page.pending = false;
  page.outcome = UNFINISHED;
  page.poller.poll('rest');
  await page.clock.pass(0);
  return page;
}

describe('the poller', () => {
  it('comes back when the server says, and names the first time', async () => {
    const page = await unfinished();
    await page.clock.pass(1999);
    assert.equal(page.reads.length, 1);
    page.outcome = { ...UNFINISHED, cameFirst: '19.5' };
    await page.clock.pass(1);
    await page.clock.pass(2000);
    assert.deepEqual(page.requests.map(one => one.cameFirst), [undefined, '17.5', '17.5']);
    assert.deepEqual(page.requests.map(one => one.since), [0, 0, 0]);
    assert.deepEqual(page.reads[2], ['rest', undefined]);
  });

  it('comes back after two seconds where the server does not say it', async () => {
    const page = new Page();
    page.outcome = { unfinished: true };
    page.poller.poll('whole');
    await page.clock.pass(2000);
    assert.equal(page.reads.length, 2);
  });

  it('has neither failed nor read everything meanwhile, and reads on', async () => {
    const page = await unfinished(60000);
    assert.deepEqual([page.shown.failedSince, page.shown.running], [null, true]);
    page.outcome = {};
    await page.clock.pass(2000);
    assert.deepEqual([page.shown.failedSince, page.shown.running], [null, false]);
    await page.clock.pass(59999);
    assert.deepEqual(scopes(page), ['rest', 'rest']);
    await page.clock.pass(1);
    assert.deepEqual(scopes(page), ['rest', 'rest', 'list']);
  });

  it('tries as after other failures where what was unfinished fails', async () => {
    const page = await unfinished();
    page.outcome = { failed: true };
    await page.clock.pass(2000);
    assert.equal(page.shown.failedSince, 0);
    await page.clock.pass(2 * INTERVAL);
    assert.deepEqual(scopes(page), ['rest', 'rest', 'rest']);
    assert.deepEqual([page.requests[2].since, page.requests[2].cameFirst], [2000 + 2 * INTERVAL, undefined]);
  });

  it('asks anew for what the user wishes anew', async () => {
    const page = await unfinished();
    await page.clock.pass(1000);
    page.poller.poll('whole');
    await page.clock.pass(0);
    assert.deepEqual([page.requests[1].since, page.requests[1].cameFirst], [1000, undefined]);
    await page.clock.pass(2000);
    assert.deepEqual(page.reads[2], ['whole', 0]);
  });

  it('comes back also where less was read meanwhile', async () => {
    const page = await unfinished();
    page.outcome = {};
    page.poller.poll();
    await page.clock.pass(2000);
    assert.deepEqual(scopes(page), ['rest', '', 'rest']);
  });

  it('rests in a hidden tab, and asks anew when that is shown', async () => {
    const page = await unfinished();
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(HOUR);
    assert.equal(page.reads.length, 1);
    page.document.hidden = false;
    page.poller.wake();
    assert.deepEqual([page.requests[1].scope, page.requests[1].since, page.requests[1].cameFirst], ['rest', HOUR, undefined]);
  });

  it('reads to its end what the user has asked for, also while updates are paused', async () => {
    const page = started({ 'gbp-status:paused': 'yes' });
    page.outcome = UNFINISHED;
    page.poller.poll('whole');
    await page.clock.pass(4000);
    assert.equal(page.reads.length, 3);
    page.outcome = {};
    await page.clock.pass(HOUR);
    assert.equal(page.reads.length, 4);
  });

  it('leaves a heartbeat alone that was paused', async () => {
    const page = new Page({}, 60000);
    page.pending = false;
    page.outcome = UNFINISHED;
    page.poller.poll('list');
    await page.clock.pass(0);
    page.poller.togglePause();
    await page.clock.pass(HOUR);
    assert.equal(page.reads.length, 1);
  });
});
