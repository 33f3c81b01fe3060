// SPDX-License-Identifier: Apache-2.0
// The one way to the server: a GET with a time limit.
// Reads: data-gbp-status-time-limit (on the root: how many seconds the server waits for GBP).
(function (gbpStatus) {
  'use strict';

  // What the server does beside waiting, and the way.
  const EXTRA_SECONDS = 20;
  const JSON_TYPE = 'application/json';
  // GBP is still being asked for the answer: the page has to ask again.
  const PENDING_STATUS = 202;
  const NOT_BEFORE = 'Gbp-Status-Not-Before';

  // What a server or a proxy asks for is kept up to this long; what is far beyond is a mistake of its own.
  const MAX_RETRY_MS = 10 * 60000;
  const MISTAKEN_RETRY_MS = 24 * 3600000;

  /**
   * How long to wait as Retry-After says (RFC 9110: seconds, or a date), in ms; `date` is that of the answer.
   * @param {string} retryAfter
   * @param {string} date
   */
  function retryDelay(retryAfter, date) {
    const isNumber = /^\d+$/.test(retryAfter);
    const wait = isNumber ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - (Date.parse(date) || Date.now());
    return wait > 0 && wait < MISTAKEN_RETRY_MS ? Math.min(wait, MAX_RETRY_MS) : 0;
  }

  /** @param {string} accept @param {Asked} asked */
  function headers(accept, {etag, maxAge, fragment, notBefore}) {
    // Horizon answers X-Requested-With with a 401 where it would send a page on to the login.
    /** @type {Record<string, string>} */
    const sent = {'Accept': accept, 'X-Requested-With': 'XMLHttpRequest'};
    if (etag) {
      sent['If-None-Match'] = etag;
    }
    if (fragment) {
      sent['Gbp-Status-Fragment'] = fragment;
    }
    if (maxAge !== undefined) {
      sent['Cache-Control'] = 'max-age=' + maxAge;
    }
    if (notBefore) {
      sent[NOT_BEFORE] = notBefore;
    }
    return sent;
  }

  // Each answer of ours names its scope. What has none is that of a proxy, such as its sign-in page, or of a web server.
  /** @param {Response} response @param {boolean} isOurs */
  function reasonOf(response, isOurs) {
    const said = isOurs && response.headers.get('Gbp-Status-Reason');
    return said || (isOurs || response.status >= 500 ? 'unanswered' : 'foreign');
  }

  // What is cut off or malformed is no answer; its status and headers count all the same.
  /** @param {Response} response @param {string} accept @param {boolean} isOurs */
  async function bodyOf(response, accept, isOurs) {
    const isRight = isOurs && (response.headers.get('Content-Type') || '').startsWith(accept);
    return isRight ? response[accept === JSON_TYPE ? 'json' : 'text']().catch(() => null) : null;
  }

  /** @param {Response} response @param {string} accept */
  async function read(response, accept) {
    const header = (/** @type {string} */ name) => response.headers.get(name) || '';
    const unchanged = response.status === 304;
    const isOurs = unchanged || response.headers.has('Gbp-Status-Scope');
    const body = await bodyOf(response, accept, isOurs);
    return {
      status: response.status,
      reason: reasonOf(response, isOurs),
      unchanged,
      pending: isOurs && response.status === PENDING_STATUS,
      ok: response.ok && response.status !== PENDING_STATUS && body !== null,
      etag: header('ETag'),
      scope: header('Gbp-Status-Scope'),
      notBefore: header(NOT_BEFORE),
      age: (Number(header('Age')) || 0) * 1000,
      date: Date.parse(header('Date')),
      retryAfter: retryDelay(header('Retry-After'), header('Date')),
      // Horizon's middleware names a redirect in this header; a proxy may redirect without a word of it.
      location: header('X-Horizon-Location') || (response.redirected ? response.url : ''),
      body
    };
  }

  /**
   * Returns get(url, {accept, etag, maxAge, fragment, notBefore, abort}), which resolves to what read() returns, also after any
   * failure. `accept` is JSON unless it says something else. `maxAge` is how many seconds old the answer may be; without it
   * the server decides. `notBefore` is a time of the server, from a page or from an answer that was pending.
   */
  gbpStatus.transport = function ({root, window, clock}) {
    const seconds = Number(root.dataset.gbpStatusTimeLimit) + EXTRA_SECONDS;

    return async function (url, options = {}) {
      const {accept = JSON_TYPE, abort = new AbortController()} = options;
      const limit = clock.later(() => { abort.abort(); }, 1000 * seconds);
      const asked = {headers: headers(accept, options), signal: abort.signal};
      const answer = await window.fetch(url, asked)
        .then(response => read(response, accept))
        // Status 0: the connection was closed without an answer, while there was still time.
        .catch(() => ({ok: false, pending: false, age: 0, reason: 'unanswered', status: abort.signal.aborted ? undefined : 0}));
      clock.cancel(limit);
      return answer;
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
