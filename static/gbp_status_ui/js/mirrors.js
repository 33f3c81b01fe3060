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

  gbpStatus.mirror = function (root, badge) {
    root.querySelectorAll('[data-gbp-status-mirror]').forEach(function (mirror) {
      if (belongs(mirror, badge)) {
        show(mirror, badge);
      }
    });
  };
}(jQuery, horizon));
