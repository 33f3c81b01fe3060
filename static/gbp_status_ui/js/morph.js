// SPDX-License-Identifier: Apache-2.0
// Makes what a page shows what a fresh rendering of it is, in place: focus, open popovers, ticked boxes and whatever scripts
// have set stay. What belongs to nobody else changes.
// Reads: data-gbp-status-key, data-gbp-status-id, data-object-id and id (what is the same).
(function (gbpStatus) {
  'use strict';

  // What is swapped by its own rules, or belongs to the user.
  const KEPT = '.gbp-status-badge, [data-gbp-status-fragments-url], thead, input, select, textarea, .popover';
  // Classes and attributes that scripts have set stay.
  const OURS = /^(data-gbp-status|hidden$|href$|aria-(label|current)$|class$)/;

  const CHANGING = /^gbp-status-(tone-|empty$)/;
  const FIELDS = 'input, select, textarea';
  const THEIRS = ['class', 'aria-expanded', 'open'];

  /** @param {HTMLElement} node */
  function keyOf(node) {
    const {objectId, gbpStatusKey, gbpStatusId} = node.dataset || {};
    return objectId || gbpStatusKey || gbpStatusId || node.id || '';
  }

  /** @param {HTMLElement} one @param {HTMLElement} other */
  function isSame(one, other) {
    return one.nodeName === other.nodeName && keyOf(one) === keyOf(other) &&
      (!one.classList || one.classList[0] === other.classList[0]);
  }

  /** @param {HTMLElement} node */
  function isRow(node) {
    return node.nodeName === 'TR' && Boolean(keyOf(node));
  }

  // By name: element.attributes makes a node of each attribute, and keeps it as long as the element.
  /** @param {HTMLElement} old @param {HTMLElement} fresh */
  function adapt(old, fresh) {
    old.getAttributeNames().filter(name => OURS.test(name) && name !== 'class' && !fresh.hasAttribute(name))
      .forEach(name => { old.removeAttribute(name); });
    fresh.getAttributeNames().filter(name => !THEIRS.includes(name) && old.getAttribute(name) !== fresh.getAttribute(name))
      .forEach(name => { old.setAttribute(name, fresh.getAttribute(name)); });
    Array.from(old.classList).filter(one => CHANGING.test(one)).forEach(one => { old.classList.remove(one); });
    old.classList.add(...fresh.classList);
  }

  /**
   * Makes `old` what `fresh` is, with as much of it as stays the same; `rows(old, fresh)` does that for rows.
   * @param {HTMLElement} old
   * @param {HTMLElement} fresh
   * @param {MorphRows} rows
   */
  function morph(old, fresh, rows) {
    if (old.isEqualNode(fresh)) {
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
    } else if (!old.matches(KEPT)) {
      adapt(old, fresh);
      (old.nodeName === 'TBODY' ? rows : morphChildren)(old, fresh, rows);
    }
  }

  // What another script has put there to be ticked or filled in stays, and so do tables with rows: what has become of
  // those is found out row by row, and none vanishes from under the pointer.
  /** @param {HTMLElement} node */
  function removeUnlessHeld(node) {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.matches(FIELDS) && !node.querySelector('tbody tr[data-object-id]')) {
      node.remove();
    }
  }

  /** Its elements, and texts and comments among them. @param {HTMLElement} element */
  function nodesOf(element) {
    return Array.from(/** @type {NodeListOf<HTMLElement>} */ (element.childNodes));
  }

  /** @param {HTMLElement} element */
  function childrenOf(element) {
    return Array.from(/** @type {HTMLCollectionOf<HTMLElement>} */ (element.children));
  }

  // What comes new is put before what stays: what has a key and stays is passed over by nothing else that looks like it.
  /** @param {HTMLElement} old @param {HTMLElement} fresh @param {MorphRows} rows */
  function morphChildren(old, fresh, rows) {
    const [left, wanted] = [old, fresh].map(nodesOf);
    const staying = new Set(wanted.map(keyOf).filter(Boolean));
    wanted.forEach(node => {
      const index = left.findIndex(one => isSame(one, node));
      if (index < 0 || left.slice(0, index).some(one => staying.has(keyOf(one)))) {
        old.insertBefore(node, left[0] || null);
        return;
      }
      const [same] = left.splice(index, 1);
      left.splice(0, index).forEach(removeUnlessHeld);
      morph(same, node, rows);
    });
    left.forEach(removeUnlessHeld);
  }

  /**
   * The rows of a table with their keys; one resource may have several rows. Rows without a resource have no key.
   * @returns {[string, HTMLElement][]}
   * @param {HTMLElement} body
   */
  function keyed(body) {
    const seen = new Map();
    return childrenOf(body).map(row => {
      const key = isRow(row) ? keyOf(row) : '';
      seen.set(key, (seen.get(key) || 0) + 1);
      return [key && key + ' ' + seen.get(key), row];
    });
  }

  /** The rows of a table by their keys; those that are struck left out. @param {HTMLElement} body */
  function rowsOf(body) {
    return new Map(keyed(body).filter(([key, row]) => key && !row.matches('.gbp-status-gone')));
  }

  /** @param {() => void} change */
  function keepingFocus(change) {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    change();
    if (active !== document.activeElement && document.contains(active)) {
      active.focus();
    }
  }

  /**
   * The row that the user points at, or in which the focus is, stays where it is on the screen.
   * @param {HTMLElement} scope
   * @param {() => void} change
   */
  function keepingPlace(scope, change) {
    const row = scope.querySelector('tbody tr:hover') || scope.querySelector('tbody tr:focus-within');
    const top = () => row.getBoundingClientRect().top;
    const before = row && top();
    change();
    if (row && row.isConnected) {
      window.scrollBy(0, top() - before);
    }
  }

  /**
   * Puts the rows in the order of the fresh ones, with the new ones among them.
   * @param {HTMLElement} old
   * @param {HTMLElement} fresh
   * @param {Map<string, HTMLElement>} known
   */
  function arrange(old, fresh, known) {
    let next = old.firstElementChild;
    keyed(fresh).forEach(([key, node]) => {
      const row = key && known.get(key) || node;
      if (row === next) {
        next = next.nextElementSibling;
      } else {
        old.insertBefore(row, next);
      }
    });
  }

  /**
   * Makes `old` what `fresh` is. New rows come, and rows are put in order, where `areRowsFree`; returns how many wait
   * elsewhere.
   */
  gbpStatus.morph = function (old, fresh, areRowsFree) {
    let waiting = 0;

    /** @param {HTMLElement} body @param {HTMLElement} freshBody */
    function morphRows(body, freshBody) {
      const known = rowsOf(body);
      const wanted = rowsOf(freshBody);
      known.forEach((row, key) => {
        const freshRow = wanted.get(key);
        if (freshRow) {
          morphChildren(row, freshRow, () => {});
        }
      });
      if (areRowsFree) {
        childrenOf(body).filter(row => !isRow(row)).forEach(row => { row.remove(); });
        arrange(body, freshBody, known);
      } else {
        waiting += Array.from(wanted.keys()).filter(key => !known.has(key)).length;
      }
    }

    keepingPlace(old, () => {
      keepingFocus(() => { morph(old, fresh, morphRows); });
    });
    return waiting;
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
