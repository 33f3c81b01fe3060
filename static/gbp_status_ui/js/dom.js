// SPDX-License-Identifier: Apache-2.0
// The page's elements: finding them by data-gbp-status-*, and writing what differs.
(function (gbpStatus) {
  'use strict';

  /** @param {string} what */
  function selector(what) {
    return '[data-gbp-status-' + what + ']';
  }

  /**
   * `what` is the rest of an attribute's name, or of that with a value: 'act="pause"'. Null where there is none.
   * @param {ParentNode} scope
   * @param {string} what
   */
  function find(scope, what) {
    return scope.querySelector(selector(what));
  }

  /** @param {ParentNode} scope @param {string} what */
  function findAll(scope, what) {
    return Array.from(scope.querySelectorAll(selector(what)));
  }

  /**
   * The first whose data-gbp-status-<what> is `value`: any text, as it is compared and never part of a selector.
   * @param {ParentNode} scope
   * @param {string} what
   * @param {string} value
   */
  function having(scope, what, value) {
    return findAll(scope, what).find(one => one.getAttribute('data-gbp-status-' + what) === value) || null;
  }

  /**
   * Shows `text`, and hides the element where there is none; what stays the same keeps its selection and scroll.
   * @param {HTMLElement} element
   * @param {string} text
   */
  function write(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
    element.hidden = !text;
  }

  /**
   * An element that holds markup of our own server. Nothing in it runs: a parsed document has no scripts.
   * @param {string} html
   */
  function parse(html) {
    return new DOMParser().parseFromString(html, 'text/html').body;
  }

  /**
   * Tells listeners of gbp-status:<name>, on the root or above it.
   * @param {HTMLElement} root
   * @param {string} name
   * @param {unknown} detail
   */
  function fire(root, name, detail) {
    root.dispatchEvent(new CustomEvent('gbp-status:' + name, {bubbles: true, detail}));
  }

  gbpStatus.dom = {find, findAll, having, write, parse, fire};
}(horizon.gbpStatus = horizon.gbpStatus || {}));
