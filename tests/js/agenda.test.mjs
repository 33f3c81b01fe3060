// SPDX-License-Identifier: Apache-2.0
// What is read next: the round that goes on, a heartbeat, or a poll.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Clock, load } from './scripts.mjs';

const POLL_MS = 2500;
const HEART_MS = 60000;

class Planned {
  constructor({ stretch = 1 } = {}) {
    Object.assign(this, { clock: new Clock(), document: { hidden: false }, changes: true });
    const schedule = {
      next: ({ failed, retryAfter = 0 }) => (failed ? Math.max(2 * POLL_MS, retryAfter) : POLL_MS),
      restart: () => POLL_MS, heartbeatDelay: () => HEART_MS, stretch: () => stretch, isStretched: () => stretch > 1,
    };
    const { agenda } = load(['scope_width', 'agenda']);
    this.agenda = agenda({ document: this.document, clock: this.clock, schedule, rounds: { mayChange: () => this.changes } });
  }

  next(isPaused = false) {
    const { scope, at, round } = this.agenda.next(isPaused);
    return [scope, at, Boolean(round)];
  }

  note(scope, outcome) {
    const round = { scope };
    this.agenda.note(round, outcome);
    return round;
  }
}

describe('what is next', () => {
  it('is the poll, then the heartbeat where both are due at once', () => {
    const plan = new Planned();
    plan.note('poll', {});
    assert.deepEqual(plan.next(), ['poll', POLL_MS, false]);
    plan.clock.time = HEART_MS - POLL_MS;
    plan.note('poll', {});
    assert.deepEqual(plan.next(), ['list', HEART_MS, false]);
  });

  it('is nothing but the heartbeat where nothing changes, and nothing in a hidden tab', () => {
    const plan = new Planned();
    plan.changes = false;
    plan.note('poll', {});
    assert.deepEqual(plan.next(), ['list', HEART_MS, false]);
    plan.document.hidden = true;
    assert.equal(plan.next()[1], Infinity);
  });

  it('is what shows on screen where everything is read more rarely', () => {
    const plan = new Planned({ stretch: 10 });
    plan.changes = false;
    assert.deepEqual(plan.next(), ['shown', HEART_MS, false]);
    plan.clock.time = 10 * HEART_MS;
    assert.deepEqual(plan.next()[0], 'list');
  });

  it('begins anew with the page', () => {
    const plan = new Planned();
    plan.changes = false;
    plan.agenda.pageChanged();
    plan.changes = true;
    plan.clock.time = 1000;
    plan.agenda.pageChanged();
    assert.deepEqual(plan.next(), ['poll', 1000 + POLL_MS, false]);
    plan.clock.time = 2000;
    plan.agenda.pageChanged();
    assert.deepEqual(plan.next(), ['poll', 1000 + POLL_MS, false]);
  });
});

describe('a round that is pending', () => {
  it('goes on when the server says, or after two seconds', () => {
    const plan = new Planned();
    plan.note('missing', { pending: true, retryAfter: 700 });
    assert.deepEqual([plan.next(), plan.agenda.isGoingOn()], [['missing', 700, true], true]);
    plan.note('missing', { pending: true });
    assert.deepEqual(plan.next(), ['missing', 2000, true]);
  });

  it('ends when it is read, or when a wider one is', () => {
    for (const scope of ['missing', 'list', 'whole']) {
      const plan = new Planned();
      plan.note('missing', { pending: true });
      plan.note(scope, {});
      assert.equal(plan.agenda.isGoingOn(), false);
    }
  });

  ['poll', 'confirm', 'shown'].forEach(scope => {
    it(`goes on when a narrower one is read: '${scope}'`, () => {
      const plan = new Planned();
      plan.note('missing', { pending: true });
      plan.note(scope, {});
      assert.equal(plan.agenda.isGoingOn(), true);
    });
  });

  it('gives way to a wider one that is pending, and not to a narrower', () => {
    const plan = new Planned();
    plan.note('list', { pending: true });
    plan.note('missing', { pending: true });
    assert.equal(plan.next()[0], 'list');
    plan.note('whole', { pending: true });
    assert.equal(plan.next()[0], 'whole');
  });

  it('is read while updates are paused where the user has asked for it', () => {
    for (const [scope, isRead] of [['missing', true], ['whole', true], ['list', false], ['shown', false]]) {
      const plan = new Planned();
      plan.note(scope, { pending: true });
      assert.deepEqual(plan.next(true), isRead ? [scope, 2000, true] : ['poll', Infinity, false]);
    }
  });
});

describe('a failure', () => {
  it('is tried again alone, as a new round of the widest that has failed', () => {
    const plan = new Planned();
    plan.note('whole', { failed: true });
    plan.note('poll', { failed: true });
    assert.deepEqual([plan.next(), plan.agenda.isGoingOn()], [['whole', 2 * POLL_MS, false], false]);
    plan.note('poll', {});
    assert.deepEqual(plan.next()[0], 'whole');
    plan.note('whole', {});
    assert.deepEqual(plan.next(), ['poll', POLL_MS, false]);
  });

  it('waits as long as the server says', () => {
    const plan = new Planned();
    plan.note('list', { failed: true, retryAfter: 90000 });
    assert.deepEqual(plan.next(), ['list', 90000, false]);
  });
});

describe('makeDue', () => {
  it('makes everything due, and what is unfinished a new round', () => {
    const plan = new Planned({ stretch: 10 });
    plan.note('missing', { pending: true });
    plan.clock.time = 500;
    plan.agenda.makeDue(false);
    assert.deepEqual([plan.next().slice(0, 2), plan.agenda.isGoingOn()], [['missing', 500], false]);
  });

  [[false, 'shown'], [true, 'list']].forEach(([hasSlept, scope]) => {
    it(`reads '${scope}' where everything is read rarely, and the machine has slept: ${hasSlept}`, () => {
      const plan = new Planned({ stretch: 10 });
      plan.agenda.makeDue(hasSlept);
      assert.equal(plan.next()[0], scope);
    });
  });
});
