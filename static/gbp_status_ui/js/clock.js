// SPDX-License-Identifier: Apache-2.0
// The browser's clock and its timers, as the scripts use them. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  /** `page`: window. */
  gbpStatus.clock = function ({window}) {
    // Monotonic, in ms: what the user, or a time server, does to the time of day changes no delay and no age.
    const now = () => window.performance.now();

    return {
      now,
      /** The time of day at a moment of now(), in ms since 1970. */
      wall: at => Date.now() - now() + at,
      later: (task, delay) => window.setTimeout(task, delay),
      cancel: timer => window.clearTimeout(timer)
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
