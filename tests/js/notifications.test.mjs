// SPDX-License-Identifier: Apache-2.0
// Whether the browser may notify, and how seldom the page asks it: each time the page waits for the answer.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

class Browser {
  constructor(permission) {
    this.asked = 0;
    this.permission = permission;
    this.stored = {};
    this.document = { title: '' };
    this.window = { Notification: this.#notification(), console: { info: () => {} }, addEventListener: (name, task) => { this[name] = task; } };
    const storage = { getItem: key => this.stored[key], setItem: (key, value) => { this.stored[key] = value; } };
    const gbpStatus = load(['dom', 'badges', 'notifications']);
    this.notifications = gbpStatus.notifications({ mute: { isMuted: () => false }, root: {}, window: this.window, document: this.document, storage });
  }

  #notification() {
    const browser = this;
    return {
      get permission() {
        browser.asked += 1;
        return browser.permission;
      },
      requestPermission: async () => {
        browser.permission = 'granted';
        return browser.permission;
      },
    };
  }

  get button() {
    const button = { textContent: '' };
    this.notifications.showButton(button);
    return button.hidden ? null : button.textContent;
  }
}

/** A chip of what is urgent; without a number where none is known. */
function chip(number, certainty = 'EXACT') {
  const place = number === null ? null : { textContent: String(number) };
  return { dataset: { gbpStatusUrgent: certainty }, querySelector: () => place };
}

function titled(...badges) {
  return titledWith([], ...badges);
}

function titledWith(chips, ...badges) {
  const document = { title: 'Groups' };
  const all = badges.map(dataset => ({ dataset, nextElementSibling: dataset.stored ? { dataset: { gbpStatusStored: '' } } : null }));
  const root = { querySelectorAll: selector => (selector === '[data-gbp-status-urgent]' ? chips : all) };
  const window = { Notification: null, addEventListener: () => {} };
  const mute = { isMuted: ({ dataset }) => 'muted' in dataset };
  load(['dom', 'badges', 'notifications']).notifications({ mute, root, window, document, storage: {} }).count();
  return document.title;
}

describe('the title', () => {
  const below = { gbpStatus: 'ACTIVE', gbpStatusKind: 'l2', gbpStatusId: 'b', gbpBelow: 'error' };
  const broken = { gbpStatus: 'ERROR', gbpStatusKind: 'l2', gbpStatusId: 'a', gbpStatusProblem: '', gbpBelow: 'error' };

  it('counts what Neutron reports in error beneath, each resource once', () => {
    assert.equal(titled(broken, below, below), '(2) Groups');
  });

  it('counts what the chips count, also on the other pages', () => {
    assert.equal(titledWith([chip(12), chip('1,003')], broken), '(1015) Groups');
    assert.equal(titledWith([chip(0)], broken), 'Groups');
  });

  it('counts what the first sentence says where the chips count something else', () => {
    const sentence = number => ({ dataset: { gbpStatusUrgent: 'EXACT', gbpStatusNumber: String(number) }, querySelector: () => null });
    assert.equal(titledWith([sentence(1015)]), '(1015) Groups');
    assert.equal(titledWith([sentence(0)], broken), 'Groups');
  });

  it('counts the problems that are shown where the chips do not know all', () => {
    assert.equal(titledWith([chip(1, 'AT_LEAST'), chip(null, 'PENDING')], broken, below), '(2) Groups');
    assert.equal(titledWith([chip(7, 'AT_LEAST')], broken, below), '(7) Groups');
  });

  it('counts nothing that is muted', () => {
    assert.equal(titledWith([chip(12)], { ...broken, muted: '' }, { ...broken, muted: '' }, below), '(11) Groups');
    assert.equal(titled({ ...broken, muted: '' }), 'Groups');
    assert.equal(titledWith([chip(12)], { ...below, gbpBelow: 'ok', muted: '' }), '(12) Groups');
  });

  it('counts nothing that is only as last stored', () => {
    assert.equal(titled({ ...below, gbpBelow: 'ok', stored: true }), 'Groups');
  });

  it('counts nothing that is well beneath, or is being built there', () => {
    assert.equal(titled({ ...below, gbpBelow: 'ok' }, { ...below, gbpBelow: 'build' }), 'Groups');
  });
});

describe('the words of a filter', () => {
  const words = dataset => load(['badges']).badges.filterWords({ dataset });

  [
    [{ gbpStatus: 'ACTIVE' }, ['active']],
    [{ gbpStatus: 'ACTIVE', gbpBelow: 'error' }, ['active', 'below']],
    [{ gbpStatus: 'ERROR', gbpStatusProblem: '', gbpBelow: 'error' }, ['error']],
    [{ gbpStatus: 'BUILD', gbpStatusCountedAs: 'none' }, ['none']],
  ].forEach(([dataset, expected]) => {
    it(JSON.stringify(dataset), () => {
      assert.deepEqual(words(dataset), expected);
    });
  });
});

describe('notifications', () => {
  it('ask the browser once, however often the strip is shown', () => {
    const browser = new Browser('default');
    assert.deepEqual([browser.button, browser.button, browser.button], Array(3).fill('Notify me'));
    assert.equal(browser.asked, 1);
  });

  it('are on as soon as the user has allowed them, and off again by the same button', async () => {
    const browser = new Browser('default');
    await browser.notifications.toggle();
    assert.equal(browser.button, 'Stop notifications');
    await browser.notifications.toggle();
    assert.equal(browser.button, 'Notify me');
  });

  it('are as allowed as they are when the user comes back to the page', async () => {
    const browser = new Browser('default');
    await browser.notifications.toggle();
    browser.permission = 'denied';
    browser.focus();
    assert.equal(browser.notifications.isOn(), false);
    assert.equal(browser.button, null);
  });

  it('are offered no longer where the browser refuses to show one, and the page goes on', async () => {
    const browser = new Browser('default');
    await browser.notifications.toggle();
    browser.document.hidden = true;
    assert.doesNotThrow(() => browser.notifications.notify('web: Error'));
    browser.focus();
    assert.deepEqual([browser.notifications.isOn(), browser.button], [false, null]);
  });
});
