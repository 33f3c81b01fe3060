// SPDX-License-Identifier: Apache-2.0
// The browser's storage, or something in its place.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

const { storage } = load(['storage']);

describe('a storage', () => {
  it('is that of the browser', () => {
    const window = { sessionStorage: { getItem: () => null } };
    assert.equal(storage(window, 'sessionStorage', null), window.sessionStorage);
  });

  [
    ['forbidden', { get sessionStorage() { throw new Error('denied'); } }],
    ['missing', {}],
    ['of no use', { sessionStorage: { getItem() { throw new Error('denied'); } } }],
  ].forEach(([what, window]) => {
    it(`that is ${what} keeps nothing, and the console says so once`, () => {
      const warn = mock.fn();
      const setItem = mock.fn();
      const kept = storage(Object.defineProperties({ console: { warn } }, Object.getOwnPropertyDescriptors(window)), 'sessionStorage', setItem);
      kept.setItem('a', 'b');
      assert.deepEqual([kept.getItem('a'), setItem.mock.calls[0].arguments, warn.mock.callCount()], [null, ['a', 'b'], 1]);
    });
  });
});
