// SPDX-License-Identifier: Apache-2.0
// Leads to the login when the session has ended.
// Reads: data-gbp-status-login-url (on the strip).
(function (gbpStatus) {
  'use strict';

  /** `page`: root, window; answers are those of transport.js. */
  gbpStatus.session = function ({root, window: {location}}) {
    const login = gbpStatus.dom.find(root, 'login-url').dataset.gbpStatusLoginUrl;

    function absolute(address) {
      return new URL(address, location.href);
    }

    function isEnded({status, location: target}) {
      return [401, 403].includes(status) || Boolean(target) && absolute(target).pathname === absolute(login).pathname;
    }

    /** True where the session has ended: then the page is on its way to the login. */
    function check(answer) {
      const ended = isEnded(answer);
      if (ended) {
        const address = absolute(answer.location || login);
        // The server names the poll as the page to come back to; the user wants this one.
        address.searchParams.set('next', location.pathname + location.search + location.hash);
        location.assign(address.href);
      }
      return ended;
    }

    return {check};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
