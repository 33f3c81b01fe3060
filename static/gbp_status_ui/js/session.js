// SPDX-License-Identifier: Apache-2.0
// Whether an answer is for this page and its session.
// Reads: data-gbp-status-scope (on the root), data-gbp-status-login-url (on the strip), data-gbp-status-moved,
// data-gbp-status-refused (a link to the login).
(function (gbpStatus) {
  'use strict';

  /**
   * Leads to the login when the session has ended; says so when it has moved on to another project or region, of which
   * the answers are then. `page`: root, window; answers are those of transport.
   */
  gbpStatus.session = function ({root, window: {location}}) {
    const login = gbpStatus.dom.find(root, 'login-url').dataset.gbpStatusLoginUrl;

    /** @param {string} address */
    function absolute(address) {
      return new URL(address, location.href);
    }

    /**
     * A 401 or 403 alone may be Neutron's, or a firewall's. When the session has ended, Horizon leads to its login.
     * @param {Answer} answer
     */
    function isEnded({location: target}) {
      return target ? absolute(target).pathname === absolute(login).pathname : false;
    }

    /** @param {Answer} answer */
    function hasMoved({scope}) {
      return Boolean(scope) && scope !== root.dataset.gbpStatusScope;
    }

    // On the page's own origin, whatever host a proxy passes on. The server names the poll as the page to return to;
    // the user wants this one.
    function loginAddress() {
      const address = new URL(absolute(login).pathname, location.href);
      address.searchParams.set('next', location.pathname + location.search + location.hash);
      return address.href;
    }

    /** Offers the login where the network service accepts that of the session no more. @param {boolean} isRefused */
    function offerLogin(isRefused) {
      const link = gbpStatus.dom.find(root, 'refused');
      link.hidden = !isRefused;
      if (isRefused) {
        link.href = loginAddress();
      }
    }

    /** True where an answer is not for this page any more: what it says must not be shown. @param {Answer} answer */
    function check(answer) {
      const ended = isEnded(answer);
      const moved = hasMoved(answer);
      if (ended) {
        location.assign(loginAddress());
      } else if (answer.scope) {
        gbpStatus.dom.find(root, 'moved').hidden = !moved;
        offerLogin(answer.reason === 'login');
      }
      return ended || moved;
    }

    return {check};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
