// SPDX-License-Identifier: Apache-2.0
// Ages as a person says them.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('time', () => {
  const NOON = Date.UTC(2026, 2, 2, 12);

  function text(zone, at = NOON, now = NOON) {
    const { words } = load(['time']);
    return words.time(at, now, zone).replace(/\s/g, ' ');
  }

  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

  it('names no zone where it is the own', () => {
    assert.equal(text(here), text(undefined));
    assert.doesNotMatch(text(here), /UTC|GMT/);
  });

  it('names the zone where that is another', () => {
    assert.equal(text('Asia/Kolkata'), '5:30:00 PM GMT+5:30');
  });

  it('has the date where it is another day there', () => {
    assert.equal(text('Asia/Kolkata', NOON, NOON + 7 * HOUR), '3/2/2026, 5:30:00 PM GMT+5:30');
    assert.equal(text('Asia/Kolkata', NOON, NOON + 6 * HOUR), '5:30:00 PM GMT+5:30');
  });

  it('makes each format once', () => {
    const DateTimeFormat = mock.fn(function (...given) { return new Intl.DateTimeFormat(...given); });
    const { words } = load(['time'], { Intl: { DateTimeFormat } });
    const read = now => words.time(NOON, now, 'Asia/Kolkata');
    const [first, made] = [read(NOON), DateTimeFormat.mock.callCount()];
    assert.equal(read(NOON + HOUR), first);
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
    const zoned = [[NOON, NOON], [NOON - 20 * HOUR, NOON], [NOON - HOUR, NOON + 3 * DAY]];
    const expected = zoned.map(([at, now]) => text(here, at, now).replace(/:00(?= |$)/, ''));
    assert.deepEqual(shown.map(([, words]) => words), expected);
  });

  it('is that of the browser where it does not know the zone', () => {
    const warn = mock.fn();
    const { time } = load(['time'], { window: { console: { warn } } });
    const clock = { now: () => 5, wall: at => NOON - 5 + at };
    const root = { dataset: { gbpStatusTimeZone: 'Mars/Olympus_Mons' } };
    assert.equal(time({ root, clock })(5).replace(/\s/g, ' '), text(undefined));
    assert.equal(warn.mock.callCount(), 1);
  });
});

describe('age', () => {
  const { age } = load(['time']).words;

  [
    [0, 'less than a minute'],
    [MINUTE - 1, 'less than a minute'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h 0 min'],
    [DAY - 1, '23 h 59 min'],
    [DAY, '1 d 0 h'],
    [3 * DAY + 5 * HOUR + 59 * MINUTE, '3 d 5 h'],
  ].forEach(([duration, text]) => {
    it(text, () => { assert.equal(age(duration), text); });
  });
});
