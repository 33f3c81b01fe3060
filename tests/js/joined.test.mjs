// SPDX-License-Identifier: Apache-2.0
// The cells of the map that a rule set joins with the one that is looked at: marked, and said in words.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const OPENING = 'Point at a group.';

/** A map of cells {name, provided, consumed, ways, outside}; the others of 'webs' provide rule set 0. */
class Shown {
  constructor(cells, names = ['web', 'dns', '']) {
    this.cells = cells.map(one => this.cell(one));
    this.words = { firstChild: { data: OPENING } };
    this.document = { activeElement: null };
    this.tree = { dataset: { gbpStatusRuleSets: JSON.stringify(names) } };
    this.listeners = {};
    const root = { addEventListener: (name, task) => { this.listeners[name] = task; } };
    const gbpStatus = load(['dom', 'joined'], { document: this.document });
    gbpStatus.dom.find = (_, what) => ({ 'joined-words': this.words, 'rule-sets': this.tree })[what];
    gbpStatus.dom.findAll = () => this.cells;
    gbpStatus.joined({ root });
  }

  cell({ name, outside = false, ...sets }) {
    const dataset = { gbpStatusCell: name };
    Object.entries(sets).forEach(([key, value]) => { dataset['gbpStatus' + key[0].toUpperCase() + key.slice(1)] = value; });
    return {
      dataset,
      getAttribute: attribute => attribute + ' of ' + name,
      closest(selector) { return selector === '[data-gbp-status-cell]' || outside ? this : null; },
    };
  }

  look(name, event = 'pointerover') {
    this.listeners[event]({ target: this.cells.find(one => one.dataset.gbpStatusCell === name) });
    return this.said;
  }

  get said() { return this.words.firstChild.data; }

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

  it('says nothing where nobody can know: the opening words stand there', () => {
    assert.equal(new Shown(SHOP).look('automatic'), OPENING);
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
  it('leaves no mark and no word', () => {
    const shown = new Shown(SHOP);
    shown.look('db');
    assert.equal(shown.look('db', 'pointerout'), OPENING);
    assert.deepEqual(shown.marks, {});
  });

  it('gives way to the one that has the focus', () => {
    const shown = new Shown(SHOP);
    [shown.document.activeElement] = shown.cells;
    shown.look('log');
    assert.match(shown.look('log', 'pointerout'), /^front consumes/);
    assert.deepEqual(shown.marks, { db: 'provides', cache: 'provides' });
  });
});
