// SPDX-License-Identifier: Apache-2.0
// A page follows the rename of a resource: its links, and the heading and the titles of its own page.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const link = (href, textContent) => ({ getAttribute: () => href, textContent });

/** A page with these links and headings; `own` is what the badge stands in, `renamed` the pairs of the window's title. */
function page({ links = [], headings = [], own = null }) {
  const renamed = [];
  const document = { querySelectorAll: () => headings };
  const root = { querySelectorAll: () => links };
  const title = { retitle: (...names) => renamed.push(names) };
  const follow = load(['renames']).renames({ root, document, title });
  const rename = (old, name) => {
    follow({ dataset: { gbpStatusName: name, gbpStatusId: '7' }, closest: () => own }, old);
  };
  return { rename, renamed };
}

function heading(format) {
  return { dataset: { objectId: '7', gbpStatusHeading: format } };
}

describe('a rename', () => {
  it('is followed by links to the resource that say its name', () => {
    const links = [link('/groups/7/', ' web '), link('/groups/7/', 'Show'), link('/groups/8/', 'web')];
    page({ links }).rename('web', 'shop');
    assert.deepEqual(links.map(one => one.textContent), ['shop', 'Show', 'web']);
  });

  it('is followed by the heading, the breadcrumb and the title of its page', () => {
    const headings = [{ textContent: 'Group o' }, { textContent: '\n Group o\n' }, { textContent: 'Groups' }];
    const { rename, renamed } = page({ headings, own: heading('Group %s') });
    rename('o', '$& %s');
    assert.deepEqual(headings.map(one => one.textContent), ['Group $& %s', 'Group $& %s', 'Groups']);
    assert.deepEqual(renamed, [['Group o', 'Group $& %s']]);
  });

  it('of another resource leaves the heading', () => {
    const headings = [{ textContent: 'Group web' }];
    const own = heading('Group %s');
    own.dataset.objectId = '8';
    const { rename, renamed } = page({ headings, own });
    rename('web', 'shop');
    assert.deepEqual([headings[0].textContent, renamed], ['Group web', []]);
  });

  it('is none where the name stays', () => {
    const headings = [{ textContent: 'Group web' }];
    const { rename, renamed } = page({ headings, own: heading('Group %s') });
    rename('web', 'web');
    assert.deepEqual(renamed, []);
  });
});
