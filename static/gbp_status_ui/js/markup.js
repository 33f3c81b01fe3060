// SPDX-License-Identifier: Apache-2.0
// Markup that our own server has rendered, as nodes. Nothing in it runs: a parsed document has no scripts.
// Reads no attribute of the page.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};

  /** The nodes of a string of HTML, as a fragment. */
  gbpStatus.markup = function (html) {
    const fragment = document.createDocumentFragment();
    fragment.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
    return fragment;
  };
}(jQuery, horizon));
