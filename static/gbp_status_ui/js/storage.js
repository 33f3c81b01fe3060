// SPDX-License-Identifier: Apache-2.0
// What the browser keeps for the user. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  /**
   * The browser's storage of that name. It may be forbidden or full, or there may be none: then what is kept there lasts as
   * long as the page, and `refuse` says so, or says nothing.
   */
  gbpStatus.storage = function (window, name, refuse) {
    /** @param {string} key @param {string} value */
    function setItem(key, value) {
      try {
        window[name].setItem(key, value);
      } catch (full) {
        window.console.warn(full.message);
        refuse(key, value);
      }
    }

    try {
      window[name].getItem('');
      return {getItem: key => window[name].getItem(key), setItem};
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: () => null, setItem: refuse};
    }
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
