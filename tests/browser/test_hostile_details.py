# SPDX-License-Identifier: Apache-2.0
"""Whatever a backend writes is text: on the page, in the popover, in a poll, in a ticket."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.hostile import DETAILS


@pytest.fixture
def owned(board):
    """owned() says whether anything of the text has run, or become an element."""

    def asked():
        return board.page.evaluate(
            'Boolean(window.owned) || [...document.querySelectorAll("[onerror], h1")].some('
            'one => one.matches("[onerror]") || one.textContent === "owned")'
        )

    return asked


def details(board):
    return board.popover.locator('[data-gbp-status-part="details"]')


def test_in_the_page(board, backend, owned):
    backend.report({'web-frontend': ['ERROR', DETAILS]})
    board.open()
    board.button('web-frontend').click()
    assert details(board).evaluate('one => one.textContent') == DETAILS
    expect(details(board)).to_have_attribute('dir', 'auto')
    assert not owned()


def test_in_a_poll(board, backend, owned):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.button('web-frontend').click()
    backend.report({'web-frontend': ['ERROR', DETAILS]})
    board.poll_until_state('web-frontend', 'ERROR')
    assert details(board).evaluate('one => one.textContent') == DETAILS
    expect(board.row('web-frontend')).to_be_visible()
    assert not owned()


def test_in_an_explanation_and_a_ticket(board, backend, owned):
    backend.report({'web-frontend': ['ERROR', ''], 'storefront': ['ERROR', DETAILS]})
    board.page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    board.open()
    board.button('web-frontend').click()
    expect(board.popover.locator('[data-gbp-status-why]')).to_contain_text('onerror')
    board.popover.locator('[data-gbp-status-act="copy-ticket"]').click()
    expect(board.live).to_have_text('Copied')
    assert ' ⏎ '.join(DETAILS.strip().splitlines()) in board.page.evaluate('navigator.clipboard.readText()')
    assert not owned()


def test_an_unknown_state_is_shown_as_it_is(board, backend, owned):
    state = '<b>ODD</b>'
    backend.report({'web-frontend': [state, ''], 'cart-service': BUILD})
    board.open()
    expect(board.badge('web-frontend').locator('.gbp-status-word')).to_have_text(state)
    board.button('web-frontend').click()
    expect(board.popover).to_contain_text('web-frontend: ' + state)
    board.poll()
    assert board.polls[0]['url'].count('-') == 5 - 1
    assert not owned()
