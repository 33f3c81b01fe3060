// SPDX-License-Identifier: Apache-2.0
// What says a state without being a badge, and is polled while that is transient: the cells, boxes and frames of the map.
// Reads, as on a badge: data-gbp-status, data-gbp-status-kind, data-gbp-status-id, data-gbp-status-name, data-gbp-below;
// data-gbp-status-followed (the word of its state, which stands behind its name in its label, or in its last element).
// Writes these, its label, and the classes of tone and icon.
(function (gbpStatus) {
  'use strict';

  const TONE = /gbp-status-tone-\S+/;
  const ICON = /\bfa-\S+/;

  /** @param {ParentNode} scope */
  function all(scope) {
    return gbpStatus.dom.findAll(scope, 'followed');
  }

  /**
   * The text with another word in place of the first one like it from `start` on.
   * @param {string} text
   * @param {number} start
   * @param {string} old
   * @param {string} word
   */
  function reworded(text, start, old, word) {
    const at = text.indexOf(old, start);
    return at < 0 ? text : text.slice(0, at) + word + text.slice(at + old.length);
  }

  /** @param {HTMLElement} item @param {string} word */
  function say(item, word) {
    const {gbpStatusName: name, gbpStatusFollowed: old} = item.dataset;
    const label = item.getAttribute('aria-label');
    if (label) {
      item.setAttribute('aria-label', reworded(label, name.length, old, word));
      item.title = item.title && item.getAttribute('aria-label');
    } else {
      const text = /** @type {Text} */ (/** @type {Element} */ (item.lastElementChild).firstChild);
      text.data = reworded(text.data, 0, old, word);
    }
    item.dataset.gbpStatusFollowed = word;
  }

  /** @param {HTMLElement} one @param {HTMLElement} other @param {RegExp} pattern */
  function swap(one, other, pattern) {
    const [found = ''] = other.className.match(pattern) || [];
    one.className = one.className.replace(pattern, () => found);
  }

  /**
   * Shows the state of a fresh badge; what is in error beneath it is worth more than a better word.
   * @param {HTMLElement} item
   * @param {HTMLElement} fresh
   */
  function renew(item, fresh) {
    const {badges} = gbpStatus;
    item.dataset.gbpStatus = fresh.dataset.gbpStatus;
    ['transient', 'problem'].map(flag => 'data-gbp-status-' + flag)
      .forEach(name => { item.toggleAttribute(name, fresh.hasAttribute(name)); });
    say(item, badges.word(fresh));
    if (!badges.isProblemBeneath(item)) {
      swap(item, fresh, TONE);
      swap(item.querySelector('.gbp-status-icon') || item, fresh.querySelector('.gbp-status-icon'), ICON);
    }
  }

  /** What is gone is followed no more. @param {HTMLElement} item */
  function strike(item) {
    item.classList.add('gbp-status-gone');
    ['followed', 'transient'].forEach(flag => { item.removeAttribute('data-gbp-status-' + flag); });
  }

  /** `page`: root. */
  gbpStatus.followed = function ({root}) {
    const {badges} = gbpStatus;
    // {key: {at, fresh}}: what was shown last of a resource, and for which moment that was true.
    const shown = new Map();

    /**
     * Shows a fresh badge, true for the moment `at`; says whether its state is another one.
     * @param {HTMLElement} item
     * @param {HTMLElement} fresh
     * @param {number} at
     */
    function show(item, fresh, at) {
      const isOther = item.dataset.gbpStatus !== fresh.dataset.gbpStatus;
      if (isOther) {
        shown.set(badges.key(item), {at, fresh});
        renew(item, fresh);
      }
      return isOther;
    }

    /**
     * Markup that is true for the moment `at` says nothing older than what is shown: a list is as old as its oldest part.
     * What it says newer is shown from then on.
     * @param {ParentNode} markup
     * @param {number} at
     */
    function keep(markup, at) {
      const items = all(markup);
      Array.from(shown).filter(([, last]) => items.length && last.at <= at).forEach(([key]) => { shown.delete(key); });
      items.map(item => [item, shown.get(badges.key(item))]).filter(([, last]) => last)
        .forEach(([item, {fresh}]) => { renew(item, fresh); });
    }

    return {all: () => all(root), show, keep, strike};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
