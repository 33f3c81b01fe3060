// SPDX-License-Identifier: Apache-2.0
// The list that a page shows is read again: what it asks for, what it shows of the answer, and what waits.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';

const KIND = 'policy_target_groups';
const LIST = '[data-gbp-status-list]';

/** A page of a list; `read(change)` reads it once more, as the server renders it after that change. */
class Listed {
  constructor(prepare = () => {}) {
    this.dom = new Dom({ scripts: ['dom', 'badges', 'unread', 'morph', 'list'] });
    prepare(this.dom.document);
    const { root, window, document, clock } = this.dom;
    clock.time = 9000;
    Object.assign(this, { answers: mock.fn(() => ['change']), pollRequest: mock.fn(async () => {}), get: mock.fn() });
    this.outages = { noteAll: mock.fn() };
    const beneath = { unfinished: () => ['unfinished'], noteList: mock.fn() };
    const rewrite = { rewrite: mock.fn() };
    const { answers, pollRequest, outages } = this;
    this.list = this.dom.gbpStatus.list({ root, window, document, clock, time: rewrite, since: rewrite, answers, pollRequest, outages, beneath });
  }

  async read(change, { isRequested = false, answer = {} } = {}) {
    const body = change ? this.dom.again(change).querySelector(LIST).outerHTML : '';
    this.outcome = { changes: [], rows: [], readAt: Infinity, since: 5000, failed: false, isIncomplete: false, ended: false };
    this.get.mock.mockImplementation(async () => ({ ok: true, status: 200, scope: 'here', age: 1000, body, ...answer }));
    await this.list.read(isRequested, this.get, this.outcome);
    return this.outcome;
  }

  get rows() {
    return this.dom.all(`#${KIND} tbody tr`).map(one => one.dataset.objectId);
  }

  /** The ids of the resources that were asked for by a poll, of its last time. */
  get polled() {
    return this.pollRequest.mock.calls.at(-1).arguments[0].map(one => one.id);
  }
}

function add(document, id) {
  const row = document.querySelector('tr[data-object-id="web"]').cloneNode(true);
  Object.assign(row, { id: 'row-' + id }).dataset.objectId = id;
  row.querySelector('.gbp-status-badge').dataset.gbpStatusId = id;
  document.querySelector(`#${KIND} tbody`).prepend(row);
}

function remove(document, id) {
  document.querySelector(`tr[data-object-id="${id}"]`).remove();
}

/** A line that says of the groups what its attribute does. */
function note(document, what, reason = 'timeout') {
  const line = document.createElement('p');
  line.setAttribute('data-gbp-status-' + what, KIND);
  line.dataset.gbpStatusReason = reason;
  document.querySelector(LIST).prepend(line);
}

describe('reading a list', () => {
  it('asks for the fragment of its own address', async () => {
    const page = new Listed();
    await page.read(() => {});
    assert.deepEqual(page.get.mock.calls[0].arguments, ['/project/gbp_status/?tab=gbp_status_tabs__groups', { accept: 'text/html', fragment: 'list' }]);
  });

  it('names the kinds of which the page lacks rows', async () => {
    const page = new Listed(document => note(document, 'lacks-rows'));
    await page.read(() => {});
    assert.equal(page.get.mock.calls[0].arguments[1].fragment, 'list ' + KIND);
  });

  it('takes what it says of statuses as of when it was true', async () => {
    const page = new Listed();
    const outcome = await page.read(() => {});
    const [{ rows }, at] = page.answers.mock.calls[0].arguments;
    assert.deepEqual([Object.keys(rows[KIND]).sort(), at], [['app', 'db', 'web'], 8000]);
    assert.deepEqual([outcome.changes, outcome.rows, outcome.readAt, outcome.list, outcome.failed], [['change'], ['unfinished'], 8000, false, false]);
  });

  it('asks for rows that it has no longer, and keeps them until it is known what became of them', async () => {
    const page = new Listed();
    await page.read(document => remove(document, 'app'));
    assert.deepEqual([page.polled, page.rows], [['app'], ['db', 'app', 'web']]);
  });

  it('asks for no row that is struck', async () => {
    const page = new Listed();
    page.dom.row('app').classList.add('gbp-status-gone');
    await page.read(document => remove(document, 'app'));
    assert.deepEqual(page.polled, []);
  });
});

describe('new rows', () => {
  it('wait until the user asks for them, and are counted', async () => {
    const page = new Listed();
    await page.read(document => add(document, 'new'));
    assert.deepEqual([page.list.news.count, page.rows], [1, ['db', 'app', 'web']]);
    await page.read(document => add(document, 'new'), { isRequested: true });
    assert.deepEqual([page.list.news.count, page.rows], [0, ['new', 'db', 'app', 'web']]);
  });

  it('come at once to a page that has but a preview', async () => {
    const page = new Listed(document => note(document, 'listing'));
    assert.ok(page.list.isPreview());
    const outcome = await page.read(document => add(document, 'new'));
    assert.deepEqual([page.rows.length, page.list.isPreview(), outcome.list], [4, false, false]);
  });

  it('come at once to the page of one resource', async () => {
    const page = new Listed();
    await page.read(document => {
      add(document, 'new');
      document.querySelector(LIST).dataset.gbpStatusList = 'whole';
    });
    assert.equal(page.rows.length, 4);
  });

  it('are asked for again while all there is is a preview', async () => {
    const page = new Listed(document => note(document, 'listing'));
    assert.equal((await page.read(document => note(document, 'listing'))).list, true);
  });
});

describe('a list that lacks something', () => {
  /** Adds an external group, so that the page shows two kinds. */
  function addOutside(document) {
    const row = document.querySelector('tr[data-object-id="web"]').cloneNode(true);
    Object.assign(row, { id: 'row-out' }).dataset.objectId = 'out';
    Object.assign(row.querySelector('.gbp-status-badge').dataset, { gbpStatusKind: 'external_policies', gbpStatusId: 'out' });
    document.querySelector('#external_policies tbody').replaceChildren(row);
  }

  function renameBoth(document) {
    document.querySelectorAll('tr[data-object-id] td:first-child a').forEach(one => { one.textContent = 'other'; });
  }

  it('leaves the tables as they are where one of the kinds that they show could not be read, and takes the other statuses', async () => {
    const page = new Listed(addOutside);
    const outcome = await page.read(document => [addOutside, renameBoth, one => note(one, 'unread', 'forbidden')].forEach(change => change(document)));
    assert.deepEqual(page.dom.texts('td:first-child a'), ['db', 'app', 'web', 'web']);
    assert.deepEqual([outcome.failed, outcome.isIncomplete, page.pollRequest.mock.callCount(), page.answers.mock.callCount()], [false, true, 0, 1]);
    assert.equal(page.outages.noteAll.mock.calls[0].arguments[0][KIND].reason, 'forbidden');
  });

  it('has failed where it lacks all that the page shows', async () => {
    const page = new Listed();
    const outcome = await page.read(document => [renameBoth, one => note(one, 'unread', 'forbidden')].forEach(change => change(document)));
    assert.deepEqual([outcome.failed, page.pollRequest.mock.callCount(), page.dom.texts('td:first-child a')], [true, 0, ['db', 'app', 'web']]);
  });

  it('is a failure in part where it says that of a kind which the page does not show', async () => {
    const page = new Listed();
    const outcome = await page.read(document => {
      note(document, 'unread');
      document.querySelector('[data-gbp-status-unread]').dataset.gbpStatusUnread = 'external_policies';
    });
    assert.deepEqual([outcome.failed, outcome.isIncomplete, page.pollRequest.mock.callCount()], [false, true, 1]);
  });

  it('does not take the place of a full one where it did not come in time', async () => {
    const page = new Listed();
    const outcome = await page.read(document => note(document, 'timed-out'));
    assert.deepEqual([outcome.failed, page.outages.noteAll.mock.calls[0].arguments[0]], [true, { [KIND]: { reason: 'timeout' } }]);
    assert.equal(page.dom.find('[data-gbp-status-timed-out]'), null);
  });

  it('takes the place of one that did not come in time either', async () => {
    const page = new Listed(document => note(document, 'timed-out'));
    assert.equal((await page.read(document => note(document, 'timed-out'))).failed, false);
  });
});

describe('an answer that is no list', () => {
  [
    ['a page of somebody else', { body: '<p>Welcome</p>' }, 'lacking'],
    ['a failure', { ok: false, status: 503, reason: 'timeout' }, 'timeout'],
  ].forEach(([what, answer, reason]) => {
    it(`is a failure, and changes nothing: ${what}`, async () => {
      const page = new Listed();
      const before = page.dom.root.outerHTML;
      const outcome = await page.read(null, { answer });
      assert.deepEqual([outcome.failed, outcome.reason, page.answers.mock.callCount()], [true, reason, 0]);
      assert.equal(page.dom.root.outerHTML, before);
    });
  });

  it('may be pending', async () => {
    const page = new Listed();
    const outcome = await page.read(null, { answer: { ok: false, pending: true } });
    assert.deepEqual([outcome.list, outcome.failed], [true, false]);
  });

  it('may say that the resource of the page is gone: the page asks for what it shows', async () => {
    const page = new Listed();
    const outcome = await page.read(null, { answer: { ok: false, status: 404 } });
    assert.deepEqual([page.polled.sort(), outcome.failed], [['app', 'db', 'web'], false]);
  });

  it('may be a 404 of somebody else', async () => {
    const page = new Listed();
    assert.ok((await page.read(null, { answer: { ok: false, status: 404, scope: null, reason: 'foreign' } })).failed);
  });
});
