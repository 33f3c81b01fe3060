// SPDX-License-Identifier: Apache-2.0
// The one popover that may be open: it opens from a badge, stays while its row changes, and closes on demand.
// Reads: template[data-gbp-status-popover] (in the strip), in it data-gbp-status-part="heading|name|word|sentence|
// long|details|since|link", data-gbp-status-act="copy-details|copy-ticket", data-gbp-status-why, -why-loading, -why-failed,
// -why-answer; on the badge data-gbp-status, -name, -sentence, -details, -url (the page of its resource); in the answer
// of why template[data-gbp-status-ticket].
(function (gbpStatus, $) {
  'use strict';

  // In pixels.
  const MARGIN = 8;
  const ARROW = 12;
  const LEAST = 200;
  const OPTIONS = {trigger: 'manual', html: true, animation: false, placement: 'bottom', title: ''};

  function part(tip, name) {
    return gbpStatus.dom.find(tip, 'part="' + name + '"');
  }

  /** What an explanation is of. */
  function said({dataset}) {
    return dataset.gbpStatus + ('gbpStatusGone' in dataset ? ' gone' : '');
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
    const {badges, dom} = gbpStatus;
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
      open.status = said(open.badge);
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
        if (open.status !== said(open.badge)) {
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

  /**
   * Keeps a popover inside the window. Bootstrap's own placement measures against the whole document.
   * `tip` is Bootstrap's .popover, `button` what it belongs to.
   */
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

  /** Writes into the open popover what its badge says. `page`: clock, time, sightings. */
  gbpStatus.texts = function ({clock, time, sightings}) {
    const {badges, dom, words} = gbpStatus;

    function writeSince(badge, place) {
      const since = sightings.see(badge);
      const values = {time: time(since), age: words.age(clock.now() - since)};
      place.dateTime = new Date(clock.wall(since)).toISOString();
      dom.write(place, interpolate(gettext('%(time)s (%(age)s)'), values, true));
    }

    /** Only what differs is written: focus, selection and scroll stay. */
    return function (badge, tip) {
      const {gbpStatusName: name, gbpStatusSentence, gbpStatusDetails: details} = badge.dataset;
      const isGone = 'gbpStatusGone' in badge.dataset;
      const sentence = isGone ? gettext('This resource has been deleted.') : gbpStatusSentence;
      const texts = {name, sentence, details, word: isGone ? gettext('Deleted') : badges.word(badge)};
      Object.keys(texts).forEach(one => dom.write(part(tip, one), texts[one]));
      dom.find(tip, 'act="copy-details"').hidden = !details;
      part(tip, 'link').href = badge.dataset.gbpStatusUrl;
      part(tip, 'long').hidden = !sightings.isLong(badge);
      writeSince(badge, part(tip, 'since'));
    };
  };

  function ticket(tip) {
    const found = gbpStatus.dom.find(tip, 'ticket');
    return found ? found.content.textContent.trim() : '';
  }

  function showOnly(tip, name) {
    const {find} = gbpStatus.dom;
    ['why-loading', 'why-failed', 'why-answer'].forEach(one => {
      find(tip, one).hidden = one !== name;
    });
    find(tip, 'why').hidden = !name;
  }

  function fill(tip, html) {
    const {find} = gbpStatus.dom;
    find(tip, 'why-answer').replaceChildren(...gbpStatus.dom.parse(html));
    find(tip, 'act="copy-ticket"').hidden = !ticket(tip);
  }

  /**
   * Looks up, when a popover opens, what the cause of an error (or of a build that takes long) is.
   * `page`: transport, session.
   */
  gbpStatus.why = function ({transport, session}) {
    let abort = new AbortController();

    async function ask(badge, tip) {
      const mine = abort;
      const url = badge.dataset.gbpStatusUrl + 'explanation/';
      const answer = await transport(url, {accept: 'text/html', abort});
      if (abort === mine) {
        const isRead = !session.check(answer) && answer.ok;
        fill(tip, isRead ? answer.body : '');
        showOnly(tip, isRead ? 'why-answer' : 'why-failed');
      }
    }

    function stop() {
      abort.abort();
      abort = new AbortController();
    }

    /** Fills the slot of an open popover; resolves when it is done and the popover may have another size. */
    async function load(badge, tip) {
      const isAsked = gbpStatus.badges.isExplained(badge);
      stop();
      fill(tip, '');
      showOnly(tip, isAsked && 'why-loading');
      if (isAsked) {
        await ask(badge, tip);
      }
    }

    return {load, stop, ticket};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
