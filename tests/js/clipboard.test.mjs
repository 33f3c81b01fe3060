// SPDX-License-Identifier: Apache-2.0
// Texts are copied on any dashboard, with TLS and without, and the button says whether they are.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

const SHOWN_MS = 3000;

/** A page with a button to copy by; `clipboard` is the browser's, which is there with TLS alone. */
function opened(clipboard, selection = true) {
  const dom = new Dom({ html: '<button id="copy">Copy details</button>', scripts: ['clipboard'] });
  const { document, clock } = dom;
  const selected = [];
  document.execCommand = command => {
    const area = document.querySelector('textarea');
    // Browsers move the focus to what is selected.
    area.focus();
    selected.push([command, area.value.slice(area.selectionStart, area.selectionEnd)]);
    return selection;
  };
  const button = dom.find('#copy');
  button.focus();
  const liveRegion = { say: mock.fn() };
  const copy = dom.gbpStatus.clipboard({ window: { navigator: { clipboard } }, document, clock, liveRegion });
  return { dom, clock, button, selected, copy: text => copy(text, button), said: () => liveRegion.say.mock.calls.map(call => call.arguments[0]) };
}

describe('copying', () => {
  it('takes the clipboard of the browser where there is one', async () => {
    const writeText = mock.fn(async () => {});
    const { copy, button, selected, said } = opened({ writeText });
    await copy('The pool is empty');
    assert.deepEqual(writeText.mock.calls[0].arguments, ['The pool is empty']);
    assert.deepEqual([selected, button.textContent, said()], [[], 'Copied', ['Copied']]);
  });

  [['without TLS', undefined], ['where the browser forbids it', { writeText: async () => { throw new Error('forbidden'); } }]].forEach(
    ([when, clipboard]) => {
      it('selects the text ' + when, async () => {
        const { dom, copy, button, selected } = opened(clipboard);
        await copy('The pool\nis empty');
        assert.deepEqual([selected, button.textContent], [[['copy', 'The pool\nis empty']], 'Copied']);
        assert.deepEqual([dom.find('textarea'), dom.document.activeElement], [null, button]);
      });
    });

  it('says where it failed', async () => {
    const { copy, button, said } = opened(undefined, false);
    await copy('text');
    assert.deepEqual([button.textContent, said()], ['Copying failed', ['Copying failed']]);
  });

  it('gives the button its own words back, also after two clicks', async () => {
    const { copy, button, clock } = opened();
    await copy('text');
    await clock.pass(SHOWN_MS - 1);
    assert.equal(button.textContent, 'Copied');
    await copy('text');
    await clock.pass(SHOWN_MS);
    assert.equal(button.textContent, 'Copy details');
  });
});
