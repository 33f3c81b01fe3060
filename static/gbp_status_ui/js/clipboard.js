// SPDX-License-Identifier: Apache-2.0
// Puts texts on the clipboard. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  const COPIED_SHOWN_MS = 3000;

  /** Puts text on the clipboard, also on a dashboard that is served without TLS. */
  gbpStatus.clipboard = function ({window: {navigator}, document, clock, liveRegion}) {
    const labels = new WeakMap();

    /** @param {string} text @param {HTMLElement} button */
    function copyBySelection(text, button) {
      const area = document.createElement('textarea');
      area.value = text;
      area.className = 'sr-only';
      button.after(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      button.focus();
      return done;
    }

    // navigator.clipboard exists in a secure context alone; many dashboards are reached by http.
    /** @param {string} text @param {HTMLElement} button */
    async function write(text, button) {
      const done = navigator.clipboard && await navigator.clipboard.writeText(text).then(() => true, () => {});
      return done || copyBySelection(text, button);
    }

    /** @param {HTMLElement} button @param {string} words */
    function say(button, words) {
      const label = labels.get(button) || button.textContent;
      labels.set(button, label);
      button.textContent = words;
      clock.later(() => { button.textContent = label; }, COPIED_SHOWN_MS);
      liveRegion.say(words);
    }

    /** Copies, and shows the result in the button that was pressed, which keeps the focus. */
    return async function (text, button) {
      say(button, await write(text, button) ? gettext('Copied') : gettext('Copying failed'));
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
