// SPDX-License-Identifier: Apache-2.0
// Where a popover stands: inside the window, and at its badge.
(function (gbpStatus, $) {
  'use strict';

  // In pixels: the distance to the window's edges, the arrow, the least height of the content.
  const MARGIN_PIXELS = 8;
  const ARROW_PIXELS = 12;
  const MIN_HEIGHT_PIXELS = 200;

  /** @param {number} value @param {number} least @param {number} most */
  function clamp(value, least, most) {
    return Math.max(least, Math.min(value, most));
  }

  // `room` is larger than the window (`most`) where the button is outside of it.
  /** @param {HTMLElement} tip @param {HTMLElement} content @param {number} room @param {number} most */
  function limitHeight(tip, content, room, most) {
    const frame = tip.offsetHeight - content.offsetHeight;
    content.style.maxHeight = Math.min(Math.max(room, MIN_HEIGHT_PIXELS), most) - frame + 'px';
  }

  /** @param {HTMLElement} tip @param {DOMRect} anchor @param {Element} view @param {boolean} isBelow */
  function move(tip, anchor, view, isBelow) {
    const {width, height} = tip.getBoundingClientRect();
    const middle = anchor.left + anchor.width / 2;
    const left = clamp(middle - width / 2, MARGIN_PIXELS, view.clientWidth - width - MARGIN_PIXELS);
    const wanted = isBelow ? anchor.bottom + ARROW_PIXELS : anchor.top - ARROW_PIXELS - height;
    const top = clamp(wanted, MARGIN_PIXELS, view.clientHeight - height - MARGIN_PIXELS);
    $(tip).offset({top: top + window.pageYOffset, left: left + window.pageXOffset});
    tip.querySelector('.arrow').style.left = clamp(middle - left, ARROW_PIXELS, width - ARROW_PIXELS) + 'px';
  }

  /** @param {...HTMLElement} both */
  function gap(...both) {
    const [one, other] = both.map(element => element.getBoundingClientRect());
    return {top: one.top - other.top, left: one.left - other.left};
  }

  /**
   * Places a popover inside the window. Bootstrap's own placement measures against the whole document.
   * `tip` is Bootstrap's .popover, `button` what it belongs to. Returns follow(), which moves it as far as the button has
   * moved since; where the page is scrolled, both move.
   */
  gbpStatus.placement = function (tip, button) {
    /** @type {HTMLElement} */
    const content = tip.querySelector('.popover-content');
    const view = document.documentElement;
    const anchor = button.getBoundingClientRect();
    const scrolled = content.scrollTop;
    content.style.maxHeight = '';
    const below = view.clientHeight - anchor.bottom - ARROW_PIXELS - MARGIN_PIXELS;
    const above = anchor.top - ARROW_PIXELS - MARGIN_PIXELS;
    const isBelow = below >= Math.min(tip.offsetHeight, above);
    limitHeight(tip, content, isBelow ? below : above, view.clientHeight - 2 * MARGIN_PIXELS);
    $(tip).toggleClass('top', !isBelow).toggleClass('bottom', isBelow);
    move(tip, anchor, view, isBelow);
    content.scrollTop = scrolled;
    const placed = gap(tip, button);
    return () => {
      const now = gap(tip, button);
      const {top, left} = $(tip).offset();
      $(tip).offset({top: top + placed.top - now.top, left: left + placed.left - now.left});
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
