// SPDX-License-Identifier: Apache-2.0
// Elements are found by their attributes, and written only where something differs.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Dom } from './dom.mjs';

function opened(html = '') {
  const dom = new Dom({ html, scripts: ['dom'] });
  return { page: dom, scope: dom.document.body, dom: dom.gbpStatus.dom };
}

describe('elements', () => {
  it('are found by the rest of the name of an attribute', () => {
    const { page, scope, dom } = opened('<p data-gbp-status-note="a" id="a"></p><p data-gbp-status-note="b" id="b"></p><p data-note></p>');
    assert.deepEqual([dom.find(scope, 'note').id, dom.find(scope, 'note="b"').id, dom.find(scope, 'other')], ['a', 'b', null]);
    assert.deepEqual(dom.findAll(scope, 'note').map(one => one.id), ['a', 'b']);
    assert.equal(dom.having(scope, 'note', 'b'), page.find('#b'));
    assert.equal(dom.having(scope, 'note', 'c'), null);
  });

  ['"', '\\', '"],*[a="', 'a\nb', ']'].forEach(value => {
    it('may have any value: ' + JSON.stringify(value), () => {
      const { page, scope, dom } = opened('<p data-gbp-status-note></p>');
      page.find('p').dataset.gbpStatusNote = value;
      assert.deepEqual([dom.having(scope, 'note', value), dom.having(scope, 'note', 'a')], [page.find('p'), null]);
    });
  });
});

describe('a text', () => {
  it('is written as text, and shows its element', () => {
    const { page, dom } = opened('<p hidden></p>');
    dom.write(page.find('p'), '<b>a</b>');
    assert.deepEqual([page.find('p').textContent, page.find('b'), page.find('p').hidden], ['<b>a</b>', null, false]);
  });

  it('that is empty hides it', () => {
    const { page, dom } = opened('<p>a</p>');
    dom.write(page.find('p'), '');
    assert.equal(page.find('p').hidden, true);
  });

  it('that stays the same keeps what is selected of it', () => {
    const { page, dom } = opened('<p>a</p>');
    const node = page.find('p').firstChild;
    dom.write(page.find('p'), 'a');
    assert.equal(page.find('p').firstChild, node);
  });
});

describe('markup', () => {
  it('is parsed, and no script in it runs', () => {
    const { page, dom } = opened();
    const parsed = dom.parse('<p>a</p><script>window.ran = true</script>');
    page.document.body.append(...parsed.childNodes);
    assert.deepEqual([page.find('p').textContent, page.window.ran], ['a', undefined]);
  });
});

describe('an event', () => {
  it('reaches who listens above the root', () => {
    const { page, dom } = opened('<div id="root"></div>');
    const heard = [];
    page.document.addEventListener('gbp-status:polled', ({ target, detail }) => heard.push(target.id, detail));
    dom.fire(page.find('#root'), 'polled', { changes: [] });
    assert.deepEqual(heard, ['root', { changes: [] }]);
  });
});
