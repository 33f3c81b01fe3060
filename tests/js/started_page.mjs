// SPDX-License-Identifier: Apache-2.0
// A whole page that has started, as Horizon starts it: all scripts on what the server makes, with answers in the server's place.
import { afterEach, mock } from 'node:test';

import { Dom } from './dom.mjs';
import { NAMES, settled } from './scripts.mjs';

export const KIND = 'policy_target_groups';
const opened = [];

/** A page that has started; `respond(url, headers)` gives {status, body, headers} of each answer. */
export class Started {
  constructor({ prepare = () => {}, wrap = () => {}, navigation = {}, isHidden = false, respond = () => ({ status: 503, body: '{}' }), ...page } = {}) {
    this.dom = new Dom(page);
    Object.assign(this, { respond, isHidden, requests: [] });
    const { window, document, clock } = this.dom;
    this.#browser(window, navigation);
    prepare(document);
    const begun = [];
    const horizon = { addInitFunction: task => begun.push(task), datatables: this.dom.datatables };
    this.gbpStatus = this.dom.load(NAMES, { horizon, Math: Object.create(Math, { random: { value: () => 0.5 } }) });
    this.gbpStatus.clock = () => clock;
    wrap(this.gbpStatus);
    begun.forEach(task => task());
    opened.push(this);
  }

  #browser(window, navigation) {
    window.performance.getEntriesByType = () => [navigation];
    Object.defineProperty(window.document, 'hidden', { get: () => this.isHidden, configurable: true });
    window.console.warn = mock.fn();
    window.fetch = async (url, { headers, signal }) => {
      this.requests.push({ url: String(url).replace('http://horizon', ''), headers, signal });
      const { status = 200, body, type = 'application/json', ...more } = await this.respond(String(url), headers);
      return new Response(body, { status, headers: { 'Content-Type': type, 'Gbp-Status-Scope': 'here', ...more.headers } });
    };
  }

  get urls() { return this.requests.map(one => one.url); }

  press(act) { this.dom.find(`[data-gbp-status-act="${act}"]`).click(); }

  fire(target, type, more = {}) {
    target.dispatchEvent(Object.assign(new this.dom.window.Event(type, { bubbles: true }), more));
    return settled();
  }
}

export function asksNothingBeneath(document) {
  document.querySelector('[data-gbp-status-beneath]').removeAttribute('data-gbp-status-beneath');
}

export function heartless(document) {
  document.querySelector('[data-gbp-status-heartbeat]').dataset.gbpStatusHeartbeat = '0';
}

function row(dom, id, like) {
  return { status: 'ACTIVE', details: '', below: [], badge: dom.markup(id, { like }) };
}

/** Says of what is polled that all of it is active now. */
export function allActive(page) {
  return url => {
    const ids = (new URL(url, 'http://horizon').searchParams.get(KIND) || '').split(',');
    return { body: JSON.stringify({ rows: { [KIND]: Object.fromEntries(ids.map(id => [id, row(page.dom, id, 'web')])) } }) };
  };
}

afterEach(() => {
  opened.splice(0).forEach(one => one.dom.window.close());
});
