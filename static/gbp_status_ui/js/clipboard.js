// SPDX-License-Identifier: Apache-2.0
// Puts text on the clipboard, also on a dashboard that is served without TLS. Reads no attribute of the page.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  const SHOWN = 3000;

  function field(document, text) {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'sr-only';
    area.setAttribute('aria-hidden', 'true');
    return area;
  }

  /** `parts`: document, navigator, clock, live. */
  gbpStatus.clipboard = function (parts) {
    const labels = new WeakMap();

    function copyBySelection(text, button) {
      const area = field(parts.document, text);
      button.after(area);
      area.select();
      const done = parts.document.execCommand('copy');
      area.remove();
      button.focus();
      return done;
    }

    // navigator.clipboard exists in a secure context alone; many dashboards are reached by http.
    async function write(text, button) {
      const clipboard = parts.navigator.clipboard;
      const done = clipboard && await clipboard.writeText(text).then(() => true, () => {});
      return done || copyBySelection(text, button);
    }

    function say(button, words) {
      const label = labels.get(button) || button.textContent;
      labels.set(button, label);
      button.textContent = words;
      parts.clock.later(() => { button.textContent = label; }, SHOWN);
      parts.live.say(words);
    }

    /** Copies, and says so in the button that was pressed, which keeps the focus. */
    return async function copy(text, button) {
      say(button, await write(text, button) ? gettext('Copied') : gettext('Copying failed'));
    };
  };
}(jQuery, horizon));
