// SPDX-License-Identifier: Apache-2.0
// What badges say.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

describe('the words of a filter', () => {
  const words = dataset => load(['badges']).badges.filterWords({ dataset });

  [
    [{ gbpStatus: 'ACTIVE' }, ['active']],
    [{ gbpStatus: 'ACTIVE', gbpBelow: 'error' }, ['active', 'below']],
    [{ gbpStatus: 'ERROR', gbpStatusProblem: '', gbpBelow: 'error' }, ['error']],
    [{ gbpStatus: 'BUILD', gbpStatusCountedAs: 'none' }, ['none']],
  ].forEach(([dataset, expected]) => {
    it(JSON.stringify(dataset), () => {
      assert.deepEqual(words(dataset), expected);
    });
  });
});
