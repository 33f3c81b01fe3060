// SPDX-License-Identifier: Apache-2.0
// The numbers beside the states follow what changes on the page.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load } from './scripts.mjs';

const CHANGES = [
  { kind: 'l2', from: 'BUILD', to: 'ACTIVE' },
  { kind: 'l3', from: 'BUILD', to: 'ERROR' },
  { kind: 'l3', from: 'ACTIVE', to: null },
];

function counted(state, number, kind, chip = null) {
  const place = { dataset: { gbpStatusCount: state, gbpStatusCountKind: kind }, textContent: number, closest: () => chip };
  const gbpStatus = load(['dom', 'counts']);
  gbpStatus.counts({ querySelectorAll: () => [place] }, CHANGES);
  return place.textContent;
}

describe('counts', () => {
  ['1', '5'].forEach(number => {
    it('colour no chip of nothing: ' + number, () => {
      const toggle = mock.fn();
      const left = counted('BUILD', number, undefined, { classList: { toggle } });
      assert.deepEqual(toggle.mock.calls[0].arguments, ['gbp-status-empty', left === '0']);
    });
  });

  [
    ['BUILD', '5', undefined, '3'],
    ['ACTIVE', '5', undefined, '5'],
    ['ERROR', '5', undefined, '6'],
    ['ALL', '5', undefined, '4'],
    ['ALL', '5', 'l2', '5'],
    ['ALL', '5', 'l3', '4'],
    ['BUILD', '5', 'l3', '4'],
    ['BUILD', '1,000', undefined, '998'],
    ['BUILD', '1', undefined, '0'],
    ['NONE', '1,000', undefined, '1,000'],
  ].forEach(([state, number, kind, expected]) => {
    it([state, kind, number, 'to', expected].join(' '), () => {
      assert.equal(counted(state, number, kind), expected);
    });
  });
});
