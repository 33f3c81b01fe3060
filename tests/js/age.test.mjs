// SPDX-License-Identifier: Apache-2.0
// Ages as a person says them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const MINUTE_MS = 60000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('age', () => {
  const { age } = load(['age']);

  [
    [0, 'less than a minute'],
    [MINUTE_MS - 1, 'less than a minute'],
    [MINUTE_MS, '1 min'],
    [HOUR_MS - 1, '59 min'],
    [HOUR_MS, '1 h 0 min'],
    [DAY_MS - 1, '23 h 59 min'],
    [DAY_MS, '1 d 0 h'],
    [3 * DAY_MS + 5 * HOUR_MS + 59 * MINUTE_MS, '3 d 5 h'],
  ].forEach(([duration, text]) => {
    it(text, () => { assert.equal(age(duration), text); });
  });
});
