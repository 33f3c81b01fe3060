// SPDX-License-Identifier: Apache-2.0
// Puts the parts together for one page, and passes them the browser's clock, network and document.
// Reads: data-gbp-status-poll-url (on the root, .gbp-status), data-gbp-status-interval (there, in ms),
// data-gbp-status-not-before (there: from when on what the page has read counts), data-gbp-status-act (on buttons), data-gbp-status-details (on the badge), data-gbp-status-dn (a button's name in the fabric), data-gbp-status-stored (beside it: the
// status may be old).
(function (gbpStatus, $) {
  'use strict';

  const BADGE = '.gbp-status-badge';
  const SLIDE_MS = 500;
  // For how long to come back while nothing new comes, in ms. What GBP does not answer the server itself calls failed;
  // statuses that cost GBP much may take minutes.
  const GIVE_UP_AFTER = 10 * 60000;
  // Each is made from those before it.
  const PARTS = [
    'time', 'liveRegion', 'toolbars', 'tree', 'joined', 'transport', 'session', 'since', 'mutes', 'mutedLines', 'muteForm', 'clipboard', 'explanation', 'popoverTexts', 'popover', 'rowNotes', 'title', 'renames', 'followed', 'outages', 'beneath',
    'schedule', 'answers', 'parts', 'fragments', 'statuses', 'list', 'notifications', 'confirmedChanges', 'scopes', 'rounds', 'agenda', 'failures', 'freshness', 'poller'
  ];

  const clock = {
    // Monotonic, in ms: what the user, or a time server, does to the time of day changes no delay and no age.
    now: () => window.performance.now(),
    /** The time of day at a moment of now(), in ms since 1970. */
    wall: at => Date.now() - window.performance.now() + at,
    later: (task, delay) => window.setTimeout(task, delay),
    cancel: timer => window.clearTimeout(timer)
  };

  // A browser may forbid a storage, or have none; then what is kept there lasts as long as the page.
  function storage(name, setItem) {
    try {
      window[name].getItem('');
      return window[name];
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: () => null, setItem};
    }
  }

  function refuse() {
    throw new Error('no storage');
  }

  /** The parts of one page, by their names. */
  function build(root) {
    const page = {root, window, document, clock, interval: Number(root.dataset.gbpStatusInterval)};
    page.storage = storage('sessionStorage', () => {});
    page.localStorage = storage('localStorage', refuse);
    page.heartbeat = 1000 * Number(root.dataset.gbpStatusHeartbeat || 0);
    page.giveUpAfter = GIVE_UP_AFTER;
    PARTS.forEach(part => { page[part] = gbpStatus[part](page); });
    if (page.list.isThere()) {
      page.outages.noteAll(gbpStatus.unread.kinds(root), -Infinity);
    }
    return page;
  }

  // The focus goes back to the badge, or where its line is put aside to what shows it again.
  function putAside({root, mutedLines, popover}, button) {
    const {find} = gbpStatus.dom;
    const badge = button.closest(BADGE);
    const [reason, until] = ['reason', 'until'].map(name => find(button.closest('.popover'), name).value);
    popover.dismiss();
    mutedLines.set(badge, reason, until);
    if (!badge.offsetParent) {
      find(root, 'act="muted"').focus();
    }
  }

  const acts = {
    pause: page => page.poller.togglePause(),
    refresh: page => page.poller.poll('whole'),
    show: page => page.poller.poll('whole'),
    notify: page => page.notifications.toggle().then(page.poller.pageChanged),
    close: page => page.popover.dismiss(),
    mute: ({muteForm, popover}, button) => {
      const tip = button.closest('.popover');
      muteForm.ask(tip);
      popover.reposition();
      gbpStatus.dom.find(tip, 'mute').scrollIntoView({block: 'nearest'});
    },
    'mute-save': putAside,
    unmute: ({mutedLines, popover}, button) => {
      mutedLines.unset(button);
      popover.refresh();
    },
    muted: ({mutedLines}) => mutedLines.toggle(),
    'copy-name': ({clipboard}, button) => clipboard(button.dataset.gbpStatusDn, button),
    'copy-details': ({clipboard}, button) => clipboard(button.closest(BADGE).dataset.gbpStatusDetails, button),
    'copy-ticket': ({clipboard, explanation}, button) => clipboard(explanation.ticket(button.closest('.popover')), button)
  };

  function bindActs(page) {
    $(document).on('click', '[data-gbp-status-act]', function () {
      acts[this.dataset.gbpStatusAct](page, this);
    });
  }

  /** Whether a key is pressed that is not for what writes Japanese or Chinese, say. */
  function isPressed({key, originalEvent}, wanted) {
    return key === wanted && !originalEvent.isComposing;
  }

  function bindPopover({root, popover}) {
    let pressedInside = false;
    $(document).on('click', '.gbp-status-button', function () {
      popover.toggle(this.closest(BADGE));
    }).on('mousedown', event => {
      pressedInside = popover.contains(event.target);
    }).on('click', event => {
      // Marking text in the popover may end outside of it.
      if (!pressedInside) {
        popover.leave(event.target);
      }
      pressedInside = false;
    }).on('focusin', event => {
      popover.leave(event.target);
    }).on('keydown', event => {
      if (isPressed(event, 'Escape')) {
        popover.dismiss();
      }
    }).on('keydown', '[data-gbp-status-reason]', event => {
      // Horizon's tables are forms, which would be sent.
      if (isPressed(event, 'Enter')) {
        event.preventDefault();
        gbpStatus.dom.find(event.target.closest('.popover'), 'act="mute-save"').click();
      }
    });
    new ResizeObserver(popover.follow).observe(root);
    $(window).on('resize', () => {
      popover.reposition();
      // Horizon's sidebar slides in and out after the window has changed.
      clock.later(popover.reposition, SLIDE_MS);
    });
  }

  function bindWaking({poller}) {
    $(document).on('visibilitychange', () => {
      poller[document.hidden ? 'sleep' : 'wake']();
    });
    $(window).on('online', poller.wake).on('pageshow', ({originalEvent}) => {
      // Out of the browser's memory: the page stands as it was left.
      if (originalEvent.persisted) {
        poller.wake();
      }
    });
  }

  // Whatever changes the page, be it a part that has come or another script, is seen here.
  function observe({root, time, toolbars, tree, joined, since, mutedLines, popover, poller}) {
    function look() {
      time.rewrite(root);
      since.rewrite(root);
      mutedLines.rewrite();
      toolbars.settle();
      tree.settle();
      joined.settle();
      popover.follow();
      poller.pageChanged();
    }

    // What the strip says follows from such a look, and is no reason for another.
    const strip = gbpStatus.dom.find(root, 'strip');
    const isElsewhere = ({target}) => !strip.contains(target);
    new MutationObserver(changes => changes.some(isElsewhere) && look()).observe(root, {childList: true, subtree: true});
    look();
    since.count(() => {
      since.rewrite(root);
      popover.refresh();
    });
  }

  // A page out of the browser's cache shows what was true when it was first fetched.
  function isOld() {
    const {type, transferSize} = window.performance.getEntriesByType('navigation')[0] || {};
    return type === 'back_forward' || transferSize === 0;
  }

  function start(root) {
    const page = build(root);
    [bindActs, bindPopover, bindWaking, observe].forEach(bind => { bind(page); });
    if (gbpStatus.dom.find(root, 'stored')) {
      // What another plugin lists of service chains is only as last stored; what other users have fetched may be, too.
      page.poller.poll('whole');
    } else if (isOld()) {
      page.poller.poll('list');
    } else if (page.rounds.isIncomplete()) {
      page.poller.poll('rest', root.dataset.gbpStatusNotBefore);
    }
  }

  horizon.addInitFunction(() => {
    const own = gbpStatus.dom.find(document, 'poll-url');
    const host = own ? null : gbpStatus.host.unfold(document);
    if (own) {
      start(own);
    } else if (host) {
      gbpStatus.host.whenFilled(host, start);
    }
  });
}(horizon.gbpStatus = horizon.gbpStatus || {}, jQuery));
