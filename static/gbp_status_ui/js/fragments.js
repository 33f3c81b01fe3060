// SPDX-License-Identifier: Apache-2.0
// Parts of a page that come after it, side by side, each shown as it comes.
// Reads: data-gbp-status-fragment (the address of one part), data-gbp-status-kind (on the same element),
// data-gbp-status-fragments-url (on the container: reloads those that have something in BUILD, in one request),
// data-gbp-status-transient (in a part), data-gbp-status-empty (in a part that has nothing to show: it moves into the
// container's data-gbp-status-fold),
// template[data-gbp-status-note="unread"] (in the strip, or inside the container for one of its own).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const PART = '[data-gbp-status-fragment]';
  const CONTAINER = '[data-gbp-status-fragments-url]';
  const TITLE = '.gbp-status-line-title';
  const NOTE = 'template[data-gbp-status-note="unread"]';

  function fold(element) {
    const away = element.closest(CONTAINER) && element.closest(CONTAINER).querySelector('[data-gbp-status-fold]');
    const isEmpty = Boolean(element.querySelector('[data-gbp-status-empty]'));
    if (away && isEmpty !== away.contains(element)) {
      (isEmpty ? away.append : away.before).call(away, element);
      away.hidden = !away.querySelector(PART);
    }
  }

  // What has the focus, in words that fit its successor: a link by its address, a badge by its resource.
  function successor(active) {
    const badge = active.closest('.gbp-status-badge');
    return badge ? '[data-gbp-status-id="' + CSS.escape(badge.dataset.gbpStatusId) + '"] .gbp-status-button' :
      '[href="' + CSS.escape(active.getAttribute('href') || '') + '"]';
  }

  function keepFocus(element, change) {
    const active = document.activeElement;
    const wanted = element.contains(active) ? successor(active) : null;
    change();
    const found = wanted && element.querySelector(wanted);
    if (found) {
      found.focus();
    }
  }

  function note(element) {
    const container = element.closest(CONTAINER);
    return (container && container.querySelector(NOTE)) || document.querySelector(NOTE);
  }

  function chosen(container, all) {
    return Array.from(container.querySelectorAll(PART)).filter(element => all || element.querySelector('[data-gbp-status-transient]'));
  }

  function address(container, elements) {
    const url = new URL(container.dataset.gbpStatusFragmentsUrl, document.baseURI);
    elements.forEach(element => { url.searchParams.append('kind', element.dataset.gbpStatusKind); });
    return url.href;
  }

  /** `parts`: document, transport, session. */
  gbpStatus.fragments = function (parts) {
    const shown = new WeakMap();

    function replace(element, html) {
      shown.set(element, html);
      keepFocus(element, () => { element.replaceChildren(gbpStatus.markup(html)); });
      fold(element);
    }

    /** Returns whether anything is new. A part in which a popover is open waits until that is closed. */
    function fill(element, html) {
      const due = shown.get(element) !== html && !element.querySelector('.popover');
      if (due) {
        replace(element, html);
      }
      return due;
    }

    function fail(element) {
      const title = element.querySelector(TITLE);
      shown.delete(element);
      element.replaceChildren(...[title, note(element).content.cloneNode(true)].filter(Boolean));
    }

    async function load(element) {
      element.setAttribute('aria-busy', 'true');
      const answer = await parts.transport(element.dataset.gbpStatusFragment, {accept: gbpStatus.transport.HTML});
      if (!parts.session.check(answer)) {
        (answer.ok ? fill : fail)(element, answer.body);
        element.removeAttribute('aria-busy');
      }
    }

    function start(element) {
      if (!element.hasAttribute('data-gbp-status-started')) {
        element.setAttribute('data-gbp-status-started', '');
        load(element);
      }
    }

    function loadNew() {
      parts.document.querySelectorAll(PART).forEach(start);
    }

    function retry(button) {
      load(button.closest(PART));
    }

    function show(elements, fragments) {
      return elements.filter(element => {
        const html = fragments[element.dataset.gbpStatusKind];
        return html !== undefined && fill(element, html);
      }).length > 0;
    }

    async function reloadIn(container, all, maxAge) {
      const elements = chosen(container, all);
      if (!elements.length) {
        return {};
      }
      const options = {accept: gbpStatus.transport.JSON, maxAge};
      const answer = await parts.transport(address(container, elements), options);
      if (parts.session.check(answer)) {
        return {ended: true};
      }
      return answer.ok ? {read: true, changed: show(elements, answer.body.fragments)} : {failed: true};
    }

    /** With `all` also what is settled; up to `maxAge` seconds old. Resolves to {read, changed, failed, ended}. */
    async function reload(all, maxAge) {
      const containers = Array.from(parts.document.querySelectorAll(CONTAINER));
      const outcomes = await Promise.all(containers.map(one => reloadIn(one, all, maxAge)));
      return Object.assign({}, ...outcomes);
    }

    return {loadNew, retry, reload};
  };
}(jQuery, horizon));
