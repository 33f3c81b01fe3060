// SPDX-License-Identifier: Apache-2.0
// Parts of a page that come after it, side by side, each shown as it comes.
// Reads: data-gbp-status-fragments-url (on the container), data-gbp-status-fragment (on a part: its kind),
// data-gbp-status-transient (in a part), data-gbp-status-empty (in a part that has nothing to show: it moves into the
// container's data-gbp-status-fold), template[data-gbp-status-note="unread"] (in the strip).
(function (gbpStatus) {
  'use strict';

  const {find, findAll, parse} = gbpStatus.dom;

  // What has the focus, in words that fit its successor: a link by its address, a badge by its resource.
  function successor(active) {
    const badge = active.closest('.gbp-status-badge');
    return badge ? '[data-gbp-status-id="' + badge.dataset.gbpStatusId + '"] .gbp-status-button' :
      '[href="' + CSS.escape(active.getAttribute('href')) + '"]';
  }

  function replace(part, nodes) {
    const active = document.activeElement;
    const wanted = part.contains(active) && successor(active);
    part.replaceChildren(...nodes);
    const found = wanted && part.querySelector(wanted);
    if (found) {
      found.focus();
    }
  }

  /** `page`: root, transport, session. */
  gbpStatus.fragments = function ({root, transport, session}) {
    const container = find(root, 'fragments-url');
    const shown = new WeakMap();

    function all() {
      return container ? findAll(container, 'fragment') : [];
    }

    function fold(part) {
      const away = find(container, 'fold');
      const isEmpty = Boolean(find(part, 'empty'));
      if (isEmpty !== away.contains(part)) {
        (isEmpty ? away.append : away.before).call(away, part);
        away.hidden = !find(away, 'fragment');
      }
    }

    /** Returns whether anything is new. A part in which a popover is open waits until that is closed. */
    function fill(part, html) {
      const due = html !== undefined && shown.get(part) !== html && !part.querySelector('.popover');
      if (due) {
        shown.set(part, html);
        replace(part, parse(html));
        fold(part);
      }
      return due;
    }

    function fail(part) {
      shown.delete(part);
      replace(part, [part.querySelector('.gbp-status-line-title'), find(root, 'note="unread"').content.cloneNode(true)]);
    }

    /** Reads parts in one request; `failed(part)` is for those of which nothing came. */
    async function read(parts, maxAge, failed) {
      const url = new URL(container.dataset.gbpStatusFragmentsUrl, document.baseURI);
      parts.forEach(part => { url.searchParams.append('kind', part.dataset.gbpStatusFragment); });
      const answer = await transport(url.href, {maxAge});
      if (session.check(answer)) {
        return {ended: true};
      }
      if (!answer.ok) {
        parts.forEach(failed);
        return {failed: true};
      }
      const {fragments} = answer.body;
      return {read: true, changed: parts.filter(part => fill(part, fragments[part.dataset.gbpStatusFragment])).length > 0};
    }

    async function load(part) {
      part.setAttribute('aria-busy', 'true');
      await read([part], undefined, fail);
      part.removeAttribute('aria-busy');
    }

    function start() {
      all().forEach(load);
    }

    /** With `every` also what is settled; up to `maxAge` seconds old. Resolves to {read, changed, failed, ended}. */
    async function reload(every, maxAge) {
      const parts = all().filter(part => every || find(part, 'transient'));
      return parts.length ? read(parts, maxAge, Boolean) : {};
    }

    return {start, reload, retry: button => load(button.closest('[data-gbp-status-fragment]'))};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
