// SPDX-License-Identifier: Apache-2.0
// In which line of the list of problems a badge stands.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

/** The overview, with another broken resource below the problem db. */
function opened() {
  const dom = new Dom({ name: 'overview', scripts: ['problem_lines'] });
  const { markup } = dom;
  const also = `<ul><li id="also"><div class="gbp-status-problem">${markup.call(dom, 'also', { like: 'db' })}</div></li></ul>`;
  dom.badge('db').closest('li').insertAdjacentHTML('beforeend', also);
  return { dom, ...dom.gbpStatus.problemLines };
}

describe('the line', () => {
  it('of a problem is its group, with all that is broken with it', () => {
    const { dom, lineOf } = opened();
    assert.equal(lineOf(dom.badge('db')), dom.find('#gbp-status-group-policy_target_groups-db'));
  });

  it('of what is broken with it is its own', () => {
    const { dom, lineOf } = opened();
    assert.equal(lineOf(dom.badge('also')).id, 'also');
  });

  it('of what could not be read again is the problem', () => {
    const { dom, lineOf } = opened();
    const kept = dom.document.createElement('div');
    kept.dataset.gbpStatusKept = '';
    const problem = dom.badge('app').closest('.gbp-status-problem');
    dom.root.append(kept);
    kept.append(problem);
    assert.equal(lineOf(dom.badge('app')), problem);
  });

  it('is none in a table', () => {
    const dom = new Dom({ scripts: ['problem_lines'] });
    assert.equal(dom.gbpStatus.problemLines.lineOf(dom.badge('db')), null);
    assert.equal(dom.gbpStatus.problemLines.headOf(dom.badge('db')), null);
  });
});

describe('the head', () => {
  it('of a group is that of the problem, for itself and for what is broken with it', () => {
    const { dom, headOf } = opened();
    assert.deepEqual(['db', 'also', 'app'].map(name => headOf(dom.badge(name))), [dom.badge('db'), dom.badge('db'), dom.badge('app')]);
  });
});
