// SPDX-License-Identifier: Apache-2.0
// A page as the poller sees it: what it reads, and what it is told.
import { mock } from 'node:test';

import { Clock, load, NOTHING_FOLLOWED } from './scripts.mjs';

export const INTERVAL_MS = 2500;
export const FIXED = Object.create(Math, { random: { value: () => 0.5 } });

/** The root of a page of which the server wants everything to be read every so many seconds; 0: does not say. */
export function rootOf(page, beneath = '') {
  const list = { dataset: { get gbpStatusHeartbeat() { return String(page.stretched); } } };
  return {
    dataset: { gbpStatusPollUrl: '/p/', gbpStatusMaxIds: '100', gbpStatusBeneath: beneath },
    dispatchEvent: () => {},
    querySelectorAll: selector => (selector === '[data-gbp-status-heartbeat]' && page.stretched ? [list] : []),
  };
}

export class Page {
  constructor(stored = {}, heartbeat = 0, stretched = 0) {
    Object.assign(this, { stored, heartbeat, stretched, outcome: {}, changing: true, notifying: false });
    this.clock = new Clock();
    this.document = { hidden: false };
    this.strip = mock.fn();
    const { clock, document } = this;
    const gbpStatus = load(['dom', 'scope_width', 'scopes', 'schedule', 'agenda', 'poller'], { Math: FIXED });
    const storage = { getItem: key => this.stored[key], setItem: (key, value) => { this.stored[key] = value; } };
    const page = { root: rootOf(this), document, storage, clock, heartbeat, interval: INTERVAL_MS, freshness: this.strip };
    page.outages = { list: () => [] };
    page.followed = NOTHING_FOLLOWED;
    page.notifications = { isOn: () => this.notifying };
    page.schedule = gbpStatus.schedule(page);
    const scopes = gbpStatus.scopes(page);
    page.rounds = {
      state: { readAt: 0, allAt: 0 },
      mayChange: () => this.changing,
      begin: (scope, notBefore) => ({ scope, maxAge: scopes[scope].maxAge(), notBefore, begun: clock.now() }),
      read: mock.fn(() => this.answer()),
    };
    this.rounds = page.rounds;
    page.agenda = gbpStatus.agenda(page);
    this.poller = gbpStatus.poller(page);
  }

  async answer() {
    await this.held;
    return this.outcome;
  }

  hold() {
    let release = null;
    this.held = new Promise(resolve => { release = resolve; });
    return release;
  }

  get reads() {
    return this.read.map(({ scope, maxAge }) => [scope, maxAge]);
  }

  /** The rounds that were read; one that was read again stands there again. */
  get read() {
    return this.rounds.read.mock.calls.map(call => call.arguments[0]);
  }

  get scopes() {
    return this.read.map(({ scope }) => scope);
  }

  get shown() {
    return this.strip.mock.calls.at(-1).arguments[0];
  }
}

export function started(stored, heartbeat, stretched) {
  const page = new Page(stored, heartbeat, stretched);
  page.poller.pageChanged();
  return page;
}

/** A page in which nothing changes by itself. */
export function settledPage(heartbeat, stretched) {
  const page = new Page({}, heartbeat, stretched);
  page.changing = false;
  page.poller.pageChanged();
  return page;
}
