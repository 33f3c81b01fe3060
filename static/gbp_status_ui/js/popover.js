// SPDX-License-Identifier: Apache-2.0
// The one popover that may be open: it opens from a badge and takes the focus, stays while its row changes, and closes
// on demand or when the focus leaves it.
// Reads: template[data-gbp-status-popover] (in the strip), in it data-gbp-status-part="heading|name|word|sentence|
// long|long-chain|details|since|errors|link", data-gbp-status-act="copy-details|copy-ticket", data-gbp-status-why, -why-loading,
// -why-failed, -why-answer; on the badge data-gbp-status, -name, -sentence, -details, -url (the page of its resource); in
// the answer of why template[data-gbp-status-ticket].
(function (gbpStatus, $) {
  'use strict';

  const CHAINS = 'servicechain_instances';
  const OPTIONS = {trigger: 'manual', html: true, animation: false, placement: 'bottom', title: ''};

  function part(tip, name) {
    return gbpStatus.dom.having(tip, 'part', name);
  }

  /** The state that an explanation belongs to, with what is worse beneath. */
  function stateOf(badge) {
    const {gbpStatus: status, gbpStatusGone: gone} = badge.dataset;
    return [status, gbpStatus.badges.mark(badge), gone === undefined ? '' : 'gone'].join(' ');
  }

  function idOf(tip, name) {
    const element = part(tip, name);
    element.id = tip.id + '-' + name;
    return element.id;
  }

  // The focus moves into it, so that screen readers announce it by its heading and its sentence.
  function makeDialog(tip) {
    tip.classList.add('gbp-status-popover');
    tip.setAttribute('role', 'dialog');
    tip.setAttribute('aria-labelledby', idOf(tip, 'heading'));
    tip.setAttribute('aria-describedby', idOf(tip, 'sentence'));
    tip.tabIndex = -1;
  }

  // With Bootstrap's aria-describedby screen readers would read the whole dialog as the button's description.
  function markButton(button, tip) {
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
      open.follow = gbpStatus.place(tip, button);
      open.height = tip.offsetHeight;
      // The keyboard must reach an element that scrolls.
      if (details.scrollHeight > details.clientHeight) {
        details.tabIndex = 0;
      }
    }

    // Placed again only where its size has changed: otherwise it would jump back when the user has scrolled the page.
    function adjust() {
      if (open && open.tip.offsetHeight !== open.height) {
        place();
      }
    }

    function explain() {
      open.status = stateOf(open.badge);
      why.load(open.badge, open.tip, adjust);
    }

    function close() {
      if (open) {
        const {button} = open;
        why.stop();
        open = null;
        $(button).popover('destroy');
        markButton(button);
      }
    }

    function show(badge) {
      const button = badges.button(badge);
      const popover = $(button).popover({content: skeleton.cloneNode(true), ...OPTIONS}).popover('show');
      open = {badge, button, tip: popover.data('bs.popover').tip()[0]};
      makeDialog(open.tip);
      markButton(button, open.tip);
      texts(open.badge, open.tip);
      explain();
      place();
      open.tip.focus({preventScroll: true});
    }

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
        texts(open.badge, open.tip);
        if (open.status !== stateOf(open.badge)) {
          explain();
        }
        adjust();
      }
    }

    function contains(element) {
      return Boolean(open) && open.badge.contains(element);
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

    /** Closes the popover when the focus leaves it: the focus must not move on to what it covers. */
    function leave(target) {
      if (open && !contains(target)) {
        close();
      }
    }

    return {toggle, refresh, dismiss, contains, leave, reposition: () => open && place(), follow};
  };

  /** Writes the badge's texts into its popover. `page`: since, muting. */
  gbpStatus.texts = function ({since, muting}) {
    const {badges, dom} = gbpStatus;

    function sinceWords(badge) {
      const said = since.said(badge);
      return said ? interpolate(gettext('In this state since %(time)s or earlier (%(age)s).'), said, true) : '';
    }

    /** Writes only the texts that differ, which keeps focus, selection and scroll position. */
    return function (badge, tip) {
      const {gbpStatusName: name, gbpStatusSentence, gbpStatusDetails: details} = badge.dataset;
      const isGone = 'gbpStatusGone' in badge.dataset;
      const sentence = isGone ? gettext('This resource has been deleted.') : gbpStatusSentence;
      const texts = {name, sentence, details, word: isGone ? gettext('Deleted') : badges.word(badge)};
      Object.assign(texts, {since: isGone ? '' : sinceWords(badge), errors: since.errors(badge)});
      Object.keys(texts).forEach(one => dom.write(part(tip, one), texts[one]));
      dom.find(tip, 'act="copy-details"').hidden = !details;
      muting.write(badge, tip);
      part(tip, 'link').href = badge.dataset.gbpStatusUrl;
      part(tip, 'long').hidden = !since.isLong(badge);
      part(tip, 'long-chain').hidden = !since.isLong(badge) || badges.resource(badge).kind !== CHAINS;
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

  /** Shows an answer; the focus stays in the popover. */
  function fill(tip, html) {
    const {find, parse} = gbpStatus.dom;
    const place = find(tip, 'why-answer');
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...parse(html).childNodes);
    find(tip, 'act="copy-ticket"').hidden = !ticket(tip);
    if (hadFocus) {
      tip.focus({preventScroll: true});
    }
  }

  /**
   * Asks the server for what is beneath a resource, and for the cause of an error or of a build that takes long, when a
   * popover opens; comes back for what the server is still being told.
   * `page`: clock, transport, session.
   */
  gbpStatus.why = function ({clock, transport, session}) {
    let abort = new AbortController();

    async function ask(badge, tip, shown, notBefore) {
      const own = abort;
      const url = badge.dataset.gbpStatusUrl + 'explanation/';
      const answer = await transport(url, {accept: 'text/html', abort, notBefore});
      if (abort !== own) {
        return;
      }
      const isRead = !session.check(answer) && answer.ok;
      fill(tip, isRead ? answer.body : '');
      showOnly(tip, isRead ? 'why-answer' : 'why-failed');
      shown();
      if (isRead && answer.retryAfter) {
        clock.later(() => abort === own && ask(badge, tip, shown, answer.notBefore), answer.retryAfter);
      }
    }

    function stop() {
      abort.abort();
      abort = new AbortController();
    }

    /** Fills the explanation of an open popover; calls `shown` whenever the popover may have another size. */
    function load(badge, tip, shown) {
      const isAsked = gbpStatus.badges.isExplained(badge);
      stop();
      fill(tip, '');
      showOnly(tip, isAsked && 'why-loading');
      if (isAsked) {
        ask(badge, tip, shown);
      }
    }

    return {load, stop, ticket};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
