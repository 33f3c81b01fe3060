// SPDX-License-Identifier: Apache-2.0
// Toolbars: each is one stop of the Tab key, and the arrow keys lead to what is in it. Menus close when they are left.
// Reads: data-gbp-status-toolbar (a toolbar), data-gbp-status-menu (a <details> with a list of links).
(function (gbpStatus) {
  'use strict';

  const ITEMS = 'a[href], button, input:not([type="hidden"]), summary';
  /** @type {Record<string, number>} */
  const STEPS = {ArrowRight: 1, ArrowLeft: -1};

  /** @param {Element} one */
  function isShown(one) {
    return one.getClientRects().length > 0;
  }

  /** What the arrow keys lead to; the links of a menu are in the menu. @param {HTMLElement} bar */
  function itemsOf(bar) {
    return Array.from(bar.querySelectorAll(ITEMS)).filter(one => !one.closest('details > ul') && isShown(one));
  }

  /** Within a text the arrow keys move the cursor. @param {Partial<HTMLInputElement>} field @param {number} step */
  function isWithinText({selectionStart, selectionEnd, value = ''}, step) {
    return typeof selectionStart === 'number' && (selectionStart !== selectionEnd || selectionEnd !== (step > 0 ? value.length : 0));
  }

  // With another key an arrow is for the browser: Alt and Left, say, lead to the page before.
  /** @param {Heard} event @param {Element} bar */
  function stepOf({key, altKey, ctrlKey, metaKey, shiftKey}, bar) {
    const step = !(altKey || ctrlKey || metaKey || shiftKey) && STEPS[key] || 0;
    return window.getComputedStyle(bar).direction === 'rtl' ? -step : step;
  }

  /** `page`: root, document. */
  gbpStatus.toolbars = function ({root, document}) {
    const {findAll} = gbpStatus.dom;

    /** @param {HTMLElement[]} items @param {HTMLElement} chosen */
    function choose(items, chosen) {
      items.forEach(one => { one.tabIndex = one === chosen ? 0 : -1; });
    }

    /** Makes each toolbar one stop, also one that has just come: where the user was last, else at what is chosen. */
    function settle() {
      findAll(root, 'toolbar').forEach(bar => {
        const items = itemsOf(bar);
        const last = items.filter(one => one.getAttribute('tabindex') === '0');
        choose(items, last.length === 1 ? last[0] : items.find(one => one.hasAttribute('aria-current')) || items[0]);
      });
    }

    /** @param {Heard} event */
    function move(event) {
      const bar = event.target.closest('[data-gbp-status-toolbar]');
      const step = bar ? stepOf(event, bar) : 0;
      const items = step ? itemsOf(bar) : [];
      const next = items[items.indexOf(event.target) + step];
      if (items.includes(event.target) && next && !isWithinText(event.target, step)) {
        event.preventDefault();
        next.focus();
      }
    }

    /** @param {(menu: HTMLElement) => boolean} isKept */
    function closeMenus(isKept) {
      findAll(root, 'menu').filter(menu => menu.open && !isKept(menu)).forEach(menu => { menu.open = false; });
    }

    /** @param {Heard} event */
    function leave({target}) {
      closeMenus(menu => menu.contains(target));
    }

    function escape() {
      const menu = document.activeElement && document.activeElement.closest('[data-gbp-status-menu][open]');
      if (menu) {
        menu.querySelector('summary').focus();
      }
      closeMenus(() => false);
    }

    root.addEventListener('keydown', event => (event.key === 'Escape' ? escape() : move(event)));
    root.addEventListener('focusin', ({target}) => {
      const bar = target.closest('[data-gbp-status-toolbar]');
      const items = bar ? itemsOf(bar) : [];
      if (items.includes(target)) {
        choose(items, target);
      }
    });
    ['click', 'focusin'].forEach(name => { document.addEventListener(name, leave); });
    return {settle};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
