// SPDX-License-Identifier: Apache-2.0
// The badges of the page: finding them, and swapping one for a newer rendering without replacing its button.
// Reads, on .gbp-status-badge: data-gbp-status, data-gbp-status-kind, data-gbp-status-id, data-gbp-status-name,
// data-gbp-status-transient, data-gbp-status-gone.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const BADGE = '.gbp-status-badge';
  const LIVING = BADGE + ':not([data-gbp-status-gone])';
  const rendered = new WeakMap();

  /** Those of deleted resources left out. */
  function all(scope) {
    return Array.from(scope.querySelectorAll(LIVING));
  }

  function isTransient(badge) {
    return badge.hasAttribute('data-gbp-status-transient');
  }

  function key(badge) {
    return badge.dataset.gbpStatusKind + ' ' + badge.dataset.gbpStatusId;
  }

  function button(badge) {
    return badge.querySelector('.gbp-status-button');
  }

  function template(badge) {
    // Not the one that an open popover may hold.
    return badge.querySelector(':scope > template');
  }

  /** A part of the popover that is not open: heading, sentence, details. */
  function part(badge, name) {
    return template(badge).content.querySelector('[data-gbp-status-part="' + name + '"]');
  }

  function details(badge) {
    return part(badge, 'details').textContent;
  }

  function isSame(badge, fresh) {
    return badge.dataset.gbpStatus === fresh.dataset.gbpStatus &&
      template(badge).content.isEqualNode(template(fresh).content);
  }

  function edit(badge, fresh) {
    const moved = badge.dataset.gbpStatus !== fresh.dataset.gbpStatus;
    return {
      badge,
      fresh,
      from: badge.dataset.gbpStatus,
      moved,
      news: moved || details(badge) !== details(fresh)
    };
  }

  function isNew(pair) {
    const known = rendered.get(pair.badge) === pair.html;
    rendered.set(pair.badge, pair.html);
    return !known;
  }

  /**
   * `pairs` are {badge, html}: a badge of the page and how the server renders it now. Returns the edits that are due,
   * {badge, fresh, from, moved, news}, and writes nothing. All are parsed at once, which is far cheaper than each.
   */
  function compare(pairs) {
    const due = pairs.filter(isNew);
    const parsed = gbpStatus.markup(due.map(pair => pair.html).join('')).children;
    const fresh = Array.from(parsed);
    return due.map((pair, index) => ({badge: pair.badge, fresh: fresh[index]}))
      .filter(one => !isSame(one.badge, one.fresh))
      .map(one => edit(one.badge, one.fresh));
  }

  function copyAttributes(from, to) {
    Array.from(to.attributes).forEach(attribute => {
      if (!from.hasAttribute(attribute.name)) {
        to.removeAttribute(attribute.name);
      }
    });
    Array.from(from.attributes).forEach(attribute => {
      to.setAttribute(attribute.name, attribute.value);
    });
  }

  // The button stays: it has the focus, or the open popover, or the finger that is just pressing it.
  function swap(due) {
    copyAttributes(due.fresh, due.badge);
    button(due.badge).replaceChildren(...button(due.fresh).childNodes);
    template(due.badge).replaceWith(template(due.fresh));
  }

  function word(badge) {
    return badge.querySelector('.gbp-status-word').textContent;
  }

  gbpStatus.badges = {
    all, isTransient, key, button, template, part, word,
    compare, swap
  };
}(jQuery, horizon));
