// SPDX-License-Identifier: Apache-2.0
// Problems that are muted are hidden in their list, counted there, and shown on demand; rows say it.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

/** A page some of whose resources are muted: {id: words}. */
function opened(name, muted) {
  const dom = new Dom({ name, scripts: ['dom', 'badges', 'problem_lines', 'muted_lines'] });
  const of = badge => badge.dataset.gbpStatusId;
  const mutes = {
    words: badge => muted[of(badge)] || '',
    isMutedItself: badge => of(badge) in muted,
    lostWords: badge => (muted[of(badge)] === 'lost' ? 'not kept' : ''),
    set: (badge, reason) => { muted[of(badge)] = reason; },
    unset: badge => { delete muted[of(badge)]; },
  };
  const liveRegion = { say: mock.fn() };
  const lines = dom.gbpStatus.mutedLines({ root: dom.root, mutes, liveRegion });
  lines.rewrite();
  const shown = () => dom.all('.gbp-status-group').filter(one => !one.hidden).map(one => one.id.split('-').at(-1));
  const counted = () => dom.texts('[data-gbp-status-act="muted"]').join();
  return { dom, lines, shown, counted, said: () => liveRegion.say.mock.calls.map(call => call.arguments[0]) };
}

describe('the list of problems', () => {
  it('hides the line of what is muted, and counts it', () => {
    const { dom, shown, counted } = opened('overview', { db: 'known' });
    assert.deepEqual([shown(), counted()], [['app'], '1 muted: show']);
    assert.equal(dom.find('[data-gbp-status-act="muted"]').getAttribute('aria-expanded'), 'false');
  });

  it('shows them on demand, marked, and hides them again', () => {
    const { dom, lines, shown, counted } = opened('overview', { db: 'known' });
    lines.toggle();
    assert.deepEqual([shown(), counted()], [['db', 'app'], 'Hide 1 muted']);
    assert.deepEqual(dom.all('.gbp-status-muted').map(one => one.id.split('-').at(-1)), ['db']);
    lines.toggle();
    assert.deepEqual(shown(), ['app']);
  });

  it('says nothing where nothing is muted', () => {
    assert.deepEqual(opened('overview', {}).counted(), '');
  });

  it('says where the browser does not keep it', () => {
    const { dom } = opened('overview', { db: 'lost' });
    assert.deepEqual(dom.texts('[data-gbp-status-muted] .gbp-status-note'), ['not kept']);
  });
});

describe('a problem', () => {
  it('is muted with a reason, which is announced', () => {
    const { dom, lines, shown, said } = opened('overview', {});
    lines.set(dom.badge('db'), 'known', 'day');
    assert.deepEqual([shown(), said()], [['app'], ['db is muted']]);
  });

  it('is no longer by the button in its row, and the focus goes to its badge', () => {
    const { dom, lines, shown, said } = opened('overview', { db: 'known' });
    lines.toggle();
    const place = dom.badge('db').closest('li').querySelector('[data-gbp-status-mirror="muted"]');
    assert.deepEqual([place.textContent, place.parentElement.hidden], ['known', false]);
    lines.unset(place.parentElement.querySelector('button'));
    assert.deepEqual([shown(), said(), place.parentElement.hidden], [['db', 'app'], ['db is no longer muted'], true]);
    assert.equal(dom.document.activeElement, dom.button('db'));
  });

  it('is no longer by the button in its popover, which keeps the focus', () => {
    const { dom, lines } = opened('overview', { db: 'known' });
    lines.toggle();
    const tip = Object.assign(dom.document.createElement('div'), { className: 'popover', tabIndex: -1, innerHTML: '<button></button>' });
    dom.badge('db').append(tip);
    lines.unset(tip.firstChild);
    assert.equal(dom.document.activeElement, tip);
  });
});
