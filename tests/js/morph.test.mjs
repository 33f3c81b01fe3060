// SPDX-License-Identifier: Apache-2.0
// A fresh rendering takes the place of what is shown, and leaves what belongs to the user or to another script.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

const LIST = '[data-gbp-status-list]';

/** A page whose list becomes what `change(document)` makes of another rendering of it; new rows come where they are free. */
function opened(prepare = () => {}) {
  const dom = new Dom({ scripts: ['morph'] });
  prepare(dom);
  const morph = (change, areRowsFree = false) => {
    const fresh = dom.document.adoptNode(dom.again(change).querySelector(LIST));
    return dom.gbpStatus.morph(dom.find(LIST), fresh, areRowsFree);
  };
  return { dom, morph, names: () => dom.all('#policy_target_groups tbody tr').map(one => one.dataset.objectId || 'none') };
}

/** Adds a row of a new resource to a rendering, as the first one of the table. */
function add(document, id) {
  const row = document.querySelector('tr[data-object-id="web"]').cloneNode(true);
  Object.assign(row, { id: 'row-' + id }).dataset.objectId = id;
  document.querySelector('#policy_target_groups tbody').prepend(row);
}

function rename(document, name) {
  document.querySelector('tr[data-object-id="web"] a').textContent = name;
}

describe('a fresh rendering', () => {
  it('that is the same touches nothing', () => {
    const { dom, morph } = opened();
    const [before, nodes] = [dom.find(LIST).outerHTML, dom.all('*')];
    morph();
    assert.equal(dom.find(LIST).outerHTML, before);
    assert.deepEqual(dom.all('*'), nodes);
  });

  it('changes the texts and the attributes that differ, in the elements that are there', () => {
    const { dom, morph } = opened();
    const [link, chip] = [dom.row('web').querySelector('a'), dom.find('.gbp-status-chip.gbp-status-tone-muted')];
    morph(document => {
      rename(document, 'shop');
      const fresh = document.querySelector('.gbp-status-chip.gbp-status-tone-muted');
      fresh.classList.replace('gbp-status-empty', 'active');
      fresh.setAttribute('aria-current', 'true');
      fresh.removeAttribute('href');
    });
    assert.deepEqual([dom.row('web').querySelector('a'), link.textContent], [link, 'shop']);
    assert.deepEqual([chip.isConnected, chip.getAttribute('aria-current'), chip.hasAttribute('href')], [true, 'true', false]);
    assert.deepEqual(['gbp-status-empty', 'active'].map(one => chip.classList.contains(one)), [false, true]);
  });

  it('leaves badges to the answers, and heads to whoever sorts by them', () => {
    const { dom, morph } = opened();
    const [badge, head] = [dom.badge('web').outerHTML, dom.find('thead').innerHTML];
    morph(document => {
      document.querySelector('[data-gbp-status-id="web"]').dataset.gbpStatus = 'BANANA';
      document.querySelector('thead th').textContent = 'Other';
    });
    assert.deepEqual([dom.badge('web').outerHTML, dom.find('thead').innerHTML], [badge, head]);
  });

  it('brings what is new, and takes away what is no more, at its place', () => {
    const { dom, morph } = opened();
    morph(document => {
      const toolbar = document.querySelector('.gbp-status-toolbar');
      toolbar.before(Object.assign(document.createElement('p'), { className: 'gbp-status-stale', textContent: 'Old' }));
    });
    assert.equal(dom.find('.gbp-status-stale').nextElementSibling.className, 'gbp-status-toolbar');
    morph();
    assert.equal(dom.find('.gbp-status-stale'), null);
  });
});

describe('what the user has', () => {
  it('filled in or ticked stays as it is', () => {
    const { dom, morph } = opened();
    const [field, box] = [dom.find('#gbp-status-q'), dom.row('web').querySelector('input')];
    field.value = 'shop';
    box.checked = true;
    morph(document => {
      rename(document, 'shop');
      document.querySelector('#gbp-status-q').setAttribute('value', 'other');
      document.querySelector('#gbp-status-q').setAttribute('placeholder', 'Other');
      document.querySelector('tr[data-object-id="web"] input').setAttribute('checked', '');
      document.querySelector('tr[data-object-id="web"] input').setAttribute('title', 'Other');
    });
    assert.deepEqual([field.isConnected, field.value, field.placeholder], [true, 'shop', 'Name, project or details']);
    assert.deepEqual([box.isConnected, box.checked, box.title], [true, true, '']);
  });

  it('got from another script to fill in is there, too', () => {
    const { dom, morph } = opened(({ document }) => {
      document.querySelector('tr[data-object-id="web"] td').prepend(Object.assign(document.createElement('select'), { id: 'theirs' }));
    });
    morph(document => rename(document, 'shop'));
    assert.equal(dom.find('#theirs').closest('tr'), dom.row('web'));
  });

  it('unfolded stays open, as do the states that scripts have set', () => {
    const { dom, morph } = opened();
    const menu = dom.find('[data-gbp-status-menu]');
    menu.open = true;
    dom.row('web').classList.add('warning');
    dom.row('web').setAttribute('style', 'color: red');
    morph(document => {
      rename(document, 'shop');
      document.querySelector('[data-gbp-status-menu] summary').classList.add('new');
    });
    assert.deepEqual([menu.open, dom.row('web').className, dom.row('web').getAttribute('style')], [true, 'warning', 'color: red']);
  });

  it('has the focus on keeps it, also where its row moves', () => {
    const { dom, morph } = opened();
    const link = dom.row('web').querySelector('a');
    link.focus();
    morph(document => document.querySelector('#policy_target_groups tbody').prepend(document.querySelector('tr[data-object-id="web"]')), true);
    assert.deepEqual([dom.document.activeElement, link.isConnected], [link, true]);
  });

  it('had the focus on that is no more loses it to nothing', () => {
    const { dom, morph } = opened(({ document }) => {
      document.querySelector('.gbp-status-toolbar').before(Object.assign(document.createElement('a'), { href: '#', id: 'notice' }));
    });
    dom.find('#notice').focus();
    morph();
    assert.equal(dom.document.activeElement, dom.document.body);
  });

  ['point', 'focus'].forEach(how => {
    it('looks at stays where it is on the screen: ' + how, () => {
      const { dom, morph } = opened();
      const row = dom.row('web');
      row.getBoundingClientRect = () => ({ top: 100 * Array.from(row.parentElement.children).indexOf(row) });
      how === 'point' ? dom.point(row) : row.querySelector('a').focus();
      morph(document => add(document, 'new'), true);
      assert.deepEqual(dom.window.scrollBy.mock.calls.map(call => call.arguments), [[0, 100]]);
    });
  });

  it('does not look at moves nothing', () => {
    const { dom, morph } = opened();
    morph(document => add(document, 'new'), true);
    assert.equal(dom.window.scrollBy.mock.callCount(), 0);
  });
});

describe('rows', () => {
  it('that are new wait, and are counted', () => {
    const { morph, names } = opened();
    assert.equal(morph(document => { ['one', 'two'].forEach(id => add(document, id)); }), 2);
    assert.deepEqual(names(), ['db', 'app', 'web']);
  });

  it('that are new come in their order where they are free', () => {
    const { morph, names } = opened();
    assert.equal(morph(document => { ['one', 'two'].forEach(id => add(document, id)); }, true), 0);
    assert.deepEqual(names(), ['two', 'one', 'db', 'app', 'web']);
  });

  it('that are known stay the same elements in another order', () => {
    const { dom, morph, names } = opened();
    const rows = ['web', 'db', 'app'].map(name => dom.row(name));
    morph(document => rows.forEach(({ id }) => document.querySelector('tbody').append(document.getElementById(id))), true);
    assert.deepEqual([names(), dom.all('#policy_target_groups tbody tr')], [['web', 'db', 'app'], rows]);
  });

  it('that the fresh list has no longer stay until it is known what became of them', () => {
    const { morph, names } = opened();
    morph(document => document.querySelector('tr[data-object-id="app"]').remove(), true);
    assert.deepEqual(names().sort(), ['app', 'db', 'web']);
  });

  it('that are struck do not come to life again', () => {
    const { dom, morph } = opened();
    dom.row('app').classList.add('gbp-status-gone');
    morph(document => { document.querySelector('tr[data-object-id="app"] a').textContent = 'other'; });
    assert.equal(dom.row('app').querySelector('a').textContent, 'app');
  });

  it('take the place of the words that there are none', () => {
    const { dom, morph } = opened();
    const body = dom.find('#external_policies tbody');
    const bring = document => {
      const row = document.querySelector('tr[data-object-id="web"]').cloneNode(true);
      Object.assign(row, { id: 'row-out' }).dataset.objectId = 'out';
      document.querySelector('#external_policies tbody').replaceChildren(row);
    };
    assert.deepEqual([morph(bring), body.children.length, body.children[0].className], [1, 1, 'empty']);
    assert.deepEqual([morph(bring, true), Array.from(body.children, one => one.dataset.objectId)], [0, ['out']]);
  });

  it('of one resource are told apart by their number', () => {
    const { dom, morph } = opened(({ document }) => {
      const row = document.querySelector('tr[data-object-id="web"]');
      row.after(row.cloneNode(true));
    });
    assert.equal(morph(document => {
      const row = document.querySelector('tr[data-object-id="web"]');
      row.after(row.cloneNode(true));
      document.querySelectorAll('tr[data-object-id="web"] a')[1].textContent = 'second';
    }), 0);
    assert.deepEqual(dom.texts('tr[data-object-id="web"] td:first-child a'), ['web', 'second']);
  });

  it('keep a table that the fresh list lacks', () => {
    const { dom, morph } = opened();
    morph(document => document.querySelectorAll('.table_wrapper').forEach(one => { one.remove(); }));
    assert.deepEqual([dom.find('#policy_target_groups') !== null, dom.find('#external_policies')], [true, null]);
  });
});
