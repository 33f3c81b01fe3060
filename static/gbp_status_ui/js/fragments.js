// SPDX-License-Identifier: Apache-2.0
// Parts of a page that come after it, side by side, each shown as it comes.
// Reads: data-gbp-status-opened (on the root: when the page was), data-gbp-status-fragments-url (on the container),
// data-gbp-status-fragment (on a part: its kind), data-gbp-status-transient and data-gbp-status-failed (in a part),
// data-gbp-status-empty (in a part that has nothing to show: it moves into the container's data-gbp-status-fold),
// data-gbp-status-id (on a badge), template[data-gbp-status-note="unread"] (in the strip).
(function (gbpStatus) {
  'use strict';

  // How long to wait where the server does not say it, in ms.
  const COME_BACK = 2000;
  // Badges are polled by themselves; what counts those that are being built has to be read again.
  const COUNTED = '[data-gbp-status-transient]:not(.gbp-status-badge)';

  // What takes the place of what had the focus: the badge of its resource, or the link to its address.
  function successor(active, part) {
    const {badges} = gbpStatus;
    const badge = active.closest('.gbp-status-badge');
    const found = badge ? badges.all(part).find(one => badges.key(one) === badges.key(badge)) :
      Array.from(part.querySelectorAll('a[href]')).find(one => one.getAttribute('href') === active.getAttribute('href'));
    return badge && found ? badges.button(found) : found;
  }

  /** Changes what stands in a part; the focus goes on to its successor, or to the first that can have it. */
  function exchange(part, nodes) {
    const active = document.activeElement;
    const hadFocus = part.contains(active);
    const unfolded = Array.from(part.querySelectorAll('details[open][id]'), one => one.id);
    part.replaceChildren(...nodes);
    unfolded.map(id => document.getElementById(id)).filter(Boolean).forEach(one => { one.open = true; });
    const found = hadFocus && (successor(active, part) || part.querySelector('a, button'));
    if (found) {
      found.focus();
    }
  }

  // A part that could not be read has to be read again, as one in which something is being built.
  function isPending(part) {
    const {find} = gbpStatus.dom;
    return Boolean(part.querySelector(COUNTED) || find(part, 'failed'));
  }

  function kind(part) {
    return part.dataset.gbpStatusFragment;
  }

  /** `page`: root, clock, transport, session, outages, patience. */
  gbpStatus.fragments = function ({root, clock, transport, session, outages, patience}) {
    const {find, findAll, parse} = gbpStatus.dom;
    const container = find(root, 'fragments-url');
    const shown = new WeakMap();

    function all() {
      return container ? findAll(container, 'fragment') : [];
    }

    function fold(part) {
      const away = find(container, 'fold');
      const isEmpty = Boolean(find(part, 'empty'));
      if (away && isEmpty !== away.contains(part)) {
        (isEmpty ? away.append : away.before).call(away, part);
        away.hidden = !find(away, 'fragment');
      }
    }

    /** Returns whether anything is new. A part in which a popover is open waits until that is closed. */
    function fill(part, html) {
      const due = html !== undefined && shown.get(part) !== html && !part.querySelector('.popover');
      if (due) {
        shown.set(part, html);
        exchange(part, parse(html));
        fold(part);
      }
      return due;
    }

    function fail(part) {
      const note = find(root, 'note="unread"').content.cloneNode(true);
      const title = part.querySelector('.gbp-status-line-title');
      shown.delete(part);
      // Resources that are shown already stay, as they were read before.
      const kept = part.querySelector('.gbp-status-badge') ? Array.from(part.childNodes) : [title].filter(Boolean);
      exchange(part, [...kept, note]);
    }

    function noteUnread(parts) {
      const unread = parts.filter(part => find(part, 'failed'));
      outages.note(parts.map(kind), unread.map(kind), clock.now());
    }

    function address(parts) {
      const url = new URL(container.dataset.gbpStatusFragmentsUrl, document.baseURI);
      parts.forEach(part => { url.searchParams.append('kind', kind(part)); });
      return url.href;
    }

    function show(parts, {fragments, reading = []}) {
      const filled = parts.filter(part => fill(part, fragments[kind(part)]));
      noteUnread(parts.filter(part => !reading.includes(kind(part))));
      return {changed: filled.length > 0, unfinished: reading.length > 0};
    }

    /**
     * Reads parts in one request, with options of the transport; resolves to {readAt, changed, unfinished, cameFirst, failed, retryAfter, ended}.
     * `cameFirst` is that of the first answer that was unfinished.
     */
    async function read(parts, options) {
      const answer = await transport(address(parts), options);
      const {retryAfter, body} = answer;
      if (session.check(answer)) {
        return {ended: true};
      }
      if (!answer.ok || !body.fragments) {
        return {failed: true, retryAfter};
      }
      return {readAt: clock.now() - answer.age, retryAfter, cameFirst: answer.cameFirst, ...show(parts, body)};
    }

    async function load(part, since, options) {
      part.setAttribute('aria-busy', 'true');
      const {failed, unfinished, retryAfter, cameFirst} = await read([part], options);
      if (unfinished && clock.now() - since < patience) {
        clock.later(() => { load(part, since, {cameFirst}); }, retryAfter || COME_BACK);
        return;
      }
      if (failed || unfinished) {
        fail(part);
        noteUnread([part]);
      }
      part.removeAttribute('aria-busy');
    }

    function start() {
      all().forEach(part => { load(part, clock.now(), {opened: root.dataset.gbpStatusOpened}); });
    }

    /** Reads again what may change, or with `every` all; the rest, and what it resolves to, as of read(). */
    async function reload(every, maxAge, cameFirst) {
      const parts = all().filter(part => every || isPending(part) && outages.isDue(kind(part)));
      return parts.length ? read(parts, {maxAge, cameFirst}) : {};
    }

    return {
      start,
      reload,
      isPending: () => all().some(isPending),
      retry: button => load(button.closest('[data-gbp-status-fragment]'), clock.now())
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
