// SPDX-License-Identifier: Apache-2.0
// Puts the parts together for one page, and passes them the browser's clock, network and document.
// Reads: data-gbp-status-interval (on .gbp-status, in ms), data-gbp-status-act (on buttons), .gbp-status-button.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const INTERVAL = 2500;
  const ROOT = '[data-gbp-status-poll-url]';
  const SLIDE = 500;
  const POPOVER = '.popover';
  const DETAILS = '[data-gbp-status-part="details"]';

  const clock = {
    now: () => Date.now(),
    later: (task, delay) => window.setTimeout(task, delay),
    cancel: timer => window.clearTimeout(timer)
  };

  // A browser may forbid the storage; then pausing lasts as long as the page.
  function storage() {
    try {
      return window.sessionStorage;
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: () => null, setItem: () => {}};
    }
  }

  function interval() {
    const root = document.querySelector(ROOT);
    return Number(root && root.dataset.gbpStatusInterval) || INTERVAL;
  }

  /** The parts of one page; each is made from those above it. */
  function build() {
    const page = {document, clock, navigator: window.navigator, log: error => window.console.error(error)};
    page.live = gbpStatus.liveRegion(document);
    page.transport = gbpStatus.transport((url, options) => window.fetch(url, options), clock);
    page.session = gbpStatus.session(document, window.location);
    page.sightings = gbpStatus.sightings(clock);
    page.clipboard = gbpStatus.clipboard(page);
    page.why = gbpStatus.why(page);
    page.popover = gbpStatus.popover(page);
    page.rows = gbpStatus.rows(document, clock);
    page.apply = gbpStatus.answers(page);
    page.fragments = gbpStatus.fragments(page);
    page.outages = gbpStatus.outages(document, clock, interval());
    page.reading = gbpStatus.reading(page);
    return addPoller(page);
  }

  function addPoller(page) {
    const show = gbpStatus.freshness(document, clock);
    page.storage = storage();
    page.schedule = gbpStatus.schedule(interval(), clock, Math.random);
    page.report = state => show(state, page.outages.list());
    page.poller = gbpStatus.poller(page);
    return page;
  }

  const acts = {
    pause: page => page.poller.togglePause(),
    refresh: page => page.poller.poll(true),
    retry: (page, button) => page.fragments.retry(button),
    close: page => page.popover.dismiss(),
    'copy-details': (page, button) => page.clipboard($(button).closest(POPOVER).find(DETAILS).text(), button),
    'copy-ticket': (page, button) => page.clipboard(page.why.ticket(button.closest(POPOVER)), button)
  };

  function bindActs(page) {
    $(document).on('click', '[data-gbp-status-act]', function () {
      acts[this.dataset.gbpStatusAct](page, this);
    });
  }

  function bindPopover(page) {
    let pressedInside = false;
    $(document).on('click', '.gbp-status-button', function () {
      page.popover.toggle(this.closest('.gbp-status-badge'));
    }).on('mousedown', event => {
      pressedInside = page.popover.contains(event.target);
    }).on('click', event => {
      // Marking text in the popover may end outside of it.
      if (!pressedInside && !page.popover.contains(event.target)) {
        page.popover.close();
      }
      pressedInside = false;
    }).on('keydown', event => {
      if (event.key === 'Escape') {
        page.popover.dismiss();
      }
    });
    $(window).on('resize', () => {
      page.popover.adjust();
      // Horizon's sidebar slides in and out after the window has changed.
      clock.later(page.popover.adjust, SLIDE);
    });
  }

  function bindWaking(page) {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        page.poller.sleep();
      } else {
        page.poller.wake();
      }
    });
    $(window).on('online', page.poller.wake);
  }

  function look(page) {
    gbpStatus.badges.all(document).forEach(page.sightings.see);
    page.popover.prune();
    page.fragments.loadNew();
    if (document.querySelector(ROOT)) {
      page.poller.notice();
    }
  }

  // Horizon loads tabs and replaces rows by itself; what comes in that way is seen here.
  function observe(page) {
    const observer = new MutationObserver(() => { look(page); });
    observer.observe(document.getElementById('main_content') || document.body, {childList: true, subtree: true});
  }

  // A page out of the browser's cache shows what was true when it was first fetched.
  function isOld() {
    const entry = window.performance.getEntriesByType('navigation')[0];
    return Boolean(entry) && (entry.type === 'back_forward' || entry.transferSize === 0);
  }

  gbpStatus.init = function () {
    const page = build();
    [bindActs, bindPopover, bindWaking, observe, look].forEach(start => { start(page); });
    if (document.querySelector(ROOT) && isOld()) {
      page.poller.poll(true);
    }
  };

  horizon.addInitFunction(gbpStatus.init);
}(jQuery, horizon));
