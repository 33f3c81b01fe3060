// SPDX-License-Identifier: Apache-2.0
// Looks up, when a popover opens, what the cause of an error (or of a build that takes long) is.
// Reads: data-gbp-status-explanation-url (on the badge); in the popover data-gbp-status-why, -why-loading, -why-failed,
// -why-answer, data-gbp-status-act="copy-ticket"; in the answer template[data-gbp-status-ticket].
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const STATES = ['ERROR', 'BUILD'];

  function part(body, name) {
    return body.querySelector('[data-gbp-status-' + name + ']');
  }

  function ticket(body) {
    const found = body.querySelector('template[data-gbp-status-ticket]');
    return found ? found.content.textContent.trim() : '';
  }

  function showOnly(body, name) {
    ['why-loading', 'why-failed', 'why-answer'].forEach(one => {
      part(body, one).hidden = one !== name;
    });
    part(body, 'why').hidden = name === null;
  }

  function offerTicket(body) {
    body.querySelector('[data-gbp-status-act="copy-ticket"]').hidden = !ticket(body);
  }

  function fill(body, html) {
    part(body, 'why-answer').replaceChildren(gbpStatus.markup(html));
    offerTicket(body);
  }

  /** `parts`: transport, session. */
  gbpStatus.why = function (parts) {
    let abort = null;

    function stop() {
      if (abort) {
        abort.abort();
      }
      abort = null;
    }

    function isAsked(badge) {
      return Boolean(badge.dataset.gbpStatusExplanationUrl) && STATES.includes(badge.dataset.gbpStatus);
    }

    function show(body, answer) {
      if (parts.session.check(answer)) {
        return;
      }
      fill(body, answer.ok ? answer.body : '');
      showOnly(body, answer.ok ? 'why-answer' : 'why-failed');
    }

    async function ask(badge, body) {
      const mine = abort = new AbortController();
      const url = badge.dataset.gbpStatusExplanationUrl;
      const answer = await parts.transport(url, {accept: gbpStatus.transport.HTML, abort: mine});
      if (abort === mine) {
        show(body, answer);
      }
    }

    /** Fills the slot of an open popover; resolves when it is done and the popover may have another size. */
    async function load(badge, body) {
      stop();
      fill(body, '');
      showOnly(body, isAsked(badge) ? 'why-loading' : null);
      if (isAsked(badge)) {
        await ask(badge, body);
      }
    }

    return {load, stop, ticket};
  };
}(jQuery, horizon));
