# SPDX-License-Identifier: Apache-2.0
"""One browser for all browser tests; a fresh page, and a cloud at rest, for each."""

from pathlib import Path

from playwright.sync_api import expect
from playwright.sync_api import sync_playwright
import pytest

from tests import chromium
from tests import clouds
from tests import dashboards
from tests import versions
from tests.browser import audit
from tests.browser.backend import Backend
from tests.browser.backend import NONE
from tests.browser.board import Board
from tests.browser.panels import Panel
from tests.dashboards import GBP
from tests.dashboards import RELEASE

SETTINGS = {
    'viewport': {'width': 1280, 'height': 900},
    # A test's hour passes in a second: what another test was told a second ago is too old for it.
    'extra_http_headers': {'Cache-Control': 'no-cache'},
}
FLAGS = (
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
)
# All that a page asks of the clock, of chance and of the network, the tests can hold and count.
WATCHED = (Path(__file__).parent / 'watched.js').read_text(encoding='utf-8')
# The resources of the shared cloud have nothing in Neutron, so its pages ask for nothing of that when they are opened.
# The tests in beneath/ have a cloud of their own.
ASKS_NOTHING_BENEATH = """addEventListener('DOMContentLoaded', () => {
  const templates = Array.from(document.querySelectorAll('template[data-gbp-status-host]'), one => one.content);
  [document, ...templates].forEach(place => {
    place.querySelectorAll('[data-gbp-status-beneath]').forEach(one => one.removeAttribute('data-gbp-status-beneath'));
  });
})"""

expect.set_options(timeout=15000)


def further_of(item):
    """Return (release, release of GBP) of the Horizon that a test needs in the place of the shared one, or ()."""
    chosen = item.callspec.params if hasattr(item, 'callspec') else {}
    found = chosen.get('release', RELEASE), chosen.get('gbp', GBP)
    return () if found == (RELEASE, GBP) else found


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What needs a further Horizon comes last: that is installed while the others run."""
    items.sort(key=lambda item: bool(further_of(item)))


@pytest.fixture(scope='session')
def cloud(request, record_testsuite_property):
    """Keystone, GBP 16 and GBP 18 as two regions of it, and Horizon with the plugin."""
    further = sorted(set(filter(None, map(further_of, request.session.items))))
    with (
        clouds.cloud('browser', gbp=('16', '18'), horizon=RELEASE) as running,
        dashboards.prepared_meanwhile(running, further),
    ):
        for name, version in versions.demo(RELEASE, running.gbp, running.gbp[0]).items():
            record_testsuite_property(name, version)
        yield running


@pytest.fixture(scope='session')
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.path(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope='session')
def sessions(cloud, browser):
    """What a browser knows of a user who has logged in: {user: cookies}; made when it is first asked for."""
    return Sessions(cloud.horizon_url, browser)


class Sessions(dict):
    """{user: cookies} of sessions in a region, the first one if none is named."""

    def __init__(self, url, browser, region=''):
        super().__init__()
        self.url, self._browser, self._region = url, browser, region

    def __missing__(self, user):
        self[user] = self.log_in(user)
        return self[user]

    def log_in(self, user):
        """Return what a browser knows of a new session of a user."""
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(self.url + 'auth/login/')
        page.fill('#id_username', user)
        page.fill('#id_password', user)
        page.click('#loginBtn')
        expect(page.locator('#main_content')).to_be_attached()
        if self._region:
            page.goto(f'{self.url}auth/switch_services_region/{self._region}/')
        known = context.storage_state()
        context.close()
        return known


@pytest.fixture
def backend(cloud):
    """What the backend reports; at rest, everything is ACTIVE."""
    at_rest = Backend(cloud)
    at_rest.report({})
    yield at_rest
    at_rest.recover()


@pytest.fixture
def open_board(open_page, sessions):
    """open_board(user='demo', theme='default', **context) gives a :class:`Board` on a page of its own."""
    return lambda *context, **options: Board(open_page(*context, **options), sessions.url)


@pytest.fixture
def open_slow(open_board, backend):
    """open_slow(address, **context) gives a :class:`Board` for a list that takes long.

    It asks as a browser does: nothing that it sends says how old an answer may be.
    """
    opened = []

    def open_one(address, **context):
        opened.append((open_board(extra_http_headers={}, **context).open(address), address))
        return opened[-1][0]

    yield open_one
    # Horizon remembers that the list takes long, and pages of other tests would not ask for it.
    backend.recover()
    for board, address in opened:
        board.page.unroute_all()
        board.open(address)
        board.read_again()
        expect(board.page.locator('[data-gbp-status-listing], [data-gbp-status-pending]')).to_have_count(0)


@pytest.fixture
def open_panel(open_page, sessions):
    """The same for a panel of group-based-policy-ui."""
    return lambda *context, **options: Panel(open_page(*context, **options), sessions.url)


@pytest.fixture
def scripts():
    """What each page runs before its own scripts."""
    return WATCHED, ASKS_NOTHING_BENEATH


@pytest.fixture
def open_page(browser, sessions, backend, scripts):
    """Return a function that gives a page of its own to a user."""
    contexts = []

    def opened(user='demo', theme='default', **options):
        context = browser.new_context(**{**SETTINGS, 'storage_state': sessions[user], **options})
        contexts.append(context)
        context.add_cookies([{'name': 'theme', 'value': theme, 'url': sessions.url}])
        for script in scripts:
            context.add_init_script(script)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def board(open_board):
    """A page of the member ``demo`` whose clock stands still until a test moves it."""
    one = open_board()
    one.hold_clock()
    yield one
    assert one.errors == []


@pytest.fixture
def mixed(backend):
    backend.report(audit.MIXED, rest=NONE)


@pytest.fixture
def mixed_board(mixed, open_board):
    board = open_board()
    yield board
    assert board.errors == []
