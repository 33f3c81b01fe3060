// SPDX-License-Identifier: Apache-2.0
// Looks up, when a popover opens, what the cause of an error (or of a build that takes long) is.
// Reads: data-gbp-status and data-gbp-status-url (on the badge; the page of its resource); in the popover
// data-gbp-status-why, -why-loading, -why-failed, -why-answer, data-gbp-status-act="copy-ticket"; in the answer
// template[data-gbp-status-ticket].
(function (gbpStatus) {
  'use strict';

  const {find} = gbpStatus.dom;
  const ASKED = ['ERROR', 'BUILD'];

  function ticket(tip) {
    const found = find(tip, 'ticket');
    return found ? found.content.textContent.trim() : '';
  }

  function showOnly(tip, name) {
    ['why-loading', 'why-failed', 'why-answer'].forEach(one => {
      find(tip, one).hidden = one !== name;
    });
    find(tip, 'why').hidden = !name;
  }

  function fill(tip, html) {
    find(tip, 'why-answer').replaceChildren(...gbpStatus.dom.parse(html));
    find(tip, 'act="copy-ticket"').hidden = !ticket(tip);
  }

  /** `page`: transport, session. */
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
      const isAsked = ASKED.includes(badge.dataset.gbpStatus);
      stop();
      fill(tip, '');
      showOnly(tip, isAsked && 'why-loading');
      if (isAsked) {
        await ask(badge, tip);
      }
    }

    return {load, stop, ticket};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
