// SPDX-License-Identifier: Apache-2.0
// What has failed for one reason is one sentence, with its cause, its extent, and since when.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const SINCE_MS = 9;

function outage(label, more = {}) {
  return { label, since: SINCE_MS, reason: 'error', isBeneath: false, ...more };
}

function said(outages, failure = false) {
  const { failures } = load(['failures']);
  const root = { dataset: { gbpStatusKinds: '17' } };
  return failures({ root, time: { short: at => 'time ' + at } })(outages, failure);
}

function many(count, more) {
  return Array.from({ length: count }, (_, index) => outage('kind ' + index, more));
}

describe('the sentence of a failure', () => {
  [
    [[outage('Groups')], 'Groups could not be read since time 9: the network service gave no usable answer.'],
    [many(3), 'Kind 0, kind 1 and kind 2 could not be read since time 9: the network service gave no usable answer.'],
    [many(15, { reason: 'timeout' }), '15 of 17 kinds could not be read since time 9: the network service did not answer in time.'],
    [[outage('Groups'), outage('Networks', { isBeneath: true })],
      'Groups and Networks could not be read since time 9: the network service gave no usable answer.'],
    [[...many(17), ...many(4, { isBeneath: true })], '17 of 17 kinds and what Neutron reports of what is beneath could not ' +
      'be read since time 9: the network service gave no usable answer.'],
    [many(4, { isBeneath: true }),
      'What Neutron reports of what is beneath could not be read since time 9: the network service gave no usable answer.'],
    [[outage('Groups', { since: -Infinity })], 'Groups could not be read: the network service gave no usable answer.'],
    [[outage('Groups', { since: 12 }), outage('Rules', { since: 11 })],
      'Groups and Rules could not be read since time 11: the network service gave no usable answer.'],
    [[outage('Groups', { reason: 'BANANA' })], 'Groups could not be read since time 9: the network service gave no usable answer.'],
    [[outage('Problems', { reason: 'lacking' })],
      'Problems could not be read since time 9: the answer of the dashboard lacked what was asked for.'],
  ].forEach(([outages, sentence]) => {
    it('is: ' + sentence, () => {
      assert.deepEqual(said(outages), [sentence]);
    });
  });

  it('is one a reason', () => {
    assert.deepEqual(said([outage('Groups'), outage('Rules', { reason: 'forbidden' }), outage('Pools')]).map(one => one.split(' could')[0]), [
      'Groups and Pools', 'Rules']);
  });

  it('is that of the whole answer where it says nothing of kinds', () => {
    assert.deepEqual(said([], { reason: 'foreign', since: 7 }), [
      'The statuses could not be read since time 7: something else answered in place of the dashboard, such as a proxy.']);
    assert.deepEqual(said([], { reason: 'unanswered', since: -Infinity }), ['The statuses could not be read: the dashboard gave no usable answer.']);
  });

  it('is not said twice where the whole answer failed for the reason of its kinds, or for none of its own', () => {
    assert.equal(said([outage('Groups')], { reason: 'error', since: 7 }).length, 1);
    assert.equal(said([outage('Groups')], { reason: undefined, since: 7 }).length, 1);
  });
});
