# SPDX-License-Identifier: Apache-2.0
"""A dashboard may forbid inline styles (Content-Security-Policy: style-src 'self'): nothing of ours has one."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW

#: Horizon's own parts of the page have inline styles, so it is only reported what would be refused.
POLICY = {'Content-Security-Policy-Report-Only': "style-src 'self'"}
NOTE = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event => {
  const ours = event.target.closest && event.target.closest('.gbp-status');
  window.refused.push({ours: Boolean(ours), directive: event.violatedDirective, html: event.target.outerHTML});
});
"""


@pytest.fixture
def watched(board):
    """A board whose page notes what the policy would refuse."""

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **POLICY})

    board.page.add_init_script(NOTE)
    board.page.route('**/gbp_status/**', lambda route: answer(route) if _is_page(route) else route.fallback())
    return board


def _is_page(route):
    return route.request.resource_type == 'document'


def of_ours(board):
    return board.page.evaluate('window.refused.filter(one => one.ours)')


@pytest.mark.parametrize('tab', [OVERVIEW, GROUPS, CHAINS, OTHER])
def test_no_tab_has_an_inline_style(watched, backend, tab):
    backend.report({'web-frontend': BUILD, 'storefront': ERROR})
    watched.open(tab)
    expect(watched.page.locator('[aria-busy]')).to_have_count(0)

    assert of_ours(watched) == []
    assert watched.page.locator('.gbp-status [style]:not(.tablesorter-header-inner)').count() == 0


def test_no_popover_and_no_page_of_a_resource_has_an_inline_style(watched, backend):
    backend.report({'web-frontend': ERROR})
    watched.open(GROUPS)
    watched.button('web-frontend').click()
    expect(watched.popover).to_be_visible()
    assert of_ours(watched) == []
    watched.page.goto(watched.url.rstrip('/') + watched.row('web-frontend').locator('a').first.get_attribute('href'))
    watched.wait_for_start()

    assert of_ours(watched) == []


def test_the_policy_is_watched(watched):
    """A style of ours would be noted."""
    watched.open(GROUPS)
    watched.page.evaluate('document.querySelector(".gbp-status").setAttribute("style", "color: red")')
    watched.page.wait_for_function('window.refused.some(one => one.ours)')
    assert of_ours(watched)
