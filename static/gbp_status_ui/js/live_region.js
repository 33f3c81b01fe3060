// SPDX-License-Identifier: Apache-2.0
// Says what changed, once a poll, to those who do not see it.
// Reads: data-gbp-status-live (the polite live region in the strip).
(function (gbpStatus) {
  'use strict';

  const FEW = 3;

  function one(change) {
    return interpolate(gettext('%(name)s: %(state)s'), {name: change.name, state: change.word}, true);
  }

  function tally(changes) {
    const numbers = new Map();
    changes.forEach(({word}) => { numbers.set(word, (numbers.get(word) || 0) + 1); });
    return Array.from(numbers, ([state, count]) => (
      interpolate(gettext('%(count)s now %(state)s'), {count, state}, true)));
  }

  /** `changes` are {name, word}: what the resource is called, and its state in the user's words. */
  function sentence(changes) {
    return (changes.length > FEW ? tally(changes) : changes.map(one)).join(gettext(', '));
  }

  gbpStatus.live = function ({root}) {
    const region = gbpStatus.dom.find(root, 'live');

    // Only a change of the text is read out: say('') before each poll lets the same words be said again.
    function say(text) {
      region.textContent = text;
    }

    return {say, tell: changes => say(sentence(changes))};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
