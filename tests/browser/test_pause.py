# SPDX-License-Identifier: Apache-2.0
"""Updates can be paused (WCAG 2.2.2), and stay paused over a reload of the tab."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD

MINUTE_MS = 60_000


@pytest.fixture(autouse=True)
def quiet(board):
    """What is settled is not read again: these tests count and time the polls."""
    board.stop_heart()


@pytest.fixture
def paused(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.pause.click()
    expect(board.pause).to_have_text('Resume updates')
    return board


def test_a_paused_page_does_not_poll_and_says_so(paused):
    paused.pass_time(30 * MINUTE_MS)
    assert paused.polls == []
    expect(paused.freshness).to_contain_text('Updates are paused. Last read')


def test_the_spinner_stands_still_while_updates_are_paused(paused):
    icon = paused.badge('web-frontend').locator('.gbp-status-icon')
    expect(icon).to_have_css('animation-name', 'none')
    paused.pause.click()
    expect(icon).to_have_css('animation-name', 'gbp-status-turn')


def test_resuming_polls_at_once(paused):
    begun = paused.now()
    paused.read_again(paused.pause)
    assert paused.polls[0]['at'] == begun
    expect(paused.pause).to_have_text('Pause updates')


def test_a_reload_keeps_the_pause_and_another_tab_does_not_have_it(paused, open_board):
    paused.page.reload()
    paused.wait_for_start()
    expect(paused.pause).to_have_text('Resume updates')
    paused.pass_time(MINUTE_MS)
    assert paused.polls == []
    other = open_board().open()
    expect(other.pause).to_have_text('Pause updates')


@pytest.mark.parametrize('storage', ['return null', 'throw new DOMException("no storage here")'])
def test_a_browser_without_storage_pauses_for_as_long_as_the_page(board, backend, storage):
    board.page.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {{get() {{ {storage}; }}}})")
    backend.report({'web-frontend': BUILD})
    board.open()
    board.poll()
    board.pause.click()
    board.pass_time(MINUTE_MS)
    assert len(board.polls) == 1


def test_a_paused_page_can_be_refreshed(paused):
    paused.read_again()
    number = len(paused.requests)
    paused.pass_time(MINUTE_MS)
    assert len(paused.requests) == number


def test_the_keyboard_is_not_lost_when_there_is_nothing_to_pause_any_more(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.pause.focus()
    backend.report({})
    board.poll_until_state('web-frontend', 'ACTIVE')
    expect(board.pause).to_be_hidden()
    expect(board.refresh).to_be_focused()
