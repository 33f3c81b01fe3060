// SPDX-License-Identifier: Apache-2.0
// A page with all that reads it, but for what shows it: fragments and badges are as a test says, and so are the answers.
import { mock } from 'node:test';

import { INTERVAL_MS, rootOf } from './polled_page.mjs';
import { Clock, load, NOTHING_FOLLOWED } from './scripts.mjs';

export const PENDING = 'data-gbp-status-pending';
const READS = ['dom', 'badges', 'unread', 'scope_width', 'scopes', 'schedule', 'outages', 'beneath', 'slices', 'poll_request', 'fragments', 'rounds', 'agenda', 'poller'];
const MADE = ['outages', 'beneath', 'schedule', 'fragments', 'pollRequest', 'scopes', 'rounds', 'agenda', 'poller'];

/** A fragment of a page, in which stand elements that have these data-gbp-status-* attributes. */
export class Fragment {
  constructor(kind, attributes = {}, holds = []) {
    Object.assign(this, { attributes: { ...attributes }, holds });
    this.dataset = { gbpStatusFragment: kind };
  }

  hasAttribute = name => name in this.attributes;

  setAttribute = (name, value) => { this.attributes[name] = value; };

  removeAttribute = name => { delete this.attributes[name]; };

  toggleAttribute = (name, isSet) => {
    this.removeAttribute(name);
    Object.assign(this.attributes, isSet ? { [name]: '' } : {});
  };

  closest = () => this;

  querySelector = selector => this.holds.find(one => selector.startsWith(`[data-gbp-status-${one}]`)) || null;
}

export class WholePage {
  /** `badges` are {kind, id, status}, `fragments` are Fragments, `chance` is what all random numbers are; the test sets `respond(url)`, which gives what a transport does. */
  constructor({ badges = [], fragments = [], heartbeat = 60000, stored = {}, beneath = '', chance = 0.5 }) {
    const shown = badges.map(one => ({ ...one, dataset: { gbpStatusKind: one.kind } }));
    Object.assign(this, { badges: shown, fragments, requests: [], clock: new Clock(), changes: [], stretched: 0, strip: mock.fn() });
    const gbpStatus = load(READS, { Math: Object.create(Math, { random: { value: () => chance } }), document: { baseURI: 'http://localhost/' } });
    Object.assign(gbpStatus, this.#environment(gbpStatus), { unread: { kinds: () => ({}), isAll: () => false, hasResults: () => true } });
    const page = { root: rootOf(this, beneath), document: { hidden: false }, window: { console }, clock: this.clock, heartbeat };
    Object.assign(page, { interval: INTERVAL_MS, giveUpAfter: 30000, freshness: this.strip, answers: () => this.changes.shift() || [] });
    page.storage = { getItem: key => stored[key], setItem: (key, value) => { stored[key] = value; } };
    page.since = { sync: () => {} };
    page.followed = NOTHING_FOLLOWED;
    page.session = { check: () => false };
    page.liveRegion = { say: mock.fn(), announce: () => {}, sentence: () => '' };
    page.notifications = { isOn: () => false };
    page.confirmedChanges = { note: () => {}, resources: () => [] };
    page.list = { isThere: () => false, isPreview: () => false };
    page.transport = this.#transport;
    page.fragmentSwap = this.#fragmentSwap();
    MADE.forEach(name => { page[name] = gbpStatus[name](page); });
    Object.assign(this, page, { shownFragments: fragments });
  }

  #environment({ dom }) {
    const container = { dataset: { gbpStatusFragmentsUrl: '/overview/' } };
    const { fragments } = this;
    dom.find = (scope, what) => (scope instanceof Fragment ? scope.querySelector(`[data-gbp-status-${what}]`) : fragments.length ? container : null);
    const findAll = dom.findAll;
    dom.findAll = (scope, what) => (scope === container ? fragments : findAll(scope, what));
    const key = ({ kind, id }) => kind + id;
    const isTransient = ({ status }) => ['', 'BUILD'].includes(status);
    const resource = ({ kind, id }) => ({ kind, id });
    const isUnread = ({ status }) => status === '';
    return { badges: { all: () => this.badges, key, isTransient, resource, resources: some => some.map(resource), isUnread } };
  }

  #fragmentSwap() {
    const fill = (fragment, _, outcome) => {
      fragment.holds.length = 0;
      Object.assign(outcome, { changed: true });
      return { unread: {}, isAll: false };
    };
    return { fill, fail: fragment => { fragment.holds.push('failed'); }, open: () => {} };
  }

  #transport = async (url, { maxAge, notBefore }) => {
    const short = url.replace('http://localhost', '');
    this.requests.push({ at: this.clock.now(), url: short, maxAge, notBefore });
    return { ok: true, age: 0, retryAfter: 0, ...await this.respond(short, this.requests.length) };
  };

  get urls() {
    return this.requests.map(one => one.url);
  }

  get shown() {
    return this.strip.mock.calls.at(-1).arguments[0];
  }
}
