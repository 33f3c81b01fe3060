// SPDX-License-Identifier: Apache-2.0
// What the browser keeps for the user. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  /**
   * The browser's storage of that name. It may be forbidden, or there may be none: then what is kept there lasts as long
   * as the page, and `setItem` says so, or says nothing.
   */
  gbpStatus.storage = function (window, name, setItem) {
    try {
      window[name].getItem('');
      return window[name];
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: () => null, setItem};
    }
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
