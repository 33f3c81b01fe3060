// SPDX-License-Identifier: Apache-2.0
// What badges say, and how one takes the rendering of another.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';
import { load } from './scripts.mjs';

describe('the words of a filter', () => {
  const words = dataset => load(['badges']).badges.filterWords({ dataset });

  [
    [{ gbpStatus: 'ACTIVE' }, ['active']],
    [{ gbpStatus: 'ACTIVE', gbpBelow: 'error' }, ['active', 'below']],
    [{ gbpStatus: 'ERROR', gbpStatusProblem: '', gbpBelow: 'error' }, ['error']],
    [{ gbpStatus: 'BUILD', gbpStatusCountedAs: 'none' }, ['none']],
  ].forEach(([dataset, expected]) => {
    it(JSON.stringify(dataset), () => {
      assert.deepEqual(words(dataset), expected);
    });
  });
});

function opened() {
  const dom = new Dom({ scripts: ['dom', 'badges'] });
  return { dom, badges: dom.gbpStatus.badges };
}

describe('badges', () => {
  it('are found, but for those of what is gone', () => {
    const { dom, badges } = opened();
    dom.badge('app').dataset.gbpStatusGone = '';
    assert.deepEqual(badges.all(dom.root).map(badges.key), ['policy_target_groups db', 'policy_target_groups web']);
  });

  it('are found from where a row says more of its resource, and no other badge in it', () => {
    const { dom, badges } = opened();
    const other = dom.badge('db').cloneNode(true);
    dom.row('web').firstElementChild.append(other);
    assert.equal(badges.ofRow(dom.row('web').querySelector('[data-gbp-status-mirror]')), dom.badge('web'));
    assert.equal(badges.ofRow(dom.find('thead')), null);
  });

  it('say what they are', () => {
    const { dom, badges } = opened();
    const names = ['isTransient', 'isUnread', 'isExplained', 'isProblem', 'isProblemBeneath', 'isUrgent'];
    const said = Object.fromEntries(['db', 'app', 'web'].map(name => [name, names.filter(one => badges[one](dom.badge(name)))]));
    assert.deepEqual(said, {
      db: ['isExplained', 'isProblem', 'isUrgent'], app: ['isTransient', 'isExplained', 'isUrgent'], web: ['isExplained'],
    });
    dom.badge('web').dataset.gbpBelow = 'error';
    assert.deepEqual(names.filter(one => badges[one](dom.badge('web'))), ['isExplained', 'isProblem', 'isProblemBeneath', 'isUrgent']);
  });

  it('that are only as last stored are being read', () => {
    const { dom, badges } = opened();
    dom.badge('web').insertAdjacentHTML('afterend', '<span data-gbp-status-stored></span>');
    assert.deepEqual(['isStored', 'isTransient', 'isUrgent'].map(one => badges[one](dom.badge('web'))), [true, true, false]);
  });
});

/** Has a badge take the rendering that a poll brings. */
function polled({ dom, badges }, id, more) {
  const edits = badges.compare([{ badge: dom.badge(id), row: { badge: dom.markup(id, more) } }]);
  edits.forEach(badges.swap);
  return edits.length;
}

describe('a newer rendering', () => {
  it('keeps the button, its focus and an open popover', () => {
    const page = opened();
    const { dom } = page;
    const button = dom.button('app');
    const tip = Object.assign(dom.document.createElement('div'), { className: 'popover' });
    button.focus();
    button.after(tip);
    button.setAttribute('aria-expanded', 'true');
    assert.equal(polled(page, 'app', { like: 'db' }), 1);
    assert.deepEqual([dom.button('app'), dom.document.activeElement, tip.isConnected], [button, button, true]);
    assert.deepEqual([dom.badge('app').className, button.getAttribute('aria-expanded')], ['gbp-status-badge gbp-status-tone-danger', 'true']);
    assert.deepEqual(dom.texts('[data-gbp-status-id="app"] .gbp-status-word'), ['Error']);
  });

  it('takes away what it does not say', () => {
    const page = opened();
    polled(page, 'app', { like: 'web' });
    const { dataset } = page.dom.badge('app');
    assert.deepEqual(['gbpStatusTransient', 'gbpStatusSince', 'gbpStatusWell'].map(one => one in dataset), [false, false, true]);
  });

  it('replaces of its button what differs alone', () => {
    const page = opened();
    const [icon, , , name] = page.dom.button('app').children;
    polled(page, 'app', { like: 'db' });
    assert.deepEqual([icon.isConnected, name.isConnected], [false, true]);
  });

  [['the details', { gbpStatusDetails: 'other' }, 1], ['the name', { gbpStatusName: 'other' }, 1], ['what is beneath', { gbpBelow: 'ok' }, 1],
    ['nothing', {}, 0], ['what does not count', { gbpStatusSentence: 'other' }, 0]].forEach(([what, more, edits]) => {
    it(`differs ${edits} times by ${what}`, () => {
      assert.equal(polled(opened(), 'db', more), edits);
    });
  });
});
