// SPDX-License-Identifier: Apache-2.0
// What could not be read: since when, and when it is tried again.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Clock, load } from './scripts.mjs';

const INTERVAL_MS = 2500;
const MINUTE_MS = 60000;

describe('outages', () => {
  function outages(clock) {
    const badge = { dataset: { gbpStatusKindLabel: 'L3 Policies' }, getAttribute: () => 'l3' };
    const root = { querySelectorAll: selector => (selector === '[data-gbp-status-kind]' ? [badge] : []) };
    return load(['dom', 'outages']).outages({ root, clock, interval: INTERVAL_MS });
  }

  it('names a kind that could not be read, since when', () => {
    const all = outages(new Clock());
    all.note(['l3', 'l2'], { l3: { reason: 'error' } }, 17);
    assert.deepEqual(all.list(), [{ label: 'L3 Policies', since: 17, reason: 'error', isBeneath: false }]);
  });

  it('keeps a kind for as long as its line says so, and has that read at once', () => {
    const line = { getAttribute: () => 'l3', querySelector: () => line.failed, failed: {} };
    const root = { querySelectorAll: selector => (selector === '[data-gbp-status-fragment]' ? [line] : []) };
    const all = load(['dom', 'outages']).outages({ root, clock: new Clock(), interval: INTERVAL_MS });
    all.noteAll({ l3: { label: 'L3' }, l2: { label: 'L2' } }, 17);
    assert.equal(all.isDue('l3'), false);
    all.noteAll({}, 18);
    assert.deepEqual([all.list().map(one => one.label), all.isDue('l3')], [['L3'], true]);
    line.failed = null;
    all.noteAll({}, 19);
    assert.deepEqual(all.list(), []);
  });

  it('keeps a kind for as long as one of the places that lacked it has not said otherwise', () => {
    const all = outages(new Clock());
    const told = () => all.list().map(one => [one.label, one.since]);
    all.noteAll({ l3: { label: 'L3' } }, 17, 'ways');
    all.noteAll({}, 18, 'affected');
    all.noteAll({}, 19);
    assert.deepEqual(told(), [['L3', 17]]);
    all.noteAll({}, 20, 'ways');
    assert.deepEqual(told(), []);
  });

  it('calls a kind without a badge as GBP does', () => {
    const all = outages(new Clock());
    all.note(['l2'], { l2: { reason: 'error' } }, 17);
    assert.equal(all.list()[0].label, 'l2');
  });

  it('keeps the beginning, and tries ever more slowly, up to a minute', () => {
    const clock = new Clock();
    const all = outages(clock);
    const delays = Array.from({ length: 7 }, (_, round) => {
      const begun = clock.time;
      all.note(['l3'], { l3: {} }, round);
      while (!all.isDue('l3')) {
        clock.time += 1;
      }
      return clock.time - begun;
    });
    assert.deepEqual(delays, [5000, 10000, 20000, 40000, MINUTE_MS, MINUTE_MS, MINUTE_MS]);
    assert.equal(all.list()[0].since, 0);
  });

  it('ends with an answer, and leaves the others', () => {
    const all = outages(new Clock());
    all.note(['l3', 'l2'], { l3: {}, l2: {} }, 0);
    all.note(['l3'], {}, 0);
    assert.ok(all.isDue('l3'));
    assert.ok(!all.isDue('l2'));
    assert.equal(all.list().length, 1);
  });

  it('are what a page that lists all kinds says, but for what a poll says beneath', () => {
    const all = outages(new Clock());
    all.note([], { 'l3': {}, 'l2 beneath': {} }, 0);
    all.noteAll({ networks: { label: 'Networks', isBeneath: true } }, 7);
    assert.deepEqual(all.list().map(one => [one.label, one.since, one.isBeneath]), [
      ['What Neutron says (l2)', 0, true], ['Networks', 7, true]]);
  });

  it('are not told where the page says why elsewhere', () => {
    const all = outages(new Clock());
    all.note(['problems'], { problems: { silent: true } }, 0);
    assert.deepEqual([all.list(), all.isDue('problems'), all.since('problems')], [[], false, 0]);
  });
});
