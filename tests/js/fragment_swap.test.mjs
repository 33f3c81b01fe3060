// SPDX-License-Identifier: Apache-2.0
// What becomes of a fragment that is exchanged: the focus stays with its resource, or its link.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';
import { load, NOTHING_FOLLOWED } from './scripts.mjs';

const HOSTILE = ['a', '"', '"],*[a="', 'a\\', 'a\nb', '\u0000', "'", ']', ''];

const escaped = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
const badge = (id, name, kind = 'l3') => (
  `<span class="gbp-status-badge" data-gbp-status="ACTIVE" data-gbp-status-kind="${kind}" data-gbp-status-id="${escaped(id)}">` +
  `<button class="gbp-status-button" id="${name}">ACTIVE</button></span>`);
const link = (href, name) => `<a href="${escaped(href)}" id="${name}">a</a>`;

/** A page with one fragment, which has that markup; `active` in it has the focus. `fill(html)` shows other markup. */
function fragmentOf(html) {
  const dom = new Dom({ html: `<main>${html}</main>`, scripts: ['dom', 'badges', 'unread', 'fragment_swap'] });
  const answers = mock.fn(() => ['changes']);
  const fragmentSwap = dom.gbpStatus.fragmentSwap({ root: dom.document.body, followed: NOTHING_FOLLOWED, answers });
  const fill = fresh => {
    const outcome = { changes: [] };
    fragmentSwap.fill(dom.find('main'), { html: fresh, at: 5000 }, outcome);
    return outcome;
  };
  return { dom, answers, fill };
}

/** What has the focus, by its id, after the markup of a fragment in which `active` had it has given way to other markup. */
function focused(before, after) {
  const { dom, fill } = fragmentOf(before);
  dom.find('#active').focus();
  assert.ok(fill(after).changed);
  return dom.document.activeElement.id;
}

describe('the focus in a fragment that is exchanged', () => {
  HOSTILE.forEach(id => {
    it('stays at the resource ' + JSON.stringify(id), () => {
      assert.equal(focused(badge(id, 'active'), badge('other', 'other') + badge(id, 'same')), 'same');
    });

    it('stays at the link to ' + JSON.stringify(id), () => {
      assert.equal(focused(link(id, 'active'), link('/other/', 'other') + link(id, 'same')), 'same');
    });
  });

  [
    ['the button that does the same', (what, id) => `<button data-gbp-status-act="${what}" id="${id}">a</button>`],
    ['what unfolds the same', (what, id) => `<details id="${what}"><summary id="${id}" tabindex="0">a</summary></details>`],
    ['the item of the map that has the same words, and no link', (what, id) => `<a role="treeitem" id="${id}">${what}</a>`],
  ].forEach(([what, element]) => {
    it('stays at ' + what, () => {
      const before = element('this', 'active').replace('id="active"', '$& tabindex="0"');
      assert.equal(focused(before, link('/title/', 'title') + element('other', 'other') + element('this', 'same')), 'same');
    });
  });

  it('is of no other kind with the same id', () => {
    assert.equal(focused(badge('a', 'active'), badge('a', 'other', 'l2') + badge('a', 'same')), 'same');
  });

  it('goes to the first that can have it where its own is gone', () => {
    assert.equal(focused(badge('gone', 'active'), '<p>a</p>' + link('/first/', 'first') + link('/next/', 'next')), 'first');
  });
});

describe('a fragment', () => {
  it('tells what its badges say, by the age of the answer', () => {
    const { answers, fill } = fragmentOf('');
    assert.deepEqual(fill(badge('a', 'a') + badge('b', 'b')).changes, ['changes']);
    const [{ rows: { l3 } }, at] = answers.mock.calls[0].arguments;
    assert.deepEqual([Object.keys(l3), l3.a.status, l3.b.status, at], [['a', 'b'], 'ACTIVE', 'ACTIVE', 5000]);
  });

  it('is exchanged only where it is new, but its badges are compared each time: a poll may have changed them', () => {
    const { answers, fill } = fragmentOf('');
    assert.deepEqual(['fresh', 'fresh', 'other'].map(html => fill(html).changed), [true, undefined, true]);
    assert.equal(answers.mock.callCount(), 3);
  });
});

/** What stands in a fragment, by name; 'result' is worth keeping. */
function child(name) {
  return { name, matches: selector => selector.includes(name === 'note' || name === 'as-of' ? 'failed' : name) };
}

/** A fragment with these children, and what becomes of it. */
function failing(...children) {
  const gbpStatus = load(['dom', 'badges', 'fragment_swap'], { document: { activeElement: null } });
  const fragment = {
    children, contains: () => false, querySelectorAll: () => [], querySelector: () => null,
    replaceChildren: (...nodes) => { fragment.children = nodes; },
  };
  const has = name => fragment.children.find(one => one.name === name) || null;
  gbpStatus.unread = { kinds: () => ({ l3: {} }), isAll: one => !one.isRead && !fragment.isRead, isIncomplete: one => (one.children || one.childNodes).some(inner => inner.name === 'incomplete'), hasResults: () => has('result') !== null };
  Object.assign(gbpStatus.dom, {
    find: (_, what) => has(what),
    findAll: () => [],
    parse: html => ({ childNodes: html.startsWith('incomplete') ? [child('incomplete'), child('result')] : [child('fresh'), ...(html === 'read' ? [child('result')] : [])], querySelectorAll: () => [], isRead: html !== 'fresh' }),
    having: (_, what, name) => ({ content: { cloneNode: () => ({ firstElementChild: child(name === 'unread' ? 'note' : name) }) } }),
  });
  gbpStatus.badges.answer = () => ({});
  const fragmentSwap = gbpStatus.fragmentSwap({ root: {}, followed: NOTHING_FOLLOWED, answers: () => [] });
  return { ...fragmentSwap, fragment, names: () => fragment.children.map(one => one.name) };
}

describe('a fragment that could not be read', () => {
  it('keeps its title, and says so once', () => {
    const { fail, fragment, names } = failing(child('gbp-status-line-title'), child('loading'));
    fail(fragment, 1000);
    fail(fragment, 1000);
    assert.deepEqual(names(), ['gbp-status-line-title', 'note']);
  });

  it('keeps what it had, and says once of when that is', () => {
    const { fail, fragment, names } = failing(child('gbp-status-line-title'), child('result'), child('rest'));
    fail(fragment, 1000);
    fail(fragment, 2000);
    assert.deepEqual(names(), ['gbp-status-line-title', 'result', 'rest', 'as-of']);
  });

  it('keeps what it had where an answer says that nothing of it could be read', () => {
    const { fill, fragment, names } = failing(child('result'));
    const outcome = { changes: [], since: 1000 };
    assert.deepEqual(fill(fragment, { html: 'fresh', at: 5000 }, outcome), { unread: { l3: {} }, isAll: true, isIncomplete: false, isStale: true });
    assert.deepEqual(names(), ['result', 'as-of']);
  });

  it('shows why where it had nothing', () => {
    const { fill, fragment, names } = failing(child('loading'));
    fill(fragment, { html: 'fresh', at: 5000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['fresh']);
  });

  it('keeps what it had complete where the rest of what came is wrong without what could not be read', () => {
    const { open, fill, fragment, names } = failing(child('result'));
    open(Object.assign(fragment, { isRead: true }), false);
    fill(fragment, { html: 'incomplete', at: 5000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['result', 'as-of']);
  });

  it('shows what came last where it had never more than that', () => {
    const { open, fill, fragment, names } = failing(child('result'), child('incomplete'));
    open(Object.assign(fragment, { isRead: true }), false);
    fill(fragment, { html: 'incomplete', at: 5000 }, { changes: [], since: 1000 });
    fill(fragment, { html: 'incomplete, too', at: 5500 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['incomplete', 'result']);
    fill(fragment, { html: 'some', at: 6000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['fresh']);
  });

  it('is not complete while it is pending', () => {
    const { open, fill, fragment, names } = failing(child('loading'));
    open(Object.assign(fragment, { isRead: true }), true);
    fill(fragment, { html: 'read', at: 5000, isPending: true }, { changes: [], since: 1000 });
    fill(fragment, { html: 'incomplete', at: 6000 }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['incomplete', 'result']);
  });

  it('keeps what it had complete while it is pending', () => {
    const { open, fill, fragment, names } = failing(child('result'));
    open(Object.assign(fragment, { isRead: true }), false);
    fill(fragment, { html: 'some', at: 5000, isPending: true }, { changes: [], since: 1000 });
    assert.deepEqual(names(), ['result']);
  });
});

/** The overview as the server makes it, one of whose fragments is filled with what `change(fragment)` makes of it. */
function overview() {
  const dom = new Dom({ name: 'overview', scripts: ['dom', 'badges', 'unread', 'fragment_swap'] });
  const page = { root: dom.root, clock: dom.clock, time: { short: at => 'at ' + at }, outages: { since: () => null } };
  const fragmentSwap = dom.gbpStatus.fragmentSwap({ ...page, followed: NOTHING_FOLLOWED, answers: () => [] });
  const fragment = name => dom.find(`[data-gbp-status-fragment="${name}"]`);
  const fill = (name, change = () => {}, more = {}) => {
    const fresh = dom.again().querySelector(`[data-gbp-status-fragment="${name}"]`);
    change(fresh);
    const outcome = { changes: [], changed: false, since: 7000 };
    fragmentSwap.fill(fragment(name), { html: fresh.innerHTML, at: 5000, ...more }, outcome);
    return outcome;
  };
  return { dom, fragmentSwap, fragment, fill };
}

/** Adds a word to a fragment that shows that it was exchanged. */
function marked(fragment) {
  fragment.querySelector('.gbp-status-line-title').textContent = 'Problems, anew';
}

describe('the list of problems', () => {
  const title = dom => dom.find('.gbp-status-problems .gbp-status-line-title').textContent;

  it('takes the place of what stands there', () => {
    const { dom, fill } = overview();
    assert.ok(fill('problems', marked).changed);
    assert.equal(title(dom), 'Problems, anew');
  });

  it('is not exchanged under an open popover, and is once that is closed', () => {
    const { dom, fill } = overview();
    const tip = Object.assign(dom.document.createElement('div'), { className: 'popover' });
    dom.badge('db').append(tip);
    const { changed } = fill('problems', marked);
    assert.deepEqual([changed, title(dom), tip.isConnected], [false, 'Problems', true]);
    tip.remove();
    fill('problems', marked);
    assert.equal(title(dom), 'Problems, anew');
  });

  it('leaves the focus at the badge, also where that is the second of two', () => {
    const { dom, fill } = overview();
    dom.button('app').focus();
    fill('problems', fragment => {
      marked(fragment);
      fragment.querySelector('ol').append(fragment.querySelector('li'));
    });
    assert.equal(dom.document.activeElement, dom.button('app'));
  });

  it('leaves the focus alone that is elsewhere', () => {
    const { dom, fill } = overview();
    const elsewhere = dom.find('[data-gbp-status-act="refresh"]');
    elsewhere.closest('[hidden]').hidden = false;
    elsewhere.focus();
    fill('problems', marked);
    assert.equal(dom.document.activeElement, elsewhere);
  });

  [['open what the user has unfolded', '', true], ['folded what the user has folded', 'open', false]].forEach(([what, opened, isOpen]) => {
    it('leaves ' + what, () => {
      const { dom, fill } = overview();
      const add = fragment => fragment.insertAdjacentHTML('beforeend', `<details id="others" ${opened}><summary>Others</summary></details>`);
      fill('problems', add);
      dom.find('#others').open = isOpen;
      fill('problems', fragment => [marked, add].forEach(change => change(fragment)));
      assert.deepEqual([title(dom), dom.find('#others').open], ['Problems, anew', isOpen]);
    });
  });

  it('keeps problems of a kind that could not be read this time, and says since when', () => {
    const { dom, fill } = overview();
    fill('problems', fragment => {
      fragment.querySelector('#gbp-status-group-policy_target_groups-db').remove();
      fragment.insertAdjacentHTML('beforeend', '<p data-gbp-status-unread="policy_target_groups" data-gbp-status-reason="timeout">Groups</p>');
    });
    const kept = dom.find('[data-gbp-status-kept]');
    assert.deepEqual([kept.querySelectorAll('.gbp-status-problem').length, kept.contains(dom.badge('db'))], [1, true]);
    assert.match(kept.textContent, /Not read again since at 7000:/);
    assert.equal(kept.contains(dom.badge('app')), false);
  });

  it('keeps no problem of a kind that could be read', () => {
    const { dom, fill } = overview();
    fill('problems', fragment => {
      fragment.querySelector('#gbp-status-group-policy_target_groups-db').remove();
      fragment.insertAdjacentHTML('beforeend', '<p data-gbp-status-unread="l3_policies" data-gbp-status-reason="timeout">L3</p>');
    });
    assert.deepEqual([dom.badge('db'), dom.find('[data-gbp-status-kept]')], [null, null]);
  });
});

describe('a line of the overview', () => {
  it('moves into the fold when it has nothing to show, and out of it again', () => {
    const { dom, fill, fragment } = overview();
    const fold = dom.find('[data-gbp-status-fold]');
    assert.deepEqual(['policy_target_groups', 'l3_policies'].map(name => fold.contains(fragment(name))), [false, true]);
    fill('policy_target_groups', line => line.insertAdjacentHTML('beforeend', '<p data-gbp-status-empty></p>'));
    fill('l3_policies', line => line.querySelector('[data-gbp-status-empty]').remove());
    assert.deepEqual(['policy_target_groups', 'l3_policies'].map(name => fold.contains(fragment(name))), [true, false]);
    assert.equal(fragment('l3_policies').nextElementSibling, fold);
  });

  it('that could not be read keeps what it shows, and says as of when that is', () => {
    const { dom, fragmentSwap, fragment } = overview();
    fragmentSwap.fail(fragment('policy_target_groups'), 7000);
    const line = fragment('policy_target_groups');
    assert.match(line.querySelector('[data-gbp-status-as-of]').textContent, /as of at 7000/);
    assert.ok(line.querySelector('.gbp-status-chip'));
    assert.equal(dom.find('[data-gbp-status-as-of] time').dateTime, new Date(dom.clock.wall(7000)).toISOString());
  });

  it('takes numbers alone where it has rows that say more', () => {
    const { dom, fragmentSwap, fragment } = overview();
    const before = dom.all('.gbp-status-problems *');
    const fresh = fragment('problems').innerHTML.replace(/(data-gbp-status-count="ERROR">)\d+/, '$115');
    fragmentSwap.count(fragment('problems'), fresh);
    assert.deepEqual([dom.all('.gbp-status-problems *'), dom.texts('.gbp-status-problems [data-gbp-status-count="ERROR"]')], [before, ['15']]);
  });

  it('takes with a number whether its chip has a colour', () => {
    const { dom, fragmentSwap, fragment } = overview();
    const empty = () => dom.all('.gbp-status-problems .gbp-status-empty [data-gbp-status-count]').map(one => one.dataset.gbpStatusCount);
    assert.deepEqual(empty(), ['BELOW', 'NONE']);
    const fresh = dom.again().querySelector('.gbp-status-problems');
    fresh.querySelectorAll('.gbp-status-chip').forEach(chip => { chip.classList.toggle('gbp-status-empty'); });
    fragmentSwap.count(fragment('problems'), fresh.innerHTML);
    assert.deepEqual(empty(), ['ERROR', 'BUILD', 'ACTIVE']);
  });
});
