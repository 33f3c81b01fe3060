// SPDX-License-Identifier: Apache-2.0
// The one way to the server: a GET with a time limit. Reads no attribute of the page.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const TIME_LIMIT = 30000;
  const HTML = 'text/html';
  const JSON_TYPE = 'application/json';

  function milliseconds(retryAfter, now) {
    const seconds = Number(retryAfter);
    return isNaN(seconds) ? Math.max(Date.parse(retryAfter) - now, 0) || 0 : seconds * 1000;
  }

  function headers(options) {
    // Horizon answers X-Requested-With with a 401 where it would send a page on to the login.
    const sent = {'Accept': options.accept, 'X-Requested-With': 'XMLHttpRequest'};
    if (options.etag) {
      sent['If-None-Match'] = options.etag;
    }
    if (options.maxAge !== undefined) {
      sent['Cache-Control'] = 'max-age=' + options.maxAge;
    }
    return sent;
  }

  async function read(response, accept, now) {
    const right = (response.headers.get('Content-Type') || '').startsWith(accept);
    return {
      status: response.status,
      unchanged: response.status === 304,
      ok: response.ok && right,
      etag: response.headers.get('ETag'),
      age: (Number(response.headers.get('Age')) || 0) * 1000,
      retryAfter: milliseconds(response.headers.get('Retry-After'), now),
      // Horizon's middleware names a redirect in this header; a proxy may redirect without a word of it.
      location: response.headers.get('X-Horizon-Location') || (response.redirected ? response.url : null),
      body: right ? await (accept === HTML ? response.text() : response.json()) : null
    };
  }

  /**
   * Returns get(url, {accept, etag, maxAge, abort}), which resolves to what read() returns, also after any failure.
   * `maxAge` is how many seconds old the answer may be; without it the server decides.
   */
  gbpStatus.transport = function (fetch, clock) {
    async function attempt(url, options, signal) {
      const response = await fetch(url, {headers: headers(options), credentials: 'same-origin', signal});
      return read(response, options.accept, clock.now());
    }

    return async function get(url, options) {
      const abort = options.abort || new AbortController();
      const limit = clock.later(() => { abort.abort(); }, TIME_LIMIT);
      try {
        return await attempt(url, options, abort.signal);
      } catch (error) {
        return {ok: false, aborted: abort.signal.aborted, reason: error.message};
      } finally {
        clock.cancel(limit);
      }
    };
  };
  gbpStatus.transport.HTML = HTML;
  gbpStatus.transport.JSON = JSON_TYPE;
}(jQuery, horizon));
