// SPDX-License-Identifier: Apache-2.0
// The one popover that may be open: it opens from a badge, stays while its row changes, and closes on demand.
// Reads: the <template> in a badge, and in it data-gbp-status-part="heading|sentence|long|details|since".
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const badges = gbpStatus.badges;
  const OPTIONS = {trigger: 'manual', html: true, animation: false, placement: 'bottom', title: ''};
  const PARTS = ['heading', 'sentence', 'long', 'details', 'since'];

  function part(body, name) {
    return body.querySelector('[data-gbp-status-part="' + name + '"]');
  }

  function parse(badge) {
    const body = document.createElement('div');
    body.append(badges.template(badge).content.cloneNode(true));
    return body;
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
    button.removeAttribute('aria-describedby');
    button.removeAttribute('title');
    button.removeAttribute('data-original-title');
    button.setAttribute('aria-expanded', String(Boolean(tip)));
    if (tip) {
      button.setAttribute('aria-controls', tip.id);
    } else {
      button.removeAttribute('aria-controls');
    }
  }

  // Only what differs is replaced: focus, selection and scroll stay. Returns whether anything did.
  function bring(one, fresh) {
    const differs = one.hidden !== fresh.hidden || one.textContent !== fresh.textContent;
    if (differs) {
      one.hidden = fresh.hidden;
      one.replaceChildren(...fresh.childNodes);
    }
    return differs;
  }

  function writeSince(body, since, now) {
    const words = {time: gbpStatus.words.time(since, now), age: gbpStatus.words.age(now - since)};
    part(body, 'since').dateTime = new Date(since).toISOString();
    part(body, 'since').textContent = interpolate(gettext('%(time)s (%(age)s)'), words, true);
  }

  // A place that scrolls must be reached by the keyboard.
  function makeReachable(details) {
    if (details.scrollHeight > details.clientHeight) {
      details.tabIndex = 0;
    }
  }

  /** `parts`: clock, sightings, why. */
  gbpStatus.popover = function (parts) {
    let open = null;

    function fresh(badge) {
      const body = parse(badge);
      writeSince(body, parts.sightings.since(badge), parts.clock.now());
      part(body, 'long').hidden = !parts.sightings.isLong(badge);
      return body;
    }

    function place() {
      gbpStatus.place(open.tip, open.button);
      makeReachable(part(open.tip, 'details'));
    }

    async function explain() {
      const mine = open;
      mine.status = mine.badge.dataset.gbpStatus;
      await parts.why.load(mine.badge, mine.tip);
      if (open === mine) {
        place();
      }
    }

    function close() {
      if (open) {
        const button = open.button;
        parts.why.stop();
        open = null;
        $(button).popover('destroy');
        tidy(button, null);
      }
    }

    function show(badge) {
      const button = badges.button(badge);
      close();
      $(button).popover({content: fresh(badge), ...OPTIONS}).popover('show');
      open = {badge, button, tip: $(button).data('bs.popover').tip()[0]};
      dress(open.tip);
      tidy(button, open.tip);
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

    function update() {
      const body = fresh(open.badge);
      part(open.tip, 'since').dateTime = part(body, 'since').dateTime;
      const differing = PARTS.filter(name => bring(part(open.tip, name), part(body, name)));
      if (open.status !== open.badge.dataset.gbpStatus) {
        explain();
      }
      // Its age alone must not make a popover jump that the reader has scrolled with the page.
      if (differing.some(name => name !== 'since')) {
        place();
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
        update();
      }
    }

    function contains(element) {
      return Boolean(open) && open.badge.contains(element);
    }

    // The focus goes back to the badge, but is not taken from where the user has moved on to.
    function dismiss() {
      const back = contains(document.activeElement) || document.activeElement === document.body;
      const button = open && open.button;
      close();
      if (button && back) {
        button.focus();
      }
    }

    function adjust() {
      if (open) {
        place();
      }
    }

    return {
      toggle, refresh, dismiss, close, contains,
      adjust, prune
    };
  };
}(jQuery, horizon));
