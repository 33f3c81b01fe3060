# SPDX-License-Identifier: Apache-2.0
"""A kind whose list takes GBP long: known problems are there at once, and what the list adds comes without a jump."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import ERROR
from tests.browser.board import GROUPS

#: How far a row may move.
MAX_SHIFT_PIXELS = 1


@pytest.fixture
def board(open_slow, backend):
    """A low page, in which rows may leave their place."""
    backend.report({'web-frontend': ERROR})
    return open_slow(GROUPS, viewport={'width': 1280, 'height': 500})


def hold_first_fragment(page):
    """The first that the script asks for waits; return the list into which it comes."""
    held = []

    def keep(route):
        if 'gbp-status-fragment' in route.request.headers and not held:
            held.append(route)
        else:
            route.continue_()

    page.route('**/gbp_status/?*', keep)
    return held


def test_what_a_long_list_adds_comes_by_itself_and_moves_no_row_under_the_pointer(board, backend):
    backend.fail('policy_target_groups', hold=True, full=True)
    held = hold_first_fragment(board.page)
    board.open(GROUPS + '&kind=policy_target_groups&status=error')
    row = board.row('web-frontend')
    expect(board.page.locator('[data-gbp-status-listing]')).to_contain_text('Groups')
    expect(row).to_be_visible()
    expect(board.row('cart-service')).to_have_count(0)

    backend.change({'cart-service': ['ERROR', 'has failed since']})
    row.hover()
    before = row.bounding_box()['y']
    backend.answer_again()
    held[0].continue_()
    expect(board.row('cart-service')).to_have_count(1)
    assert abs(row.bounding_box()['y'] - before) <= MAX_SHIFT_PIXELS
    expect(board.page.locator('[data-gbp-status-listing]')).to_have_count(0)
    expect(board.count('ERROR')).to_have_text('2')
    expect(board.notice).to_be_hidden()
    assert board.errors == []
