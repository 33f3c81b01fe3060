// SPDX-License-Identifier: Apache-2.0
// Which statuses to ask for, in how many requests.
// Reads, on the root: data-gbp-status-poll-url, data-gbp-status-max-ids; and the badge's attributes (badges.js).
(function (gbpStatus) {
  'use strict';

  const {badges} = gbpStatus;

  function slices(list, size) {
    return list.length ? [list.slice(0, size), ...slices(list.slice(size), size)] : [];
  }

  function idsByKind(resources) {
    const ids = new Map();
    resources.forEach(({gbpStatusKind: kind, gbpStatusId: id}) => { ids.set(kind, (ids.get(kind) || []).concat(id)); });
    return ids;
  }

  function request(url, ids) {
    const asked = Array.from(ids, ([kind, some]) => kind + '=' + some.join(','));
    return {url: url + '?' + asked.join('&'), kinds: Array.from(ids.keys())};
  }

  /** The requests, one after the other, for the badges that `wanted(badge)` takes: {url, kinds}. */
  gbpStatus.requests = function (root, wanted) {
    const {gbpStatusPollUrl: url, gbpStatusMaxIds: most} = root.dataset;
    const asked = new Map(badges.all(root).filter(wanted).map(badge => [badges.key(badge), badge.dataset]));
    return slices(Array.from(asked.values()), Number(most)).map(some => request(url, idsByKind(some)));
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
