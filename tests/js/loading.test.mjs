// SPDX-License-Identifier: Apache-2.0
// Nothing depends on the order in which a page loads the scripts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, NAMES } from './scripts.mjs';

const PARTS = Object.keys(load(NAMES)).sort();

describe('loading', () => {
  NAMES.forEach((first, index) => {
    it('may begin with ' + first, () => {
      const turned = [...NAMES.slice(index), ...NAMES.slice(0, index)];
      assert.deepEqual(Object.keys(load(turned)).sort(), PARTS);
      assert.deepEqual(Object.keys(load(turned.reverse())).sort(), PARTS);
    });

    it('needs none but itself: ' + first, () => {
      assert.ok(load([first]));
    });
  });
});
