# SPDX-License-Identifier: Apache-2.0
"""A page of the panel as a test uses it: open it, let its time pass, and look at what it shows and has asked for."""

import datetime

from playwright.sync_api import expect

NOON = datetime.datetime(2026, 3, 2, 12, 0, 0, tzinfo=datetime.timezone.utc)
#: Longer than the longest delay between two polls, jitter and failures included.
LONGER_THAN_ANY_DELAY_MS = 75_000
#: Time is let pass in small steps until there is a request: its time limit must not pass along with it.
STEPS = [500] * 6 + [2500] * (LONGER_THAN_ANY_DELAY_MS // 2500)
#: A change is seen by the first poll that begins after it.
POLLS = 5
GROUPS = '?tab=gbp_status_tabs__groups'
L3_POLICIES = '?tab=gbp_status_tabs__l3_policies'
CHAINS = '?tab=gbp_status_tabs__service_chains'
OTHER = '?tab=gbp_status_tabs__other'
OVERVIEW = '?tab=gbp_status_tabs__overview'
POLL = '/statuses/?'


class Board:
    def __init__(self, page, url, panel='project/gbp_status/'):
        self.page = page
        self.url = url
        self.panel = url + panel
        self.errors = []
        self._clock_is_held = False
        page.on('pageerror', lambda error: self.errors.append(str(error)))

    # Opening

    def hold_clock(self):
        """The page's time stands still from its first script on, but for what the test lets pass."""
        self.page.clock.install(time=NOON)
        self.page.clock.pause_at(NOON + datetime.timedelta(seconds=1))
        self._clock_is_held = True

    def stop_heart(self):
        """The pages that are opened from now on read nothing that is settled again by themselves."""
        self.page.add_init_script(
            """addEventListener('DOMContentLoaded', () => {
                 const root = document.querySelector('[data-gbp-status-heartbeat]');
                 if (root) { root.dataset.gbpStatusHeartbeat = '0'; }
               })"""
        )

    def open(self, address=GROUPS):
        self.page.goto(self.panel + address)
        self.wait_for_start()
        return self

    def wait_for_start(self):
        """Wait until the scripts have started; jQuery starts them by timers, which a held clock holds, too."""
        for _ in range(1000 if self._clock_is_held else 0):
            if self.strip.is_visible():
                break
            self.pass_time(1)
        expect(self.strip).to_be_visible()

    # What it shows

    @property
    def root(self):
        return self.page.locator('.gbp-status[data-gbp-status-poll-url]')

    @property
    def strip(self):
        return self.page.locator('[data-gbp-status-strip]')

    @property
    def freshness(self):
        return self.strip.locator('[data-gbp-status-freshness]')

    @property
    def notice(self):
        return self.strip.locator('[data-gbp-status-notice]')

    @property
    def live(self):
        return self.page.locator('[data-gbp-status-live]')

    @property
    def popover(self):
        return self.page.locator('.popover')

    @property
    def pause(self):
        return self.strip.locator('[data-gbp-status-act="pause"]')

    @property
    def refresh(self):
        return self.strip.locator('[data-gbp-status-act="refresh"]')

    def badge(self, name):
        return self.page.locator(f'tr .gbp-status-badge[data-gbp-status-name="{name}"]')

    def button(self, name):
        return self.badge(name).locator('.gbp-status-button')

    def row(self, name):
        return self.page.locator(f'tr[data-object-id]:has([data-gbp-status-name="{name}"])')

    def count(self, state):
        """The number in a chip."""
        return self.page.locator(f'.gbp-status-chip [data-gbp-status-count="{state}"]')

    def expect_state(self, name, state):
        expect(self.badge(name)).to_have_attribute('data-gbp-status', state)

    # Time and requests

    @property
    def requests(self):
        return self.page.evaluate('window.watched.requests')

    def hold(self, address):
        """Requests to an address wait; return the list into which they come, as Playwright's routes."""
        held = []

        def keep(route):
            held.append(route)

        self.page.route(address, keep)
        return held

    @property
    def polls(self):
        """The polls so far: {url, at (ms), headers, status (None while it is under way)}."""
        return [request for request in self.requests if POLL in request['url']]

    @property
    def list_reads(self):
        """The requests so far for all that the page shows, what is settled included; as ``polls``."""
        return [request for request in self.requests if 'Gbp-Status-Fragment' in request['headers']]

    @property
    def readings(self):
        """The polls and the heartbeats so far, as of :attr:`polls`."""
        return [
            one for one in self.requests if POLL in one['url'] or 'Gbp-Status-Fragment' in (one.get('headers') or {})
        ]

    def pass_time(self, milliseconds):
        """All timers of that span run, each at its own time."""
        self.page.clock.run_for(milliseconds)

    def now(self):
        return self.page.evaluate('Date.now()')

    def poll(self):
        """Let time pass until the next poll has been shown; return how long the page waited for it, in ms.

        What a heartbeat reads on the way is shown, too; the wait for the poll begins after it.
        """
        number = len(self.polls)
        for _ in range(POLLS):
            wait = self.read_next()
            if len(self.polls) > number:
                return wait
        raise AssertionError(f'no poll among {POLLS} readings')

    def read_next(self):
        """Let time pass until a poll or a heartbeat has been shown; return how long the page waited for it, in ms."""
        number = len(self.readings)
        shown, since = self.page.evaluate('[window.watched.shown, window.watched.waitsSince]')
        for step in STEPS:
            if len(self.readings) > number:
                break
            self.pass_time(step)
        self.wait_for_shown(shown + 1)
        return self.readings[number]['at'] - since

    def wait_for_shown(self, number):
        """Wait until so many rounds of reading have come to their end, or failed, since the page was opened."""
        self.page.wait_for_function('number => window.watched.shown >= number', arg=number)

    def read_again(self, button=None):
        """Press Refresh (or another button that reads at once), and wait for what comes of it."""
        shown = self.page.evaluate('window.watched.shown')
        (button or self.refresh).click()
        self.wait_for_shown(shown + 1)

    def poll_until(self, locator, condition, *arguments):
        """Poll until ``expect(locator).<condition>(*arguments)`` holds."""
        for _ in range(POLLS):
            if self._holds(locator, condition, *arguments):
                return
            self.poll()
        getattr(expect(locator), condition)(*arguments)

    def _holds(self, locator, condition, *arguments):
        try:
            getattr(expect(locator), condition)(*arguments, timeout=50)
        except AssertionError:
            return False
        return True

    def poll_until_state(self, name, state):
        self.poll_until(self.badge(name), 'to_have_attribute', 'data-gbp-status', state)
