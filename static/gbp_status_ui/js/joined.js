// SPDX-License-Identifier: Apache-2.0
// Marks the cells of the map that a rule set joins with the one that is pointed at, or has the focus, and says it in words.
// Reads: data-gbp-status-rule-sets (on the tree: the names of rule sets by number), data-gbp-status-cell (on a cell: its
// name), data-gbp-status-provided, data-gbp-status-consumed (there: numbers of rule sets), data-gbp-status-ways (there: how
// many ways there are in all; absent where nothing is said of none), data-gbp-status-joined-words (where the words stand).
// Writes the title of a cell that is looked at, and data-gbp-status-joined on cells: what they do with the rule sets, "provides", "consumes" or "both".
(function (gbpStatus) {
  'use strict';

  const CELL = '[data-gbp-status-cell]';
  const FRAGMENT = '[data-gbp-status-fragment]';
  // So many others are named; more are counted.
  const MAX_NAMED_GROUPS = 8;

  /** @param {HTMLElement} cell @param {string} role */
  function setsOf(cell, role) {
    const text = cell.dataset['gbpStatus' + role];
    return text ? text.split(' ') : [];
  }

  /**
   * [{cell, sets}] of the others that do with a rule set what `theirs` says, and the cell what `own` does.
   * @param {HTMLElement[]} cells
   * @param {HTMLElement} cell
   * @param {string} own
   * @param {string} theirs
   */
  function partners(cells, cell, own, theirs) {
    const wanted = new Set(setsOf(cell, own));
    return cells.filter(one => one !== cell && !(isOutside(one) && isOutside(cell)))
      .map(one => ({cell: one, sets: setsOf(one, theirs).filter(set => wanted.has(set))}))
      .filter(({sets}) => sets.length);
  }

  /** @param {HTMLElement} cell */
  function isOutside(cell) {
    return Boolean(cell.closest('.gbp-status-outside'));
  }

  /**
   * "db (web, dns), cache and 3 more": the others, and the rule sets that join them.
   * @param {Partner[]} others
   * @param {string[]} names
   */
  function named(others, names) {
    const texts = others.slice(0, MAX_NAMED_GROUPS).map(({cell, sets}) => {
      const by = sets.map(set => names[Number(set)]).filter(Boolean).join(gettext(', '));
      return cell.dataset.gbpStatusCell + (by && ' (' + by + ')');
    });
    const more = others.length - texts.length;
    return texts.join(gettext(', ')) + (more ? ' ' + interpolate(ngettext('and %s more', 'and %s more', more), [more]) : '');
  }

  /**
   * What is said of a cell: [sentence].
   * @param {HTMLElement} cell
   * @param {Partner[]} providers
   * @param {Partner[]} consumers
   * @param {string[]} names
   */
  function sentences(cell, providers, consumers, names) {
    const {gbpStatusCell: name, gbpStatusWays: ways} = cell.dataset;
    const drawn = providers.concat(consumers).reduce((sum, {sets}) => sum + sets.length, 0);
    const hidden = Number(ways || 0) - drawn;
    const say = (/** @type {string} */ text, values = {}) => interpolate(text, {name, ...values}, true);
    return [
      ways === '0' && say(gettext('No rule set joins %(name)s with another group here.')),
      providers.length && say(gettext('%(name)s consumes what these provide: %(others)s.'), {others: named(providers, names)}),
      consumers.length && say(gettext('%(name)s provides what these consume: %(others)s.'), {others: named(consumers, names)}),
      hidden > 0 && interpolate(ngettext('%s way leads to what has no cell here.', '%s ways lead to what has no cell here.', hidden), [hidden])
    ].filter(Boolean);
  }

  /** `page`: root, document. */
  gbpStatus.joined = function ({root, document}) {
    const {find, findAll} = gbpStatus.dom;
    /** @type {HTMLElement[]} */
    let marked = [];
    // The cell that is looked at: pointed at last, or with the focus.
    /** @type {HTMLElement | null} */
    let shown = null;

    /** As a text node's data, which is no change of the page that its observer looks at. @param {string} text */
    function write(text) {
      const place = find(root, 'joined-words');
      if (place && !place.firstChild) {
        place.append('');
      }
      if (place) {
        place.firstChild.data = text;
      }
    }

    /** @param {Partner[]} others @param {string} what */
    function mark(others, what) {
      others.forEach(({cell}) => {
        const before = cell.dataset.gbpStatusJoined;
        cell.dataset.gbpStatusJoined = before && before !== what ? 'both' : what;
        marked.push(cell);
      });
    }

    function hide() {
      marked.forEach(cell => { delete cell.dataset.gbpStatusJoined; });
      marked = [];
      shown = null;
      write('');
    }

    /** Shows what a cell is joined with; nothing without one. @param {HTMLElement | null} cell */
    function show(cell) {
      hide();
      if (cell === null) {
        return;
      }
      const names = JSON.parse(find(root, 'rule-sets').dataset.gbpStatusRuleSets);
      const cells = findAll(root, 'cell');
      // What is heard is seen, too: once it is looked at, since thousands are not.
      cell.title = cell.getAttribute('aria-label');
      const providers = partners(cells, cell, 'Consumed', 'Provided');
      const consumers = partners(cells, cell, 'Provided', 'Consumed');
      shown = cell;
      mark(providers, 'provides');
      mark(consumers, 'consumes');
      write(sentences(cell, providers, consumers, names).join(' '));
    }

    /** @param {Heard} event */
    function look({target}) {
      const cell = target.closest(CELL);
      if (cell && cell !== shown) {
        show(cell);
      }
    }

    // The pointer reaches the words by a way over the map, between cells. What has the focus is shown again once it is gone.
    /** @param {Heard} event */
    function leave({type, target, relatedTarget: next}) {
      const fragment = target.closest(FRAGMENT);
      const isKept = next && (type === 'focusout' ? next.closest(CELL) : fragment && fragment.contains(next));
      const focused = document.activeElement && document.activeElement.closest(CELL);
      if (shown && fragment && !isKept) {
        show(focused);
      }
    }

    /** A map that has come anew has another cell of the same group, or none. */
    function settle() {
      const old = shown;
      if (old && !old.isConnected) {
        show(findAll(root, 'cell').find(cell => cell.getAttribute('href') === old.getAttribute('href')) || null);
      }
    }

    ['pointerover', 'focusin'].forEach(name => root.addEventListener(name, look));
    ['pointerout', 'focusout'].forEach(name => root.addEventListener(name, leave));
    document.addEventListener('keydown', ({key}) => key === 'Escape' && shown && hide());
    return {settle};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
