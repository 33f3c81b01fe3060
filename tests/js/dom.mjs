// SPDX-License-Identifier: Apache-2.0
// A page as the server makes it (pages/), in a document without a browser, with jQuery and Bootstrap's popover as Horizon
// has them. There is no layout: what is measured is what a test says.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { mock } from 'node:test';
import vm from 'node:vm';

import { JSDOM } from 'jsdom';

import { Clock, load } from './scripts.mjs';

const require = createRequire(import.meta.url);
const jQueryOf = require('jquery');
const BOOTSTRAP = ['tooltip', 'popover'].map(name => (
  vm.compileFunction(readFileSync(require.resolve(`bootstrap/js/${name}.js`), 'utf8'), ['jQuery', 'window', 'document'])));
const ADDRESS = 'http://horizon/project/gbp_status/?tab=gbp_status_tabs__groups';
const BROWSER = ['Node', 'DOMParser', 'MutationObserver', 'CustomEvent', 'AbortController'];

function page(name) {
  return readFileSync(path.join(import.meta.dirname, 'pages', name + '.html'), 'utf8');
}

/** Adds what a browser has beyond a document: a pointer (its place has the attribute pointed-at), a view, a clipboard. */
function complete(window) {
  const { Element, Document, HTMLElement } = window;
  [[Element, 'matches'], [Element, 'querySelector'], [Document, 'querySelector']].forEach(([{ prototype }, name]) => {
    const original = prototype[name];
    prototype[name] = function (selector) { return original.call(this, selector.replaceAll(':hover', '[pointed-at]')); };
  });
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', { get() { return this.closest('[hidden]') ? null : window.document.body; } });
  HTMLElement.prototype.scrollIntoView = mock.fn();
  HTMLElement.prototype.getClientRects = function () { return this.closest('[hidden]') ? [] : [{}]; };
  window.scrollBy = mock.fn();
}

export class Dom {
  constructor({ name = 'groups', html = page(name), scripts = [], url = ADDRESS } = {}) {
    const { window } = new JSDOM('<!DOCTYPE html><title>Groups</title><body>' + html, { url, pretendToBeVisual: true });
    complete(window);
    Object.assign(this, { html, window, document: window.document, clock: new Clock(), $: jQueryOf(window), datatables: { add_no_results_row: mock.fn() } });
    BOOTSTRAP.forEach(plugin => { plugin(this.$, window, window.document); });
    this.root = this.document.querySelector('[data-gbp-status-poll-url]');
    this.gbpStatus = this.load(scripts);
  }

  load(scripts, more = {}) {
    const browser = Object.fromEntries(BROWSER.map(name => [name, this.window[name]]));
    const { window, document, $: jQuery, datatables } = this;
    return load(scripts, { window, document, jQuery, ResizeObserver: class { observe() {} }, ...browser, horizon: { datatables }, ...more });
  }

  find(selector) {
    return this.document.querySelector(selector);
  }

  all(selector) {
    return Array.from(this.document.querySelectorAll(selector));
  }

  row(name) {
    return this.find(`tr[data-object-id="${name}"]`);
  }

  badge(name) {
    return this.find(`.gbp-status-badge[data-gbp-status-id="${name}"]`);
  }

  button(name) {
    return this.badge(name).querySelector('.gbp-status-button');
  }

  /** The texts of the elements that a selector finds, without those that are hidden. */
  texts(selector) {
    return this.all(selector).filter(one => !one.closest('[hidden]')).map(one => one.textContent.trim().replace(/\s+/g, ' '));
  }

  /** Moves the pointer onto an element, or off all of them. */
  point(element) {
    this.all('[pointed-at]').forEach(one => { one.removeAttribute('pointed-at'); });
    for (let one = element; one; one = one.parentElement) {
      one.setAttribute('pointed-at', '');
    }
  }

  /** The page once more, as the server would render it after what `change(document)` does. */
  again(change = () => {}) {
    const rendered = new this.window.DOMParser().parseFromString(this.html, 'text/html');
    change(rendered);
    return rendered;
  }

  /** The markup of a resource's badge in the state that another one of the page has: web is active, app being built, db broken. */
  markup(id, { like = id, ...more } = {}) {
    const badge = new this.window.DOMParser().parseFromString(page('groups'), 'text/html')
      .querySelector(`.gbp-status-badge[data-gbp-status-id="${like}"]`);
    Object.assign(badge.dataset, { gbpStatusId: id, gbpStatusName: id, ...more });
    badge.querySelector('.sr-only').textContent = id + ', show details';
    return badge.outerHTML;
  }
}
