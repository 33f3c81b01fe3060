// SPDX-License-Identifier: Apache-2.0
// What an open popover offers: to mute a problem, and to end that.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

/** An open popover of a badge, which is muted with those words. */
function opened(name, words = '') {
  const dom = new Dom({ scripts: ['dom', 'badges', 'mute_form'] });
  const tip = Object.assign(dom.document.createElement('div'), { className: 'popover' });
  tip.append(dom.find('[data-gbp-status-popover]').content.cloneNode(true));
  dom.badge(name).append(tip);
  const muted = { words };
  const form = dom.gbpStatus.muteForm({ mutes: { words: () => muted.words } });
  const write = () => {
    form.write(dom.badge(name), tip);
    return ['[data-gbp-status-act="mute"]', '[data-gbp-status-act="unmute"]', '[data-gbp-status-mute]'].filter(one => !tip.querySelector(one).hidden)
      .map(one => one.match(/status-([^\]]*)/)[1]);
  };
  return { dom, tip, form, write, muted };
}

describe('a popover', () => {
  [['db', ['act="mute"']], ['app', ['act="mute"']], ['web', []]].forEach(([name, offers]) => {
    it(`of ${name} offers: ${offers}`, () => {
      assert.deepEqual(opened(name).write(), offers);
    });
  });

  it('says until when it is muted, and why, and offers to end that', () => {
    const { tip, write } = opened('db', 'Muted until it changes: known');
    assert.deepEqual(write(), ['act="unmute"']);
    assert.equal(tip.querySelector('[data-gbp-status-part="muted"]').textContent, 'Muted until it changes: known');
  });

  it('asks for a reason, with the focus there, and goes on to ask while the page changes', () => {
    const { dom, tip, form, write } = opened('db');
    write();
    form.ask(tip);
    assert.equal(dom.document.activeElement, tip.querySelector('[data-gbp-status-reason]'));
    assert.deepEqual(write(), ['mute']);
  });

  it('asks no longer once it is muted', () => {
    const { tip, form, write, muted } = opened('db');
    form.ask(tip);
    muted.words = 'Muted';
    assert.deepEqual(write(), ['act="unmute"']);
  });
});
