// SPDX-License-Identifier: Apache-2.0
// Puts one page together, and passes them the browser's clock, network and document. Each factory is called with
// all that it uses, and uses nothing else of a page.
// Reads: data-gbp-status-poll-url (on the root, .gbp-status), data-gbp-status-interval (there, in ms),
// data-gbp-status-heartbeat (there, in seconds), data-gbp-status-not-before (there: from when on what the page has read
// counts), data-gbp-status-stored (beside a badge: the status may be old).
(function (gbpStatus, $) {
  'use strict';

  // For how long a round retries while nothing new comes. What GBP does not answer the server itself calls failed; statuses
  // that cost GBP much may take minutes.
  const GIVE_UP_AFTER_MS = 10 * 60000;

  function refuse() {
    throw new Error('no storage');
  }

  /** Makes the parts of one page; returns those that the rest of this file calls. @param {HTMLElement} root */
  function build(root) {
    const clock = gbpStatus.clock({window});
    const storage = gbpStatus.storage(window, 'sessionStorage', () => {});
    const localStorage = gbpStatus.storage(window, 'localStorage', refuse);
    const interval = Number(root.dataset.gbpStatusInterval);
    const heartbeat = 1000 * Number(root.dataset.gbpStatusHeartbeat || 0);

    // What leads through the page by keys, and what changes with what is looked at.
    const keys = [gbpStatus.toolbars({root, document}), gbpStatus.tree({root, document, clock}), gbpStatus.joined({root, document})];

    // What the page says: times, what is muted, what is announced.
    const time = gbpStatus.time({root, clock});
    const since = gbpStatus.since({root, clock, time});
    const mutes = gbpStatus.mutes({root, clock, time, localStorage});
    const liveRegion = gbpStatus.liveRegion({root});
    const mutedLines = gbpStatus.mutedLines({root, mutes, liveRegion});
    const title = gbpStatus.title({root, document, mutes});
    const notifications = gbpStatus.notifications({window, document, storage, title});
    const clipboard = gbpStatus.clipboard({window, document, clock, liveRegion});

    // The popover, and what it asks of the server.
    const transport = gbpStatus.transport({root, window, clock});
    const session = gbpStatus.session({root, window});
    const explanation = gbpStatus.explanation({clock, transport, session});
    const muteForm = gbpStatus.muteForm({mutes});
    const popoverTexts = gbpStatus.popoverTexts({since, muteForm});
    const popover = gbpStatus.popover({root, popoverTexts, explanation});

    // What reads statuses, lists and fragments of the page, and shows them.
    const rowNotes = gbpStatus.rowNotes({root, clock});
    const renames = gbpStatus.renames({root, document, title});
    const followed = gbpStatus.followed({root});
    const answers = gbpStatus.answers({root, rowNotes, followed, renames, since, popover});
    const outages = gbpStatus.outages({root, clock, interval});
    const beneath = gbpStatus.beneath({root, outages});
    const schedule = gbpStatus.schedule({root, clock, interval, heartbeat});
    const fragmentSwap = gbpStatus.fragmentSwap({root, clock, time, outages, followed, answers});
    const fragments = gbpStatus.fragments({root, clock, outages, schedule, fragmentSwap});
    const pollRequest = gbpStatus.pollRequest({root, clock, outages, beneath, answers});
    const list = gbpStatus.list({root, window, document, clock, time, since, answers, pollRequest, outages, beneath});

    // What decides when to read, and says how fresh the page is.
    const readAgain = () => poller.poll('confirm');
    const confirmedChanges = gbpStatus.confirmedChanges({root, clock, liveRegion, mutes, outages, notifications, readAgain});
    const scopes = gbpStatus.scopes({root, schedule, outages, beneath, followed, list, fragments, confirmedChanges});
    const rounds = gbpStatus.rounds({
      root, window, clock, transport, session, since, scopes, beneath, pollRequest, list, fragments, liveRegion, confirmedChanges,
      giveUpAfter: GIVE_UP_AFTER_MS
    });
    const agenda = gbpStatus.agenda({document, clock, schedule, rounds});
    const failures = gbpStatus.failures({root, time});
    const freshness = gbpStatus.freshness({root, document, clock, time, failures, title, notifications, list});
    const poller = gbpStatus.poller({document, storage, clock, heartbeat, rounds, agenda, freshness, outages, notifications});

    // What the user does.
    gbpStatus.acts({root, document, poller, notifications, popover, muteForm, mutedLines, clipboard, explanation});
    gbpStatus.popoverEvents({root, window, document, clock, popover});
    if (list.isThere()) {
      outages.noteAll(gbpStatus.unread.kinds(root), -Infinity);
    }
    return {root, keys, time, since, mutedLines, popover, rounds, poller};
  }

  /** @param {Built} page */
  function bindWaking({poller}) {
    $(document).on('visibilitychange', () => {
      poller[document.hidden ? 'sleep' : 'wake']();
    });
    $(window).on('online', () => { poller.wake(); }).on('pageshow', ({originalEvent}) => {
      // Out of the browser's memory: the page stands as it was left.
      if (originalEvent.persisted) {
        poller.wake();
      }
    });
  }

  /** Whatever changes the page, be it a fragment that has come or another script, is seen here. @param {Built} page */
  function observe({root, keys, time, since, mutedLines, popover, poller}) {
    function look() {
      time.rewrite(root);
      since.rewrite(root);
      mutedLines.rewrite();
      keys.forEach(one => { one.settle(); });
      popover.follow();
      poller.pageChanged();
    }

    // What the strip says follows from such a look, and is no reason for another.
    const strip = gbpStatus.dom.find(root, 'strip');
    const isElsewhere = (/** @type {MutationRecord} */ {target}) => !strip.contains(target);
    new MutationObserver(changes => changes.some(isElsewhere) && look()).observe(root, {childList: true, subtree: true});
    look();
    since.count(() => {
      since.rewrite(root);
      popover.refresh();
    });
  }

  // A page out of the browser's cache shows what was true when it was first fetched.
  function isOld() {
    const [entry] = window.performance.getEntriesByType('navigation');
    const {type, transferSize} = /** @type {Partial<PerformanceNavigationTiming>} */ (entry || {});
    return type === 'back_forward' || transferSize === 0;
  }

  /** @param {HTMLElement} root */
  function start(root) {
    const page = build(root);
    bindWaking(page);
    observe(page);
    if (gbpStatus.dom.find(root, 'stored')) {
      // What another plugin lists of service chains is only as last stored; what other users have fetched may be, too.
      page.poller.poll('whole');
    } else if (isOld()) {
      page.poller.poll('list');
    } else if (page.rounds.isIncomplete()) {
      page.poller.poll('missing', root.dataset.gbpStatusNotBefore);
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
