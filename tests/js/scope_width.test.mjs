// SPDX-License-Identifier: Apache-2.0
// Which of two scopes asks for more.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const { scopeWidth } = load(['scope_width']);

describe('scopes', () => {
  it('are ordered by how much they ask for', () => {
    const scopes = ['whole', 'shown', 'poll', 'list', 'missing', 'confirm'];
    assert.deepEqual(scopes.sort((one, other) => scopeWidth(one) - scopeWidth(other)), ['poll', 'confirm', 'shown', 'missing', 'list', 'whole']);
  });
});
