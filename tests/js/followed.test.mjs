// SPDX-License-Identifier: Apache-2.0
// What says a state without being a badge: a cell or a place of the map follows the badges of polls, and never goes back.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load, notedMaps } from './scripts.mjs';

/** Something with data attributes and classes. */
class Item {
  constructor(status, { className = '', label = null, text = '', flags = ['transient'], ...data } = {}) {
    Object.assign(this, { className, label, title: '', lastElementChild: { firstChild: { data: text } } });
    this.dataset = { gbpStatus: status, gbpStatusKind: 'groups', gbpStatusId: 'a', ...data };
    flags.forEach(flag => { this.dataset[this.#key(flag)] = ''; });
    this.classList = { add: name => { this.className += ' ' + name; } };
  }

  #key(flag) { return 'gbpStatus' + flag[0].toUpperCase() + flag.slice(1); }

  #keyOf(attribute) { return this.#key(attribute.replace('data-gbp-status-', '')); }

  hasAttribute(name) { return this.#keyOf(name) in this.dataset; }

  removeAttribute(name) { delete this.dataset[this.#keyOf(name)]; }

  toggleAttribute(name, isSet) {
    this.removeAttribute(name);
    Object.assign(this.dataset, isSet ? { [this.#keyOf(name)]: '' } : {});
  }

  getAttribute() { return this.label; }

  setAttribute(_, value) { this.label = value; }

  querySelector(selector) {
    const icon = this.icon ||= selector === '.gbp-status-icon' && this.dataset.icon ? { className: this.dataset.icon } : null;
    return selector === '.gbp-status-word' ? { textContent: this.dataset.word } : icon;
  }
}

const ACTIVE = () => new Item('ACTIVE', { className: 'gbp-status-badge gbp-status-tone-success', icon: 'fa fa-check', word: 'Active', flags: ['well'] });
const ERROR = () => new Item('ERROR', { className: 'gbp-status-badge gbp-status-tone-danger', icon: 'fa fa-times', word: 'Error', flags: ['problem'] });
const BUILD = () => new Item('BUILD', { className: 'gbp-status-badge gbp-status-tone-info', icon: 'fa fa-refresh', word: 'Building' });

function cell(options = {}) {
  const label = 'Building 7, Building, 1 way';
  return new Item('BUILD', { label, className: 'gbp-status-cell gbp-status-tone-info', icon: 'gbp-status-icon fa fa-refresh',
    gbpStatusName: 'Building 7', gbpStatusFollowed: 'Building', ...options });
}

function followedIn(...items) {
  return followedBy(items);
}

function followedBy(items, more = {}) {
  const gbpStatus = load(['dom', 'badges', 'counts', 'followed', 'answers'], { document: {}, ...more });
  gbpStatus.dom.findAll = (scope, what) => (what === 'followed' ? scope.items : []).filter(one => 'gbpStatusFollowed' in one.dataset);
  gbpStatus.dom.parse = badge => ({ firstElementChild: badge });
  gbpStatus.dom.fire = () => {};
  gbpStatus.badges.compare = () => [];
  const root = { dataset: {}, items, querySelectorAll: () => [] };
  const followed = gbpStatus.followed({ root });
  const page = { root, followed, rowNotes: {}, renames: () => {}, since: { rewrite: () => {} }, popover: { refresh: () => {} } };
  return { ...followed, answers: gbpStatus.answers(page) };
}

function polled(one, badge, at = 1000) {
  return followedIn(one).answers({ rows: { groups: { a: { status: badge.dataset.gbpStatus, badge } } } }, at);
}

describe('a cell', () => {
  it('that has been built takes word, tone and icon of its badge, and is polled no more', () => {
    const one = cell();
    const changes = polled(one, ACTIVE());
    assert.deepEqual([one.label, one.title], ['Building 7, Active, 1 way', '']);
    assert.equal(one.className, 'gbp-status-cell gbp-status-tone-success');
    assert.equal(one.icon.className, 'gbp-status-icon fa fa-check');
    assert.deepEqual([one.dataset.gbpStatus, one.hasAttribute('data-gbp-status-transient')], ['ACTIVE', false]);
    assert.deepEqual(changes, [{ kind: 'groups', id: 'a', name: 'Building 7', from: 'BUILD', to: 'ACTIVE', word: 'Active', was: 'BUILD', is: 'ACTIVE' }]);
  });

  it('without its name is its icon', () => {
    const one = cell({ icon: '', className: 'gbp-status-cell gbp-status-tone-info fa fa-refresh' });
    polled(one, ERROR());
    assert.equal(one.className, 'gbp-status-cell gbp-status-tone-danger fa fa-times');
    assert.ok(one.hasAttribute('data-gbp-status-problem'));
  });

  it('that is still being built is no change', () => {
    const one = cell();
    assert.deepEqual(polled(one, BUILD()), []);
    assert.equal(one.label, 'Building 7, Building, 1 way');
  });

  it('with an error beneath it shows that, and the better word', () => {
    const one = cell({ className: 'gbp-status-tone-danger', icon: 'fa fa-level-down', gbpBelow: 'error' });
    polled(one, ACTIVE());
    assert.deepEqual([one.label, one.className], ['Building 7, Active, 1 way', 'gbp-status-tone-danger']);
    assert.equal(one.querySelector('.gbp-status-icon').className, 'fa fa-level-down');
  });

  it('that is gone is struck and followed no more', () => {
    const one = cell();
    const [change] = followedIn(one).answers({ gone: { groups: ['a'] } }, 1000);
    assert.deepEqual([change.name, change.from, change.to], ['Building 7', 'BUILD', null]);
    assert.deepEqual([one.className.endsWith(' gbp-status-gone'), one.hasAttribute('data-gbp-status-followed')], [true, false]);
  });
});

it('a frame has the word in its words, after what it is', () => {
  const frame = new Item('BUILD', { text: 'L3 Policy, Building; 1 Group: 1 Building', icon: 'fa fa-refresh', className: 'title', gbpStatusFollowed: 'Building' });
  polled(frame, ACTIVE());
  assert.equal(frame.lastElementChild.firstChild.data, 'L3 Policy, Active; 1 Group: 1 Building');
  assert.equal(frame.className, 'title');
});

describe('a map that comes after a poll', () => {
  const after = at => {
    const page = followedIn(cell());
    page.answers({ rows: { groups: { a: { status: 'ACTIVE', badge: ACTIVE() } } } }, 5000);
    const fresh = cell();
    page.keep({ items: [fresh] }, at);
    return fresh.dataset.gbpStatus;
  };

  it('and was read before it says nothing older', () => { assert.equal(after(4000), 'ACTIVE'); });

  it('and was read after it counts', () => { assert.equal(after(5000), 'BUILD'); });

  it('leaves nothing behind of the polls before it; one without anything to follow says nothing of them', () => {
    const { Map, made } = notedMaps();
    const page = followedBy([cell()], { Map });
    const [shown] = made;
    page.answers({ rows: { groups: { a: { status: 'ACTIVE', badge: ACTIVE() } } } }, 5000);
    page.keep({ items: [] }, 6000);
    page.keep({ items: [cell()] }, 4000);
    assert.equal(shown.size, 1);
    page.keep({ items: [cell()] }, 5000);
    assert.equal(shown.size, 0);
  });

  it('says what it says of what has not changed', () => {
    const fresh = cell();
    followedIn(cell()).keep({ items: [fresh] }, -1);
    assert.equal(fresh.dataset.gbpStatus, 'BUILD');
  });
});
