// SPDX-License-Identifier: Apache-2.0
// The polite live region, for screen readers: what has changed, in one sentence a poll.
// Reads: data-gbp-status-live (the region).
(function (gbpStatus) {
  'use strict';

  // How many changes are named one by one; more are counted.
  const MAX_NAMED_ROWS = 3;

  /** @param {Change} change */
  function changeText(change) {
    return interpolate(gettext('%(name)s: %(state)s'), {name: change.name, state: change.word}, true);
  }

  /** @param {Change[]} changes */
  function countedText(changes) {
    const numbers = new Map();
    changes.forEach(({word}) => { numbers.set(word, (numbers.get(word) || 0) + 1); });
    return Array.from(numbers, ([state, count]) => (
      interpolate(gettext('%(count)s now %(state)s'), {count, state}, true)));
  }

  /**
   * `changes` are {name, word}: what the resource is called, and its state in the user's words.
   * @param {Change[]} changes
   */
  function sentence(changes) {
    return (changes.length > MAX_NAMED_ROWS ? countedText(changes) : changes.map(changeText)).join(gettext(', '));
  }

  /** The live region: announces what changed, once a poll. */
  gbpStatus.liveRegion = function ({root}) {
    const region = gbpStatus.dom.find(root, 'live');

    // Screen readers read only a changed text: say('') before each poll lets the same words be read again.
    /** @param {string} text */
    function say(text) {
      region.textContent = text;
    }

    return {say, sentence, announce: changes => say(sentence(changes))};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
