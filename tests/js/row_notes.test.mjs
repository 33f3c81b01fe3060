// SPDX-License-Identifier: Apache-2.0
// What a row says beside its badge, and how it goes when its resource is gone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

const LINGER_MS = 8000;

function opened(name = 'groups', filter = '') {
  const dom = new Dom({ name, scripts: ['dom', 'badges', 'row_notes'] });
  dom.root.dataset.gbpStatusFilter = filter;
  const { root, clock } = dom;
  return { dom, clock, notes: dom.gbpStatus.rowNotes({ root, clock }), texts: () => dom.texts('[data-object-id] .gbp-status-note') };
}

describe('a row whose resource is gone', () => {
  it('is struck, says so, and is no problem any more', () => {
    const { dom, notes, texts } = opened();
    notes.strike(dom.badge('db'));
    assert.ok(dom.row('db').matches('.gbp-status-gone'));
    assert.deepEqual(texts(), ['Deleted']);
    assert.deepEqual(['gbpStatusGone', 'gbpStatusProblem', 'gbpStatusExplained'].map(one => one in dom.badge('db').dataset), [true, false, false]);
    assert.equal(dom.find('#policy_target_groups .gbp-status-row-count'), null);
  });

  it('goes after a while', async () => {
    const { dom, clock, notes } = opened();
    notes.strike(dom.badge('db'));
    await clock.pass(LINGER_MS - 1);
    assert.ok(dom.row('db'));
    await clock.pass(1);
    assert.equal(dom.row('db'), null);
    assert.equal(dom.datatables.add_no_results_row.mock.calls[0].arguments[0][0], dom.find('#policy_target_groups'));
  });

  it('is told to what sorts the table', async () => {
    const { dom, clock, notes } = opened();
    const updates = [];
    dom.$('table').on('update', function () { updates.push(this.id); });
    notes.strike(dom.badge('db'));
    await clock.pass(LINGER_MS);
    assert.deepEqual(updates, ['policy_target_groups']);
  });

  [
    ['the pointer is on it', dom => dom.point(dom.row('db')), dom => dom.point(null)],
    ['the focus is in it', dom => dom.button('db').focus(), dom => dom.button('db').blur()],
    ['its popover is open', dom => dom.badge('db').append(Object.assign(dom.document.createElement('div'), { className: 'popover' })),
      dom => dom.find('.popover').remove()],
  ].forEach(([when, hold, release]) => {
    it('stays while ' + when, async () => {
      const { dom, clock, notes } = opened();
      hold(dom);
      notes.strike(dom.badge('db'));
      await clock.pass(3 * LINGER_MS);
      assert.ok(dom.row('db'));
      release(dom);
      await clock.pass(LINGER_MS);
      assert.equal(dom.row('db'), null);
    });
  });

  it('goes while the pointer is on another one', async () => {
    const { dom, clock, notes } = opened();
    dom.point(dom.row('web'));
    notes.strike(dom.badge('db'));
    await clock.pass(LINGER_MS);
    assert.deepEqual([dom.row('db'), dom.row('web') !== null], [null, true]);
  });

  it('stays where it is the page of that resource', async () => {
    const { dom, clock, notes } = opened();
    const place = dom.badge('db').parentElement;
    dom.row('db').classList.add('gbp-status-detail');
    notes.strike(dom.badge('db'));
    await clock.pass(3 * LINGER_MS);
    assert.deepEqual([place.isConnected, dom.badge('db').matches('.gbp-status-gone')], [true, true]);
  });
});

describe('a note', () => {
  it('says that a row no longer matches the filter, until it does', () => {
    const { dom, notes, texts } = opened('groups', 'error build');
    ['web', 'app', 'db'].forEach(name => notes.noteFilter(dom.badge(name)));
    assert.deepEqual(texts(), ['No longer matches the filter']);
    assert.equal(dom.badge('web').nextElementSibling.textContent, 'No longer matches the filter');
    Object.assign(dom.badge('web').dataset, { gbpStatus: 'ERROR', gbpStatusProblem: '' });
    notes.noteFilter(dom.badge('web'));
    assert.deepEqual(texts(), []);
  });

  it('that is there already stays the same element', () => {
    const { dom, notes } = opened('groups', 'error');
    notes.noteFilter(dom.badge('web'));
    const note = dom.badge('web').nextElementSibling;
    notes.noteFilter(dom.badge('web'));
    assert.equal(dom.badge('web').nextElementSibling, note);
  });

  it('gives way to another one', () => {
    const { dom, notes, texts } = opened('groups', 'error');
    notes.noteFilter(dom.badge('web'));
    notes.strike(dom.badge('web'));
    assert.deepEqual(texts(), ['Deleted']);
  });

  [['overview', 'built', ['Built']], ['overview', 'recovered', ['Recovered']], ['groups', 'built', []], ['groups', 'recovered', ['Recovered']]].forEach(
    ([name, settled, expected]) => {
      it(`of what has ${settled} on the page ${name}: ${expected}`, () => {
        const { dom, notes, texts } = opened(name);
        dom.badge('db').dataset.gbpStatusSettled = settled;
        notes.noteFilter(dom.badge('db'));
        assert.deepEqual(texts(), expected);
      });
    });

  it('is none beside a badge that stands in no row', () => {
    const { dom, notes } = opened('groups', 'error');
    const badge = dom.badge('web').cloneNode(true);
    dom.root.append(badge);
    notes.noteFilter(badge);
    assert.equal(badge.nextElementSibling, null);
  });
});
