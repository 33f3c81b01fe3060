// SPDX-License-Identifier: Apache-2.0
// What a page shows of a resource's status beside its badge, kept like the badge.
// Reads: data-gbp-status-mirror="sentence|details" (a part of the badge's popover), inside data-object-id (the resource).
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  function belongs(mirror, badge) {
    return mirror.closest('[data-object-id]').dataset.objectId === badge.dataset.gbpStatusId;
  }

  function show(mirror, badge) {
    const name = mirror.dataset.gbpStatusMirror;
    const text = gbpStatus.badges.part(badge, name).textContent;
    mirror.textContent = text;
    mirror.hidden = !text;
  }

  /** Shows in `root` what the badges say now. */
  gbpStatus.mirror = function (root, badges) {
    root.querySelectorAll('[data-gbp-status-mirror]').forEach(mirror => {
      badges.filter(badge => belongs(mirror, badge)).forEach(badge => show(mirror, badge));
    });
  };
}(jQuery, horizon));
