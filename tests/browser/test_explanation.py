# SPDX-License-Identifier: Apache-2.0
"""Why something is in error: looked up when a popover opens, and handed on as a text for a ticket."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS

EXPLANATION = '**/explanation/'


@pytest.fixture
def broken(board, backend):
    """A group in error, and the L2 policy that is to blame."""
    backend.report({'web-frontend': ERROR, 'storefront': ['ERROR', 'no VLAN left']})
    return board.open()


def why(board):
    return board.popover.locator('[data-gbp-status-why]')


def ticket(board):
    return board.popover.locator('[data-gbp-status-act="copy-ticket"]')


def test_it_names_the_resource_that_is_to_blame(broken):
    broken.button('web-frontend').click()
    expect(why(broken)).to_contain_text('storefront')
    expect(why(broken)).to_contain_text('no VLAN left')


def test_what_works_and_is_realised_by_nothing_is_not_explained(board):
    board.open(CHAINS)
    board.button('checkout-to-payments').click()
    expect(board.popover).to_be_visible()
    expect(why(board)).to_be_hidden()
    expect(ticket(board)).to_be_hidden()
    assert [one['url'] for one in board.requests if 'explanation' in one['url']] == []


def test_of_what_works_there_is_a_text_for_a_ticket_and_no_cause(board):
    board.open()
    board.button('cart-service').click()
    expect(ticket(board)).to_be_visible()
    expect(board.popover.locator('[data-gbp-status-cause]')).to_have_count(0)


def test_it_says_that_it_is_looking_and_that_it_failed(broken):
    held = broken.hold(EXPLANATION)
    broken.button('web-frontend').click()
    expect(why(broken)).to_have_text('Looking for more…', use_inner_text=True)
    expect(ticket(broken)).to_be_hidden()
    held[0].fulfill(status=503, body='')
    expect(why(broken)).to_have_text('More could not be looked up.', use_inner_text=True)


def test_closing_gives_the_request_up(broken):
    broken.page.route(EXPLANATION, lambda route: None)
    broken.button('web-frontend').click()
    expect(why(broken)).to_have_text('Looking for more…', use_inner_text=True)
    with broken.page.expect_event('requestfailed') as failed:
        broken.page.keyboard.press('Escape')
    assert '/policy_target_groups/' in failed.value.url


def test_a_build_that_turns_into_an_error_is_explained_then(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.button('web-frontend').click()
    expect(why(board)).to_contain_text('no error of')
    backend.report({'web-frontend': ERROR, 'storefront': ['ERROR', 'no VLAN left']})
    board.poll_until_state('web-frontend', 'ERROR')
    expect(why(board)).to_contain_text('storefront')


def test_a_ticket_is_copied_as_plain_text(broken):
    broken.page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    broken.button('web-frontend').click()
    ticket(broken).click()
    expect(ticket(broken)).to_have_text('Copied')
    expect(broken.live).to_have_text('Copied')
    copied = broken.page.evaluate('navigator.clipboard.readText()')
    identifier = broken.badge('web-frontend').get_attribute('data-gbp-status-id')
    for words in ('web-frontend', identifier, 'RegionOne', 'ERROR', 'storefront', 'no VLAN left', broken.url):
        assert words in copied
    broken.pass_time(3000)
    expect(ticket(broken)).to_have_text('Copy for a ticket')


def test_a_dashboard_without_tls_can_copy_too(open_board, backend):
    board = open_board()
    backend.report({'web-frontend': ['ERROR', 'the <b>very</b> words']})
    board.page.context.grant_permissions(['clipboard-read'])
    board.page.add_init_script(
        "window.real = navigator.clipboard; Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    board.open()
    board.button('web-frontend').click()
    copy = board.popover.locator('[data-gbp-status-act="copy-details"]')
    copy.click()
    expect(copy).to_have_text('Copied')
    expect(copy).to_be_focused()
    expect(board.popover).to_be_visible()
    assert board.page.evaluate('real.readText()') == 'the <b>very</b> words'
