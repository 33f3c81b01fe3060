# SPDX-License-Identifier: Apache-2.0
"""A session that has ended leads to the log-in, and from there back to the page."""

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


@pytest.mark.parametrize('status', [401, 403])
def test_a_refused_poll_leads_to_the_login(building, status):
    building.page.route('**/statuses/?*', lambda route: route.fulfill(status=status))
    building.pass_time(2500)
    expect(building.page).to_have_url(LOGIN)
    assert next_page(building) == '/project/gbp_status/' + ADDRESS


def test_an_ended_session_is_noticed_when_a_popover_opens(board, backend):
    backend.report({'web-frontend': ['ERROR', '']})
    board.open()
    end_session(board.page)
    board.button('web-frontend').click()
    expect(board.page).to_have_url(LOGIN)
    assert next_page(board) == '/project/gbp_status/' + GROUPS
