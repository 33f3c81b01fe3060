// SPDX-License-Identifier: Apache-2.0
// The one popover that may be open: it opens from a badge and takes the focus, stays while its row changes, and closes
// on demand or when the focus leaves it.
// Reads: template[data-gbp-status-popover] (in the strip), in it data-gbp-status-part="heading|sentence|details"; on the badge
// data-gbp-status.
(function (gbpStatus, $) {
  'use strict';

  const OPTIONS = {trigger: 'manual', html: true, animation: false, placement: 'bottom', title: ''};

  /** @param {HTMLElement} tip @param {string} name */
  function part(tip, name) {
    return gbpStatus.dom.having(tip, 'part', name);
  }

  /** The state that an explanation belongs to, with what is worse beneath. @param {HTMLElement} badge */
  function stateOf(badge) {
    const {gbpStatus: status, gbpStatusGone: gone} = badge.dataset;
    return [status, gbpStatus.badges.mark(badge), gone === undefined ? '' : 'gone'].join(' ');
  }

  /** @param {HTMLElement} tip @param {string} name */
  function idOf(tip, name) {
    const element = part(tip, name);
    element.id = tip.id + '-' + name;
    return element.id;
  }

  // The focus moves into it, so that screen readers announce it by its heading and its sentence.
  /** @param {HTMLElement} tip */
  function makeDialog(tip) {
    tip.classList.add('gbp-status-popover');
    tip.setAttribute('role', 'dialog');
    tip.setAttribute('aria-labelledby', idOf(tip, 'heading'));
    tip.setAttribute('aria-describedby', idOf(tip, 'sentence'));
    tip.tabIndex = -1;
  }

  // With Bootstrap's aria-describedby screen readers would read the whole dialog as the button's description.
  /** @param {HTMLElement} button @param {HTMLElement} [tip] */
  function markButton(button, tip) {
    $(button).removeAttr('aria-describedby aria-controls title data-original-title');
    button.setAttribute('aria-expanded', String(Boolean(tip)));
    if (tip) {
      button.setAttribute('aria-controls', tip.id);
    }
  }

  /** `page`: root, popoverTexts, explanation. */
  gbpStatus.popover = function ({root, popoverTexts, explanation}) {
    const {badges, dom} = gbpStatus;
    const skeleton = dom.find(root, 'popover').content;
    /** @type {Opened | null} */
    let open = null;

    /** @param {Opened} one */
    function place(one) {
      const details = part(one.tip, 'details');
      one.follow = gbpStatus.placement(one.tip, one.button);
      one.height = one.tip.offsetHeight;
      // The keyboard must reach an element that scrolls.
      if (details.scrollHeight > details.clientHeight) {
        details.tabIndex = 0;
      }
    }

    // Placed again only where its size has changed: otherwise it would jump back when the user has scrolled the page.
    function adjust() {
      if (open && open.tip.offsetHeight !== open.height) {
        place(open);
      }
    }

    /** @param {Opened} one */
    function explain(one) {
      one.status = stateOf(one.badge);
      explanation.load(one.badge, one.tip, adjust);
    }

    function close() {
      if (open) {
        const {button} = open;
        explanation.stop();
        open = null;
        $(button).popover('destroy');
        markButton(button);
      }
    }

    /** @param {HTMLElement} badge */
    function show(badge) {
      const button = badges.button(badge);
      const popover = $(button).popover({content: skeleton.cloneNode(true), ...OPTIONS}).popover('show');
      const tip = popover.data('bs.popover').tip()[0];
      open = {badge, button, tip, follow: () => {}, height: 0, status: ''};
      makeDialog(tip);
      markButton(button, tip);
      popoverTexts(badge, tip);
      explain(open);
      place(open);
      tip.focus({preventScroll: true});
    }

    /** @param {HTMLElement} badge */
    function toggle(badge) {
      const wasOpen = open && open.badge === badge;
      close();
      if (!wasOpen) {
        show(badge);
      }
    }

    /** Keeps it at its badge, which moves with what comes above it; closes it if another script has removed the badge. */
    function follow() {
      if (open && !document.contains(open.badge)) {
        close();
      }
      if (open) {
        open.follow();
      }
    }

    /** Updates the open popover from its badge. */
    function refresh() {
      follow();
      if (open) {
        popoverTexts(open.badge, open.tip);
        if (open.status !== stateOf(open.badge)) {
          explain(open);
        }
        adjust();
      }
    }

    /** @param {Element | null} element */
    function contains(element) {
      return open !== null && open.badge.contains(element);
    }

    // The focus returns to the badge, unless the user has moved it elsewhere.
    function dismiss() {
      const active = document.activeElement;
      const button = open && (active === document.body || contains(active)) && open.button;
      close();
      if (button) {
        button.focus();
      }
    }

    /** Closes the popover when the focus leaves it: the focus must not move on to what it covers. @param {Element} target */
    function leave(target) {
      if (open && !contains(target)) {
        close();
      }
    }

    return {toggle, refresh, dismiss, contains, leave, reposition: () => open && place(open), follow};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
