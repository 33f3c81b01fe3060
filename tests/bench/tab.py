# SPDX-License-Identifier: Apache-2.0
"""A tab of Chromium of somebody who has logged in, which counts and times what its pages ask the plugin for."""

import contextlib
import os
import time

from playwright.sync_api import Error
from playwright.sync_api import sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests import chromium

FLAGS = ('--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking')
PANEL = '/gbp_status/'

#: A page is at rest when it has asked for nothing for so long: it retries after two seconds what is pending.
IDLE_SECONDS = 5
_STEP_MS = 50


@contextlib.contextmanager
def chromium_runs():
    """Yield a browser."""
    with sync_playwright() as playwright:
        options = {'executable_path': chromium.path(), 'args': FLAGS, 'env': os.environ}
        with contextlib.closing(playwright.chromium.launch(**options)) as browser:
            yield browser


class Tab:
    """One tab; ``requests`` are those of the plugin's addresses that have ended, the page itself among them."""

    def __init__(self, browser, viewer, size=None):
        self._context = browser.new_context()
        cookies = {cookie.name: cookie.value for cookie in viewer.http.cookies}
        if size:
            cookies['API_RESULT_PAGE_SIZE'] = str(size)
        self._context.add_cookies(
            [{'name': name, 'value': value, 'url': viewer.url} for name, value in cookies.items()]
        )
        self.page = self._context.new_page()
        self.requests, self._under_way, self._url = [], set(), viewer.url
        self._begun = self._last = time.monotonic()
        self.page.on('request', self._note_begin)
        self.page.on('requestfinished', self._note_end)
        self.page.on('requestfailed', self._note_end)

    def close(self):
        self._context.close()

    def open(self, path):
        """Open a page, without waiting for more than the beginning of the answer; times count from here on."""
        self.clear()
        self.page.goto(self._url + path, wait_until='commit', timeout=120_000)

    def clear(self):
        self.requests.clear()
        self._begun = self._last = time.monotonic()

    def until(self, expression, seconds):
        """Return how many seconds after the opening an expression of JavaScript was true, or None if it was not."""
        left = self._begun + seconds - time.monotonic()
        try:
            self.page.wait_for_function(expression, timeout=max(1, 1000 * left), polling=_STEP_MS)
        except TooLate:
            return None
        return time.monotonic() - self._begun

    def rest(self, seconds):
        """Wait until the page asks for nothing more, or for so long; say whether it rests."""
        until = time.monotonic() + seconds
        while self._under_way or time.monotonic() - self._last < IDLE_SECONDS:
            if time.monotonic() > until:
                return False
            self.wait(_STEP_MS / 1000)
        return True

    def wait(self, seconds):
        """Let the page live on for so long."""
        self.page.evaluate('ms => new Promise(done => setTimeout(done, ms))', 1000 * seconds)

    @property
    def rests_since(self):
        """How many seconds after the opening the last request has ended."""
        return self._last - self._begun

    @property
    def longest(self):
        """The seconds of the request that took longest."""
        return max((_seconds(request) for request in self.requests), default=0.0)

    def _note_begin(self, request):
        if PANEL in request.url:
            self._under_way.add(request)

    def _note_end(self, request):
        if request in self._under_way:
            self._under_way.discard(request)
            self._last = time.monotonic()
            if request.resource_type in ('document', 'xhr', 'fetch'):
                self.requests.append(request)


def _seconds(request):
    with contextlib.suppress(Error):
        return max(0.0, request.timing['responseEnd']) / 1000
    return 0.0
