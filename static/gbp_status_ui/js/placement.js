// SPDX-License-Identifier: Apache-2.0
// Keeps a popover inside the window. Bootstrap's own placement measures against the whole document. Reads no attribute.
(function (gbpStatus, $) {
  'use strict';

  const MARGIN = 8;
  const ARROW = 12;
  const LEAST = 200;

  function clamp(value, least, most) {
    return Math.max(least, Math.min(value, most));
  }

  // The button itself may be outside of the window, and then there is more room beside it than can be seen.
  function limitHeight(tip, content, room, most) {
    const frame = tip.offsetHeight - content.offsetHeight;
    content.style.maxHeight = Math.min(Math.max(room, LEAST), most) - frame + 'px';
  }

  function move(tip, anchor, view, isBelow) {
    const {width, height} = tip.getBoundingClientRect();
    const middle = anchor.left + anchor.width / 2;
    const left = clamp(middle - width / 2, MARGIN, view.clientWidth - width - MARGIN);
    const wanted = isBelow ? anchor.bottom + ARROW : anchor.top - ARROW - height;
    const top = clamp(wanted, MARGIN, view.clientHeight - height - MARGIN);
    $(tip).offset({top: top + window.pageYOffset, left: left + window.pageXOffset});
    tip.querySelector('.arrow').style.left = clamp(middle - left, ARROW, width - ARROW) + 'px';
  }

  /** `tip` is Bootstrap's .popover, `button` what it belongs to. */
  gbpStatus.place = function (tip, button) {
    const content = tip.querySelector('.popover-content');
    const view = document.documentElement;
    const anchor = button.getBoundingClientRect();
    const scrolled = content.scrollTop;
    content.style.maxHeight = '';
    const below = view.clientHeight - anchor.bottom - ARROW - MARGIN;
    const above = anchor.top - ARROW - MARGIN;
    const isBelow = below >= Math.min(tip.offsetHeight, above);
    limitHeight(tip, content, isBelow ? below : above, view.clientHeight - 2 * MARGIN);
    $(tip).toggleClass('top', !isBelow).toggleClass('bottom', isBelow);
    move(tip, anchor, view, isBelow);
    content.scrollTop = scrolled;
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
