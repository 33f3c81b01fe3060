// SPDX-License-Identifier: Apache-2.0
// A whole page, as Horizon starts it: what it says and reads, and what users do with it.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { Dom } from './dom.mjs';
import { settled } from './scripts.mjs';
import { allActive, asksNothingBeneath, heartless, KIND, Started } from './started_page.mjs';

// Those that belong to no page, and the clock, which is that of the test.
const FUNCTIONS = ['age', 'clock', 'counts', 'morph', 'placement', 'scopeWidth', 'slices', 'storage'];

describe('a page', () => {
  it('shows how fresh it is, and reads what it lacks, from when on it has read', async () => {
    const page = new Started();
    assert.equal(page.dom.find('[data-gbp-status-strip]').hidden, false);
    assert.equal(page.dom.root.dataset.gbpStatusState, 'live');
    await settled();
    assert.deepEqual(page.urls, [`/project/gbp_status/statuses/?${KIND}=db,app,web`]);
    assert.equal(page.requests[0].headers['Gbp-Status-Not-Before'], '1.5');
  });

  it('polls what is being built, and shows what has become of it', async () => {
    const page = new Started({ prepare: asksNothingBeneath });
    page.respond = allActive(page);
    assert.equal(page.dom.document.title, '(2) Groups');
    await page.dom.clock.pass(2500);
    assert.deepEqual(page.urls, [`/project/gbp_status/statuses/?${KIND}=app`]);
    assert.equal(page.dom.badge('app').dataset.gbpStatus, 'ACTIVE');
    assert.deepEqual([page.dom.document.title, page.dom.find('[data-gbp-status-live]').textContent], ['(1) Groups', 'app: Active']);
  });

  it('says that it could not read, and tries again on demand', async () => {
    const page = new Started();
    await settled();
    assert.equal(page.dom.root.dataset.gbpStatusState, 'stale');
    assert.match(page.dom.find('[data-gbp-status-notice]').textContent, /Next try/);
    assert.deepEqual(page.dom.texts('[data-gbp-status-act="refresh"]'), ['Try again']);
    page.press('refresh');
    await settled();
    assert.equal(page.requests.at(-1).headers['Cache-Control'], 'max-age=0');
    assert.equal(page.requests.at(-1).headers['Gbp-Status-Fragment'], 'list');
  });

  it('pauses, and says so in this tab alone', async () => {
    const page = new Started();
    await settled();
    page.press('pause');
    assert.equal(page.dom.window.sessionStorage.getItem('gbp-status:paused'), 'yes');
    assert.equal(page.dom.find('[data-gbp-status-act="pause"]').textContent, 'Resume updates');
  });

  it('that is paused can be refreshed, and rests again until it is resumed', async () => {
    const page = new Started({ prepare: asksNothingBeneath });
    page.respond = () => ({ type: 'text/html', body: page.dom.html });
    page.press('pause');
    await page.dom.clock.pass(60000);
    assert.deepEqual(page.urls, []);
    page.press('refresh');
    await page.dom.clock.pass(60000);
    assert.equal(page.urls.length, 1);
    page.press('pause');
    await settled();
    assert.equal(page.urls.length, 2);
  });

  it('reads at once when it is resumed, also what is not due yet', async () => {
    const page = new Started({ prepare: asksNothingBeneath });
    page.press('pause');
    page.press('pause');
    await settled();
    assert.equal(page.urls.length, 1);
  });

  it('leaves the focus at hand where there is nothing to pause any more', async () => {
    const page = new Started({ prepare: document => [asksNothingBeneath, heartless].forEach(change => change(document)) });
    page.respond = allActive(page);
    const pause = page.dom.find('[data-gbp-status-act="pause"]');
    pause.focus();
    await page.dom.clock.pass(2500);
    assert.deepEqual([pause.hidden, page.dom.document.activeElement.dataset.gbpStatusAct], [true, 'refresh']);
  });

  it('polls a row that another script brings, and that is being built', async () => {
    const page = new Started({ prepare: document => {
      [asksNothingBeneath, heartless].forEach(change => change(document));
      document.querySelector('tr[data-object-id="app"]').remove();
    } });
    await page.dom.clock.pass(60000);
    assert.deepEqual(page.urls, []);
    page.dom.badge('web').outerHTML = page.dom.markup('web', { like: 'app' });
    await page.dom.clock.pass(2500);
    assert.deepEqual(page.urls, [`/project/gbp_status/statuses/?${KIND}=web`]);
  });

  it('reads its list where it comes out of the cache of the browser', async () => {
    for (const navigation of [{ type: 'back_forward' }, { transferSize: 0 }]) {
      const page = new Started({ navigation });
      await settled();
      assert.deepEqual(page.requests.map(one => one.headers['Gbp-Status-Fragment']), ['list']);
    }
  });

  it('reads everything anew where a status is only as last stored', async () => {
    const page = new Started({ prepare: document => {
      document.querySelector('[data-gbp-status-id="web"]').insertAdjacentHTML('afterend', '<span data-gbp-status-stored></span>');
    } });
    await settled();
    assert.equal(page.requests[0].headers['Cache-Control'], 'max-age=0');
  });

  it('says of what could not be read when it was opened that it could not', () => {
    const page = new Started({ prepare: document => {
      const line = `<p data-gbp-status-unread="${KIND}" data-gbp-status-reason="timeout" data-gbp-status-label="Groups">Groups</p>`;
      document.querySelector('[data-gbp-status-list]').insertAdjacentHTML('afterbegin', line);
    } });
    assert.match(page.dom.find('[data-gbp-status-notice]').textContent, /^Groups could not be read: .*did not answer in time/);
  });

  it('without storage works as long as it is open', async () => {
    const page = new Started({ prepare: ({ defaultView }) => {
      ['sessionStorage', 'localStorage'].forEach(name => {
        Object.defineProperty(defaultView, name, { get: () => { throw new Error('denied'); } });
      });
    } });
    page.press('pause');
    assert.equal(page.dom.find('[data-gbp-status-act="pause"]').textContent, 'Resume updates');
    assert.equal(page.dom.window.console.warn.mock.callCount(), 2);
  });

  it('is none without a root, and nothing happens', () => {
    assert.deepEqual(new Started({ html: '<main></main>' }).urls, []);
  });

  it('of another plugin starts when its tables have a row of ours', async () => {
    const root = new Dom().root.cloneNode(true);
    root.querySelector('[data-gbp-status-list]').remove();
    root.removeAttribute('data-gbp-status-beneath');
    const page = new Started({ html: `<main><template data-gbp-status-host>${root.outerHTML}</template><div id="table"></div></main>` });
    await settled();
    assert.equal(page.dom.find('[data-gbp-status-strip]').hidden, true);
    page.dom.find('#table').innerHTML = page.dom.markup('app');
    await settled();
    assert.equal(page.dom.find('[data-gbp-status-strip]').hidden, false);
    await page.dom.clock.pass(2500);
    assert.deepEqual(page.urls, [`/project/gbp_status/statuses/?${KIND}=app`]);
  });
});

describe('each script', () => {
  /** {name: {given, asked}}: what each factory of a page is given by name, and what it asks for when it is made. */
  function made() {
    const found = {};
    const watched = (name, make) => given => {
      const asked = new Set();
      found[name] = { given: Object.keys(given).sort(), asked };
      return make(new Proxy(given, { get: (all, one) => { asked.add(one); return all[one]; } }));
    };
    new Started({ wrap: gbpStatus => {
      Object.entries(gbpStatus).filter(([name, one]) => typeof one === 'function' && !FUNCTIONS.includes(name))
        .forEach(([name, make]) => { gbpStatus[name] = watched(name, make); });
    } });
    return found;
  }

  Object.entries(made()).forEach(([name, { given, asked }]) => {
    it('is made with all that it asks for, and nothing else: ' + name, () => {
      // Buttons ask for what they need when they are pressed.
      assert.deepEqual(name === 'acts' ? ['document'] : given, Array.from(asked).sort());
    });
  });
});

describe('what changes on a page', () => {
  it('is looked at when another script has changed it: toolbars are one stop, times are those of the user', async () => {
    const page = new Started();
    const moment = '<time datetime="2026-03-02T12:00:00+00:00" data-gbp-status-moment>other</time>';
    page.dom.find('[data-gbp-status-list]').insertAdjacentHTML('beforeend', `<div data-gbp-status-toolbar><button>a</button><button>b</button></div>${moment}`);
    await settled();
    const [bar] = page.dom.all('[data-gbp-status-toolbar]').slice(-1);
    assert.deepEqual([Array.from(bar.children, one => one.tabIndex), bar.nextElementSibling.textContent.replace(/\s/, ' ')], [[0, -1], '12:00 PM']);
  });

  it('in the strip is no reason to look again', async () => {
    const page = new Started();
    await settled();
    const looked = mock.method(page.gbpStatus.dom, 'findAll');
    page.dom.find('[data-gbp-status-freshness]').textContent = 'other';
    await settled();
    assert.equal(looked.mock.callCount(), 0);
  });

  it('is marked as a long build after that time, without anything being read', async () => {
    const page = new Started({ prepare: heartless });
    page.isHidden = true;
    assert.deepEqual(page.dom.texts('.gbp-status-age'), []);
    await page.dom.clock.pass(615000);
    assert.deepEqual([page.dom.texts('.gbp-status-age'), page.dom.badge('app').matches('.gbp-status-long')], [['long-running'], true]);
    assert.equal(page.dom.badge('web').matches('.gbp-status-long'), false);
  });
});

describe('a popover of a page', () => {
  const EXPLAINED = { body: '<p id="cause">The pool is empty</p>', type: 'text/html' };

  it('opens by its badge, says why, and closes by Escape', async () => {
    const page = new Started();
    page.respond = () => EXPLAINED;
    page.dom.button('db').click();
    await settled();
    assert.equal(page.urls.at(-1), `/project/gbp_status/${KIND}/db/explanation/`);
    assert.equal(page.dom.find('.popover #cause').textContent, 'The pool is empty');
    assert.equal(page.dom.find('.popover [data-gbp-status-part="details"]').textContent, 'The pool is empty');
    await page.fire(page.dom.document.activeElement, 'keydown', { key: 'Escape' });
    assert.deepEqual([page.dom.find('.popover'), page.dom.document.activeElement], [null, page.dom.button('db')]);
  });

  it('mutes a problem for a day, which the row and the title say', async () => {
    const page = new Started({ name: 'overview' });
    page.respond = () => EXPLAINED;
    page.dom.button('db').click();
    page.press('mute');
    page.dom.find('[data-gbp-status-reason]').value = 'known';
    page.dom.find('[data-gbp-status-until]').value = 'day';
    page.press('mute-save');
    await settled();
    assert.equal(page.dom.document.title, '(1) Groups');
    assert.equal(page.dom.badge('db').closest('li').hidden, true);
    page.press('muted');
    assert.match(page.dom.texts('[data-gbp-status-mirror="muted"]')[0], /^Muted until .*: known$/);
    assert.ok(page.dom.window.localStorage.getItem('gbp-status:muted:here').includes('known'));
  });
});
