// SPDX-License-Identifier: Apache-2.0
// What an open popover says and asks of muting a problem (mutes.js).
// Reads, in the popover: data-gbp-status-part="muted", data-gbp-status-mute (what asks for a reason: data-gbp-status-reason),
// data-gbp-status-act="mute|unmute".
(function (gbpStatus) {
  'use strict';

  /** What an open popover says of it, and asks. `page`: mutes. */
  gbpStatus.muteForm = function ({mutes}) {
    const {badges, dom} = gbpStatus;

    /** @param {HTMLElement} badge @param {HTMLElement} tip */
    function write(badge, tip) {
      const text = mutes.words(badge);
      const form = dom.find(tip, 'mute');
      form.hidden = form.hidden || Boolean(text);
      dom.write(dom.having(tip, 'part', 'muted'), text);
      dom.find(tip, 'act="mute"').hidden = Boolean(text) || !badges.isUrgent(badge) || !form.hidden;
      dom.find(tip, 'act="unmute"').hidden = !text;
    }

    /** @param {HTMLElement} tip */
    function ask(tip) {
      dom.find(tip, 'mute').hidden = false;
      dom.find(tip, 'act="mute"').hidden = true;
      dom.find(tip, 'reason').focus();
    }

    return {write, ask};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
