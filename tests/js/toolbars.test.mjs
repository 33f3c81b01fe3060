// SPDX-License-Identifier: Apache-2.0
// Toolbars are one stop of the Tab key; the arrow keys lead through them, and menus close when they are left.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

const BAR = '<div data-gbp-status-toolbar id="bar"><a href="#" id="a">a</a><button id="b">b</button><input id="c" value="text">' +
  '<details data-gbp-status-menu id="menu"><summary id="d">d</summary><ul><li><a href="#" id="e">e</a></li></ul></details></div>';

function opened(html = BAR, direction = 'ltr') {
  const dom = new Dom({ html: `<main>${html}</main><button id="elsewhere">x</button>`, scripts: ['dom', 'toolbars'] });
  dom.window.getComputedStyle = () => ({ direction });
  const toolbars = dom.gbpStatus.toolbars({ root: dom.find('main'), document: dom.document });
  const press = (key, more = {}) => {
    const event = new dom.window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    dom.document.activeElement.dispatchEvent(event);
    return [dom.document.activeElement.id, event.defaultPrevented];
  };
  const stops = () => dom.all('#bar [tabindex="0"]').map(one => one.id);
  return { dom, press, stops, settle: toolbars.settle, focus: id => dom.find('#' + id).focus() };
}

describe('a toolbar', () => {
  it('is one stop: what is chosen, or the first', () => {
    const { dom, settle, stops } = opened();
    settle();
    assert.deepEqual(stops(), ['a']);
    const chosen = opened(BAR.replace('id="b"', 'id="b" aria-current="true"'));
    chosen.settle();
    assert.deepEqual(chosen.stops(), ['b']);
    assert.equal(dom.find('#e').getAttribute('tabindex'), null);
  });

  it('stays the stop where the user was last', () => {
    const { settle, stops, focus } = opened();
    settle();
    focus('b');
    settle();
    assert.deepEqual(stops(), ['b']);
  });

  it('is led through by the arrow keys, to its ends', () => {
    const { settle, press, stops, focus } = opened();
    settle();
    focus('a');
    assert.deepEqual([press('ArrowRight'), press('ArrowRight')], [['b', true], ['c', true]]);
    focus('a');
    assert.deepEqual(press('ArrowLeft'), ['a', false]);
    focus('d');
    assert.deepEqual([press('ArrowRight'), stops()], [['d', false], ['d']]);
  });

  it('is led through the other way where texts run from right to left', () => {
    const { press, focus } = opened(BAR, 'rtl');
    focus('a');
    assert.deepEqual([press('ArrowRight'), press('ArrowLeft')], [['a', false], ['b', true]]);
  });

  it('passes over what is hidden', () => {
    const { dom, press, focus } = opened();
    dom.find('#b').hidden = true;
    focus('a');
    assert.deepEqual(press('ArrowRight'), ['c', true]);
  });

  it('leaves the keys to a text until its end', () => {
    const { dom, press, focus } = opened();
    focus('c');
    dom.find('#c').setSelectionRange(2, 2);
    assert.deepEqual([press('ArrowRight'), press('ArrowLeft')], [['c', false], ['c', false]]);
    dom.find('#c').setSelectionRange(4, 4);
    assert.deepEqual(press('ArrowRight'), ['d', true]);
    focus('c');
    dom.find('#c').setSelectionRange(0, 0);
    assert.deepEqual(press('ArrowLeft'), ['b', true]);
  });

  it('leaves keys that are pressed along with others to the browser: Alt and an arrow lead back and forth', () => {
    const { press, focus } = opened();
    focus('a');
    ['altKey', 'ctrlKey', 'metaKey', 'shiftKey'].forEach(name => {
      assert.deepEqual(press('ArrowRight', { [name]: true }), ['a', false]);
    });
  });

  it('has no other keys', () => {
    const { press, focus } = opened();
    focus('a');
    assert.deepEqual([press('ArrowDown'), press('b')], [['a', false], ['a', false]]);
  });
});

describe('a menu', () => {
  it('closes when the focus or a click goes elsewhere, and not within', () => {
    for (const leave of [dom => dom.find('#elsewhere').focus(), dom => dom.find('#elsewhere').click()]) {
      const { dom } = opened();
      dom.find('#menu').open = true;
      dom.find('#e').dispatchEvent(new dom.window.Event('click', { bubbles: true }));
      dom.find('#e').focus();
      assert.equal(dom.find('#menu').open, true);
      leave(dom);
      assert.equal(dom.find('#menu').open, false);
    }
  });

  it('closes by Escape, and the focus goes back to what opens it', () => {
    const { dom, press, focus } = opened();
    dom.find('#menu').open = true;
    focus('e');
    assert.deepEqual([press('Escape')[0], dom.find('#menu').open], ['d', false]);
  });

  it('closes by Escape from elsewhere, which keeps the focus', () => {
    const { dom, press, focus } = opened();
    dom.find('#menu').open = true;
    focus('b');
    dom.find('#menu').open = true;
    assert.deepEqual([press('Escape')[0], dom.find('#menu').open], ['b', false]);
  });
});
