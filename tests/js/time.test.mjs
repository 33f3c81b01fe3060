// SPDX-License-Identifier: Apache-2.0
// Moments in words, in the user's time zone.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;

describe('time', () => {
  const NOON = Date.UTC(2026, 2, 2, 12);

  /** The times of a page in that zone, whose clock shows 5 at the moment `now`. */
  function timesIn(zone, now = NOON, around = {}) {
    const clock = { now: () => 5, wall: at => now - 5 + at };
    return load(['dom', 'time'], around).time({ root: { dataset: { gbpStatusTimeZone: zone } }, clock });
  }

  function text(zone, at = NOON, now = NOON) {
    return timesIn(zone, now).minutes(at).replace(/\s/g, ' ');
  }

  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

  it('names no zone where it is the own', () => {
    assert.equal(text(here), text(''));
    assert.doesNotMatch(text(here), /UTC|GMT/);
  });

  it('names the zone where that is another', () => {
    assert.equal(text('Asia/Kolkata'), '5:30 PM GMT+5:30');
  });

  it('has the date where it is another day there', () => {
    assert.equal(text('Asia/Kolkata', NOON, NOON + 7 * HOUR_MS), '3/2/2026, 5:30 PM GMT+5:30');
    assert.equal(text('Asia/Kolkata', NOON, NOON + 6 * HOUR_MS), '5:30 PM GMT+5:30');
  });

  it('makes each format once', () => {
    const DateTimeFormat = mock.fn(function (...given) { return new Intl.DateTimeFormat(...given); });
    const { minutes } = timesIn('Asia/Kolkata', NOON, { Intl: { DateTimeFormat } });
    const [first, made] = [minutes(NOON), DateTimeFormat.mock.callCount()];
    assert.equal(minutes(NOON), first);
    assert.equal(DateTimeFormat.mock.callCount(), made);
  });

  it('rewrites what the server has rendered in its own form, to the minute, and only once', () => {
    const { dom, time } = load(['dom', 'time']);
    const shown = [];
    const given = [['2026-03-02T12:00:00Z', ''], ['2026-03-01T21:30:00+05:30', ''], ['2026-03-02T11:00:00Z', 'date'], ['', '']];
    const moments = given.map(([dateTime, gbpStatusMoment]) => ({
      dateTime,
      dataset: { gbpStatusMoment },
      get textContent() { return shown.find(([at]) => at === dateTime)?.[1] || 'noon'; },
      set textContent(words) { shown.push([dateTime, words.replace(/\u202f/g, ' ')]); },
    }));
    dom.findAll = (scope, what) => (scope === 'scope' && what === 'moment' ? moments : []);
    const clock = { now: () => 5, wall: at => NOON - 5 + at };
    const { rewrite } = time({ root: { dataset: { gbpStatusTimeZone: here } }, clock });
    rewrite('scope');
    const zoned = [[NOON, NOON], [NOON - 20 * HOUR_MS, NOON], [NOON - HOUR_MS, NOON + 3 * DAY_MS]];
    const expected = zoned.map(([at, now]) => text(here, at, now));
    assert.deepEqual(shown.map(([, words]) => words), expected);
  });

  it('is that of the browser where it does not know the zone', () => {
    const warn = mock.fn();
    const { short } = timesIn('Mars/Olympus_Mons', NOON, { window: { console: { warn } } });
    assert.equal(short(5).replace(/\s/g, ' '), text(''));
    assert.equal(warn.mock.callCount(), 1);
  });
});
