// SPDX-License-Identifier: Apache-2.0
// How long a page waits until its next poll.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Clock, load } from './scripts.mjs';

const INTERVAL_MS = 2500;
const MINUTE_MS = 60000;

function schedule(chance = 0.5, clock = new Clock(), heartbeat = MINUTE_MS, wanted = []) {
  const fixed = Object.create(Math, { random: { value: () => chance } });
  const root = { querySelectorAll: () => wanted.map(seconds => ({ dataset: { gbpStatusHeartbeat: seconds } })) };
  return { clock, ...load(['dom', 'schedule'], { Math: fixed }).schedule({ root, interval: INTERVAL_MS, heartbeat, clock }) };
}

function delays(count, outcome, { next }) {
  return Array.from({ length: count }, () => next(outcome));
}

describe('schedule', () => {
  it('waits one interval more each time, up to 30 s', () => {
    assert.deepEqual(delays(13, {}, schedule()), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12].map(n => n * INTERVAL_MS));
  });

  it('begins anew at a change', () => {
    const plan = schedule();
    delays(5, {}, plan);
    assert.equal(plan.next({ changed: true }), INTERVAL_MS);
    assert.equal(plan.next({}), 2 * INTERVAL_MS);
  });

  it('begins anew after restart()', () => {
    const plan = schedule();
    delays(5, {}, plan);
    assert.equal(plan.restart(), INTERVAL_MS);
    assert.equal(plan.next({}), 2 * INTERVAL_MS);
  });

  it('calms down ten minutes after the last change, not before', () => {
    const plan = schedule();
    delays(12, {}, plan);
    plan.clock.time = 10 * MINUTE_MS - 1;
    assert.equal(plan.next({}), 30000);
    plan.clock.time = 10 * MINUTE_MS;
    assert.equal(plan.next({}), MINUTE_MS);
    assert.equal(plan.next({ changed: true }), INTERVAL_MS);
  });

  it('doubles after failures, up to a minute', () => {
    assert.deepEqual(delays(7, { failed: true }, schedule()), [5000, 10000, 20000, 40000, MINUTE_MS, MINUTE_MS, MINUTE_MS]);
  });

  it('forgets failures at a success', () => {
    const plan = schedule();
    delays(3, { failed: true }, plan);
    assert.equal(plan.next({}), 2 * INTERVAL_MS);
    assert.equal(plan.next({ failed: true }), 5000);
  });

  it('is as patient as the server asks, and no less than by itself', () => {
    assert.equal(schedule().next({ failed: true, retryAfter: 50000 }), 50000);
    assert.equal(schedule().next({ failed: true, retryAfter: 10 }), 5000);
  });

  [[0, 0.8], [0.5, 1], [1, 1.2]].forEach(([chance, share]) => {
    it('differs by a fifth at most: ' + share, () => {
      assert.equal(Math.round(schedule(chance).next({})), 2 * INTERVAL_MS * share);
      assert.equal(Math.round(schedule(chance).next({ failed: true })), 2 * INTERVAL_MS * share);
    });
  });

  it('takes answers that are as old as two thirds of the delay', () => {
    const plan = schedule();
    assert.equal(plan.maxAge(), 1);
    plan.next({});
    assert.equal(plan.maxAge(), 3);
    plan.next({ failed: true });
    assert.equal(plan.maxAge(), 3);
  });
});

describe('the heartbeat', () => {
  [
    [MINUTE_MS, [], 1, 40], [MINUTE_MS, ['150'], 2.5, 100], [MINUTE_MS, ['150', '600'], 10, 400], [MINUTE_MS, ['30'], 1, 40],
    [MINUTE_MS, ['soon'], 1, 40], [0, ['150'], 1, 0],
  ].forEach(([heartbeat, wanted, stretch, maxAge]) => {
    it(`of ${heartbeat} ms is stretched by what the server wants: ${wanted}`, () => {
      const plan = schedule(0.5, new Clock(), heartbeat, wanted);
      assert.deepEqual([plan.stretch(), plan.isStretched(), plan.allMaxAge()], [stretch, stretch > 1, maxAge]);
      assert.deepEqual([plan.heartbeatDelay(), plan.heartbeatMaxAge()], [heartbeat || Infinity, heartbeat && 40]);
    });
  });
});
