// SPDX-License-Identifier: Apache-2.0
// What opens, moves and closes the popover: clicks, keys, the focus, and the size of the window.
// Reads: data-gbp-status-reason (where the user writes why a problem is muted), data-gbp-status-act="mute-save".
(function (gbpStatus, $) {
  'use strict';

  const SLIDE_MS = 500;

  /**
   * Whether a key is pressed that is not for what writes Japanese or Chinese, say.
   * @param {Passed} event
   * @param {string} wanted
   */
  function isPressed({key, originalEvent}, wanted) {
    return key === wanted && !originalEvent.isComposing;
  }

  /** @param {Document} document @param {Popover} popover */
  function bindPointer(document, popover) {
    let pressedInside = false;
    $(document).on('click', '.gbp-status-button', ({currentTarget}) => {
      popover.toggle(currentTarget.closest('.gbp-status-badge'));
    }).on('mousedown', event => {
      pressedInside = popover.contains(event.target);
    }).on('click', event => {
      // Marking text in the popover may end outside of it.
      if (!pressedInside) {
        popover.leave(event.target);
      }
      pressedInside = false;
    });
  }

  /** @param {Document} document @param {Popover} popover */
  function bindKeys(document, popover) {
    $(document).on('focusin', event => {
      popover.leave(event.target);
    }).on('keydown', event => {
      if (isPressed(event, 'Escape')) {
        popover.dismiss();
      }
    }).on('keydown', '[data-gbp-status-reason]', event => {
      // Horizon's tables are forms, which would be sent.
      if (isPressed(event, 'Enter')) {
        event.preventDefault();
        gbpStatus.dom.find(event.target.closest('.popover'), 'act="mute-save"').click();
      }
    });
  }

  /** `page`: root, window, document, clock, popover. */
  gbpStatus.popoverEvents = function ({root, window, document, clock, popover}) {
    bindPointer(document, popover);
    bindKeys(document, popover);
    new ResizeObserver(popover.follow).observe(root);
    $(window).on('resize', () => {
      popover.reposition();
      // Horizon's sidebar slides in and out after the window has changed.
      clock.later(popover.reposition, SLIDE_MS);
    });
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
