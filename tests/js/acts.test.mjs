// SPDX-License-Identifier: Apache-2.0
// What each button of the page does.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';
import { settled } from './scripts.mjs';

/** A page whose buttons note what they do, in order, with an open popover at the badge of db. */
function opened(name = 'groups') {
  const dom = new Dom({ name, scripts: ['dom', 'acts'] });
  const { root, document } = dom;
  const done = [];
  const noting = (part, ...names) => Object.fromEntries(names.map(one => [one, (...given) => { done.push([`${part}.${one}`, ...given]); }]));
  const tip = Object.assign(document.createElement('div'), { className: 'popover' });
  tip.append(dom.find('[data-gbp-status-popover]').content.cloneNode(true));
  dom.badge('db').append(tip);
  const notifications = { toggle: async () => { done.push(['notifications.toggle']); } };
  const explanation = { ticket: element => `ticket of ${element.className}` };
  const clipboard = (text, button) => { done.push(['clipboard', text, button.dataset.gbpStatusAct]); };
  dom.gbpStatus.acts({
    root, document, notifications, explanation, clipboard,
    poller: noting('poller', 'togglePause', 'poll', 'pageChanged'),
    popover: noting('popover', 'dismiss', 'reposition', 'refresh'),
    muteForm: noting('muteForm', 'ask'),
    mutedLines: noting('mutedLines', 'set', 'unset', 'toggle'),
  });
  const press = act => {
    done.length = 0;
    dom.find(`[data-gbp-status-act="${act}"]`).click();
    return done;
  };
  return { dom, tip, press };
}

describe('the button', () => {
  it('pauses and resumes updates', () => {
    assert.deepEqual(opened().press('pause'), [['poller.togglePause']]);
  });

  ['refresh', 'show'].forEach(act => {
    it(act + ' reads everything anew', () => {
      assert.deepEqual(opened().press(act), [['poller.poll', 'whole']]);
    });
  });

  it('turns notifications on, and the page shows it when that is done', async () => {
    const { press } = opened();
    const done = press('notify');
    assert.deepEqual(done, [['notifications.toggle']]);
    await settled();
    assert.deepEqual(done.at(-1)[0], 'poller.pageChanged');
  });

  it('closes the popover', () => {
    assert.deepEqual(opened().press('close'), [['popover.dismiss']]);
  });

  it('copies the details of the badge, and its ticket', () => {
    const { press } = opened();
    assert.deepEqual(press('copy-details'), [['clipboard', 'The pool is empty', 'copy-details']]);
    assert.deepEqual(press('copy-ticket'), [['clipboard', 'ticket of popover', 'copy-ticket']]);
  });

  it('copies the name of an object of the fabric', () => {
    const { dom, press } = opened();
    dom.root.insertAdjacentHTML('beforeend', '<button data-gbp-status-act="copy-name" data-gbp-status-dn="uni/tn-a">Copy</button>');
    assert.deepEqual(press('copy-name'), [['clipboard', 'uni/tn-a', 'copy-name']]);
  });

  it('works by what stands in it', () => {
    const { dom } = opened();
    const clicked = [];
    dom.find('[data-gbp-status-act="close"] span').addEventListener('click', () => clicked.push('inner'));
    dom.find('[data-gbp-status-act="close"] span').click();
    assert.deepEqual(clicked, ['inner']);
  });
});

describe('muting', () => {
  it('asks for a reason, in sight', () => {
    const { dom, tip, press } = opened();
    assert.deepEqual(press('mute'), [['muteForm.ask', tip], ['popover.reposition']]);
    const scrolled = dom.window.HTMLElement.prototype.scrollIntoView.mock.calls;
    assert.deepEqual(scrolled.map(call => [call.this, call.arguments]), [[tip.querySelector('[data-gbp-status-mute]'), [{ block: 'nearest' }]]]);
  });

  it('closes the popover, and takes reason and span to the badge', () => {
    const { dom, tip, press } = opened();
    tip.querySelector('[data-gbp-status-reason]').value = 'known';
    tip.querySelector('[data-gbp-status-until]').value = 'week';
    assert.deepEqual(press('mute-save'), [['popover.dismiss'], ['mutedLines.set', dom.badge('db'), 'known', 'week']]);
  });

  it('leads to what shows the line again where that is hidden now', () => {
    const { dom, press } = opened('overview');
    const shows = dom.find('[data-gbp-status-act="muted"]');
    shows.closest('[hidden]').hidden = false;
    dom.badge('db').closest('li').hidden = true;
    press('mute-save');
    assert.equal(dom.document.activeElement, shows);
  });

  it('ends by a button, in the popover and in the row', () => {
    const { dom, press } = opened();
    const done = press('unmute');
    assert.deepEqual(done, [['mutedLines.unset', dom.find('[data-gbp-status-act="unmute"]')], ['popover.refresh']]);
  });

  it('shows and hides what is muted', () => {
    assert.deepEqual(opened('overview').press('muted'), [['mutedLines.toggle']]);
  });
});
