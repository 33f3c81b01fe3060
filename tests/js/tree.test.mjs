// SPDX-License-Identifier: Apache-2.0
// The keys of the tree of the map, as WAI-ARIA has them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Clock, load } from './scripts.mjs';

/** An item of a tree: a frame or a box that owns a group, or a cell. */
class Item {
  constructor(tree, words, href, group, owned) {
    Object.assign(this, { tree, textContent: words, group, tabIndex: null, attributes: { href } });
    if (owned) {
      Object.assign(this.attributes, { 'aria-owns': owned.id, 'aria-expanded': 'true' });
    }
  }

  getAttribute(name) {
    return (name === 'tabindex' ? this.tabIndex === null ? null : String(this.tabIndex) : this.attributes[name]) ?? null;
  }

  setAttribute(name, value) { this.attributes[name] = value; }

  closest(selector) {
    return { '[role="treeitem"]': this, '[role="group"]': this.group, '[data-gbp-status-tree]': this.tree }[selector] || null;
  }

  focus() { this.tree.focus(this); }
}

/** Core (net (alpha, beta), dmz (böse)), edge; in a group stand items, or groups. */
class Tree {
  constructor({ direction = 'ltr' } = {}) {
    this.direction = direction;
    this.clock = new Clock();
    this.listeners = {};
    this.fill();
    const document = { getElementById: id => this.groups[id] };
    const root = { addEventListener: (name, task) => { this.listeners[name] = task; }, querySelectorAll: () => [this] };
    const window = { getComputedStyle: () => this };
    this.made = load(['dom', 'tree'], { window }).tree({ root, document, clock: this.clock });
    this.made.settle();
  }

  fill() {
    const outer = this.group('0', null);
    const [net, dmz] = [this.group('0-0', outer), this.group('0-1', outer)];
    this.groups = { 0: outer, '0-0': net, '0-1': dmz };
    const item = (words, group, owned) => new Item(this, words, '/' + words, group, owned);
    this.items = [
      item('Core L3 Policy', null, outer), item('net', outer, net), item('alpha', net), item('beta', net),
      item('dmz', outer, dmz), item('böse', dmz), item('edge', null),
    ];
    this.focused = this.items[0];
  }

  group(id, within) {
    const parentElement = { closest: () => within };
    return { id, hidden: false, parentElement, closest() { return this; } };
  }

  querySelectorAll() { return this.items; }

  focus(item) {
    this.focused = item;
    this.listeners.focusin({ target: item });
  }

  at(words) {
    this.focus(this.items.find(one => one.textContent.startsWith(words)));
    return this;
  }

  /** Presses keys; returns the words of what has the focus then. */
  press(...keys) {
    keys.forEach(key => {
      this.prevented = false;
      const event = typeof key === 'string' ? { key } : key;
      this.listeners.keydown({ ...event, target: this.focused, preventDefault: () => { this.prevented = true; } });
    });
    return this.focused.textContent.split(' ')[0];
  }

  get stops() {
    return this.items.filter(one => one.tabIndex === 0).map(one => one.textContent.split(' ')[0]);
  }
}

describe('the tree', () => {
  it('is one stop of the Tab key, at its beginning', () => {
    assert.deepEqual(new Tree().stops, ['Core']);
  });

  it('keeps its stop where the focus was', () => {
    const tree = new Tree();
    tree.press('ArrowDown', 'ArrowDown');
    assert.deepEqual(tree.stops, ['alpha']);
    tree.made.settle();
    assert.deepEqual(tree.stops, ['alpha']);
  });

  it('keeps its stop when it has come anew', () => {
    const tree = new Tree().at('beta');
    tree.fill();
    tree.made.settle();
    assert.deepEqual(tree.stops, ['beta']);
  });

  it('has one stop again when it has come anew', () => {
    const tree = new Tree();
    tree.fill();
    tree.made.settle();
    assert.deepEqual(tree.stops, ['Core']);
  });
});

describe('its keys', () => {
  const moves = [
    ['Core', 'ArrowDown', 'net'], ['beta', 'ArrowDown', 'dmz'], ['edge', 'ArrowDown', 'edge'],
    ['dmz', 'ArrowUp', 'beta'], ['Core', 'ArrowUp', 'Core'],
    ['Core', 'ArrowRight', 'net'], ['net', 'ArrowRight', 'alpha'], ['alpha', 'ArrowRight', 'alpha'],
    ['alpha', 'ArrowLeft', 'net'], ['böse', 'ArrowLeft', 'dmz'], ['edge', 'ArrowLeft', 'edge'],
    ['beta', 'Home', 'Core'], ['net', 'End', 'edge'],
  ];
  moves.forEach(([from, key, to]) => {
    it(`lead from ${from} by ${key} to ${to}`, () => {
      const tree = new Tree().at(from);
      assert.equal(tree.press(key), to);
      assert.ok(tree.prevented);
    });
  });

  it('lead the other way where a page is read from right to left', () => {
    assert.equal(new Tree({ direction: 'rtl' }).at('alpha').press('ArrowRight'), 'net');
    assert.equal(new Tree({ direction: 'rtl' }).at('net').press('ArrowLeft'), 'alpha');
  });

  it('are left to the browser along with another', () => {
    const tree = new Tree();
    ['ctrlKey', 'altKey', 'metaKey'].forEach(other => {
      assert.equal(tree.press({ key: 'End', [other]: true }), 'Core');
      assert.equal(tree.press({ key: 'e', [other]: true }), 'Core');
      assert.ok(!tree.prevented);
    });
  });

  it('leave Enter, Tab and the blank to the browser', () => {
    const tree = new Tree();
    ['Enter', 'Tab', ' ', 'Escape'].forEach(key => {
      assert.equal(tree.press(key), 'Core');
      assert.ok(!tree.prevented);
    });
  });
});

describe('folding', () => {
  it('hides what is in an item, and the keys pass it by', () => {
    const tree = new Tree().at('net');
    assert.equal(tree.press('ArrowLeft'), 'net');
    assert.equal(tree.items[1].attributes['aria-expanded'], 'false');
    assert.ok(tree.groups['0-0'].hidden);
    assert.equal(tree.press('ArrowDown'), 'dmz');
  });

  it('leads out of a folded item, and hides all below the outer one', () => {
    const tree = new Tree().at('net');
    assert.equal(tree.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft'), 'Core');
    assert.equal(tree.press('ArrowDown'), 'edge');
    assert.equal(tree.press('Home', 'End', 'ArrowUp'), 'Core');
  });

  it('ends with Right, which then leads in', () => {
    const tree = new Tree().at('net');
    assert.equal(tree.press('ArrowLeft', 'ArrowRight'), 'net');
    assert.ok(!tree.groups['0-0'].hidden);
    assert.equal(tree.press('ArrowRight'), 'alpha');
  });

  it('outlives an update of the page', () => {
    const tree = new Tree().at('net');
    tree.press('ArrowLeft');
    tree.fill();
    tree.made.settle();
    assert.equal(tree.items[1].attributes['aria-expanded'], 'false');
    assert.ok(tree.groups['0-0'].hidden);
    assert.equal(tree.items[0].attributes['aria-expanded'], 'true');
  });
});

describe('letters', () => {
  const words = [
    ['Core', 'b', 'beta'], ['beta', 'b', 'böse'], ['böse', 'b', 'beta'], ['Core', 'B', 'beta'], ['edge', 'c', 'Core'],
    ['Core', 'x', 'Core'],
  ];
  words.forEach(([from, letter, to]) => {
    it(`lead from ${from} by ${letter} to ${to}`, () => {
      assert.equal(new Tree().at(from).press(letter), to);
    });
  });

  it('of one moment are one word', () => {
    assert.equal(new Tree().press('b', 'ö'), 'böse');
    assert.equal(new Tree().press('b', 'e'), 'beta');
  });

  it('may have a blank within', () => {
    assert.equal(new Tree().at('edge').press('c', 'o', 'r', 'e', ' ', 'l'), 'Core');
  });

  it('begin a new word after a while', async () => {
    const tree = new Tree();
    tree.press('b');
    await tree.clock.pass(500);
    assert.equal(tree.press('e'), 'edge');
  });

  it('lead to nothing that is folded away', () => {
    const tree = new Tree().at('net');
    tree.press('ArrowLeft');
    assert.equal(tree.press('a'), 'net');
  });
});
