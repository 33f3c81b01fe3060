# SPDX-License-Identifier: Apache-2.0
"""What is ours can be read in each theme, on the Horizon that shows each as it is: see dashboards.THEMED."""

from playwright.sync_api import expect
import pytest

from tests import dashboards
from tests.browser import audit
from tests.browser.backend import NONE
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OVERVIEW
from tests.browser.panels import GROUPS as GBPUI

THEMES = ('default', 'material', 'dark')
#: The body's colour is one of the theme's own.
PAPER = {'default': 'rgb(255, 255, 255)', 'material': 'rgb(255, 255, 255)', 'dark': 'rgb(34, 34, 34)'}
#: The contrasts of a badge, and of its border to what is around it.
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


@pytest.fixture(params=[dashboards.THEMED])
def release(request):
    return request.param


@pytest.fixture(params=THEMES)
def theme(request):
    return request.param


@pytest.fixture
def themed(theme, backend, open_board):
    backend.report(audit.MIXED, rest=NONE)
    board = open_board(theme=theme)
    yield board
    assert board.errors == []


def require_contrast(board, within=audit.OURS):
    """WCAG 1.4.3."""
    measured = audit.contrasts(board, within)
    assert measured
    assert [one for one in measured if one[0] < 4.5] == []


def test_tables_and_a_popover(themed, theme):
    themed.open(f'{GROUPS}&size=7')
    expect(themed.page.locator('body')).to_have_css('background-color', PAPER[theme])
    require_contrast(themed)
    for name in audit.SHOWN:
        contrast = themed.button(name).evaluate(CONTRAST)
        # WCAG 1.4.3 for text, 1.4.11 for icons and borders.
        assert contrast['text'] >= 4.5, name
        assert contrast['icon'] >= 3, name
        assert contrast['border'] >= 3, name
    themed.button('web-frontend').press('Enter')
    expect(themed.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
    require_contrast(themed, '.popover')
    close = themed.popover.get_by_role('button', name='Close')
    expect(close).to_have_css('opacity', '1')
    assert close.evaluate('one => getComputedStyle(one).color') == themed.popover.evaluate(
        'one => getComputedStyle(one).color'
    )


def test_the_overview(themed, backend):
    backend.fail('nat_pools', status=503)
    themed.open(f'{OVERVIEW}&q=frontend')
    expect(themed.page.locator('[aria-busy="true"]')).to_have_count(0)
    audit.unfold(themed)
    require_contrast(themed)


def test_what_could_not_be_read(themed, backend):
    backend.fail('policy_target_groups', status=503)
    themed.open(f'{GROUPS}&size=2')
    themed.root.evaluate("root => { root.querySelector('[data-gbp-status-moved]').hidden = false; }")
    require_contrast(themed)


def test_the_page_of_a_chain(themed):
    themed.open(CHAINS)
    themed.row('checkout-to-payments').locator('a').first.click()
    expect(themed.page.locator('.gbp-status-path')).to_be_visible()
    require_contrast(themed)


def test_the_map_and_what_is_joined_on_it(themed):
    themed.open(f'{OVERVIEW}&view=map')
    themed.page.locator('[data-gbp-status-cell="web-frontend"]').hover()
    expect(themed.page.locator('[data-gbp-status-joined-words]')).not_to_be_empty()
    require_contrast(themed)


def test_the_ways_of_a_group(themed):
    themed.open(f'{GROUPS}&q=web-frontend')
    themed.row('web-frontend').get_by_role('link', name='web-frontend').click()
    expect(themed.page.locator('[data-gbp-way]').first).to_be_visible()
    require_contrast(themed)


def test_our_column_in_group_based_policy_ui(backend, open_panel):
    backend.report(audit.MIXED, rest=NONE)
    require_contrast(open_panel(theme='dark').show(GBPUI))
