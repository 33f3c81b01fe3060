// SPDX-License-Identifier: Apache-2.0
// The one popover: what it is to a screen reader, where the focus goes, and what closes it.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

/** A page on which a popover may open; its texts and its explanation are what a test looks at. */
function opened(name = 'db') {
  const dom = new Dom({ scripts: ['dom', 'badges', 'popover'] });
  const follow = mock.fn();
  dom.gbpStatus.placement = mock.fn(() => follow);
  const popoverTexts = mock.fn();
  const explanation = { load: mock.fn(), stop: mock.fn() };
  const popover = dom.gbpStatus.popover({ root: dom.root, popoverTexts, explanation });
  if (name) {
    dom.button(name).focus();
    popover.toggle(dom.badge(name));
  }
  const tips = () => dom.all('.popover');
  return { dom, follow, popover, popoverTexts, explanation, tips, active: () => dom.document.activeElement };
}

function heightOf(element, pixels) {
  Object.defineProperty(element, 'offsetHeight', { value: pixels, configurable: true });
}

describe('a popover that opens', () => {
  it('is a dialog with a name and a description of its own, and has the focus', () => {
    const { dom, tips, active } = opened();
    const [tip] = tips();
    const named = ['aria-labelledby', 'aria-describedby'].map(name => dom.find('#' + tip.getAttribute(name)).dataset.gbpStatusPart);
    assert.deepEqual([tip.getAttribute('role'), named, active()], ['dialog', ['heading', 'sentence'], tip]);
    assert.ok(tip.matches('.gbp-status-popover'));
  });

  it('stands in its badge, whose button says so and is not described by all of it', () => {
    const { dom, tips } = opened();
    const [tip] = tips();
    const button = dom.button('db');
    assert.ok(dom.badge('db').contains(tip));
    const said = ['aria-expanded', 'aria-controls', 'aria-describedby', 'title'].map(name => button.getAttribute(name));
    assert.deepEqual(said, ['true', tip.id, null, null]);
  });

  it('has its texts, its place and its explanation', () => {
    const { dom, popoverTexts, explanation, tips } = opened();
    const given = [dom.badge('db'), tips()[0]];
    assert.deepEqual(popoverTexts.mock.calls[0].arguments, given);
    assert.deepEqual(explanation.load.mock.calls[0].arguments.slice(0, 2), given);
    assert.deepEqual(dom.gbpStatus.placement.mock.calls[0].arguments, [tips()[0], dom.button('db')]);
  });

  it('lets the keyboard reach details that scroll, and no others', () => {
    const { dom, popover, tips } = opened('');
    const { Element } = dom.window;
    popover.toggle(dom.badge('db'));
    assert.equal(tips()[0].querySelector('[data-gbp-status-part="details"]').tabIndex, -1);
    popover.toggle(dom.badge('db'));
    Object.defineProperty(Element.prototype, 'scrollHeight', { get() { return 300; } });
    popover.toggle(dom.badge('db'));
    assert.equal(tips()[0].querySelector('[data-gbp-status-part="details"]').tabIndex, 0);
  });
});

describe('one popover at a time', () => {
  it('closes by the button that opened it', () => {
    const { dom, popover, tips, explanation } = opened();
    const stopped = explanation.stop.mock.callCount();
    popover.toggle(dom.badge('db'));
    const said = ['aria-expanded', 'aria-controls'].map(name => dom.button('db').getAttribute(name));
    assert.deepEqual([tips(), said, explanation.stop.mock.callCount() - stopped], [[], ['false', null], 1]);
  });

  it('gives way to that of another badge', () => {
    const { dom, popover, tips } = opened();
    popover.toggle(dom.badge('web'));
    assert.deepEqual(tips().map(one => dom.badge('web').contains(one)), [true]);
    assert.equal(dom.button('db').getAttribute('aria-expanded'), 'false');
  });

  it('closes when the focus or a click goes elsewhere, and not within', () => {
    const { dom, popover, tips } = opened();
    popover.leave(tips()[0].querySelector('button'));
    popover.leave(dom.button('db'));
    assert.equal(tips().length, 1);
    popover.leave(dom.badge('web'));
    assert.equal(tips().length, 0);
  });

  it('closes when what is left for stands in its own row', () => {
    const { dom, popover, tips } = opened();
    popover.leave(dom.row('db').querySelector('a'));
    assert.equal(tips().length, 0);
  });

  it('knows what is in it', () => {
    const { dom, popover, tips } = opened();
    assert.deepEqual([tips()[0].firstChild, dom.badge('db'), dom.badge('web')].map(popover.contains), [true, true, false]);
    popover.leave(dom.root);
    assert.equal(popover.contains(dom.badge('db')), false);
  });
});

describe('the focus', () => {
  it('goes back to the badge when it is dismissed', () => {
    const { dom, popover, active } = opened();
    popover.dismiss();
    assert.equal(active(), dom.button('db'));
  });

  it('goes back to the badge where what had it is no more', () => {
    const { dom, popover, tips, active } = opened();
    const link = tips()[0].querySelector('button');
    link.focus();
    link.remove();
    assert.equal(active(), dom.document.body);
    popover.dismiss();
    assert.equal(active(), dom.button('db'));
  });

  it('stays where the user has moved it meanwhile', () => {
    const { dom, popover, tips, active } = opened();
    dom.find('#gbp-status-q').focus();
    popover.dismiss();
    assert.deepEqual([active(), tips()], [dom.find('#gbp-status-q'), []]);
  });

  it('moves nowhere where none is open', () => {
    const { dom, popover, active } = opened('');
    popover.dismiss();
    assert.equal(active(), dom.document.body);
  });
});

describe('an open popover', () => {
  it('follows the texts of its badge, and stays', () => {
    const { popover, popoverTexts, explanation, tips, follow } = opened();
    const [tip] = tips();
    popover.refresh();
    assert.deepEqual([popoverTexts.mock.callCount(), explanation.load.mock.callCount(), tips()], [2, 1, [tip]]);
    assert.equal(follow.mock.callCount(), 1);
  });

  [
    ['the state', dataset => { dataset.gbpStatus = 'BUILD'; }],
    ['what is beneath', (_, dom) => dom.button('db').insertAdjacentHTML('beforeend', '<span class="gbp-status-mark">network in error</span>')],
    ['that it is gone', dataset => { dataset.gbpStatusGone = ''; }],
  ].forEach(([what, change]) => {
    it('is explained anew when it changes: ' + what, () => {
      const { dom, popover, explanation } = opened();
      change(dom.badge('db').dataset, dom);
      popover.refresh();
      popover.refresh();
      assert.equal(explanation.load.mock.callCount(), 2);
    });
  });

  it('is placed again where its size has changed, and nowhere else', () => {
    const { dom, popover, explanation, tips } = opened();
    const { placement } = dom.gbpStatus;
    popover.refresh();
    assert.equal(placement.mock.callCount(), 1);
    heightOf(tips()[0], 300);
    popover.refresh();
    popover.refresh();
    assert.equal(placement.mock.callCount(), 2);
    heightOf(tips()[0], 400);
    explanation.load.mock.calls[0].arguments[2]();
    assert.equal(placement.mock.callCount(), 3);
    popover.reposition();
    assert.equal(placement.mock.callCount(), 4);
  });

  it('closes where another script has removed its badge', () => {
    const { dom, popover, explanation, follow } = opened();
    const stopped = explanation.stop.mock.callCount();
    dom.row('db').remove();
    popover.follow();
    assert.deepEqual([explanation.stop.mock.callCount() - stopped, follow.mock.callCount()], [1, 0]);
    popover.refresh();
    popover.reposition();
    assert.equal(dom.gbpStatus.placement.mock.callCount(), 1);
  });
});
