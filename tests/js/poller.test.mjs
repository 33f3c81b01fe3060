// SPDX-License-Identifier: Apache-2.0
// The page's one timer: when it polls, and when not.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { INTERVAL_MS, Page, settledPage, started } from './polled_page.mjs';

const MINUTE_MS = 60000;
describe('poller', () => {
  it('waits an interval, then one more each time', async () => {
    const page = started();
    await page.clock.pass(INTERVAL_MS - 1);
    assert.equal(page.reads.length, 0);
    await page.clock.pass(1);
    assert.deepEqual(page.reads, [['poll', 1]]);
    await page.clock.pass(2 * INTERVAL_MS - 1);
    assert.equal(page.reads.length, 1);
    await page.clock.pass(1);
    assert.deepEqual(page.reads[1], ['poll', 3]);
  });

  it('has nothing to wait for where nothing changes', async () => {
    const page = settledPage();
    await page.clock.pass(3600000);
    assert.equal(page.reads.length, 0);
    assert.equal(page.shown.nextAt, null);
  });

  it('never asks twice at once', async () => {
    const page = started();
    const release = page.hold();
    await page.clock.pass(60000);
    page.poller.poll('poll');
    page.poller.pageChanged();
    assert.equal(page.reads.length, 1);
    assert.deepEqual([page.shown.running, page.shown.nextAt], [true, null]);
    release();
    await page.clock.pass(0);
    assert.equal(page.shown.running, false);
  });

  it('reads all once the running poll has ended, where that was requested meanwhile', async () => {
    const page = started();
    const release = page.hold();
    await page.clock.pass(INTERVAL_MS);
    page.poller.poll('whole');
    release();
    await page.clock.pass(0);
    assert.deepEqual(page.reads, [['poll', 1], ['whole', 0]]);
  });

  it('rests in a hidden tab, and reads at once on return', async () => {
    const page = started();
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(3600000);
    assert.equal(page.reads.length, 0);
    page.document.hidden = false;
    page.poller.wake();
    assert.equal(page.reads.length, 1);
  });

  it('reads at once when the network is back', () => {
    const page = started();
    page.poller.wake();
    assert.deepEqual(page.scopes, ['poll']);
  });

  it('rests where the tab was hidden while it read', async () => {
    const page = started();
    const release = page.hold();
    await page.clock.pass(INTERVAL_MS);
    page.document.hidden = true;
    page.poller.sleep();
    release();
    await page.clock.pass(3600000);
    assert.equal(page.reads.length, 1);
  });

  it('names no next time while it reads on demand', () => {
    const page = started();
    page.hold();
    page.poller.poll('whole');
    assert.deepEqual([page.shown.running, page.shown.nextAt], [true, null]);
  });

  it('rests while it is paused, also after a reload', async () => {
    const page = started();
    page.poller.togglePause();
    await page.clock.pass(3600000);
    assert.equal(page.reads.length, 0);
    assert.equal(page.shown.paused, true);
    const again = started(page.stored);
    await again.clock.pass(3600000);
    assert.equal(again.reads.length, 0);
    again.poller.togglePause();
    assert.equal(again.reads.length, 1);
    assert.equal(again.shown.paused, false);
  });

  it('reads on demand while it is paused, and rests again', async () => {
    const page = started({ 'gbp-status:paused': 'yes' });
    page.poller.poll('whole');
    await page.clock.pass(3600000);
    assert.deepEqual(page.reads, [['whole', 0]]);
  });

  it('tries again after a failure, and says since when and when next', async () => {
    const page = started();
    page.outcome = { failed: true };
    page.rounds.state.readAt = 17;
    await page.clock.pass(INTERVAL_MS);
    assert.deepEqual([page.shown.failedSince, page.shown.nextAt], [17, 3 * INTERVAL_MS]);
    page.outcome = {};
    await page.clock.pass(2 * INTERVAL_MS);
    assert.deepEqual([page.reads.length, page.shown.failedSince], [2, null]);
  });

  it('tries no more in a session that has ended, until it wakes', async () => {
    const page = started();
    page.outcome = { ended: true };
    await page.clock.pass(3600000);
    assert.deepEqual([page.reads.length, page.shown.failedSince], [1, 0]);
    page.outcome = {};
    page.poller.wake();
    await page.clock.pass(INTERVAL_MS * 2);
    assert.ok(page.reads.length > 1);
  });

  it('notices within ten seconds that the machine has slept, and is not misled by a clock that is set back', async () => {
    const page = started();
    page.outcome = { failed: true, retryAfter: 600000 };
    await page.clock.pass(INTERVAL_MS);
    page.clock.zero -= 3600000;
    await page.clock.pass(60000);
    assert.equal(page.reads.length, 1);
    page.clock.zero += 7200000;
    await page.clock.pass(9999);
    await page.clock.pass(1);
    assert.equal(page.reads.length, 2);
  });

  it('starts when something new stands on the page, and does not begin anew where it waits already', async () => {
    const page = settledPage();
    page.changing = true;
    page.poller.pageChanged();
    await page.clock.pass(INTERVAL_MS - 1);
    page.poller.pageChanged();
    await page.clock.pass(1);
    assert.equal(page.reads.length, 1);
  });

  it('reads the list at each heartbeat, also where nothing changes', async () => {
    const page = settledPage(MINUTE_MS);
    await page.clock.pass(MINUTE_MS - 1);
    assert.equal(page.reads.length, 0);
    await page.clock.pass(1);
    assert.deepEqual(page.reads, [['list', 40]]);
    await page.clock.pass(MINUTE_MS);
    assert.equal(page.reads.length, 2);
  });

  it('reads what changes between two heartbeats', async () => {
    const page = started({}, MINUTE_MS);
    await page.clock.pass(MINUTE_MS);
    assert.deepEqual(page.scopes, ['poll', 'poll', 'poll', 'poll', 'poll', 'poll', 'list']);
  });

  it('tries a heartbeat that has failed again as other failures', async () => {
    const page = new Page({}, MINUTE_MS);
    page.changing = false;
    page.outcome = { failed: true };
    page.poller.pageChanged();
    await page.clock.pass(MINUTE_MS);
    await page.clock.pass(5000);
    assert.deepEqual(page.scopes, ['list', 'list']);
  });

  it('does not let its heart beat in a hidden tab, and reads at once on return', async () => {
    const page = settledPage(MINUTE_MS);
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(60 * MINUTE_MS);
    assert.equal(page.reads.length, 0);
    page.document.hidden = false;
    page.poller.wake();
    assert.deepEqual(page.reads, [['list', 40]]);
  });

  it('reads everything on return in one round, and goes on with what changes', async () => {
    const page = started({}, MINUTE_MS);
    page.poller.wake();
    await page.clock.pass(0);
    assert.deepEqual(page.scopes, ['list']);
    await page.clock.pass(2 * INTERVAL_MS);
    assert.deepEqual(page.scopes, ['list', 'poll']);
  });

  it('reads what changes in a hidden tab once a minute where the user wants notifications', async () => {
    const page = started({}, MINUTE_MS);
    page.notifying = true;
    page.document.hidden = true;
    page.poller.sleep();
    await page.clock.pass(MINUTE_MS - 1);
    assert.equal(page.reads.length, 0);
    await page.clock.pass(1 + 2 * MINUTE_MS);
    assert.deepEqual(page.scopes, ['poll', 'poll', 'poll']);
    page.changing = false;
    await page.clock.pass(60 * MINUTE_MS);
    assert.equal(page.reads.length, 3);
  });

  it('starts sooner than its next heartbeat where something begins to be built', async () => {
    const page = settledPage(MINUTE_MS);
    page.changing = true;
    page.poller.pageChanged();
    await page.clock.pass(INTERVAL_MS);
    assert.deepEqual(page.reads, [['poll', 1]]);
  });

  it('reads the list again where that has failed, whatever is pending', async () => {
    const page = started({}, MINUTE_MS);
    await page.clock.pass(MINUTE_MS - 1);
    page.outcome = { failed: true };
    await page.clock.pass(1);
    await page.clock.pass(5000);
    assert.deepEqual(page.scopes.slice(-2), ['list', 'list']);
  });

  it('asks for nothing on return where nothing changes and no heart beats', () => {
    const page = new Page();
    page.changing = false;
    page.poller.wake();
    assert.equal(page.reads.length, 0);
  });

  it('reads as much as was requested while it read', async () => {
    const page = started();
    const release = page.hold();
    await page.clock.pass(INTERVAL_MS);
    page.poller.poll('list');
    page.poller.poll('poll');
    release();
    await page.clock.pass(0);
    assert.deepEqual(page.scopes, ['poll', 'list']);
  });
});
