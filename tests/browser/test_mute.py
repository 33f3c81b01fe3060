# SPDX-License-Identifier: Apache-2.0
"""A user puts a problem aside, with a reason: its line is hidden and counted, until it changes or is wanted again."""

from playwright.sync_api import expect
import pytest

from tests.browser.board import OVERVIEW

ERROR = ['ERROR', 'Not deployed']
REASON = 'known, ticket 7'
#: What Japanese is written by takes these keys for itself.
COMPOSE = """one => ['Enter', 'Escape'].forEach(key => {
  one.dispatchEvent(new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true, cancelable: true}));
})"""


@pytest.fixture
def broken(board, backend):
    backend.report({'storefront': ERROR})
    board.open(OVERVIEW)
    expect(button(board)).to_be_visible()
    return board


def button(board):
    return line(board).locator('.gbp-status-problem .gbp-status-button').first


def line(board):
    return board.page.locator('.gbp-status-group', has=board.page.locator('[data-gbp-status-name="storefront"]')).first


def count(board):
    return board.page.locator('[data-gbp-status-act="muted"]')


def mute(board):
    """Put the problem aside by the keyboard alone."""
    button(board).press('Enter')
    board.popover.locator('[data-gbp-status-act="mute"]').press('Enter')
    board.popover.locator('[data-gbp-status-reason]').press_sequentially(REASON)
    board.popover.locator('[data-gbp-status-reason]').press('Enter')


def test_a_problem_is_put_aside_counted_and_shown_on_demand(broken):
    before = broken.page.title()
    mute(broken)

    expect(line(broken)).to_be_hidden()
    expect(broken.popover).to_have_count(0)
    expect(count(broken)).to_have_text('1 muted: show')
    expect(count(broken)).to_be_focused()
    expect(broken.page.locator('[data-gbp-status-live]')).to_have_text('storefront is muted')
    assert broken.page.title() != before
    count(broken).press('Enter')
    expect(line(broken)).to_be_visible()
    expect(line(broken)).to_contain_text(f'Muted until it changes: {REASON}')
    line(broken).locator('[data-gbp-status-act="unmute"]:visible').click()
    expect(count(broken)).to_be_hidden()
    expect(line(broken)).to_be_visible()
    expect(button(broken)).to_be_focused()
    expect(broken.page).to_have_title(before)


def test_it_stays_aside_on_other_pages_until_it_changes(broken, backend):
    mute(broken)
    broken.open(OVERVIEW)
    expect(count(broken)).to_have_text('1 muted: show')
    expect(line(broken)).to_be_hidden()
    backend.report({'storefront': ['ERROR', 'Something else']})
    broken.open(OVERVIEW)
    expect(line(broken)).to_be_visible()
    expect(count(broken)).to_be_hidden()


def test_it_stays_aside_while_its_kind_cannot_be_read(broken, backend):
    mute(broken)
    backend.fail('l2_policies', status=503)
    broken.read_again()

    kept = broken.page.locator('[data-gbp-status-kept] [data-gbp-status-name="storefront"]')
    expect(kept).to_be_attached()
    expect(kept).to_be_hidden()
    expect(count(broken)).to_have_text('1 muted: show')
    count(broken).press('Enter')
    expect(kept).to_be_visible()
