// SPDX-License-Identifier: Apache-2.0
// Runs before every page of the browser tests: chance stands in the middle, and every request is written down.
(() => {
  'use strict';
  window.watched = {requests: [], running: 0, most: 0, chance: 0.5, shown: 0, waitsSince: null};
  const watched = window.watched;
  const plain = window.fetch;
  Math.random = () => watched.chance;

  ['gbp-status:polled', 'gbp-status:stale'].forEach((name) => {
    document.addEventListener(name, () => {
      watched.shown += 1;
      watched.waitsSince = Date.now();
    });
  });

  // The page's first wait begins when its strip appears.
  new MutationObserver((changes) => {
    if (watched.waitsSince === null && changes.some((one) => one.target.matches('[data-gbp-status-strip]'))) {
      watched.waitsSince = Date.now();
    }
  }).observe(document, {subtree: true, attributeFilter: ['hidden']});

  async function watch(request, url, options) {
    watched.running += 1;
    watched.most = Math.max(watched.most, watched.running);
    try {
      const answer = await plain(url, options);
      request.status = answer.status;
      return answer;
    } finally {
      watched.running -= 1;
    }
  }

  window.fetch = (url, options = {}) => {
    const request = {url: String(url), at: Date.now(), headers: options.headers, status: null};
    watched.requests.push(request);
    return watch(request, url, options);
  };
})();
