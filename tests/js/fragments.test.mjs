// SPDX-License-Identifier: Apache-2.0
// The focus stays with its resource, or its link, when a part of the overview is exchanged.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Clock, load } from './scripts.mjs';

const HOSTILE = ['a', '"', '"],*[a="', 'a\\', 'a\nb', '\u0000', "'", ']', ''];

function badge(id, kind = 'l3') {
  const one = { button: { focus: mock.fn(), getAttribute: () => null } };
  one.dataset = { gbpStatusId: id, gbpStatusKind: kind };
  one.querySelector = () => one.button;
  one.button.closest = () => one;
  return one;
}

function link(href) {
  return { focus: mock.fn(), getAttribute: () => href, closest: () => null };
}

/** A part of the overview that holds badges and links; like a browser's, it refuses a selector that has a value. */
function partOf({ badges = [], links = [] }) {
  const held = { badges, links };
  const known = selector => {
    assert.doesNotMatch(selector, /=/);
    return selector.startsWith('a[') ? held.links : selector.startsWith('.gbp-status-badge') ? held.badges : [];
  };
  return {
    dataset: { gbpStatusFragment: 'l3' },
    contains: () => true,
    querySelectorAll: known,
    querySelector: selector => (selector === 'a, button' ? held.links[0] || held.badges[0]?.button || null : null),
    replaceChildren: fresh => { Object.assign(held, fresh); },
  };
}

/** Reads the part anew, in which `active` has the focus, and then `fresh` stands. */
async function exchanged(active, fresh) {
  const document = { activeElement: active, baseURI: 'http://localhost/' };
  const gbpStatus = load(['dom', 'fragments'], { document });
  const part = partOf({});
  gbpStatus.dom.parse = () => [fresh];
  gbpStatus.dom.findAll = () => [part];
  gbpStatus.dom.find = (_, what) => (what === 'fragments-url' ? { dataset: { gbpStatusFragmentsUrl: '/lines/' } } : null);
  const transport = async () => ({ ok: true, age: 0, body: { fragments: { l3: 'fresh' } } });
  const page = { clock: new Clock(), transport, session: { check: () => false }, outages: { note: () => {} } };
  return gbpStatus.fragments({ root: {}, ...page }).reload(true);
}

function focused(...elements) {
  return elements.map(one => one.focus.mock.callCount());
}

describe('the focus in a part that is exchanged', () => {
  HOSTILE.forEach(id => {
    it('stays at the resource ' + JSON.stringify(id), async () => {
      const [other, same] = [badge('other'), badge(id)];
      const { changed } = await exchanged(badge(id).button, { badges: [other, same], links: [] });
      assert.ok(changed);
      assert.deepEqual(focused(other.button, same.button), [0, 1]);
    });

    it('stays at the link to ' + JSON.stringify(id), async () => {
      const [other, same] = [link('/other/'), link(id)];
      await exchanged(link(id), { badges: [], links: [other, same] });
      assert.deepEqual(focused(other, same), [0, 1]);
    });
  });

  it('is of no other kind with the same id', async () => {
    const [other, same] = [badge('a', 'l2'), badge('a')];
    await exchanged(badge('a').button, { badges: [other, same], links: [] });
    assert.deepEqual(focused(other.button, same.button), [0, 1]);
  });

  it('goes to the first that can have it where its own is gone', async () => {
    const first = link('/first/');
    await exchanged(badge('gone').button, { badges: [], links: [first] });
    assert.deepEqual(focused(first), [1]);
  });
});

/** A page with one part, whose transport gives these answers, one after the other; `asked` are the options. */
function loading(...given) {
  const document = { activeElement: null, baseURI: 'http://localhost/' };
  const gbpStatus = load(['dom', 'fragments'], { document });
  const part = Object.assign(partOf({}), { setAttribute: mock.fn(), removeAttribute: mock.fn(), contains: () => false });
  const note = { content: { cloneNode: () => 'unread' } };
  gbpStatus.dom.parse = html => [html];
  gbpStatus.dom.findAll = () => [part];
  gbpStatus.dom.find = (_, what) => ({
    'fragments-url': { dataset: { gbpStatusFragmentsUrl: '/lines/' } }, 'note="unread"': note })[what] || null;
  const asked = [];
  const clock = new Clock();
  const outages = { note: mock.fn(), isDue: () => true };
  const transport = async (_, options) => {
    asked.push({ at: clock.now(), ...options });
    const { retryAfter, cameFirst, ...body } = given.length > 1 ? given.shift() : given[0];
    return { ok: true, age: 0, retryAfter, cameFirst, body };
  };
  const root = { dataset: { gbpStatusOpened: '16.5' } };
  const fragments = gbpStatus.fragments({ root, clock, transport, session: { check: () => false }, outages, patience: 9000 });
  const shown = () => part.replaceChildren.mock.calls.map(call => call.arguments[0]);
  part.replaceChildren = mock.fn();
  return { asked, clock, fragments, outages, part, shown };
}

const READING = { fragments: {}, reading: ['l3'], retryAfter: 3000, cameFirst: '17.5' };

describe('the parts of a page', () => {
  it('may be as old as the page, until they are read again', async () => {
    const { asked, clock, fragments } = loading(READING, { fragments: { l3: 'fresh' } });
    fragments.start();
    await clock.pass(3000);
    await fragments.reload(true);
    assert.deepEqual(asked.map(one => one.opened), ['16.5', undefined, undefined]);
  });
});

describe('a part that is still being read', () => {
  it('is asked for again until it is there', async () => {
    const { asked, clock, fragments, part, shown } = loading(READING, READING, { fragments: { l3: 'fresh' } });
    fragments.start();
    await clock.pass(5999);
    assert.deepEqual([shown(), part.removeAttribute.mock.callCount()], [[], 0]);
    await clock.pass(1);
    assert.deepEqual([shown(), part.removeAttribute.mock.callCount()], [['fresh'], 1]);
    assert.deepEqual(asked.map(one => [one.at, one.cameFirst]), [[0, undefined], [3000, '17.5'], [6000, '17.5']]);
    await clock.pass(3600000);
    assert.equal(asked.length, 3);
  });

  it('shows what is known of it, and is no outage', async () => {
    const { clock, fragments, outages, shown } = loading({ ...READING, fragments: { l3: 'some' } });
    fragments.start();
    await clock.pass(1);
    assert.deepEqual(shown(), ['some']);
    assert.deepEqual(outages.note.mock.calls[0].arguments.slice(0, 2), [[], []]);
  });

  it('has failed where it does not come', async () => {
    const { asked, clock, fragments, shown } = loading({ ...READING, retryAfter: 0 });
    fragments.start();
    await clock.pass(3600000);
    assert.deepEqual([asked.length, shown()], [6, ['unread']]);
  });

  it('says so to who reads it again', async () => {
    const { asked, fragments } = loading(READING);
    const { changed, unfinished, retryAfter, cameFirst } = await fragments.reload(true, 40, '16.5');
    assert.deepEqual([changed, unfinished, retryAfter, cameFirst], [false, true, 3000, '17.5']);
    assert.deepEqual([asked[0].maxAge, asked[0].cameFirst], [40, '16.5']);
  });
});
