// SPDX-License-Identifier: Apache-2.0
// What a page says that could not be read.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

function opened(html) {
  const dom = new Dom({ html, scripts: ['dom', 'unread'] });
  const { unread } = dom.gbpStatus;
  return Object.fromEntries(Object.keys(unread).map(name => [name, unread[name](dom.document.body)]));
}

describe('what could not be read', () => {
  it('is said by kind, with the reason, the name, and whether it is beneath', () => {
    const line = (kind, more) => `<p data-gbp-status-unread="${kind}" data-gbp-status-reason="timeout" ${more}></p>`;
    const html = line('l3_policies', 'data-gbp-status-label="L3 Policies"') + line('networks', 'data-gbp-status-label="Networks" data-gbp-status-layer="neutron"');
    assert.deepEqual(opened(html).kinds, {
      l3_policies: { reason: 'timeout', label: 'L3 Policies', isBeneath: false },
      networks: { reason: 'timeout', label: 'Networks', isBeneath: true },
    });
  });

  it('is all of it where the page says so', () => {
    assert.equal(opened('<p data-gbp-status-failed></p>').isAll, false);
    assert.equal(opened('<p data-gbp-status-failed="whole"></p>').isAll, true);
  });

  it('leaves the rest wrong where the page says so', () => {
    assert.equal(opened('<p data-gbp-status-failed></p>').isIncomplete, false);
    assert.equal(opened('<p data-gbp-status-failed="incomplete"></p>').isIncomplete, true);
  });

  [
    ['<p class="gbp-status-badge"></p>', true], ['<table><tbody></tbody></table>', true], ['<p data-gbp-status-empty></p>', true],
    ['<p data-gbp-status-result></p>', true], ['<p class="gbp-status-unmatched"></p>', true], ['<p class="gbp-status-quiet">Loading…</p>', false],
  ].forEach(([html, expected]) => {
    it(`leaves ${expected ? 'a result' : 'none'}: ${html}`, () => { assert.equal(opened(html).hasResults, expected); });
  });
});
