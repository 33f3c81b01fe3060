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
