// SPDX-License-Identifier: Apache-2.0
// Which clicks and keys open the popover, move it and close it.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

function opened() {
  const dom = new Dom({ scripts: ['dom', 'popover_events'] });
  const { root, window, document, clock } = dom;
  const observed = [];
  const ResizeObserver = class {
    constructor(task) { this.task = task; }

    observe(element) { observed.push([element, this.task]); }
  };
  const names = ['toggle', 'dismiss', 'leave', 'reposition', 'follow'];
  const popover = Object.fromEntries(names.map(name => [name, mock.fn()]));
  popover.contains = element => dom.badge('db').contains(element);
  dom.load(['dom', 'popover_events'], { ResizeObserver }).popoverEvents({ root, window, document, clock, popover });
  const fire = (element, type, more = {}) => {
    const event = Object.assign(new window.Event(type, { bubbles: true, cancelable: true }), more);
    element.dispatchEvent(event);
    return event;
  };
  const given = name => popover[name].mock.calls.map(call => call.arguments[0]);
  return { dom, clock, popover, observed, fire, given, count: name => popover[name].mock.callCount() };
}

describe('a click', () => {
  it('on a badge opens its popover, or closes it', () => {
    const { dom, given } = opened();
    dom.button('web').querySelector('.gbp-status-word').click();
    assert.deepEqual(given('toggle'), [dom.badge('web')]);
  });

  it('anywhere else leaves the popover', () => {
    const { dom, given } = opened();
    dom.row('web').click();
    assert.deepEqual([given('toggle'), given('leave')], [[], [dom.row('web')]]);
  });

  it('that began in the popover leaves nothing: the user marks a text', () => {
    const { dom, fire, given } = opened();
    fire(dom.button('db'), 'mousedown');
    dom.root.click();
    assert.deepEqual(given('leave'), []);
    dom.root.click();
    assert.deepEqual(given('leave'), [dom.root]);
  });
});

describe('a key', () => {
  it('Escape dismisses the popover, and no other one does', () => {
    const { dom, fire, count } = opened();
    fire(dom.root, 'keydown', { key: 'a' });
    assert.equal(count('dismiss'), 0);
    fire(dom.root, 'keydown', { key: 'Escape' });
    assert.equal(count('dismiss'), 1);
  });

  it('is for what writes Japanese, say, while that composes', () => {
    const { dom, fire, count } = opened();
    fire(dom.root, 'keydown', { key: 'Escape', isComposing: true });
    assert.equal(count('dismiss'), 0);
  });

  [[true, false], [false, true]].forEach(([isComposing, isSaved]) => {
    it(`Enter in the reason of a mute ${isSaved ? 'saves it' : 'is for what composes'}, and sends no form`, () => {
      const { dom, fire } = opened();
      const tip = Object.assign(dom.document.createElement('div'), { className: 'popover' });
      tip.append(dom.find('[data-gbp-status-popover]').content.cloneNode(true));
      dom.badge('db').append(tip);
      const saved = mock.fn();
      dom.find('[data-gbp-status-act="mute-save"]').addEventListener('click', saved);
      const event = fire(dom.find('[data-gbp-status-reason]'), 'keydown', { key: 'Enter', isComposing });
      assert.deepEqual([saved.mock.callCount(), event.defaultPrevented], [Number(isSaved), isSaved]);
    });
  });
});

describe('the popover', () => {
  it('is left by the focus', () => {
    const { dom, given } = opened();
    dom.find('#gbp-status-q').focus();
    assert.deepEqual(given('leave'), [dom.find('#gbp-status-q')]);
  });

  it('follows its badge when anything has another size', () => {
    const { dom, popover, observed } = opened();
    assert.deepEqual(observed, [[dom.root, popover.follow]]);
  });

  it('is placed again with the window, and once more when the sidebar has moved', async () => {
    const { dom, clock, fire, count } = opened();
    fire(dom.window, 'resize');
    assert.equal(count('reposition'), 1);
    await clock.pass(500);
    assert.equal(count('reposition'), 2);
  });
});
