// SPDX-License-Identifier: Apache-2.0
// A tree of links (WAI-ARIA): one stop of the Tab key. Up and Down lead from one to the next, Right and Left into and out
// of what is in it, which they unfold and fold; Home and End to the first and the last; letters to what begins with them.
// Reads: data-gbp-status-tree (on the tree), role="treeitem", aria-owns (there: the group of what is in it), role="group".
// Writes tabindex and aria-expanded on items, and hidden on groups.
(function (gbpStatus) {
  'use strict';

  const ITEMS = '[role="treeitem"]';
  const GROUP = '[role="group"]';
  // For how long letters go on one word, in ms.
  const TYPING_MS = 500;

  /** @param {Heard} event @returns {HTMLElement} */
  function itemAt({target}) {
    return target.closest(ITEMS);
  }

  /** @param {HTMLElement} item */
  function wordsOf(item) {
    return (item.getAttribute('aria-label') || item.textContent).trim().toLowerCase();
  }

  /** What is the same after an update of the page, which brings new items. @param {HTMLElement} item */
  function nameOf(item) {
    return item.getAttribute('href') || wordsOf(item);
  }

  /** @param {HTMLElement} item */
  function isOpen(item) {
    return item.getAttribute('aria-expanded') === 'true';
  }

  /** @param {HTMLElement} item @returns {boolean} */
  function isShown(item) {
    const group = item.closest(GROUP);
    return !group || !group.hidden && isShown(/** @type {HTMLElement} */ (group.parentElement));
  }

  /** @param {HTMLElement} tree */
  function allOf(tree) {
    return Array.from(tree.querySelectorAll(ITEMS));
  }

  /** @param {HTMLElement} tree */
  function shownOf(tree) {
    return allOf(tree).filter(isShown);
  }

  /** The item that a group belongs to; null at the top. @param {HTMLElement} tree @param {HTMLElement} item */
  function parentOf(tree, item) {
    const group = item.closest(GROUP);
    return group && allOf(tree).find(one => one.getAttribute('aria-owns') === group.id) || null;
  }

  /**
   * The next item, after the one that has the focus and around, that begins with what was typed.
   * @param {HTMLElement[]} items
   * @param {HTMLElement} from
   * @param {string} typed
   */
  function beginning(items, from, typed) {
    const start = items.indexOf(from) + (typed.length > 1 ? 0 : 1);
    return items.slice(start).concat(items.slice(0, start)).find(one => wordsOf(one).startsWith(typed));
  }

  /** What the user has folded. @param {Document} document */
  function folds(document) {
    const folded = new Set();
    /** @param {HTMLElement} item @param {boolean} isFolded */
    function fold(item, isFolded) {
      item.setAttribute('aria-expanded', String(!isFolded));
      Object.assign(document.getElementById(item.getAttribute('aria-owns')) || {}, {hidden: isFolded});
      folded[isFolded ? 'add' : 'delete'](nameOf(item));
      return item;
    }

    return {fold, isFolded: (/** @type {HTMLElement} */ item) => folded.has(nameOf(item))};
  }

  /**
   * What letters lead to: those of one moment are one word. A blank begins none, and scrolls the page.
   * @param {Clock} clock
   */
  function typing(clock) {
    let typed = '';
    let typedAt = -Infinity;

    /** @param {Heard} event */
    function isLetter({key, ctrlKey, altKey, metaKey}) {
      return key.length === 1 && !(ctrlKey || altKey || metaKey) && (key !== ' ' || clock.now() - typedAt < TYPING_MS);
    }

    /** @param {Heard} event @param {HTMLElement} item @param {HTMLElement[]} items */
    return function (event, item, items) {
      if (!isLetter(event)) {
        return null;
      }
      typed = (clock.now() - typedAt < TYPING_MS ? typed : '') + event.key.toLowerCase();
      typedAt = clock.now();
      return beginning(items, item, typed);
    };
  }

  /** @param {string} key @param {HTMLElement} tree */
  function mirrored(key, tree) {
    const isMirrored = window.getComputedStyle(tree).direction === 'rtl';
    return isMirrored && {ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight'}[key] || key;
  }

  /** What is written is styled anew, and there are many. @param {HTMLElement[]} items @param {HTMLElement} chosen */
  function choose(items, chosen) {
    const stopOf = (/** @type {HTMLElement} */ one) => (one === chosen ? '0' : '-1');
    items.filter(one => one.getAttribute('tabindex') !== stopOf(one)).forEach(one => { one.tabIndex = Number(stopOf(one)); });
  }

  /**
   * {key: what it leads to, of (tree, item, the items that are shown)}.
   * @param {{fold: (item: HTMLElement, isFolded: boolean) => HTMLElement}} given
   */
  function movesOf({fold}) {
    /** @type {(by: number) => TreeMove} */
    const step = by => (tree, item, items) => items[items.indexOf(item) + by] || item;
    /** @type {Record<string, TreeMove | undefined>} */
    const moves = {
      ArrowDown: step(1),
      ArrowUp: step(-1),
      ArrowRight: (tree, item, items) => {
        const within = isOpen(item) ? step(1)(tree, item, items) : item;
        return item.getAttribute('aria-expanded') === 'false' ? fold(item, false) : within;
      },
      ArrowLeft: (tree, item) => (isOpen(item) ? fold(item, true) : parentOf(tree, item) || item),
      Home: (tree, item, items) => items[0],
      End: (tree, item, items) => items[items.length - 1]
    };
    return moves;
  }

  /** `page`: root, document, clock. */
  gbpStatus.tree = function ({root, document, clock}) {
    const {fold, isFolded} = folds(document);
    const moves = movesOf({fold});
    const type = typing(clock);
    // What had the focus last.
    /** @type {string | null} */
    let last = null;

    /** Makes each tree one stop, also one that has just come: where the user was last. Folds in it what the user has folded. */
    function settle() {
      gbpStatus.dom.findAll(root, 'tree').forEach(tree => {
        allOf(tree).filter(one => isOpen(one) && isFolded(one)).forEach(one => { fold(one, true); });
        const items = shownOf(tree);
        choose(allOf(tree), items.find(one => one.getAttribute('tabindex') === '0') || items.find(one => nameOf(one) === last) || items[0]);
      });
    }

    /** @param {Heard} event @param {HTMLElement} tree @param {HTMLElement} item */
    function next(event, tree, item) {
      const move = moves[mirrored(event.key, tree)];
      const isMove = move && !(event.ctrlKey || event.altKey || event.metaKey);
      return isMove ? move(tree, item, shownOf(tree)) : type(event, item, shownOf(tree));
    }

    root.addEventListener('keydown', event => {
      const item = itemAt(event);
      const tree = item && item.closest('[data-gbp-status-tree]');
      const found = tree && next(event, tree, item);
      if (found) {
        event.preventDefault();
        found.focus();
      }
    });
    root.addEventListener('focusin', event => {
      const item = itemAt(event);
      const tree = item && item.closest('[data-gbp-status-tree]');
      if (tree) {
        choose(allOf(tree), item);
        last = nameOf(item);
      }
    });
    return {settle};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
