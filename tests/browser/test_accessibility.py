# SPDX-License-Identifier: Apache-2.0
"""Every page of the panel by axe-core, in both themes, at rest and with something open; and what axe cannot see."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
import pytest

from tests.browser.backend import ACTIVE
from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.backend import NONE
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import L3_POLICIES
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW

THEMES = ('default', 'material')
OURS = '.gbp-status'
STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
MIXED = {
    'web-frontend': ['ERROR', 'line\n' * 100],
    'cart-service': BUILD,
    'checkout-queue': ['BANANA', ''],
    'recommendation-engine': ACTIVE,
    'storefront': ERROR,
    'checkout-to-payments': BUILD,
}
#: One of each on the first page of the groups: what MIXED does not name is not reported, as the last of these.
SHOWN = ('web-frontend', 'cart-service', 'checkout-queue', 'recommendation-engine', 'cdn-origin')


@pytest.fixture
def mixed(backend):
    backend.report(MIXED, rest=NONE)


@pytest.fixture(params=THEMES)
def themed(request, mixed, open_board):
    board = open_board(theme=request.param)
    yield board
    assert board.errors == []


def violations(board):
    options = {'runOnly': {'type': 'tag', 'values': STANDARDS}, 'resultTypes': ['violations']}
    found = Axe().run(board.page, context=OURS, options=options).response['violations']
    return {one['id']: [node['html'] for node in one['nodes']] for one in found}


@pytest.mark.parametrize('address', [OVERVIEW, GROUPS, CHAINS])
def test_pages(themed, address):
    themed.open(address)
    expect(themed.page.locator('[aria-busy="true"]')).to_have_count(0)
    assert violations(themed) == {}


@pytest.mark.parametrize('address', [GROUPS + '&status=error,build', L3_POLICIES, OTHER])
def test_further_pages(mixed, open_board, address):
    assert violations(open_board().open(address)) == {}


def test_a_page_of_one_resource(themed):
    themed.open(CHAINS)
    themed.row('checkout-to-payments').locator('a').first.click()
    expect(themed.page.locator('.gbp-status-detail')).to_be_visible()
    expect(themed.strip).to_be_visible()
    assert violations(themed) == {}


def test_open_popovers(themed):
    themed.open(GROUPS)
    for name in SHOWN:
        themed.button(name).press('Enter')
        expect(themed.popover).to_contain_text(name)
        expect(themed.popover.locator('[data-gbp-status-why-loading]')).to_be_hidden()
        assert violations(themed) == {}


def test_a_stale_page(themed):
    themed.open()
    themed.page.route('**/statuses/?*', lambda route: route.abort())
    themed.refresh.click()
    expect(themed.notice).to_be_visible()
    assert violations(themed) == {}


def test_the_name_of_a_button_begins_with_what_is_seen(themed):
    """WCAG 2.5.3; said so, the control can be spoken to by its visible word."""
    themed.open()
    button = themed.button('web-frontend')
    expect(button).to_have_accessible_name('Error web-frontend, show details')
    expect(button.locator('.gbp-status-icon')).to_have_attribute('aria-hidden', 'true')


CONTRAST = """one => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => channels(color).slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (first, second) => {
    const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const paper = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? paper(element.parentElement) : color;
  };
  const style = getComputedStyle(one);
  const icon = getComputedStyle(one.querySelector('.gbp-status-icon'));
  return {
    text: contrast(style.color, style.backgroundColor),
    icon: contrast(icon.color, style.backgroundColor),
    border: contrast(style.borderTopColor, paper(one.parentElement)),
  };
}"""


def test_contrast_of_badges(themed):
    """WCAG 1.4.3 for text, 1.4.11 for icons and borders."""
    themed.open(GROUPS)
    for name in SHOWN:
        contrast = themed.button(name).evaluate(CONTRAST)
        assert contrast['text'] >= 4.5, name
        assert contrast['icon'] >= 3, name
        assert contrast['border'] >= 3, name


def test_targets_are_large_enough(themed):
    """WCAG 2.5.8: 24 by 24 CSS pixels; links within a sentence are exempt."""
    themed.open()
    themed.button('web-frontend').click()
    expect(themed.popover.locator('[data-gbp-status-act="copy-ticket"]')).to_be_visible()
    targets = themed.page.locator('.gbp-status button:visible, .gbp-status-chip:visible, .popover a:visible')
    small = targets.evaluate_all(
        """all => all.map(one => [one.textContent, one.getBoundingClientRect()])
             .filter(([text, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []


def test_the_focus_can_be_seen(themed):
    """WCAG 2.4.13: two pixels, and a contrast of 3:1 to what it surrounds."""
    themed.open()
    button = themed.button('recommendation-engine')
    button.focus()
    expect(button).to_have_css('outline-style', 'solid')
    expect(button).to_have_css('outline-width', '2px')


def test_a_spinner_stands_still_for_those_who_asked_for_it(mixed, open_board):
    moving = open_board().open(GROUPS)
    expect(moving.badge('cart-service').locator('.gbp-status-icon')).to_have_css('animation-name', 'gbp-status-turn')
    still = open_board(reduced_motion='reduce').open(GROUPS)
    expect(still.badge('cart-service').locator('.gbp-status-icon')).to_have_css('animation-name', 'none')


def test_states_differ_without_any_colour(mixed, open_board):
    """WCAG 1.4.1, and forced colours: word and icon say it, and the border is there."""
    board = open_board(forced_colors='active').open(GROUPS)
    icons = set()
    for name in ('web-frontend', 'cart-service', 'recommendation-engine'):
        expect(board.button(name)).to_have_css('border-top-style', 'solid')
        icons.add(board.badge(name).locator('.gbp-status-icon').get_attribute('class'))
    assert len(icons) == 3
