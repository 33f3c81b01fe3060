// SPDX-License-Identifier: Apache-2.0
// A page as the poller sees it: what it reads, and what it is told.
import { mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

export const INTERVAL = 2500;
const FIXED = Object.create(Math, { random: { value: () => 0.5 } });

export class Page {
  constructor(stored = {}, heartbeat = 0) {
    this.clock = new Clock();
    this.document = { hidden: false };
    this.outcome = {};
    this.pending = true;
    this.stored = stored;
    this.strip = mock.fn();
    this.heartbeat = heartbeat;
    this.notifying = false;
    this.reading = { state: { readAt: 0, allAt: 0 }, isPending: () => this.pending, read: mock.fn(() => this.answer()) };
    const { clock, document, reading } = this;
    const gbpStatus = load(['schedule', 'poller'], { Math: FIXED });
    const storage = { getItem: key => this.stored[key], setItem: (key, value) => { this.stored[key] = value; } };
    const schedule = gbpStatus.schedule({ interval: INTERVAL, heartbeat, clock });
    const outages = { list: () => [] };
    const notifications = { isOn: () => this.notifying };
    this.poller = gbpStatus.poller(
      { document, storage, clock, schedule, reading, freshness: this.strip, outages, heartbeat, notifications });
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
    return this.reading.read.mock.calls.map(({ arguments: [{ scope }, maxAge] }) => [scope, maxAge]);
  }

  get requests() {
    return this.reading.read.mock.calls.map(call => call.arguments[0]);
  }

  get shown() {
    return this.strip.mock.calls.at(-1).arguments[0];
  }
}

export function started(stored, heartbeat) {
  const page = new Page(stored, heartbeat);
  page.poller.pageChanged();
  return page;
}
