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
    'time', 'live', 'toolbars', 'transport', 'session', 'since', 'clipboard', 'why', 'texts', 'popover', 'rows', 'names', 'outages', 'beneath',
    'schedule', 'answers', 'parts', 'fragments', 'statuses', 'list', 'notifications', 'telling', 'scopes', 'rounds', 'agenda', 'failures', 'freshness', 'poller'
  ];

  const clock = {
    // Monotonic, in ms: what the user, or a time server, does to the time of day changes no delay and no age.
    now: () => window.performance.now(),
    /** The time of day at a moment of now(), in ms since 1970. */
    wall: at => Date.now() - window.performance.now() + at,
    later: (task, delay) => window.setTimeout(task, delay),
    cancel: timer => window.clearTimeout(timer)
  };

  // A browser may forbid the storage, or have none; then pausing lasts as long as the page.
  function storage() {
    try {
      window.sessionStorage.getItem('');
      return window.sessionStorage;
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: () => null, setItem: () => {}};
    }
  }

  /** The parts of one page, by their names. */
  function build(root) {
    const page = {root, window, document, clock, storage: storage(), interval: Number(root.dataset.gbpStatusInterval)};
    page.heartbeat = 1000 * Number(root.dataset.gbpStatusHeartbeat || 0);
    page.giveUpAfter = GIVE_UP_AFTER;
    PARTS.forEach(part => { page[part] = gbpStatus[part](page); });
    if (page.list.isThere()) {
      page.outages.noteAll(gbpStatus.unread(root), -Infinity);
    }
    return page;
  }

  const acts = {
    pause: page => page.poller.togglePause(),
    refresh: page => page.poller.poll('whole'),
    show: page => page.poller.poll('whole'),
    notify: page => page.notifications.toggle().then(page.poller.pageChanged),
    close: page => page.popover.dismiss(),
    'copy-name': ({clipboard}, button) => clipboard(button.dataset.gbpStatusDn, button),
    'copy-details': ({clipboard}, button) => clipboard(button.closest(BADGE).dataset.gbpStatusDetails, button),
    'copy-ticket': ({clipboard, why}, button) => clipboard(why.ticket(button.closest('.popover')), button)
  };

  function bindActs(page) {
    $(document).on('click', '[data-gbp-status-act]', function () {
      acts[this.dataset.gbpStatusAct](page, this);
    });
  }

  function bindPopover({popover}) {
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
      if (event.key === 'Escape') {
        popover.dismiss();
      }
    });
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
  function observe({root, time, toolbars, since, popover, poller}) {
    function look() {
      time.rewrite(root);
      since.rewrite(root);
      toolbars.settle();
      popover.prune();
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
