// SPDX-License-Identifier: Apache-2.0
// The browser's storage, or something in its place.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

const { storage } = load(['storage']);

describe('a storage', () => {
  it('is that of the browser', () => {
    const kept = new Map();
    const window = { sessionStorage: { getItem: key => kept.get(key) || null, setItem: (key, value) => { kept.set(key, value); } } };
    const refuse = mock.fn();
    const opened = storage(window, 'sessionStorage', refuse);
    opened.setItem('a', 'b');
    assert.deepEqual([opened.getItem('a'), opened.getItem('c'), refuse.mock.callCount()], ['b', null, 0]);
  });

  it('that is full is as one that is forbidden to write', () => {
    const window = { console: { warn: mock.fn() }, sessionStorage: { getItem: () => 'old', setItem() { throw new Error('full'); } } };
    const setItem = mock.fn();
    const opened = storage(window, 'sessionStorage', setItem);
    opened.setItem('a', 'b');
    assert.deepEqual([opened.getItem('a'), setItem.mock.calls[0].arguments], ['old', ['a', 'b']]);
    assert.deepEqual(window.console.warn.mock.calls.map(call => call.arguments), [['full']]);
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
