// SPDX-License-Identifier: Apache-2.0
// Puts the parts together for one page, and passes them the browser's clock, network and document.
// Reads: data-gbp-status-interval (on .gbp-status, in ms), data-gbp-status-act (on buttons), .gbp-status-button.
(function ($, horizon) {
  'use strict';

  const gbpStatus = horizon.gbpStatus = horizon.gbpStatus || {};
  const INTERVAL = 2500;
  const ROOT = '[data-gbp-status-poll-url]';
  const POPOVER = '.popover';
  const DETAILS = '[data-gbp-status-part="details"]';

  const clock = {
    now: function () { return Date.now(); },
    later: function (task, delay) { return window.setTimeout(task, delay); },
    cancel: function (timer) { window.clearTimeout(timer); }
  };

  function fetch(url, options) {
    return window.fetch(url, options);
  }

  // A browser may forbid the storage; then pausing lasts as long as the page.
  function storage() {
    try {
      return window.sessionStorage;
    } catch (forbidden) {
      window.console.warn(forbidden.message);
      return {getItem: function () { return null; }, setItem: function () {}};
    }
  }

  function interval() {
    const root = document.querySelector(ROOT);
    return Number(root && root.dataset.gbpStatusInterval) || INTERVAL;
  }

  function base() {
    const live = gbpStatus.liveRegion(document);
    const transport = gbpStatus.transport(fetch, clock);
    const session = gbpStatus.session(document, window.location);
    const sightings = gbpStatus.sightings(clock);
    return {
      document: document, clock: clock, live: live, transport: transport, session: session, sightings: sightings,
      log: function (error) { window.console.error(error); }
    };
  }

  function withPopover(parts) {
    const why = gbpStatus.why(parts);
    const more = Object.assign({why: why, navigator: window.navigator}, parts);
    return Object.assign({popover: gbpStatus.popover(more), clipboard: gbpStatus.clipboard(more)}, more);
  }

  function withReading(parts) {
    const rows = gbpStatus.rows(document, clock);
    const apply = gbpStatus.answers(Object.assign({rows: rows}, parts));
    const more = {
      apply: apply,
      fragments: gbpStatus.fragments(parts),
      outages: gbpStatus.outages(document, clock, interval())
    };
    const whole = Object.assign(more, parts);
    return Object.assign({reading: gbpStatus.reading(whole)}, whole);
  }

  function poller(parts) {
    const show = gbpStatus.freshness(document, clock);
    return gbpStatus.poller({
      document: document,
      clock: clock,
      storage: storage(),
      schedule: gbpStatus.schedule(interval(), clock, Math.random),
      reading: parts.reading,
      report: function (state) { show(state, parts.outages.list()); }
    });
  }

  /** Makes the parts of one page: {popover, fragments, sightings, poller …}. */
  function build() {
    const parts = withReading(withPopover(base()));
    return Object.assign({poller: poller(parts)}, parts);
  }

  const acts = {
    pause: function (page) { page.poller.togglePause(); },
    refresh: function (page) { page.poller.poll(true); },
    retry: function (page, button) { page.fragments.retry(button); },
    close: function (page) { page.popover.dismiss(); },
    'copy-details': function (page, button) { page.clipboard($(button).closest(POPOVER).find(DETAILS).text(), button); },
    'copy-ticket': function (page, button) { page.clipboard(page.why.ticket(button.closest(POPOVER)), button); }
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
    }).on('mousedown', function (event) {
      pressedInside = page.popover.contains(event.target);
    }).on('click', function (event) {
      // Marking text in the popover may end outside of it.
      if (!pressedInside && !page.popover.contains(event.target)) {
        page.popover.close();
      }
      pressedInside = false;
    }).on('keydown', function (event) {
      if (event.key === 'Escape') {
        page.popover.dismiss();
      }
    });
    // Horizon's sidebar slides in and out after the window has changed.
    $(window).on('resize transitionend', page.popover.adjust);
  }

  function bindWaking(page) {
    document.addEventListener('visibilitychange', function () {
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
    const observer = new MutationObserver(function () { look(page); });
    observer.observe(document.getElementById('main_content') || document.body, {childList: true, subtree: true});
  }

  // A page out of the browser's cache shows what was true when it was first fetched.
  function isOld() {
    const entry = window.performance.getEntriesByType('navigation')[0];
    return Boolean(entry) && (entry.type === 'back_forward' || entry.transferSize === 0);
  }

  gbpStatus.init = function () {
    const page = build();
    [bindActs, bindPopover, bindWaking, observe, look].forEach(function (start) { start(page); });
    if (document.querySelector(ROOT) && isOld()) {
      page.poller.poll(true);
    }
  };

  horizon.addInitFunction(gbpStatus.init);
}(jQuery, horizon));
