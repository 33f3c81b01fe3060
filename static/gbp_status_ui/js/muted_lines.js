// SPDX-License-Identifier: Apache-2.0
// Shows what the user has muted (mutes.js): lines of the list of problems are hidden, counted, and shown on demand.
// Reads: data-gbp-status-muted (in the list of problems, with its button data-gbp-status-act="muted"); data-gbp-status-mirror="muted"
// inside data-object-id: where a row says it. Writes the class gbp-status-muted.
(function (gbpStatus) {
  'use strict';

  /** @param {number} number @param {boolean} isShown */
  function countWords(number, isShown) {
    const text = isShown ? ngettext('Hide %s muted', 'Hide %s muted', number) : ngettext('%s muted: show', '%s muted: show', number);
    return interpolate(text, [number]);
  }

  /** `page`: root, mutes, liveRegion. */
  gbpStatus.mutedLines = function ({root, mutes, liveRegion}) {
    const {badges, dom} = gbpStatus;
    let isShown = false;

    /** @param {HTMLElement} place */
    function writeRow(place) {
      const badge = badges.ofRow(place);
      const text = badge ? mutes.words(badge) : '';
      dom.write(place, text);
      place.closest('.gbp-status-note').hidden = !text;
    }

    /** @param {HTMLElement} place @param {number} number @param {string} lost */
    function writeCount(place, number, lost) {
      const button = dom.find(place, 'act="muted"');
      dom.write(button, countWords(number, isShown));
      button.setAttribute('aria-expanded', String(isShown));
      dom.write(place.querySelector('.gbp-status-note'), lost);
      place.hidden = !number;
    }

    /** @param {HTMLElement} place */
    function hideLines(place) {
      const all = badges.all(place.closest('.gbp-status-problems'));
      const lines = new Map();
      all.forEach(badge => { lines.set(gbpStatus.problemLines.lineOf(badge), mutes.isMutedItself(badge)); });
      lines.delete(null);
      lines.forEach((isMuted, line) => {
        line.classList.toggle('gbp-status-muted', isMuted);
        line.hidden = isMuted && !isShown;
      });
      writeCount(place, Array.from(lines.values()).filter(Boolean).length, all.filter(mutes.isMutedItself).map(mutes.lostWords).find(Boolean) || '');
    }

    /** Writes what is muted into the page. */
    function rewrite() {
      dom.findAll(root, 'mirror="muted"').forEach(writeRow);
      dom.findAll(root, 'muted').forEach(hideLines);
    }

    /** @param {HTMLElement} badge @param {string} text */
    function say(badge, text) {
      rewrite();
      liveRegion.say(interpolate(text, {name: badge.dataset.gbpStatusName}, true));
    }

    /** @param {HTMLElement} badge @param {string} reason @param {string} span */
    function set(badge, reason, span) {
      mutes.set(badge, reason, span);
      say(badge, gettext('%(name)s is muted'));
    }

    /** `place` is the badge's popover, or stands in its row. @param {HTMLElement} place */
    function unset(place) {
      const badge = place.closest('.gbp-status-badge') || badges.ofRow(place);
      mutes.unset(badge);
      say(badge, gettext('%(name)s is no longer muted'));
      // The button that was pressed is hidden now.
      (place.closest('.popover') || badges.button(badge)).focus({preventScroll: true});
    }

    function toggle() {
      isShown = !isShown;
      rewrite();
    }

    return {rewrite, set, unset, toggle};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
