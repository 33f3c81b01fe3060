// SPDX-License-Identifier: Apache-2.0
// How many resources one request asks for. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // Web servers refuse longer request lines: gunicorn those above 4,094 bytes. Some close the connection
  // at much shorter ones, without an answer (uWSGI counts headers, too). A line of up to SHORT_LINE_BYTES passes
  // everywhere, so that a connection that is closed then means a failure of the network.
  const MAX_LINE_BYTES = 3999;
  const SHORT_LINE_BYTES = 1000;
  const TOO_LONG = [400, 414, 431];
  // What a firewall may say of a line that is too long for it, if not a page of its own.
  const REFUSED = [200, 403, 404, 406];

  /** @param {string} url @param {Resource[]} resources */
  function address(url, resources) {
    const ids = new Map();
    resources.forEach(({kind, id}) => { ids.set(kind, (ids.get(kind) || []).concat(id)); });
    return url + '?' + Array.from(ids, ([kind, some]) => kind + '=' + some.join(',')).join('&');
  }

  /** @param {string} url */
  function lineLength(url) {
    return new TextEncoder().encode('GET ' + url + ' HTTP/1.1').length;
  }

  /**
   * At most `most` resources, in a request line that servers take, and fewer where this one refuses or drops it. `url` is
   * the poll's address. Resources are {kind, id}.
   */
  gbpStatus.slices = function (url, most) {
    let size = most;
    // The size that is tried in place of `size`; kept only where it passes.
    let trial = 0;

    /**
     * The request for as many of the first resources as it takes, one at least: {url, resources}.
     * @param {Resource[]} resources
     */
    function first(resources) {
      let some = resources.slice(0, trial || size);
      while (some.length > 1 && lineLength(address(url, some)) > MAX_LINE_BYTES) {
        some = some.slice(0, -1);
      }
      return {url: address(url, some), resources: some};
    }

    function accepted() {
      size = trial || size;
      trial = 0;
    }

    /** @param {Slice} request @param {Answer} answer */
    function mayBeTooLong({url: line, resources}, {status = -1, reason}) {
      const isRefused = TOO_LONG.includes(status) || reason === 'foreign' && REFUSED.includes(status);
      return resources.length > 1 && (isRefused || status === 0 && lineLength(line) > SHORT_LINE_BYTES);
    }

    /**
     * Says whether a request with that answer (status 0: none) is worth another try with half as much.
     * @param {Slice} request
     * @param {Answer} answer
     */
    function failed(request, answer) {
      const isWorth = mayBeTooLong(request, answer);
      trial = isWorth ? Math.floor(request.resources.length / 2) : 0;
      return isWorth;
    }

    return {first, accepted, failed};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
