// SPDX-License-Identifier: Apache-2.0
// Ages as a person says them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('age', () => {
  const { age } = load(['age']);

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
