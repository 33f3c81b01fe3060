// SPDX-License-Identifier: Apache-2.0
// Each script has one thing, by the name of its file; nothing depends on the order in which a page loads them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, NAMES } from './scripts.mjs';

const PARTS = Object.keys(load(NAMES)).sort();

function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

describe('loading', () => {
  NAMES.forEach((first, index) => {
    it('may begin with ' + first, () => {
      const turned = [...NAMES.slice(index), ...NAMES.slice(0, index)];
      assert.deepEqual(Object.keys(load(turned)).sort(), PARTS);
      assert.deepEqual(Object.keys(load(turned.reverse())).sort(), PARTS);
    });

    it('needs none but itself, and has one thing: ' + first, () => {
      assert.deepEqual(Object.keys(load([first])), first === 'page' ? [] : [camelCase(first)]);
    });
  });
});
