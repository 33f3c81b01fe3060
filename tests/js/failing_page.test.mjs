// SPDX-License-Identifier: Apache-2.0
// A whole page whose answers fail or do not come, or that nobody sees.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { settled } from './scripts.mjs';
import { asksNothingBeneath, Started } from './started_page.mjs';

describe('an answer', () => {
  const page = { type: 'text/html', body: '<h1>Bad gateway</h1>' };
  [
    { ...page, status: 404 }, { ...page, status: 502 }, { ...page, body: '<p>captive portal</p>' }, { body: '<p>captive portal</p>' },
    { body: '{"rows": ' }, { body: '[]x' }, { body: '{}' }, { body: '[]' }, { body: 'null' },
  ].forEach(answer => {
    it('that is none is a failure: ' + JSON.stringify(answer), async () => {
      const { dom } = new Started({ respond: () => answer });
      await settled();
      assert.equal(dom.root.dataset.gbpStatusState, 'stale');
      assert.match(dom.find('[data-gbp-status-notice]').textContent, /could not be read since/);
    });
  });

  [429, 503].forEach(status => {
    it('may ask for patience: ' + status, async () => {
      const stale = new Started({ respond: () => ({ status, body: '', headers: { 'Retry-After': '50' } }) });
      await stale.dom.clock.pass(49999);
      assert.equal(stale.urls.length, 1);
      await stale.dom.clock.pass(1);
      assert.equal(stale.urls.length, 2);
    });
  });

  it('that does not come in time is a failure', async () => {
    const waiting = new Started({ respond: () => new Promise(() => {}) });
    const [{ signal }] = waiting.requests;
    await waiting.dom.clock.pass(29999);
    assert.equal(signal.aborted, false);
    await waiting.dom.clock.pass(1);
    assert.equal(signal.aborted, true);
  });
});

describe('a page that is hidden', () => {
  it('from the beginning reads when it is seen', async () => {
    const page = new Started({ isHidden: true, prepare: asksNothingBeneath });
    await page.dom.clock.pass(120000);
    assert.deepEqual(page.urls, []);
    page.isHidden = false;
    await page.fire(page.dom.document, 'visibilitychange');
    assert.equal(page.urls.length, 1);
  });

  it('for a moment reads at once when it is seen again, also what is not due yet', async () => {
    const page = new Started({ prepare: asksNothingBeneath });
    for (const isHidden of [true, false]) {
      page.isHidden = isHidden;
      await page.fire(page.dom.document, 'visibilitychange');
    }
    assert.equal(page.urls.length, 1);
  });

  it('does not look fresh while it is read again', async () => {
    const page = new Started({ prepare: asksNothingBeneath, respond: () => new Promise(() => {}) });
    page.isHidden = true;
    await page.fire(page.dom.document, 'visibilitychange');
    await page.dom.clock.pass(120000);
    page.isHidden = false;
    await page.fire(page.dom.document, 'visibilitychange');
    assert.match(page.dom.find('[data-gbp-status-freshness]').textContent, /^Last read 12:00.PM, being read again now$/);
  });

  it('rests, and reads when it is seen again', async () => {
    const page = new Started();
    await settled();
    page.isHidden = true;
    await page.fire(page.dom.document, 'visibilitychange');
    const before = page.urls.length;
    await page.dom.clock.pass(120000);
    assert.equal(page.urls.length, before);
    page.isHidden = false;
    await page.fire(page.dom.document, 'visibilitychange');
    assert.equal(page.urls.length, before + 1);
  });

  [['online', {}, 1], ['pageshow', { persisted: true }, 1], ['pageshow', { persisted: false }, 0]].forEach(([type, more, reads]) => {
    it(`reads ${reads} times at ${type} ${JSON.stringify(more)}`, async () => {
      const page = new Started();
      await settled();
      const before = page.urls.length;
      await page.fire(page.dom.window, type, more);
      assert.equal(page.urls.length, before + reads);
    });
  });
});
