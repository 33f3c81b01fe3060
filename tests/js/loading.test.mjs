// SPDX-License-Identifier: Apache-2.0
// Each script has one thing, by the name of its file; nothing depends on the order in which a page loads them.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';

import { load, NAMES } from './scripts.mjs';

// What several scripts do together.
const TOGETHER = ['loading', 'failing_page', 'loop', 'not_read_yet', 'pending', 'settled'];
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

describe('tests', () => {
  it('there are of each script, by its name', () => {
    const tested = readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.mjs')).map(name => name.split('.')[0]);
    assert.deepEqual(tested.sort(), [...NAMES, ...TOGETHER].sort());
  });
});
