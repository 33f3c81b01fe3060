// SPDX-License-Identifier: Apache-2.0
// What the server knows beyond a badge: what is beneath its resource, and the cause of an error or of a long build.
// Reads, in the popover: data-gbp-status-why, -why-loading, -why-failed, -why-answer, data-gbp-status-act="copy-ticket"; on the badge
// data-gbp-status-url; in the answer template[data-gbp-status-ticket].
(function (gbpStatus) {
  'use strict';

  /** @param {HTMLElement} tip */
  function ticket(tip) {
    const found = gbpStatus.dom.find(tip, 'ticket');
    return found ? found.content.textContent.trim() : '';
  }

  /** @param {HTMLElement} tip @param {string | false} name */
  function showOnly(tip, name) {
    const {find} = gbpStatus.dom;
    ['why-loading', 'why-failed', 'why-answer'].forEach(one => {
      find(tip, one).hidden = one !== name;
    });
    find(tip, 'why').hidden = !name;
  }

  /** Shows an answer; the focus stays in the popover. @param {HTMLElement} tip @param {string} html */
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
   * popover opens; asks again for what is pending.
   * `page`: clock, transport, session.
   */
  gbpStatus.explanation = function ({clock, transport, session}) {
    let abort = new AbortController();

    /** @param {HTMLElement} badge @param {HTMLElement} tip @param {() => void} shown @param {string} [notBefore] */
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

    /**
     * Fills the explanation of an open popover; calls `shown` whenever the popover may have another size.
     * @param {HTMLElement} badge
     * @param {HTMLElement} tip
     * @param {() => void} shown
     */
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
}(horizon.gbpStatus = horizon.gbpStatus || {}));
