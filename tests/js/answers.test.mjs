// SPDX-License-Identifier: Apache-2.0
// What an answer of the poll changes on the page, and what it does not.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';
import { notedMaps, NOTHING_FOLLOWED } from './scripts.mjs';

const KIND = 'policy_target_groups';

/** A page that takes answers; `read(id, as, at)` is one which says that a resource is as another one of the page is. */
function opened(name = 'groups', filter = '', scripts = {}) {
  const dom = new Dom({ name });
  dom.gbpStatus = dom.load(['dom', 'badges', 'counts', 'row_notes', 'answers'], scripts);
  const { root, clock, gbpStatus } = dom;
  root.dataset.gbpStatusFilter = filter;
  const told = [];
  root.addEventListener('gbp-status:changed', ({ detail }) => { told.push(...detail.changes); });
  const [popover, renames] = [{ refresh: mock.fn() }, mock.fn()];
  const rowNotes = gbpStatus.rowNotes({ root, clock });
  const answers = gbpStatus.answers({ root, rowNotes, followed: NOTHING_FOLLOWED, renames, since: { rewrite: mock.fn() }, popover });
  const read = (id, like, at, more = {}) => {
    const badge = dom.markup(id, { like, ...more });
    return answers({ rows: { [KIND]: { [id]: { status: badge.match(/data-gbp-status="(\w*)"/)[1], badge } } } }, at);
  };
  return { dom, answers, read, told, popover, renames, gone: id => answers({ gone: { [KIND]: [id] } }, 1000) };
}

describe('an answer', () => {
  it('changes the badge in place, and tells of it', () => {
    const { dom, read, told, popover } = opened();
    const [badge, button] = [dom.badge('app'), dom.button('app')];
    button.focus();
    assert.deepEqual(read('app', 'web', 1000).map(one => [one.id, one.from, one.to, one.word]), [['app', 'BUILD', 'ACTIVE', 'Active']]);
    assert.deepEqual([dom.badge('app'), dom.button('app'), dom.document.activeElement], [badge, button, button]);
    assert.deepEqual([told.length, popover.refresh.mock.callCount()], [1, 1]);
    assert.ok(!('gbpStatusTransient' in badge.dataset));
  });

  it('is followed by the numbers of the chips', () => {
    const { dom, read } = opened();
    read('app', 'db', 1000);
    assert.deepEqual(dom.texts('[data-gbp-status-count="ERROR"], [data-gbp-status-count="BUILD"]'), ['2', '0']);
  });

  it('may have another name, which the page follows', () => {
    const { dom, read, renames } = opened();
    read('app', 'app', 1000, { gbpStatusName: 'application' });
    assert.deepEqual(renames.mock.calls.map(call => call.arguments), [[dom.badge('app'), 'app']]);
  });

  it('that the filter of the page does not let through leaves the row, which says so', () => {
    const { dom, read } = opened('groups', 'build');
    read('app', 'web', 1000);
    assert.equal(dom.badge('app').nextElementSibling.className, 'gbp-status-note');
  });

  it('that says the same tells of nothing', () => {
    const { dom, read, told } = opened();
    const before = dom.badge('app').outerHTML;
    assert.deepEqual([read('app', 'app', 1000), told, dom.badge('app').outerHTML], [[], [], before]);
  });

  [['older', 999, 'Building'], ['of the same age', 1000, 'Active'], ['newer', 1001, 'Active']].forEach(([age, at, word]) => {
    it(`that is ${age} than what is shown: ${word}`, () => {
      const { dom, read } = opened();
      read('app', 'app', 1000);
      read('app', 'web', at);
      assert.equal(dom.badge('app').querySelector('.gbp-status-word').textContent, word);
    });
  });

  it('that was read earlier leaves what other rows show to newer ones', () => {
    const { dom, read } = opened();
    read('app', 'app', 1000);
    read('web', 'db', 500);
    assert.equal(dom.badge('web').dataset.gbpStatus, 'ERROR');
  });

  it('leaves nothing behind of what the page shows no more', () => {
    const { Map, made } = notedMaps();
    const { dom, read } = opened('groups', '', { Map });
    read('web', 'db', 1000);
    dom.badge('web').dataset.gbpStatusId = 'other';
    read('other', 'db', 1001);
    assert.deepEqual(Array.from(made[0]), [[KIND + ' other', 1001]]);
  });

  it('of a badge that the page shows twice is one change', () => {
    const { dom, read, told } = opened('overview');
    const other = dom.badge('app').parentElement;
    other.after(other.cloneNode(true));
    assert.equal(read('app', 'web', 1000).length, 1);
    assert.equal(told.length, 1);
    assert.deepEqual(dom.all('[data-gbp-status-id="app"]').map(one => one.dataset.gbpStatus), ['ACTIVE', 'ACTIVE']);
  });

  it('is repeated where the page says the details, too', () => {
    const { dom, read } = opened('overview');
    const details = dom.find('[data-object-id="db"] [data-gbp-status-mirror="details"]');
    read('db', 'db', 1000, { gbpStatusDetails: 'No leaf answers' });
    assert.equal(details.textContent, 'No leaf answers');
  });

  it('that a resource is gone strikes its row, and counts it no more', () => {
    const { dom, gone } = opened();
    assert.deepEqual(gone('app').map(one => [one.id, one.from, one.to]), [['app', 'BUILD', null]]);
    assert.ok(dom.row('app').matches('.gbp-status-gone'));
    assert.deepEqual(dom.texts('[data-gbp-status-count="ALL"]')[0], '2');
    assert.deepEqual(gone('app'), []);
  });

  it('of what the page does not show changes nothing', () => {
    const { answers, gone } = opened();
    assert.deepEqual([answers({}, 1000), gone('other')], [[], []]);
  });
});
