// SPDX-License-Identifier: Apache-2.0
// What an open popover asks the server for, and when it asks again for the rest.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load, settled } from './scripts.mjs';

const TEXT = { ok: true, body: 'text', retryAfter: 0 };
const WAITING = { ok: true, body: 'being read', retryAfter: 2000, notBefore: '7.5' };

/** A popover of which the server says these answers, one after the other. */
function opened(answers, { flags = ['gbpStatusExplained'], check = () => false } = {}) {
  const document = { activeElement: null };
  const gbpStatus = load(['dom', 'badges', 'explanation'], { document });
  const parts = {};
  const partOf = what => (parts[what] ||= { hidden: true, texts: [], replaceChildren: text => { parts[what].texts.push(text); } });
  gbpStatus.dom.find = (_, what) => (what === 'ticket' ? null : partOf(what));
  gbpStatus.dom.parse = html => ({ childNodes: [html] });
  partOf('why-answer').contains = element => element !== null;
  const tip = { focus: mock.fn() };
  const clock = new Clock();
  const transport = mock.fn(async () => answers.shift());
  const why = gbpStatus.explanation({ clock, transport, session: { check } });
  const badge = { dataset: { gbpStatusUrl: '/l2/1/', ...Object.fromEntries(flags.map(flag => [flag, ''])) } };
  const shown = mock.fn();
  why.load(badge, tip, shown);
  const asked = () => transport.mock.calls.map(call => [call.arguments[0], call.arguments[1].notBefore]);
  const visible = () => Object.keys(parts).filter(name => name.startsWith('why') && !parts[name].hidden);
  return { why, clock, asked, visible, shown, tip, document, texts: parts['why-answer'].texts, load: () => why.load(badge, tip, shown) };
}

describe('an open popover', () => {
  it('shows what the server says, and asks once', async () => {
    const page = opened([TEXT]);
    assert.deepEqual(page.visible(), ['why-loading', 'why']);
    await page.clock.pass(60000);
    assert.deepEqual(page.asked(), [['/l2/1/explanation/', undefined]]);
    assert.deepEqual([page.texts.at(-1), page.visible(), page.shown.mock.callCount()], ['text', ['why-answer', 'why'], 1]);
  });

  it('asks nothing of what there is nothing more to say of', async () => {
    const page = opened([], { flags: [] });
    await settled();
    assert.deepEqual([page.asked(), page.visible()], [[], []]);
  });

  it('asks again for what is still being read, when and from when on the server says, until that is there', async () => {
    const page = opened([WAITING, { ...WAITING, retryAfter: 1000 }, TEXT]);
    await page.clock.pass(1999);
    assert.deepEqual([page.asked().length, page.texts.at(-1)], [1, 'being read']);
    await page.clock.pass(1001);
    assert.deepEqual(page.asked().map(([, notBefore]) => notBefore), [undefined, '7.5', '7.5']);
    await page.clock.pass(60000);
    assert.deepEqual([page.asked().length, page.texts.at(-1), page.shown.mock.callCount()], [3, 'text', 3]);
  });

  it('does not ask again when it has been closed, nor twice when it was opened again', async () => {
    const page = opened([WAITING, WAITING, TEXT]);
    await settled();
    page.why.stop();
    await page.clock.pass(60000);
    assert.equal(page.asked().length, 1);
    page.load();
    await page.clock.pass(60000);
    assert.equal(page.asked().length, 3);
  });

  [{ ok: false, body: '', retryAfter: 5000 }, { ok: false }].forEach(answer => {
    it('says that it failed, and leaves it: ' + JSON.stringify(answer), async () => {
      const page = opened([answer]);
      await page.clock.pass(60000);
      assert.deepEqual([page.asked().length, page.visible(), page.texts.at(-1)], [1, ['why-failed', 'why'], '']);
    });
  });

  it('shows nothing of another session', async () => {
    const page = opened([{ ...TEXT, retryAfter: 5000 }], { check: () => true });
    await page.clock.pass(60000);
    assert.deepEqual([page.asked().length, page.visible(), page.texts.at(-1)], [1, ['why-failed', 'why'], '']);
  });

  it('keeps the focus when what had it is exchanged', async () => {
    const page = opened([WAITING, TEXT]);
    await settled();
    assert.equal(page.tip.focus.mock.callCount(), 0);
    page.document.activeElement = {};
    await page.clock.pass(2000);
    assert.equal(page.tip.focus.mock.callCount(), 1);
  });
});
