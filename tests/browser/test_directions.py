# SPDX-License-Identifier: Apache-2.0
"""A page that is read from right to left: Horizon has no such language yet, so the page is turned by its attribute."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import ACTIVE
from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OVERVIEW

TURN = "addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
#: What hangs over the edges of our part of the page; Horizon's frame is not made for this direction.
OUTSIDE = """root => {
  const edge = root.getBoundingClientRect();
  return Array.from(root.querySelectorAll('*')).filter(one => one.checkVisibility() && !one.closest('.sr-only'))
    .map(one => [one.className, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.left < edge.left - 1 || box.right > edge.right + 1)).map(([name]) => name);
}"""
#: Whether the first of a line stands at its right end, and at the edge of what encloses all of them.
BEGINS_RIGHT = """all => {
  const [first, second] = all.map(one => one.getBoundingClientRect());
  const edge = all[0].closest('.gbp-status').getBoundingClientRect();
  return first.left >= second.right - 1 && Math.abs(edge.right - first.right) <= 4;
}"""
#: Where the text of a cell begins, which is where it ends from left to right.
TEXT_ENDS = """cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return Math.round(cell.getBoundingClientRect().right - range.getBoundingClientRect().right);
}"""
TURNED_BY = """stop => {
  const {a, b} = new DOMMatrix(getComputedStyle(stop, '::after').transform);
  return Math.atan2(b, a) * 180 / Math.PI;
}"""


@pytest.fixture
def turned(backend, open_board):
    backend.report({'web-frontend': ERROR, 'storefront': ['ERROR', 'full'], 'checkout-to-payments': BUILD}, rest=ACTIVE)
    board = open_board()
    board.page.add_init_script(TURN)
    return board


def expect_to_be_turned(board, *lines):
    expect(board.page.locator('[aria-busy="true"]')).to_have_count(0)
    for line in lines:
        assert board.page.locator(line).evaluate_all(BEGINS_RIGHT), line
    for width in (320, 768, 1280):
        board.page.set_viewport_size({'width': width, 'height': 900})
        assert (width, board.root.evaluate(OUTSIDE)) == (width, [])


def test_a_table_begins_at_the_right(turned):
    turned.open(GROUPS)
    expect_to_be_turned(turned, '.gbp-status-tabs > li', '.gbp-status-kinds > li', '.gbp-status-table thead th')
    heads, cells = (turned.page.locator(f'.gbp-status-table {part}') for part in ('th', 'tbody tr:first-child td'))
    for column in (0, 1, 6):
        assert heads.nth(column).evaluate(TEXT_ENDS) == cells.nth(column).evaluate(TEXT_ENDS), column


def test_the_overview_begins_at_the_right(turned):
    turned.open(OVERVIEW)
    expect_to_be_turned(turned, '.gbp-status-tabs > li', '.gbp-status-group:first-child .gbp-status-problem > *')


def test_a_path_leads_to_the_left_and_in_a_narrow_window_down(turned):
    turned.open(CHAINS)
    turned.row('checkout-to-payments').locator('a').first.click()
    turned.wait_for_start()
    expect_to_be_turned(turned, '.gbp-status-stop')
    stop = turned.page.locator('.gbp-status-stop').first
    # The corner at the top right of a square, turned: first to the left, then down.
    for width, degrees in ((1280, -135), (320, 135)):
        turned.page.set_viewport_size({'width': width, 'height': 900})
        assert (width, round(stop.evaluate(TURNED_BY))) == (width, degrees)


def test_a_popover_stays_within_the_window(turned):
    turned.open(GROUPS)
    turned.button('web-frontend').click()
    box = turned.popover.bounding_box()
    assert 0 <= box['x'] <= turned.page.viewport_size['width'] - box['width']
    heading, close = (turned.popover.locator(part).bounding_box()['x'] for part in ('strong', '.close'))
    assert close < heading
