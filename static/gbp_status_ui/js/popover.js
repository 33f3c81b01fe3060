// SPDX-License-Identifier: Apache-2.0
// The one popover that may be open: it opens from a badge, stays while its row changes, and closes on demand.
// Reads: template[data-gbp-status-popover] (in the strip), in it data-gbp-status-part="heading|details"; on the badge
// data-gbp-status.
(function (gbpStatus, $) {
  'use strict';

  const {badges, dom} = gbpStatus;
  const OPTIONS = {trigger: 'manual', html: true, animation: false, placement: 'bottom', title: ''};

  function part(tip, name) {
    return dom.find(tip, 'part="' + name + '"');
  }

  function dress(tip) {
    const heading = part(tip, 'heading');
    heading.id = tip.id + '-heading';
    tip.classList.add('gbp-status-popover');
    tip.setAttribute('role', 'dialog');
    tip.setAttribute('aria-labelledby', heading.id);
  }

  // Bootstrap would have the whole dialog read out as the button's description, and leaves its title attributes.
  function tidy(button, tip) {
    $(button).removeAttr('aria-describedby aria-controls title data-original-title');
    button.setAttribute('aria-expanded', String(Boolean(tip)));
    if (tip) {
      button.setAttribute('aria-controls', tip.id);
    }
  }

  /** `page`: root, texts, why. */
  gbpStatus.popover = function ({root, texts, why}) {
    const skeleton = dom.find(root, 'popover').content;
    let open = null;

    function place() {
      const {tip, button} = open;
      const details = part(tip, 'details');
      gbpStatus.place(tip, button);
      open.height = tip.offsetHeight;
      // A place that scrolls must be reached by the keyboard.
      if (details.scrollHeight > details.clientHeight) {
        details.tabIndex = 0;
      }
    }

    // A popover must not jump that the reader has scrolled with the page.
    function adjust() {
      if (open && open.tip.offsetHeight !== open.height) {
        place();
      }
    }

    function explain() {
      open.status = open.badge.dataset.gbpStatus;
      why.load(open.badge, open.tip).then(adjust);
    }

    function close() {
      if (open) {
        const {button} = open;
        why.stop();
        open = null;
        $(button).popover('destroy');
        tidy(button);
      }
    }

    function show(badge) {
      const button = badges.button(badge);
      const popover = $(button).popover({content: skeleton.cloneNode(true), ...OPTIONS}).popover('show');
      open = {badge, button, tip: popover.data('bs.popover').tip()[0]};
      dress(open.tip);
      tidy(button, open.tip);
      texts(open.badge, open.tip);
      explain();
      place();
    }

    function toggle(badge) {
      const wasOpen = open && open.badge === badge;
      close();
      if (!wasOpen) {
        show(badge);
      }
    }

    /** Others may have drawn the table again, without the badge that it belongs to. */
    function prune() {
      if (open && !document.contains(open.badge)) {
        close();
      }
    }

    /** Brings what is open up to date with its badge. */
    function refresh() {
      prune();
      if (open) {
        texts(open.badge, open.tip);
        if (open.status !== open.badge.dataset.gbpStatus) {
          explain();
        }
        adjust();
      }
    }

    function contains(element) {
      return Boolean(open) && open.badge.contains(element);
    }

    // The focus goes back to the badge, but is not taken from where the user has moved on to.
    function dismiss() {
      const active = document.activeElement;
      const button = open && (active === document.body || contains(active)) && open.button;
      close();
      if (button) {
        button.focus();
      }
    }

    function reposition() {
      if (open) {
        place();
      }
    }

    return {toggle, refresh, dismiss, close, contains, reposition, prune};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
