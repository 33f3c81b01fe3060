// SPDX-License-Identifier: Apache-2.0
// The browser's clock: delays and ages are monotonic, and the time of day is that of now.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

function opened(date = 900000) {
  const window = { performance: { now: () => 500 }, setTimeout: mock.fn(() => 7), clearTimeout: mock.fn() };
  return { window, clock: load(['clock'], { Date: { now: () => date } }).clock({ window }) };
}

describe('the clock', () => {
  it('is the one that nobody sets', () => {
    assert.equal(opened(1).clock.now(), 500);
  });

  it('has the time of day of a moment, by what it is now', () => {
    const { clock } = opened();
    assert.deepEqual([clock.wall(500), clock.wall(1500), clock.wall(0)], [900000, 901000, 899500]);
  });

  it('has timers that can be cancelled', () => {
    const { clock, window } = opened();
    const task = () => {};
    clock.cancel(clock.later(task, 20));
    assert.deepEqual([window.setTimeout.mock.calls[0].arguments, window.clearTimeout.mock.calls[0].arguments], [[task, 20], [7]]);
  });
});
