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
    this.document = { hidden: false };
    this.window = { Notification: this.#notification(), console: { info: () => {} }, addEventListener: (name, task) => { this[name] = task; } };
    const storage = { getItem: key => this.stored[key], setItem: (key, value) => { this.stored[key] = value; } };
    const gbpStatus = load(['dom', 'notifications']);
    this.notifications = gbpStatus.notifications({ window: this.window, document: this.document, storage, title: { text: () => 'Groups' } });
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

  it('are as allowed as they are when the user returns to the page', async () => {
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
