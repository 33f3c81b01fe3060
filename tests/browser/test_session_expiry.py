# SPDX-License-Identifier: Apache-2.0
"""A session that has ended leads to the log-in and back; one that has moved on is said to have."""

import re
from urllib.parse import parse_qs
from urllib.parse import urlsplit

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.board import GROUPS

ADDRESS = GROUPS + '&status=build'
LOGIN = re.compile(r'/auth/login/\?')


@pytest.fixture
def building(board, backend):
    backend.report({'web-frontend': BUILD})
    return board.open(ADDRESS)


def end_session(page):
    """Horizon renews the cookie with each answer, so one that is still to come would bring the session back."""
    page.wait_for_load_state('networkidle')
    page.context.clear_cookies()


def next_page(board):
    return parse_qs(urlsplit(board.page.url).query)['next'][0]


def test_an_ended_session_leads_to_the_login_and_back(building):
    end_session(building.page)
    building.pass_time(2500)
    expect(building.page).to_have_url(LOGIN)
    assert next_page(building) == '/project/gbp_status/' + ADDRESS
    building.page.fill('#id_username', 'demo')
    building.page.fill('#id_password', 'demo')
    building.page.click('#loginBtn')
    expect(building.page).to_have_url(building.panel + ADDRESS)


@pytest.fixture
def travelling(open_board, sessions, backend):
    """A page of a session of its own, which has moved on to another region in another tab."""
    backend.report({'web-frontend': BUILD, 'storefront': ['ERROR', '']})
    board = open_board(storage_state=sessions.log_in('demo'))
    board.hold_clock()
    yield board
    assert board.errors == []


def move_on(board, region='RegionTwo'):
    board.page.wait_for_load_state('networkidle')
    other = board.page.context.new_page()
    other.goto(f'{board.url}auth/switch_services_region/{region}/')
    other.close()


def test_a_session_that_has_moved_on_deletes_nothing_and_is_of_use_again_when_it_comes_back(travelling):
    travelling.open(GROUPS)
    move_on(travelling)
    travelling.pass_time(2500)
    moved = travelling.page.get_by_role('alert')
    expect(moved).to_contain_text('You have switched to another project or region')
    expect(travelling.root).to_have_attribute('data-gbp-status-state', 'stale')
    travelling.expect_state('web-frontend', 'BUILD')
    expect(travelling.page.locator('.gbp-status-gone')).to_have_count(0)
    travelling.pass_time(600_000)
    assert len(travelling.polls) == 1
    move_on(travelling, 'RegionOne')
    travelling.read_again()
    expect(moved).to_be_hidden()
    expect(travelling.root).to_have_attribute('data-gbp-status-state', 'live')
