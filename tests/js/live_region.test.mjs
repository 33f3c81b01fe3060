// SPDX-License-Identifier: Apache-2.0
// What screen readers are told of changes: few are named, many are counted.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

function opened() {
  const region = { textContent: 'before' };
  const gbpStatus = load(['dom', 'live_region']);
  gbpStatus.dom.find = (_, what) => (what === 'live' ? region : null);
  return { region, ...gbpStatus.liveRegion({ root: {} }) };
}

const change = (name, word) => ({ name, word });

describe('the live region', () => {
  [
    [[], ''],
    [[change('web', 'Active')], 'web: Active'],
    [[change('a', 'Active'), change('b', 'Error'), change('c', 'Active')], 'a: Active, b: Error, c: Active'],
    [[change('a', 'Active'), change('b', 'Error'), change('c', 'Active'), change('d', 'Active')], '3 now Active, 1 now Error'],
  ].forEach(([changes, text]) => {
    it('says: ' + text, () => {
      const { region, announce } = opened();
      announce(changes);
      assert.equal(region.textContent, text);
    });
  });

  it('is emptied, so that the same words are read again', () => {
    const { region, say } = opened();
    say('');
    assert.equal(region.textContent, '');
  });
});
