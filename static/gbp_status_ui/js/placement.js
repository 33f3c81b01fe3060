// SPDX-License-Identifier: Apache-2.0
// Keeps a popover inside the window. Bootstrap's own placement measures against the whole document. Reads no attribute.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const MARGIN = 8;
  const ARROW = 12;
  const LEAST = 200;

  function clamp(value, least, most) {
    return Math.max(least, Math.min(value, most));
  }

  function side(anchor, view, height) {
    const below = view.height - anchor.bottom - ARROW - MARGIN;
    const above = anchor.top - ARROW - MARGIN;
    return below >= height || below >= above ? {name: 'bottom', room: below} : {name: 'top', room: above};
  }

  // The button itself may be outside of the window, and then there is more room beside it than can be seen.
  function limitHeight(tip, content, room, most) {
    const frame = tip.offsetHeight - content.offsetHeight;
    content.style.maxHeight = Math.min(Math.max(room, LEAST), most) - frame + 'px';
  }

  function move(tip, anchor, view, name) {
    const box = tip.getBoundingClientRect();
    const wanted = name === 'bottom' ? anchor.bottom + ARROW : anchor.top - ARROW - box.height;
    const middle = anchor.left + anchor.width / 2;
    const left = clamp(middle - box.width / 2, MARGIN, view.width - box.width - MARGIN);
    const top = clamp(wanted, MARGIN, view.height - box.height - MARGIN);
    $(tip).offset({top: top + window.pageYOffset, left: left + window.pageXOffset});
    tip.querySelector('.arrow').style.left = clamp(middle - left, ARROW, box.width - ARROW) + 'px';
  }

  /** `tip` is Bootstrap's .popover, `button` what it belongs to. */
  gbpStatus.place = function (tip, button) {
    const content = tip.querySelector('.popover-content');
    const view = {width: document.documentElement.clientWidth, height: document.documentElement.clientHeight};
    const anchor = button.getBoundingClientRect();
    const scrolled = content.scrollTop;
    content.style.maxHeight = '';
    const where = side(anchor, view, tip.offsetHeight);
    limitHeight(tip, content, where.room, view.height - 2 * MARGIN);
    $(tip).removeClass('top bottom').addClass(where.name);
    move(tip, anchor, view, where.name);
    content.scrollTop = scrolled;
  };
}(jQuery, horizon));
