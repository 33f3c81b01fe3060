// SPDX-License-Identifier: Apache-2.0
// Leads to the login when the session has ended; says so when it has moved on to another project or region, of which
// the answers are then.
// Reads: data-gbp-status-scope (on the root), data-gbp-status-login-url (on the strip), data-gbp-status-moved.
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

    function hasMoved({scope}) {
      return Boolean(scope) && scope !== root.dataset.gbpStatusScope;
    }

    function leave(answer) {
      const address = absolute(answer.location || login);
      // The server names the poll as the page to come back to; the user wants this one.
      address.searchParams.set('next', location.pathname + location.search + location.hash);
      location.assign(address.href);
    }

    /** True where an answer is not for this page any more: what it says must not be shown. */
    function check(answer) {
      const ended = isEnded(answer);
      const moved = hasMoved(answer);
      if (ended) {
        leave(answer);
      } else if (answer.scope) {
        gbpStatus.dom.find(root, 'moved').hidden = !moved;
      }
      return ended || moved;
    }

    return {check};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
