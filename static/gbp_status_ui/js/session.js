// SPDX-License-Identifier: Apache-2.0
// Leads to the login when the session has ended.
// Reads: data-gbp-status-login-url (on the strip).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  /** `document` has the strip, `location` is the browser's; answers are those of transport.js. */
  gbpStatus.session = function (document, location) {
    function login() {
      const strip = document.querySelector('[data-gbp-status-login-url]');
      return strip ? strip.dataset.gbpStatusLoginUrl : '/';
    }

    function absolute(address) {
      return new URL(address, location.href);
    }

    function leadsToLogin(answer) {
      return Boolean(answer.location) && absolute(answer.location).pathname === absolute(login()).pathname;
    }

    function isEnded(answer) {
      return answer.status === 401 || answer.status === 403 || leadsToLogin(answer);
    }

    function leave(answer) {
      const address = absolute(answer.location || login());
      // The server names the poll as the page to come back to; the user wants this one.
      address.searchParams.set('next', location.pathname + location.search + location.hash);
      location.assign(address.href);
    }

    /** True where the session has ended: then the page is on its way to the login. */
    function check(answer) {
      const ended = isEnded(answer);
      if (ended) {
        leave(answer);
      }
      return ended;
    }

    return {check};
  };
}(jQuery, horizon));
