// SPDX-License-Identifier: Apache-2.0
// Problems that the user has muted, with a reason, until they change or for some days: in this browser alone.
// Reads: data-gbp-status-muted-by (on the root: the user and the region); the badge's attributes (badges.js).
(function (gbpStatus) {
  'use strict';

  const DAY_MS = 24 * 3600000;
  /** @type {Record<string, number>} */
  const SPANS = {day: DAY_MS, week: 7 * DAY_MS};
  const MAX_MUTES = 500;
  const MAX_REASON_CHARACTERS = 200;
  // The last moment that a Date can be.
  const LAST_MS = 8.64e15;

  /** What a badge says that ends a mute when it changes. @param {HTMLElement} badge */
  function stateOf({dataset: {gbpStatus: status, gbpStatusDetails: details, gbpBelow: below}}) {
    return {status, details, below};
  }

  // What is not known says nothing of a change, nor does what is only as last stored.
  /** @param {MutedState} state @param {HTMLElement} badge */
  function hasChanged(state, badge) {
    const {status, details, below} = stateOf(badge);
    const isOther = status !== '' && !gbpStatus.badges.isStored(badge) && (status !== state.status || details !== state.details);
    return isOther || below !== undefined && state.below !== undefined && below !== state.below;
  }

  /** @param {unknown} value */
  function isText(value) {
    return typeof value === 'string';
  }

  /** @param {MutedState} state */
  function hasTexts(state) {
    return Boolean(state) && isText(state.status) && isText(state.details);
  }

  /** Anybody may have written there. @param {unknown} one */
  function isEntry(one) {
    const {reason, until, state} = /** @type {Mute} */ (one || {});
    const isWhole = until === null ? hasTexts(state) : Number.isFinite(until) && until <= LAST_MS;
    return isWhole && isText(reason) && reason.length <= MAX_REASON_CHARACTERS;
  }

  /** @param {string} text */
  function parsed(text) {
    try {
      const found = JSON.parse(text);
      return new Map(Object.entries(found || {}).filter(([, one]) => isEntry(one)).slice(-MAX_MUTES));
    } catch (garbage) {
      window.console.info(garbage.message);
      return new Map();
    }
  }

  /**
   * Muted resources, by their keys, as the browser's storage has them; other tabs write there, too.
   * @param {Store} storage
   * @param {string} name
   */
  function store(storage, name) {
    /** @type {string | null} */
    let text = null;
    let entries = new Map();

    function read() {
      try {
        const found = storage.getItem(name);
        if (found !== text) {
          text = found;
          entries = parsed(found || '{}');
        }
      } catch (denied) {
        window.console.info(denied.message);
      }
      return entries;
    }

    /**
     * Says whether the browser keeps it; without that it holds as long as the page.
     * @param {string} key
     * @param {Mute | null} entry
     */
    function write(key, entry) {
      read().delete(key);
      if (entry) {
        entries.set(key, entry);
      }
      const fresh = JSON.stringify(Object.fromEntries(Array.from(entries).slice(-MAX_MUTES)));
      try {
        storage.setItem(name, fresh);
        text = fresh;
        return true;
      } catch (full) {
        window.console.info(full.message);
        return false;
      }
    }

    return {read, write};
  }

  /** `page`: root, clock, time, localStorage. */
  gbpStatus.mutes = function ({root, clock, time, localStorage}) {
    const {badges} = gbpStatus;
    const kept = store(localStorage, 'gbp-status:muted:' + root.dataset.gbpStatusMutedBy);
    // The keys of those that the browser does not keep: it refused to, and took no later entry, with which it takes all.
    const lost = new Set();

    const now = () => clock.wall(clock.now());

    /** @param {HTMLElement} badge @param {Mute | null} entry */
    function write(badge, entry) {
      const key = badges.key(badge);
      if (kept.write(key, entry)) {
        lost.clear();
      } else {
        lost.add(key);
      }
    }

    /** The entry of a badge's resource; what has changed, or is over, is none any more. @param {HTMLElement} badge */
    function entryOf(badge) {
      const entry = kept.read().get(badges.key(badge));
      const isOver = Boolean(entry) && (entry.until === null ? hasChanged(entry.state, badge) : entry.until <= now());
      if (isOver) {
        write(badge, null);
      }
      return isOver ? null : entry || null;
    }

    /** What to say where the browser does not keep a badge's; else ''. @param {HTMLElement} badge */
    function lostWords(badge) {
      const isLost = lost.has(badges.key(badge));
      return isLost ? gettext('The browser does not keep this: it is muted until you leave this page.') : '';
    }

    /** Until when a badge's resource is muted, and why; '' where it is not. @param {HTMLElement} badge */
    function words(badge) {
      const entry = entryOf(badge);
      if (entry === null) {
        return '';
      }
      const until = entry.until === null ? gettext('until it changes') : interpolate(gettext('until %s'), [time.minutes(entry.until)]);
      const values = {reason: entry.reason || gettext('no reason given'), until};
      return [interpolate(gettext('Muted %(until)s: %(reason)s'), values, true), lostWords(badge)].filter(Boolean).join(' ');
    }

    /**
     * Mutes a badge's resource: for a span, or until it changes.
     * @param {HTMLElement} badge
     * @param {string} reason
     * @param {string} span
     */
    function set(badge, reason, span) {
      const until = span in SPANS ? now() + SPANS[span] : null;
      write(badge, {reason: reason.trim().slice(0, MAX_REASON_CHARACTERS), until, state: stateOf(badge)});
    }

    return {
      set,
      unset: badge => write(badge, null),
      words,
      lostWords,
      /** Whether a badge's resource is muted by itself, not with its line. */
      isMutedItself: badge => entryOf(badge) !== null,
      /** Whether it is by itself, or with the line in which it stands. */
      isMuted: badge => [badge, gbpStatus.problemLines.headOf(badge)].some(one => one && entryOf(one) !== null)
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
