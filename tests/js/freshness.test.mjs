// SPDX-License-Identifier: Apache-2.0
// What the strip says of the age of the page.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';
import { Clock, load } from './scripts.mjs';

const MINUTE_MS = 60000;
const STATE = { running: false, paused: false, failedSince: null, nextAt: null, heartbeat: MINUTE_MS, mayChange: false, againAt: null };

/** What the strip has beside elements; moments are written as numbers of minutes. */
const BESIDE = { time: { short: at => at / MINUTE_MS }, failures: () => [], list: { news: { count: 0 } }, title: { count: () => {} } };

/** The texts of the strip in a state, by the names of its elements; times are in minutes. */
function said(state) {
  const gbpStatus = load(['dom', 'freshness']);
  const texts = {};
  gbpStatus.dom.find = (_, what) => ({ what });
  gbpStatus.dom.write = ({ what }, text) => { texts[what] = text; };
  const root = { dataset: {} };
  const clock = new Clock();
  clock.time = 10 * MINUTE_MS;
  const page = { ...BESIDE, root, document: {}, clock, notifications: { showButton: () => {} } };
  gbpStatus.freshness(page)({ ...STATE, readAt: 9 * MINUTE_MS, allAt: 9 * MINUTE_MS, ...state }, []);
  return [texts.freshness, texts.again];
}

describe('the strip', () => {
  const stretched = { allAt: 2 * MINUTE_MS, againAt: 12 * MINUTE_MS };

  [
    ['a page', {}, 'Updated 9', ''],
    ['a page of which nothing has been read', { readAt: -Infinity, allAt: -Infinity, running: true }, 'Being read for the first time', ''],
    ['a page of which nothing could be read', { readAt: -Infinity, allAt: -Infinity, failedSince: -Infinity }, 'Nothing could be read yet.', ''],
    ['a page with builds', { mayChange: true, allAt: 8 * MINUTE_MS }, 'Updated 8', ''],
    ['a settled page that is not read again', { heartbeat: 0 },
      'Updated 9. Nothing on this page is being built, so it is not read again by itself.', ''],
    ['one that is being read', { heartbeat: 0, running: true }, 'Updated 9', ''],
    ['one that is 90 s old and is being read', { running: true, readAt: 8.5 * MINUTE_MS }, 'Updated 9', ''],
    ['one that is older and is being read', { running: true, readAt: 8.4 * MINUTE_MS }, 'Last read 8.4, being read again now', ''],
    ['everything that is read more rarely', stretched, 'Updated 2', 'All is read again 12.'],
    ['everything while updates are paused', { ...stretched, paused: true }, 'Updates are paused. Last read 9', ''],
    ['everything that could not be read', { ...stretched, failedSince: 9 * MINUTE_MS }, 'Last read 9', ''],
  ].forEach(([name, state, freshness, again]) => {
    it('says of ' + name + ': ' + freshness, () => {
      assert.deepEqual(said(state), [freshness, again]);
    });
  });
});

describe('the focus on a button of the strip', () => {
  const nothingNew = { mayChange: true, readAt: 0, allAt: 0 };

  [
    ['to pause, with nothing to pause any more', 'pause', { ...nothingNew, heartbeat: 0, mayChange: false }],
    ['to show new rows, which have come', 'show', nothingNew],
    ['for notifications, which the user has denied', 'notify', nothingNew],
  ].forEach(([what, act, state]) => {
    it(`that is there ${what}, goes on to Refresh`, () => {
      const dom = new Dom({ scripts: ['dom', 'freshness'] });
      const { root, document, clock, gbpStatus } = dom;
      const page = { ...BESIDE, root, document, clock, notifications: { showButton: one => gbpStatus.dom.write(one, '') } };
      const button = dom.find(`[data-gbp-status-act="${act}"]`);
      button.hidden = false;
      dom.find('[data-gbp-status-strip]').hidden = false;
      button.focus();
      assert.equal(document.activeElement, button);
      gbpStatus.freshness(page)({ ...STATE, ...state }, []);
      assert.deepEqual([button.hidden, document.activeElement.dataset.gbpStatusAct], [true, 'refresh']);
    });
  });
});
