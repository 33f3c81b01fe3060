// SPDX-License-Identifier: Apache-2.0
// Says what changed, once a poll, to those who do not see it.
// Reads: data-gbp-status-live (the polite live region in the strip).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const FEW = 3;

  function one(change) {
    return interpolate(gettext('%(name)s: %(state)s'), {name: change.name, state: change.word}, true);
  }

  function tally(changes) {
    const numbers = new Map();
    changes.forEach(change => { numbers.set(change.word, (numbers.get(change.word) || 0) + 1); });
    return Array.from(numbers, entry => interpolate(gettext('%(count)s now %(state)s'), {count: entry[1], state: entry[0]}, true));
  }

  /** `changes` are {name, word}: what the resource is called, and its state in the user's words. */
  function sentence(changes) {
    return (changes.length > FEW ? tally(changes) : changes.map(one)).join(gettext(', '));
  }

  gbpStatus.liveRegion = function (document) {
    function region() {
      return document.querySelector('[data-gbp-status-live]');
    }

    // Only a change of the text is read out: clear() before each poll lets the same words be said again.
    function say(text) {
      if (region()) {
        region().textContent = text;
      }
    }

    return {
      say,
      clear: function () { say(''); },
      tell: function (changes) { say(sentence(changes)); }
    };
  };
}(jQuery, horizon));
