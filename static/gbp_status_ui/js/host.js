// SPDX-License-Identifier: Apache-2.0
// A page of another plugin whose tables have our badges: puts our root around all of its tables, the tabs included.
// Reads: template[data-gbp-status-host] (in front of the first table; it holds the root with its strip).
(function (gbpStatus) {
  'use strict';

  /**
   * What encloses all tables of the page, and the tabs above them; tabs may stand within tabs.
   * @param {HTMLElement} template
   */
  function surroundings(template) {
    let inner = template;
    for (let tabs = template.closest('.tab-content'); tabs; tabs = /** @type {HTMLElement} */ (tabs.parentElement).closest('.tab-content')) {
      inner = tabs;
    }
    return /** @type {HTMLElement} */ (inner.parentElement);
  }

  /**
   * Returns the new root; null on a page without tables of ours. Nodes are moved, so that they keep their handlers.
   * @param {Document} document
   */
  function unfold(document) {
    const template = gbpStatus.dom.find(document, 'host');
    if (!template) {
      return null;
    }
    const place = surroundings(template);
    const root = document.importNode(template.content, true).firstElementChild;
    root.append(...place.childNodes);
    place.append(root);
    return root;
  }

  /**
   * Calls `start` with the root once a table has a row of ours: nothing can be said of an empty one.
   * @param {HTMLElement} root
   * @param {(root: HTMLElement) => void} start
   */
  function whenFilled(root, start) {
    const isFilled = () => gbpStatus.badges.all(root).length > 0;
    const observer = new MutationObserver(() => {
      if (isFilled()) {
        observer.disconnect();
        start(root);
      }
    });
    if (isFilled()) {
      start(root);
    } else {
      observer.observe(root, {childList: true, subtree: true});
    }
  }

  gbpStatus.host = {unfold, whenFilled};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
