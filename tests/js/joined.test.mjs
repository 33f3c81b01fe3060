// SPDX-License-Identifier: Apache-2.0
// The cells of the map that a rule set joins with the one that is looked at: marked, and said in words.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

/** A map of cells {name, provided, consumed, ways, outside}; the others of 'webs' provide rule set 0. */
class Shown {
  constructor(cells, names = ['web', 'dns', '']) {
    this.fragment = { contains: one => one === this.gap || this.cells.includes(one) };
    this.gap = { closest: () => null };
    this.cells = cells.map(one => this.cell(one));
    this.words = { firstChild: null, append(data) { this.firstChild = { data }; } };
    this.listeners = {};
    const listen = (name, task) => { this.listeners[name] = task; };
    this.document = { activeElement: null, addEventListener: listen };
    this.tree = { dataset: { gbpStatusRuleSets: JSON.stringify(names) } };
    const gbpStatus = load(['dom', 'joined'], { document: this.document });
    gbpStatus.dom.find = (_, what) => ({ 'joined-words': this.words, 'rule-sets': this.tree })[what];
    gbpStatus.dom.findAll = () => this.cells;
    this.made = gbpStatus.joined({ root: { addEventListener: listen }, document: this.document });
  }

  cell({ name, outside = false, ...sets }) {
    const dataset = { gbpStatusCell: name };
    Object.entries(sets).forEach(([key, value]) => { dataset['gbpStatus' + key[0].toUpperCase() + key.slice(1)] = value; });
    return {
      dataset,
      isConnected: true,
      getAttribute: attribute => attribute + ' of ' + name,
      closest: selector => this.around(dataset, outside)[selector] || null,
    };
  }

  /** What is around a cell: {selector: element}. */
  around(dataset, outside) {
    const cell = this.cells.find(one => one.dataset === dataset);
    return { '[data-gbp-status-cell]': cell, '[data-gbp-status-fragment]': this.fragment, '.gbp-status-outside': outside && cell };
  }

  find(name) { return this.cells.find(one => one.dataset.gbpStatusCell === name); }

  look(name, type = 'pointerover', relatedTarget = null) {
    this.listeners[type]({ type, target: this.find(name), relatedTarget });
    return this.said;
  }

  press(key) {
    this.listeners.keydown({ key });
    return this.said;
  }

  get said() { return this.words.firstChild ? this.words.firstChild.data : ''; }

  get marks() {
    return Object.fromEntries(this.cells.filter(one => one.dataset.gbpStatusJoined)
      .map(({ dataset }) => [dataset.gbpStatusCell, dataset.gbpStatusJoined]));
  }
}

const SHOP = [
  { name: 'front', consumed: '0', ways: '2' },
  { name: 'db', provided: '0 1', ways: '2' },
  { name: 'cache', provided: '0', ways: '1' },
  { name: 'log', consumed: '1', ways: '1' },
  { name: 'alone', ways: '0' },
  { name: 'automatic' },
];

describe('a cell that is looked at', () => {
  ['pointerover', 'focusin'].forEach(event => {
    it('marks those that provide what it consumes: ' + event, () => {
      const shown = new Shown(SHOP);
      assert.equal(shown.look('front', event), 'front consumes what these provide: db (web), cache (web).');
      assert.deepEqual(shown.marks, { db: 'provides', cache: 'provides' });
    });
  });

  it('marks those that consume what it provides', () => {
    const shown = new Shown(SHOP);
    assert.equal(shown.look('db'), 'db provides what these consume: front (web), log (dns).');
    assert.deepEqual(shown.marks, { front: 'consumes', log: 'consumes' });
  });

  it('shows the words that are heard of it', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    assert.equal(shown.cells[1].title, 'aria-label of db');
  });

  it('takes the marks of the last one away', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    shown.look('log');
    assert.deepEqual(shown.marks, { db: 'provides' });
  });

  it('says that no rule set joins it', () => {
    const shown = new Shown(SHOP);
    assert.equal(shown.look('alone'), 'No rule set joins alone with another group here.');
    assert.deepEqual(shown.marks, {});
  });

  it('says nothing where nobody can know', () => {
    assert.equal(new Shown(SHOP).look('automatic'), '');
  });
});

describe('two cells', () => {
  it('that both provide and consume one rule set are marked both ways', () => {
    const both = { provided: '0', consumed: '0', ways: '2' };
    const shown = new Shown([{ name: 'a', ...both }, { name: 'b', ...both }]);
    assert.equal(shown.look('a'), 'a consumes what these provide: b (web). a provides what these consume: b (web).');
    assert.deepEqual(shown.marks, { b: 'both' });
  });

  it('are not joined where both are outside', () => {
    const shown = new Shown([
      { name: 'x', consumed: '0', ways: '1', outside: true },
      { name: 'y', provided: '0', ways: '1', outside: true },
      { name: 'db', provided: '0', ways: '2' },
    ]);
    assert.equal(shown.look('x'), 'x consumes what these provide: db (web).');
  });

  it('that provide one rule set are not joined by it', () => {
    assert.ok(!('cache' in new Shown(SHOP).marks));
  });

  it('are joined by a rule set without a name all the same', () => {
    const shown = new Shown([{ name: 'a', consumed: '2', ways: '1' }, { name: 'b', provided: '2', ways: '1' }]);
    assert.equal(shown.look('a'), 'a consumes what these provide: b.');
  });
});

describe('many', () => {
  it('are named as far as eight, and counted', () => {
    const others = Array.from({ length: 10 }, (_, number) => ({ name: 'n' + number, provided: '0', ways: '1' }));
    const shown = new Shown([{ name: 'a', consumed: '0', ways: '10' }, ...others], ['']);
    assert.equal(shown.look('a'), 'a consumes what these provide: n0, n1, n2, n3, n4, n5, n6, n7 and 2 more.');
    assert.equal(Object.keys(shown.marks).length, 10);
  });

  it('that have no cell are counted', () => {
    const shown = new Shown([{ name: 'a', consumed: '0', ways: '3' }, { name: 'b', provided: '0', ways: '1' }]);
    assert.equal(shown.look('a'), 'a consumes what these provide: b (web). 2 ways lead to what has no cell here.');
  });
});

describe('a cell that is left', () => {
  const nothing = (shown, said) => {
    assert.equal(said, '');
    assert.deepEqual(shown.marks, {});
  };

  ['pointerout', 'focusout'].forEach(type => {
    it('along with the map leaves no mark and no word: ' + type, () => {
      const shown = new Shown(SHOP);
      shown.look('db');
      nothing(shown, shown.look('db', type));
    });
  });

  it('for what is between cells stays, so that its words can be pointed at', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    assert.match(shown.look('db', 'pointerout', shown.gap), /^db provides/);
  });

  it('by the focus for what is no cell leaves nothing', () => {
    const shown = new Shown(SHOP);
    shown.look('db', 'focusin');
    nothing(shown, shown.look('db', 'focusout', shown.gap));
  });

  it('gives way to the one that has the focus', () => {
    const shown = new Shown(SHOP);
    [shown.document.activeElement] = shown.cells;
    shown.look('log');
    assert.match(shown.look('log', 'pointerout'), /^front consumes/);
    assert.deepEqual(shown.marks, { db: 'provides', cache: 'provides' });
  });

  it('by Escape leaves nothing, and comes again', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    assert.match(shown.press('a'), /^db provides/);
    nothing(shown, shown.press('Escape'));
    assert.match(shown.look('db'), /^db provides/);
  });
});

describe('a map that has come anew', () => {
  it('shows the same cell again', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    shown.find('db').isConnected = false;
    shown.cells = SHOP.map(one => shown.cell(one));
    shown.made.settle();
    assert.deepEqual(shown.marks, { front: 'consumes', log: 'consumes' });
    assert.match(shown.said, /^db provides/);
  });

  it('shows nothing of a cell that is gone', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    shown.find('db').isConnected = false;
    shown.cells = [];
    shown.made.settle();
    assert.equal(shown.said, '');
  });

  it('leaves alone what is still there', () => {
    const shown = new Shown(SHOP);
    shown.made.settle();
    shown.look('db');
    shown.words.firstChild.data = 'untouched';
    shown.made.settle();
    assert.equal(shown.said, 'untouched');
  });
});
