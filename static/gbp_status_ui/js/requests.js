// SPDX-License-Identifier: Apache-2.0
// Which statuses to ask for, in how many requests.
// Reads, on .gbp-status: data-gbp-status-poll-url, data-gbp-status-max-ids; and the badge's attributes (badges.js).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const badges = gbpStatus.badges;
  const MAX_IDS = 150;

  /** Map of poll address to the roots that use it. */
  function groups(document) {
    const byUrl = new Map();
    document.querySelectorAll('[data-gbp-status-poll-url]').forEach(root => {
      const url = root.dataset.gbpStatusPollUrl;
      byUrl.set(url, (byUrl.get(url) || []).concat(root));
    });
    return byUrl;
  }

  function resource(badge) {
    return {kind: badge.dataset.gbpStatusKind, id: badge.dataset.gbpStatusId};
  }

  function slices(list, size) {
    const found = [];
    for (let start = 0; start < list.length; start += size) {
      found.push(list.slice(start, start + size));
    }
    return found;
  }

  function query(resources) {
    const ids = new Map();
    resources.forEach(one => { ids.set(one.kind, (ids.get(one.kind) || []).concat(one.id)); });
    return Array.from(ids, entry => encodeURIComponent(entry[0]) + '=' + entry[1].map(encodeURIComponent).join(',')).join('&');
  }

  function address(url, resources) {
    return url + (url.includes('?') ? '&' : '?') + query(resources);
  }

  function group(url, roots, wanted) {
    const found = new Map();
    roots.flatMap(badges.all).filter(wanted).forEach(badge => {
      found.set(badges.key(badge), resource(badge));
    });
    const most = Number(roots[0].dataset.gbpStatusMaxIds) || MAX_IDS;
    return slices(Array.from(found.values()), most).map(some => ({
        url: address(url, some),
        roots,
        kinds: Array.from(new Set(some.map(one => one.kind)))
      }));
  }

  /** The requests, one after the other, for the badges that `wanted(badge)` takes: {url, roots, kinds}. */
  gbpStatus.requests = function (document, wanted) {
    return Array.from(groups(document)).flatMap(entry => group(entry[0], entry[1], wanted));
  };
}(jQuery, horizon));
