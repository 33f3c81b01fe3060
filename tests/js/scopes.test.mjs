// SPDX-License-Identifier: Apache-2.0
// What a round asks for, by its scope.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';
import { NOTHING_FOLLOWED } from './scripts.mjs';

const KIND = 'policy_target_groups';

function opened({ isListed = true, areParts = false, isDue = () => true } = {}) {
  const dom = new Dom({ scripts: ['dom', 'badges', 'scopes'] });
  const scopes = dom.gbpStatus.scopes({
    root: dom.root,
    schedule: { maxAge: () => 3, heartbeatMaxAge: () => 40, allMaxAge: () => 400 },
    outages: { isDue },
    beneath: { unfinished: () => [{ kind: KIND, id: 'unread' }] },
    followed: NOTHING_FOLLOWED,
    list: { isThere: () => isListed, isPreview: () => true },
    fragments: { areThere: () => areParts },
    confirmedChanges: { resources: () => [{ kind: KIND, id: 'told' }] },
  });
  const wanted = scope => {
    const { list, rows, fragments } = scopes[scope].wanted();
    return [list, rows.map(one => one.id), fragments];
  };
  return { dom, wanted, maxAge: scope => scopes[scope].maxAge() };
}

describe('a scope', () => {
  [
    ['poll', 3, [false, ['app'], 'changed']],
    ['confirm', 0, [false, ['told'], 'changed']],
    ['shown', 40, [false, ['db', 'app', 'web'], 'changed']],
    ['missing', undefined, [true, ['unread'], 'lacking']],
    ['list', 400, [true, [], 'all']],
    ['whole', 0, [true, [], 'all']],
  ].forEach(([scope, age, expected]) => {
    it(`'${scope}' asks for ${JSON.stringify(expected)}, at most ${age} s old`, () => {
      const { wanted, maxAge } = opened();
      assert.deepEqual([wanted(scope), maxAge(scope)], [expected, age]);
    });
  });

  it('asks for all badges by themselves where there is neither a list nor a fragment', () => {
    assert.deepEqual(opened({ isListed: false }).wanted('whole'), [false, ['db', 'app', 'web'], 'all']);
    assert.deepEqual(opened({ isListed: false, areParts: true }).wanted('whole'), [false, [], 'all']);
  });

  it('asks for each resource once, however often the page shows it', () => {
    const { dom, wanted } = opened();
    dom.root.append(dom.badge('app').cloneNode(true));
    assert.deepEqual(wanted('poll')[1], ['app']);
  });

  it('leaves a kind alone that could not be read until it is due', () => {
    assert.deepEqual(opened({ isDue: kind => kind !== KIND }).wanted('poll')[1], []);
  });
});
