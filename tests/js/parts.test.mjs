// SPDX-License-Identifier: Apache-2.0
// What becomes of a part that is exchanged: the focus stays with its resource, or its link.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load, NOTHING_FOLLOWED } from './scripts.mjs';

const HOSTILE = ['a', '"', '"],*[a="', 'a\\', 'a\nb', '\u0000', "'", ']', ''];

function badge(id, kind = 'l3') {
  const one = { button: { focus: mock.fn(), getAttribute: () => null } };
  one.dataset = { gbpStatus: 'ACTIVE', gbpStatusId: id, gbpStatusKind: kind };
  one.querySelector = () => one.button;
  one.button.closest = () => one;
  return one;
}

function link(href, act = null) {
  return { focus: mock.fn(), getAttribute: name => (name === 'href' ? href : act), closest: () => null };
}

/** What holds badges and links; like a browser's, it refuses a selector that has a value. */
function holding({ badges = [], links = [] }) {
  const held = { badges, links };
  const known = selector => {
    assert.doesNotMatch(selector, /=/);
    return selector.startsWith('a[') ? held.links : selector.startsWith('.gbp-status-badge') ? held.badges : [];
  };
  return {
    held,
    popover: null,
    contains: () => true,
    querySelectorAll: known,
    querySelector(selector) {
      return selector === '.popover' ? this.popover : selector === 'a, button' ? held.links[0] || held.badges[0]?.button || null : null;
    },
    replaceChildren(...fresh) { Object.assign(held, ...fresh); },
  };
}

/** Parts of a page in which `active` has the focus; markup is what stands in `fresh`. */
function partsOf(active, fresh) {
  const gbpStatus = load(['dom', 'badges', 'parts'], { document: { activeElement: active } });
  gbpStatus.unread = { kinds: () => ({}), isAll: () => false, hasResults: () => false };
  gbpStatus.dom.parse = () => Object.assign(holding(fresh), { childNodes: [fresh] });
  gbpStatus.dom.find = (_, what) => (what.startsWith('note') ? { content: { cloneNode: () => ({}) } } : null);
  const answers = mock.fn(() => ['changes']);
  return { answers, ...gbpStatus.parts({ root: {}, followed: NOTHING_FOLLOWED, answers }) };
}

/** What is noted of a part that is filled. */
function filled({ fill }, part, html, at = 0) {
  const outcome = { changes: [] };
  fill(part, { html, at }, outcome);
  return outcome;
}

function exchanged(active, fresh) {
  return filled(partsOf(active, fresh), holding({}), 'fresh', 5000);
}

function focused(...elements) {
  return elements.map(one => one.focus.mock.callCount());
}

describe('the focus in a part that is exchanged', () => {
  HOSTILE.forEach(id => {
    it('stays at the resource ' + JSON.stringify(id), () => {
      const [other, same] = [badge('other'), badge(id)];
      assert.ok(exchanged(badge(id).button, { badges: [other, same], links: [] }).changed);
      assert.deepEqual(focused(other.button, same.button), [0, 1]);
    });

    it('stays at the link to ' + JSON.stringify(id), () => {
      const [other, same] = [link('/other/'), link(id)];
      exchanged(link(id), { badges: [], links: [other, same] });
      assert.deepEqual(focused(other, same), [0, 1]);
    });
  });

  it('stays at the button that does the same', () => {
    const [title, again] = [link('/title/'), link(null, 'retry')];
    exchanged(link(null, 'retry'), { badges: [], links: [title, again] });
    assert.deepEqual(focused(title, again), [0, 1]);
  });

  it('is of no other kind with the same id', () => {
    const [other, same] = [badge('a', 'l2'), badge('a')];
    exchanged(badge('a').button, { badges: [other, same], links: [] });
    assert.deepEqual(focused(other.button, same.button), [0, 1]);
  });

  it('goes to the first that can have it where its own is gone', () => {
    const first = link('/first/');
    exchanged(badge('gone').button, { badges: [], links: [first] });
    assert.deepEqual(focused(first), [1]);
  });
});

describe('a part', () => {
  it('tells what its badges say, by the age of the answer', () => {
    const parts = partsOf(link('/'), { badges: [badge('a'), badge('b')], links: [] });
    assert.deepEqual(filled(parts, holding({}), 'fresh', 5000).changes, ['changes']);
    const [{ rows: { l3 } }, at] = parts.answers.mock.calls[0].arguments;
    assert.deepEqual([Object.keys(l3), l3.a.status, l3.b.status, at], [['a', 'b'], 'ACTIVE', 'ACTIVE', 5000]);
  });

  it('is exchanged only where it is new, but its badges are compared each time: a poll may have changed them', () => {
    const parts = partsOf(link('/'), { badges: [], links: [link('/')] });
    const part = holding({});
    assert.deepEqual(['fresh', 'fresh', 'other'].map(html => filled(parts, part, html).changed), [true, undefined, true]);
    assert.equal(parts.answers.mock.callCount(), 3);
  });

  it('stays as it is while a popover is open in it, but for its badges', () => {
    const parts = partsOf(link('/'), { badges: [badge('a')], links: [] });
    const part = Object.assign(holding({}), { popover: {} });
    assert.equal(filled(parts, part, 'fresh').changed, undefined);
    assert.deepEqual([part.held.badges.length, parts.answers.mock.callCount()], [0, 1]);
    part.popover = null;
    assert.equal(filled(parts, part, 'fresh').changed, true);
  });
});

/** What stands in a part, by name; 'result' is worth keeping. */
function child(name) {
  return { name, matches: selector => selector.includes(name === 'note' || name === 'as-of' ? 'failed' : name) };
}

/** A part with these children, and what becomes of it. */
function failing(...children) {
  const gbpStatus = load(['dom', 'badges', 'parts'], { document: { activeElement: null } });
  const part = {
    children, contains: () => false, querySelectorAll: () => [],
    querySelector: () => null,
    replaceChildren: (...nodes) => { part.children = nodes; },
  };
  const has = name => part.children.find(one => one.name === name) || null;
  gbpStatus.unread = { kinds: () => ({ l3: {} }), isAll: one => !one.isRead && !part.isRead, hasResults: () => has('result') !== null };
  Object.assign(gbpStatus.dom, {
    find: (scope, what) => ('lacks' in scope && what === 'lacking' ? scope.lacks : has(what)),
    findAll: () => [],
    parse: html => ({ childNodes: [child('fresh')], querySelectorAll: () => [], isRead: html !== 'fresh', lacks: html === 'lacking' }),
    having: (_, what, name) => ({ content: { cloneNode: () => ({ firstElementChild: child(name === 'unread' ? 'note' : name) }) } }),
  });
  gbpStatus.badges.answer = () => ({});
  const parts = gbpStatus.parts({ root: {}, followed: NOTHING_FOLLOWED, answers: () => [] });
  return { ...parts, part, names: () => part.children.map(one => one.name) };
}

describe('a part that could not be read', () => {
  it('keeps its title, and says so once', () => {
    const { fail, part, names } = failing(child('gbp-status-line-title'), child('loading'));
    fail(part, 1000);
    fail(part, 1000);
    assert.deepEqual(names(), ['gbp-status-line-title', 'note']);
  });

  it('keeps what it had, and says once of when that is', () => {
    const { fail, part, names } = failing(child('gbp-status-line-title'), child('result'), child('rest'));
    fail(part, 1000);
    fail(part, 2000);
    assert.deepEqual(names(), ['gbp-status-line-title', 'result', 'rest', 'as-of']);
  });

  it('keeps what it had where an answer says that nothing of it could be read', () => {
    const { fill, part, names } = failing(child('result'));
    const outcome = { changes: [], since: 1000 };
    assert.deepEqual(fill(part, { html: 'fresh', at: 5000 }, outcome), { unread: { l3: {} }, isAll: true });
    assert.deepEqual(names(), ['result', 'as-of']);
  });

  it('shows why where it had nothing', () => {
    const { fill, part, names } = failing(child('loading'));
    fill(part, { html: 'fresh', at: 5000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['fresh']);
  });

  it('keeps what it had complete where a kind is lacking that makes it wrong', () => {
    const { open, fill, part, names } = failing(child('result'));
    open(Object.assign(part, { isRead: true }), false);
    fill(part, { html: 'lacking', at: 5000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['result', 'as-of']);
  });

  it('shows what came last where it had never more than that', () => {
    const { open, fill, part, names } = failing(child('result'), child('lacking'));
    open(Object.assign(part, { isRead: true }), false);
    fill(part, { html: 'lacking', at: 5000 }, { changes: [], since: 1000 });
    fill(part, { html: 'some', at: 6000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['fresh']);
  });

  it('keeps what it had complete while it is pending', () => {
    const { open, fill, part, names } = failing(child('result'));
    open(Object.assign(part, { isRead: true }), false);
    fill(part, { html: 'some', at: 5000, isPending: true }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['result']);
  });
});
