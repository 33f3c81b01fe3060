// SPDX-License-Identifier: Apache-2.0
// What an open popover says of its badge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

describe('the texts of a popover', () => {
  [['servicechain_instances', true, true], ['servicechain_instances', false, false], ['policy_target_groups', true, false]].forEach(
    ([gbpStatusKind, isLong, isSaid]) => {
      it(`${isSaid ? 'say' : 'do not say'} what node drivers never report, of ${gbpStatusKind}, long: ${isLong}`, () => {
        const gbpStatus = load(['dom', 'badges', 'popover_texts']);
        const parts = {};
        gbpStatus.dom.having = (_, __, name) => (parts[name] ||= { parentElement: {} });
        Object.assign(gbpStatus.dom, { find: () => ({}), write: () => {} });
        gbpStatus.badges.word = () => 'Building';
        const write = gbpStatus.popoverTexts({ muteForm: { write: () => {} }, since: { said: () => null, errors: () => '', isLong: () => isLong } });
        write({ dataset: { gbpStatusKind, gbpStatus: 'BUILD' } }, {});
        assert.deepEqual([parts.long.hidden, parts['long-chain'].hidden], [!isLong, !isSaid]);
      });
    },
  );
});
