// SPDX-License-Identifier: Apache-2.0
// What a user is told who looks elsewhere: what has lasted, after it has been read once more.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Clock, load } from './scripts.mjs';

const WAIT_MS = 30000;

/** A page in a hidden tab; each round that it asks for finds what a test has let happen. */
class Elsewhere {
  constructor() {
    Object.assign(this, { clock: new Clock(), told: [], asked: [], states: {}, isWanted: true, isReading: true });
    const page = { root: { dataset: { gbpStatusWait: '30' } }, clock: this.clock };
    page.liveRegion = { sentence: changes => changes.map(one => `${one.id}: ${one.is}`).join() };
    page.notifications = { isWanted: () => this.isWanted, notify: text => { this.told.push([this.clock.now(), text]); } };
    page.readAgain = () => this.#read('confirm');
    this.muted = '';
    this.unread = '';
    page.outages = { since: kind => (kind === this.unread ? 0 : null) };
    page.mutes = { isMuted: ({ dataset: { gbpStatusId: id } }) => id === this.muted };
    const gbpStatus = load(['dom', 'badges', 'confirmed_changes']);
    gbpStatus.badges.all = () => Object.keys(this.states).map(id => ({ dataset: { gbpStatusKind: 'l3', gbpStatusId: id } }));
    this.changes = gbpStatus.confirmedChanges(page);
  }

  #read(scope) {
    this.asked.push([this.clock.now(), scope, this.changes.resources().map(one => one.id).join()]);
    if (this.isReading) {
      this.round(scope);
    }
  }

  /** A resource goes from one state to another; the next round sees it. */
  set(id, is) { this.states[id] = { ...this.states[id], is }; }

  round(scope = '', outcome = {}) {
    const changes = Object.entries(this.states).filter(([, { was = 'ACTIVE', is }]) => was !== is)
      .map(([id, { was = 'ACTIVE', is }]) => ({ kind: 'l3', id, was, is, from: was, to: is }));
    changes.forEach(({ id, is }) => { this.states[id] = { was: is, is }; });
    this.changes.note({ scope }, { changes, failed: false, pending: false, ended: false, ...outcome });
  }

  /** A resource goes to a state, and a round sees it. */
  see(id, is) {
    this.set(id, is);
    this.round();
  }
}

describe('changes that are confirmed', () => {
  it('waits, reads once more what has changed, and tells it', async () => {
    const page = new Elsewhere();
    page.see('a', 'ERROR');
    await page.clock.pass(WAIT_MS - 1);
    assert.deepEqual([page.asked, page.told], [[], []]);
    await page.clock.pass(1);
    assert.deepEqual([page.asked, page.told], [[[WAIT_MS, 'confirm', 'a']], [[WAIT_MS, 'a: ERROR']]]);
    await page.clock.pass(10 * WAIT_MS);
    assert.deepEqual([page.asked.length, page.told.length], [1, 1]);
  });

  it('does not tell of a build that ends in time, nor of a flap', async () => {
    const page = new Elsewhere();
    page.see('a', 'BUILD');
    page.see('b', 'ERROR');
    await page.clock.pass(WAIT_MS - 1);
    page.see('a', 'ACTIVE');
    page.see('b', 'ACTIVE');
    await page.clock.pass(10 * WAIT_MS);
    assert.deepEqual([page.asked, page.told], [[], []]);
  });

  it('does not tell what the last reading finds to be over', async () => {
    const page = new Elsewhere();
    page.see('a', 'ERROR');
    page.set('a', 'ACTIVE');
    await page.clock.pass(10 * WAIT_MS);
    assert.deepEqual([page.asked.length, page.told], [1, []]);
  });

  it('tells the state that has lasted, from when on it has', async () => {
    const page = new Elsewhere();
    page.see('a', 'BUILD');
    await page.clock.pass(20000);
    page.see('a', 'ERROR');
    await page.clock.pass(WAIT_MS - 1);
    assert.deepEqual(page.told, []);
    await page.clock.pass(1);
    assert.deepEqual(page.told, [[50000, 'a: ERROR']]);
  });

  it('tells all at once that has lasted by then, and the rest in its time', async () => {
    const page = new Elsewhere();
    page.see('a', 'ERROR');
    page.see('b', 'ERROR');
    await page.clock.pass(10000);
    page.see('c', 'ERROR');
    await page.clock.pass(WAIT_MS);
    assert.deepEqual(page.told, [[WAIT_MS, 'a: ERROR,b: ERROR'], [40000, 'c: ERROR']]);
  });

  ['list', 'whole', 'shown'].forEach(scope => {
    it('is done by a round that reads it anyhow: ' + scope, async () => {
      const page = new Elsewhere();
      page.isReading = false;
      page.see('a', 'ERROR');
      await page.clock.pass(WAIT_MS);
      page.round(scope);
      assert.deepEqual(page.told, [[WAIT_MS, 'a: ERROR']]);
    });
  });

  ['poll', 'missing'].forEach(scope => {
    it(`is not done by a round that may not have read it, and asks again: '${scope}'`, async () => {
      const page = new Elsewhere();
      page.isReading = false;
      page.see('a', 'ERROR');
      await page.clock.pass(WAIT_MS);
      page.isReading = true;
      page.round(scope);
      assert.deepEqual(page.told, []);
      await page.clock.pass(0);
      assert.deepEqual([page.asked.length, page.told.length], [2, 1]);
    });
  });

  [{ failed: true }, { pending: true }].forEach(outcome => {
    it('waits again where it could not be read: ' + JSON.stringify(outcome), async () => {
      const page = new Elsewhere();
      page.isReading = false;
      page.see('a', 'ERROR');
      await page.clock.pass(WAIT_MS);
      page.round('confirm', outcome);
      assert.deepEqual(page.told, []);
      page.isReading = true;
      await page.clock.pass(WAIT_MS - 1);
      assert.equal(page.asked.length, 1);
      await page.clock.pass(1);
      assert.deepEqual([page.asked.length, page.told.length], [2, 1]);
    });
  });

  it('tells of what was deleted, which is not read again', async () => {
    const page = new Elsewhere();
    page.changes.note({ scope: '' }, { changes: [{ kind: 'l3', id: 'a', from: 'ACTIVE', to: null, was: 'ACTIVE', is: 'gone' }] });
    await page.clock.pass(WAIT_MS);
    assert.deepEqual([page.asked, page.told], [[[WAIT_MS, 'confirm', '']], [[WAIT_MS, 'a: gone']]]);
  });

  it('tells nothing of a kind that could not be read again, until it is', async () => {
    const page = new Elsewhere();
    page.see('a', 'ERROR');
    page.unread = 'l3';
    await page.clock.pass(3 * WAIT_MS - 1);
    assert.deepEqual([page.asked.map(([at]) => at), page.told], [[WAIT_MS, 2 * WAIT_MS], []]);
    page.unread = '';
    await page.clock.pass(1);
    assert.deepEqual(page.told, [[3 * WAIT_MS, 'a: ERROR']]);
  });

  it('leaves out what is muted', async () => {
    const page = new Elsewhere();
    page.muted = 'a';
    page.see('a', 'ERROR');
    page.see('b', 'ERROR');
    await page.clock.pass(WAIT_MS);
    assert.deepEqual(page.told, [[WAIT_MS, 'b: ERROR']]);
  });

  it('notes nothing while the user looks, and forgets it when the session has ended', async () => {
    const page = new Elsewhere();
    page.isWanted = false;
    page.see('a', 'ERROR');
    page.isWanted = true;
    page.see('b', 'ERROR');
    page.round('poll', { ended: true });
    await page.clock.pass(10 * WAIT_MS);
    assert.deepEqual([page.asked, page.told], [[], []]);
  });
});
