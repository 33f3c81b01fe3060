// SPDX-License-Identifier: Apache-2.0
// The window's title counts what is broken or being built.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

/** A chip of what is urgent; without a number where none is known. */
function chip(number, certainty = 'EXACT') {
  const place = number === null ? null : { textContent: String(number) };
  return { dataset: { gbpStatusUrgent: certainty }, querySelector: () => place };
}

function titled(...badges) {
  return titledWith([], ...badges);
}

function titledWith(chips, ...badges) {
  const document = { title: 'Groups' };
  const all = badges.map(dataset => ({ dataset, nextElementSibling: dataset.stored ? { dataset: { gbpStatusStored: '' } } : null }));
  const root = { querySelectorAll: selector => (selector === '[data-gbp-status-urgent]' ? chips : all) };
  const mutes = { isMuted: ({ dataset }) => 'muted' in dataset };
  load(['dom', 'badges', 'title']).title({ root, document, mutes }).count();
  return document.title;
}

describe('the title', () => {
  const below = { gbpStatus: 'ACTIVE', gbpStatusKind: 'l2', gbpStatusId: 'b', gbpBelow: 'error' };
  const broken = { gbpStatus: 'ERROR', gbpStatusKind: 'l2', gbpStatusId: 'a', gbpStatusProblem: '', gbpBelow: 'error' };

  it('counts what Neutron reports in error beneath, each resource once', () => {
    assert.equal(titled(broken, below, below), '(2) Groups');
  });

  it('counts what the chips count, also on the other pages', () => {
    assert.equal(titledWith([chip(12), chip('1,003')], broken), '(1015) Groups');
    assert.equal(titledWith([chip(0)], broken), 'Groups');
  });

  it('counts what the first sentence says where the chips count something else', () => {
    const sentence = number => ({ dataset: { gbpStatusUrgent: 'EXACT', gbpStatusNumber: String(number) }, querySelector: () => null });
    assert.equal(titledWith([sentence(1015)]), '(1015) Groups');
    assert.equal(titledWith([sentence(0)], broken), 'Groups');
  });

  it('counts the problems that are shown where the chips do not know all', () => {
    assert.equal(titledWith([chip(1, 'AT_LEAST'), chip(null, 'PENDING')], broken, below), '(2) Groups');
    assert.equal(titledWith([chip(7, 'AT_LEAST')], broken, below), '(7) Groups');
  });

  it('counts nothing that is muted', () => {
    assert.equal(titledWith([chip(12)], { ...broken, muted: '' }, { ...broken, muted: '' }, below), '(11) Groups');
    assert.equal(titled({ ...broken, muted: '' }), 'Groups');
    assert.equal(titledWith([chip(12)], { ...below, gbpBelow: 'ok', muted: '' }), '(12) Groups');
  });

  it('counts nothing that is only as last stored', () => {
    assert.equal(titled({ ...below, gbpBelow: 'ok', stored: true }), 'Groups');
  });

  it('counts nothing that is well beneath, or is being built there', () => {
    assert.equal(titled({ ...below, gbpBelow: 'ok' }, { ...below, gbpBelow: 'build' }), 'Groups');
  });
});
