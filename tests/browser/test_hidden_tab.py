# SPDX-License-Identifier: Apache-2.0
"""A hidden tab asks for nothing; one that is shown again, or a machine that has woken, asks at once."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD

HOUR_MS = 3_600_000
#: Headless Chromium never hides a tab; this is all that the page can see of one that is.
SHOW = """hidden => {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture(autouse=True)
def quiet(board):
    """What is settled is not read again: these tests count and time the polls."""
    board.stop_heart()


@pytest.fixture
def building(board, backend):
    backend.report({'web-frontend': BUILD})
    return board.open()


@pytest.fixture
def hidden(building):
    building.poll()
    building.page.evaluate(SHOW, True)
    return building


def test_a_hidden_tab_does_not_poll(hidden):
    hidden.pass_time(HOUR_MS)
    assert len(hidden.polls) == 1


def test_a_tab_that_is_shown_again_polls_at_once(hidden):
    hidden.pass_time(HOUR_MS)
    begun = hidden.now()
    hidden.page.evaluate(SHOW, False)
    hidden.wait_for_shown(2)
    assert hidden.polls[-1]['at'] == begun


def test_a_page_that_was_opened_in_a_hidden_tab_begins_when_it_is_shown(building):
    building.page.add_init_script('Object.defineProperty(document, "hidden", {value: true, configurable: true})')
    building.open()
    building.pass_time(HOUR_MS)
    assert building.polls == []
    building.page.evaluate(SHOW, False)
    building.wait_for_shown(1)


def test_what_is_old_does_not_look_fresh_while_it_is_read_again(hidden):
    hidden.page.route('**/statuses/?*', lambda route: None)
    hidden.pass_time(HOUR_MS)
    hidden.page.evaluate(SHOW, False)
    expect(hidden.freshness).to_have_text('Last read 12:00 PM, being read again now')


def test_a_tab_in_which_nothing_is_built_asks_for_nothing_when_shown(board):
    board.open()
    board.page.evaluate(SHOW, True)
    board.page.evaluate(SHOW, False)
    board.pass_time(HOUR_MS)
    assert board.polls == []


def test_a_machine_that_has_slept_polls_soon_after_it_has_woken(building):
    for _ in range(12):
        building.poll()
    number = len(building.polls)
    building.page.clock.set_system_time(building.now() / 1000 + 8 * 3600)
    building.pass_time(10_000)
    building.wait_for_shown(number + 1)
    assert len(building.polls) == number + 1
