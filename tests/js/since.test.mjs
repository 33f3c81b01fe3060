// SPDX-License-Identifier: Apache-2.0
// Since when: what the server remembers, counted on in the browser by the server's clock.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const MINUTE_MS = 60000;
const NOON = '2026-03-02T12:00:00Z';

class Span {
  constructor() { Object.assign(this, { attributes: {}, children: [], hidden: false, text: 'by the server', written: 0 }); }

  get textContent() { return this.text; }

  set textContent(text) {
    this.text = text;
    this.written += 1;
  }

  setAttribute = (name, value) => { this.attributes[name] = value; };

  replaceChildren = (...nodes) => { this.children = nodes; };

  querySelectorAll = () => [];

  querySelector = () => null;

  get childElementCount() { return this.children.filter(one => one instanceof Span).length; }

  get firstElementChild() { return this.children[0]; }

  get lastElementChild() { return this.children.at(-1); }
}

/** A row with one badge, and the places that say since when and how often; the server's clock may be ahead. */
class Row {
  constructor(dataset, { ahead = 0, now = NOON } = {}) {
    this.clock = new Clock();
    this.age = Object.assign(new Span(), { hidden: true });
    this.badge = { dataset: { gbpStatusId: 'a', ...dataset }, querySelector: () => this.age, classList: { toggle: mock.fn() } };
    this.places = Object.fromEntries(['since', 'errors'].map(name => {
      const place = Object.assign(new Span(), { dataset: { gbpStatusMirror: name } });
      return [name, place];
    }));
    const gbpStatus = load(['dom', 'badges', 'age', 'since'], { document: { createElement: () => new Span() } });
    Object.assign(gbpStatus.badges, { all: () => [this.badge], ofRow: () => this.badge });
    gbpStatus.dom.findAll = (_, what) => [this.places[what.split('"')[1]]];
    gbpStatus.dom.find = () => null;
    const root = { dataset: { gbpStatusNow: now && new Date(Date.parse(now) + ahead).toISOString(), gbpStatusLongBuild: '600' } };
    this.since = gbpStatus.since({ root, clock: this.clock, time: { minutes: at => new Date(at).toISOString().slice(11, 16) } });
  }

  get shown() {
    this.since.rewrite({});
    const { since } = this.places;
    return since.hidden ? null : [since.firstElementChild.textContent, since.lastElementChild.textContent, since.title];
  }
}

describe('since when', () => {
  const SAID = 'since 11:48 or earlier';

  it('shows the age, and has the exact time to point at and to be read out', () => {
    const row = new Row({ gbpStatusSince: '2026-03-02T11:48:00Z' });
    assert.deepEqual(row.shown, ['12 min', SAID, SAID]);
    const [age, , exact] = row.places.since.children;
    assert.deepEqual([age.attributes['aria-hidden'], age.className, exact.className], ['true', 'gbp-status-elapsed', 'sr-only']);
  });

  it('goes on counting, and writes nothing while the minute is the same', async () => {
    const row = new Row({ gbpStatusSince: '2026-03-02T11:48:00Z' });
    row.since.count(() => { row.since.rewrite({}); });
    assert.equal(row.shown[0], '12 min');
    const { firstElementChild: age } = row.places.since;
    await row.clock.pass(MINUTE_MS - 1);
    assert.deepEqual([age.textContent, age.written], ['12 min', 1]);
    await row.clock.pass(1);
    assert.deepEqual([age.textContent, age.written], ['13 min', 2]);
    await row.clock.pass(60 * MINUTE_MS);
    assert.equal(age.textContent, '1 h 13 min');
    assert.equal(row.places.since.children[0], age);
  });

  it('is behind by a quarter of a minute at most', async () => {
    const row = new Row({ gbpStatusSince: '2026-03-02T11:48:45Z' });
    row.since.count(() => { row.since.rewrite({}); });
    assert.equal(row.shown[0], '11 min');
    await row.clock.pass(MINUTE_MS);
    assert.equal(row.places.since.firstElementChild.textContent, '12 min');
    row.since.sync(Date.parse(NOON) + 2 * MINUTE_MS);
    await row.clock.pass(MINUTE_MS / 4);
    assert.equal(row.places.since.firstElementChild.textContent, '13 min');
  });

  it('counts by the clock of the server, as the page and as each answer says it', () => {
    const row = new Row({ gbpStatusSince: '2026-03-02T11:48:00Z' }, { ahead: 5 * MINUTE_MS });
    assert.equal(row.shown[0], '17 min');
    row.since.sync(Date.parse(NOON) - 10 * MINUTE_MS);
    assert.equal(row.shown[0], '2 min');
    row.since.sync(NaN);
    assert.equal(row.shown[0], '2 min');
    row.since.sync(Date.parse(NOON));
    assert.equal(row.shown[0], '12 min');
  });

  it('is never less than nothing, also where no clock of the server is known', () => {
    assert.equal(new Row({ gbpStatusSince: '2026-03-02T12:09:00Z' }, { now: '' }).shown[0], 'less than a minute');
  });

  it('is as the badge says: another time, or none', () => {
    const row = new Row({ gbpStatusSince: '2026-03-02T11:48:00Z' });
    assert.equal(row.shown[1], SAID);
    row.badge.dataset.gbpStatusSince = '2026-03-02T11:59:00Z';
    assert.deepEqual(row.shown.slice(0, 2), ['1 min', 'since 11:59 or earlier']);
    delete row.badge.dataset.gbpStatusSince;
    assert.equal(row.shown, null);
  });

  it('marks a build that takes long, without another time', async () => {
    const row = new Row({ gbpStatusSince: NOON, gbpStatus: 'BUILD', gbpStatusTransient: '' });
    row.since.rewrite({});
    assert.equal(row.age.hidden, true);
    await row.clock.pass(10 * MINUTE_MS + 1);
    row.since.rewrite({});
    assert.deepEqual([row.age.hidden, row.age.textContent], [false, 'long-running']);
    delete row.badge.dataset.gbpStatusTransient;
    row.since.rewrite({});
    assert.equal(row.age.hidden, true);
    assert.deepEqual(row.badge.classList.toggle.mock.calls.map(call => call.arguments), [['gbp-status-long', true], ['gbp-status-long', false]]);
  });
});

describe('how often', () => {
  [[undefined, true, ''], ['2', false, '2 errors since yesterday']].forEach(([gbpStatusErrors, hidden, text]) => {
    it(`is said in the row: ${gbpStatusErrors}`, () => {
      const row = new Row({ gbpStatus: 'ACTIVE', gbpStatusErrors });
      row.since.rewrite({});
      const { errors } = row.places;
      assert.deepEqual([errors.hidden, errors.textContent, row.since.errors(row.badge)], [hidden, text, text]);
    });
  });
});
