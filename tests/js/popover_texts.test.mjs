// SPDX-License-Identifier: Apache-2.0
// What an open popover says of its badge.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

const SINCE = { time: '11:48 AM', age: '12 min' };

/** A popover with the texts of a badge; `written()` are those that are shown, by the names of their parts. */
function opened(name, { said = null, errors = '', isLong = false } = {}) {
  const dom = new Dom({ scripts: ['dom', 'badges', 'popover_texts'] });
  const tip = Object.assign(dom.document.createElement('div'), { className: 'popover' });
  tip.append(dom.find('[data-gbp-status-popover]').content.cloneNode(true));
  dom.badge(name).append(tip);
  const muteForm = { write: mock.fn() };
  const write = dom.gbpStatus.popoverTexts({ muteForm, since: { said: () => said, errors: () => errors, isLong: () => isLong } });
  const written = () => {
    write(dom.badge(name), tip);
    const parts = Array.from(tip.querySelectorAll('[data-gbp-status-part]')).filter(one => !one.hidden && one.dataset.gbpStatusPart !== 'heading');
    return Object.fromEntries(parts.map(one => [one.dataset.gbpStatusPart, one.textContent]));
  };
  return { dom, tip, muteForm, written, offersCopy: () => !tip.querySelector('[data-gbp-status-act="copy-details"]').hidden };
}

describe('a popover', () => {
  it('says the name, the word, the sentence and the details', () => {
    const { dom, tip, muteForm, written, offersCopy } = opened('db');
    const { name, word, sentence, details } = written();
    assert.deepEqual([name, word, sentence, details], ['db', 'Error', dom.badge('db').dataset.gbpStatusSentence, 'The pool is empty']);
    assert.deepEqual([offersCopy(), muteForm.write.mock.calls[0].arguments], [true, [dom.badge('db'), tip]]);
    assert.match(tip.querySelector('[data-gbp-status-part="link"]').href, /\/policy_target_groups\/db\/$/);
  });

  it('shows nothing of what there is not', () => {
    const { written, offersCopy } = opened('web');
    assert.deepEqual(Object.keys(written()).sort(), ['link', 'name', 'sentence', 'word']);
    assert.equal(offersCopy(), false);
  });

  it('says since when, and how often it was in error', () => {
    const { since, errors } = opened('db', { said: SINCE, errors: '2 errors since yesterday' }).written();
    assert.deepEqual([since, errors], ['In this state since 11:48 AM or earlier (12 min).', '2 errors since yesterday']);
  });

  it('says of what is gone that it is, and since when no longer', () => {
    const { dom, written } = opened('db', { said: SINCE });
    dom.badge('db').dataset.gbpStatusGone = '';
    const { word, sentence, since } = written();
    assert.deepEqual([word, sentence, since], ['Deleted', 'This resource has been deleted.', undefined]);
  });

  it('follows its badge, and keeps what is selected of the rest', () => {
    const { dom, tip, written } = opened('db');
    written();
    const name = tip.querySelector('[data-gbp-status-part="name"]').firstChild;
    dom.badge('db').dataset.gbpStatusDetails = 'other';
    assert.equal(written().details, 'other');
    assert.equal(tip.querySelector('[data-gbp-status-part="name"]').firstChild, name);
  });

  [['servicechain_instances', true, true], ['servicechain_instances', false, false], ['policy_target_groups', true, false]].forEach(
    ([kind, isLong, isSaid]) => {
      it(`${isSaid ? 'says' : 'does not say'} what node drivers never report, of ${kind}, long: ${isLong}`, () => {
        const { dom, written } = opened('app', { isLong });
        dom.badge('app').dataset.gbpStatusKind = kind;
        assert.deepEqual(['long', 'long-chain'].map(name => name in written()), [isLong, isSaid]);
      });
    },
  );
});
