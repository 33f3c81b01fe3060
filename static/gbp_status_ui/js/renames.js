// SPDX-License-Identifier: Apache-2.0
// Has the page follow a rename that a badge tells of: links to the resource, and the heading of its own page.
// Reads: data-gbp-status-heading (on the page of one resource: its heading, with %s in the place of the name).
(function (gbpStatus) {
  'use strict';

  const HEADINGS = '.page-header h1, .page-breadcrumb li';

  // What says something else beside the name is somebody else's.
  /** @param {Iterable<Element>} elements @param {string} old @param {string} fresh */
  function replace(elements, old, fresh) {
    Array.from(elements).filter(one => one.textContent.trim() === old).forEach(one => { one.textContent = fresh; });
  }

  /** `page`: root, document, title (of the window). Returns follow(badge, old name). */
  gbpStatus.renames = function ({root, document, title}) {
    /** @param {string} id @param {string} old @param {string} name */
    function followInLinks(id, old, name) {
      const links = Array.from(root.querySelectorAll('a[href]')).filter(one => one.getAttribute('href').includes(id));
      replace(links, old, name);
    }

    /** @param {string} format @param {...string} names */
    function followInHeading(format, ...names) {
      const [old, fresh] = names.map(name => format.replace('%s', () => name));
      replace(document.querySelectorAll(HEADINGS), old, fresh);
      title.retitle(old, fresh);
    }

    return function (badge, old) {
      const {gbpStatusName: name, gbpStatusId: id} = badge.dataset;
      /** @type {HTMLElement} */
      const own = badge.closest('[data-gbp-status-heading]');
      if (name === old) {
        return;
      }
      followInLinks(id, old, name);
      if (own && own.dataset.objectId === id) {
        followInHeading(own.dataset.gbpStatusHeading, old, name);
      }
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
