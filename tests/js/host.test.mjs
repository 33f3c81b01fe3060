// SPDX-License-Identifier: Apache-2.0
// On a page of another plugin our root comes around its tables, once one of them has a row of ours.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';
import { settled } from './scripts.mjs';

const TEMPLATE = '<template data-gbp-status-host><div class="gbp-status-host" data-gbp-status-poll-url="/p/"><p>strip</p></div></template>';
const TABLE = '<table><tbody><tr><td id="cell">a</td></tr></tbody></table>';

function opened(html) {
  const dom = new Dom({ html, scripts: ['dom', 'badges', 'host'] });
  return { dom, ...dom.gbpStatus.host };
}

/** What stands in an element, by ids and names. */
function inside(element) {
  return Array.from(element.children, one => one.id || one.nodeName);
}

describe('the root', () => {
  it('comes around what stands beside the first table', () => {
    const { dom, unfold } = opened(`<main id="main"><h1>Groups</h1>${TEMPLATE}${TABLE}<p>foot</p></main><footer></footer>`);
    const cell = dom.find('#cell');
    const root = unfold(dom.document);
    assert.deepEqual([inside(dom.find('#main')), root.className], [['DIV'], 'gbp-status-host']);
    assert.deepEqual(inside(root), ['P', 'H1', 'TEMPLATE', 'TABLE', 'P']);
    assert.deepEqual([dom.find('#cell'), root.contains(cell)], [cell, true]);
  });

  it('comes around the tabs above the tables, the outermost ones', () => {
    const tabs = inner => `<div><ul></ul><div class="tab-content"><div class="tab-pane">${inner}</div></div></div>`;
    const { dom, unfold } = opened(`<main id="main">${tabs(tabs(TEMPLATE + TABLE))}<p></p></main>`);
    const root = unfold(dom.document);
    assert.deepEqual(inside(dom.find('#main')), ['DIV', 'P']);
    assert.equal(root.parentElement.parentElement.id, 'main');
    assert.deepEqual(inside(root), ['P', 'UL', 'DIV']);
    assert.equal(root.querySelectorAll('.tab-content').length, 2);
  });

  it('keeps what scripts have bound', () => {
    const { dom, unfold } = opened(`<main>${TEMPLATE}${TABLE}</main>`);
    const clicked = mock.fn();
    dom.$('#cell').on('click', clicked);
    unfold(dom.document);
    dom.find('#cell').click();
    assert.equal(clicked.mock.callCount(), 1);
  });

  it('is none on a page without tables of ours', () => {
    const { dom, unfold } = opened(`<main>${TABLE}</main>`);
    const before = dom.document.body.innerHTML;
    assert.deepEqual([unfold(dom.document), dom.document.body.innerHTML], [null, before]);
  });
});

describe('a page of another plugin', () => {
  const BADGE = '<span class="gbp-status-badge" data-gbp-status="ACTIVE"></span>';

  it('starts at once where a table has a row of ours', () => {
    const { dom, whenFilled } = opened(`<main id="main">${BADGE}</main>`);
    const start = mock.fn();
    whenFilled(dom.find('#main'), start);
    assert.deepEqual(start.mock.calls.map(call => call.arguments[0]), [dom.find('#main')]);
  });

  it('starts once when one has come', async () => {
    const { dom, whenFilled } = opened(`<main id="main">${TABLE}</main>`);
    const start = mock.fn();
    whenFilled(dom.find('#main'), start);
    dom.find('#cell').textContent = 'other';
    await settled();
    assert.equal(start.mock.callCount(), 0);
    ['one', 'two'].forEach(id => { dom.find('#cell').insertAdjacentHTML('beforeend', BADGE.replace('<span', `<span id="${id}"`)); });
    await settled();
    dom.find('#cell').insertAdjacentHTML('beforeend', BADGE);
    await settled();
    assert.deepEqual(start.mock.calls.map(call => call.arguments[0]), [dom.find('#main')]);
  });
});
