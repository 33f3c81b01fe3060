// SPDX-License-Identifier: Apache-2.0
// A popover stands inside the window, at its badge: below it where there is room, else above it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

const VIEW = { clientWidth: 1000, clientHeight: 800 };

/** A popover of that size, and the button at that place of the window, which is scrolled down by `scrolled`. */
function placed({ button: [left, top] = [500, 100], size: [width, height] = [300, 200], scrolled = 0 } = {}) {
  const html = '<button id="button"></button><div class="popover" style="position: absolute"><div class="arrow"></div><div class="popover-content"></div></div>';
  const dom = new Dom({ html, scripts: ['placement'] });
  const [tip, button, content] = ['.popover', '#button', '.popover-content'].map(one => dom.find(one));
  Object.entries(VIEW).forEach(([name, value]) => Object.defineProperty(dom.document.documentElement, name, { value }));
  dom.window.pageYOffset = scrolled;
  const at = { left, top };
  button.getBoundingClientRect = () => ({ ...at, width: 40, height: 20, bottom: at.top + 20, right: at.left + 40 });
  const position = () => ({ left: parseFloat(tip.style.left) || 0, top: (parseFloat(tip.style.top) || 0) - dom.window.pageYOffset });
  tip.getBoundingClientRect = () => ({ ...position(), width, height });
  [[tip, height], [content, height - 50]].forEach(([element, value]) => Object.defineProperty(element, 'offsetHeight', { value }));
  const follow = dom.gbpStatus.placement(tip, button);
  return { tip, content, at, follow, position, side: ['top', 'bottom'].filter(name => tip.classList.contains(name)).join() };
}

describe('a popover', () => {
  it('stands below its badge, in the middle', () => {
    const { position, side, tip } = placed();
    assert.deepEqual([side, position()], ['bottom', { left: 370, top: 132 }]);
    assert.equal(tip.querySelector('.arrow').style.left, '150px');
  });

  it('stands above its badge where there is no room below', () => {
    const { position, side } = placed({ button: [500, 700] });
    assert.deepEqual([side, position()], ['top', { left: 370, top: 488 }]);
  });

  it('stands below where there is more room, though not enough', () => {
    assert.equal(placed({ button: [500, 300], size: [300, 900] }).side, 'bottom');
  });

  [['left', 0, 8, 12], ['right', 970, 692, 288]].forEach(([edge, left, expected, arrow]) => {
    it(`stays inside of the ${edge} edge, and its arrow at the badge`, () => {
      const { position, tip } = placed({ button: [left, 100] });
      assert.deepEqual([position().left, tip.querySelector('.arrow').style.left], [expected, arrow + 'px']);
    });
  });

  it('is as high as there is room for, and scrolls', () => {
    const { content } = placed({ button: [500, 100], size: [300, 900] });
    assert.equal(content.style.maxHeight, 800 - 120 - 12 - 8 - 50 + 'px');
  });

  it('is never lower than can be read, nor higher than the window', () => {
    assert.equal(placed({ button: [500, 390], size: [300, 900] }).content.style.maxHeight, 370 - 50 + 'px');
    assert.equal(placed({ button: [500, 5000], size: [300, 900] }).content.style.maxHeight, 784 - 50 + 'px');
  });

  it('stays inside the window that is scrolled', () => {
    assert.deepEqual(placed({ scrolled: 400 }).position(), { left: 370, top: 132 });
  });

  it('follows its badge as far as that moves', () => {
    const { at, follow, position } = placed();
    Object.assign(at, { top: 160, left: 510 });
    follow();
    assert.deepEqual(position(), { left: 380, top: 192 });
    follow();
    assert.deepEqual(position(), { left: 380, top: 192 });
  });
});
