// SPDX-License-Identifier: Apache-2.0
// What the page's buttons do.
// Reads: data-gbp-status-act (on buttons: what they do), data-gbp-status-dn (on one: a name in the fabric),
// data-gbp-status-details (on the badge); in the popover data-gbp-status-mute, data-gbp-status-reason, data-gbp-status-until.
(function (gbpStatus, $) {
  'use strict';

  const BADGE = '.gbp-status-badge';

  // The focus goes back to the badge, or where its line is muted to what shows it again.
  /** @param {Acting} page @param {HTMLElement} button */
  function mute({root, mutedLines, popover}, button) {
    const {find} = gbpStatus.dom;
    const badge = button.closest(BADGE);
    const [reason, until] = ['reason', 'until'].map(name => find(button.closest('.popover'), name).value);
    popover.dismiss();
    mutedLines.set(badge, reason, until);
    if (!badge.offsetParent) {
      find(root, 'act="muted"').focus();
    }
  }

  /** @type {Record<string, (page: Acting, button: HTMLElement) => void>} */
  const ACTS = {
    pause: ({poller}) => poller.togglePause(),
    refresh: ({poller}) => poller.poll('whole'),
    show: ({poller}) => poller.poll('whole'),
    notify: ({notifications, poller}) => notifications.toggle().then(poller.pageChanged),
    close: ({popover}) => popover.dismiss(),
    mute: ({muteForm, popover}, button) => {
      const tip = button.closest('.popover');
      muteForm.ask(tip);
      popover.reposition();
      gbpStatus.dom.find(tip, 'mute').scrollIntoView({block: 'nearest'});
    },
    'mute-save': mute,
    unmute: ({mutedLines, popover}, button) => {
      mutedLines.unset(button);
      popover.refresh();
    },
    muted: ({mutedLines}) => mutedLines.toggle(),
    'copy-name': ({clipboard}, button) => clipboard(button.dataset.gbpStatusDn, button),
    'copy-details': ({clipboard}, button) => clipboard(button.closest(BADGE).dataset.gbpStatusDetails, button),
    'copy-ticket': ({clipboard, explanation}, button) => clipboard(explanation.ticket(button.closest('.popover')), button)
  };

  /** `page`: root, document, poller, notifications, popover, muteForm, mutedLines, clipboard, explanation. */
  gbpStatus.acts = function (page) {
    $(page.document).on('click', '[data-gbp-status-act]', ({currentTarget: button}) => {
      ACTS[button.dataset.gbpStatusAct](page, button);
    });
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
