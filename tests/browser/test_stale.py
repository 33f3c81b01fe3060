# SPDX-License-Identifier: Apache-2.0
"""A page whose statuses cannot be read says since when, tries again ever more slowly, and never looks fresh."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.board import L3_POLICIES

INTERVAL_MS = 2500
MINUTE_MS = 60_000
POLLS = '**/statuses/?*'


@pytest.fixture
def building(board, backend):
    backend.report({'web-frontend': BUILD})
    return board.open()


@pytest.fixture
def stale(building):
    building.poll()
    building.page.route(POLLS, lambda route: route.abort())
    building.poll()
    return building


def test_a_failure_says_since_when_and_when_next(stale):
    expect(stale.root).to_have_attribute('data-gbp-status-state', 'stale')
    expect(stale.notice).to_have_text(
        re.compile(
            r'The statuses could not be read since 12:00\sPM: the dashboard gave no usable answer\. '
            r'Next try 12:00\sPM\.'
        )
    )
    expect(stale.freshness).to_have_text(re.compile(r'^Last read 12:00\sPM$'))


def test_failures_double_the_delay_up_to_a_minute(stale):
    stale.page.route('**/*', lambda route: route.abort())
    waits = [stale.read_next() for _ in range(6)]
    assert waits == [5000, 10_000, 20_000, 40_000, MINUTE_MS, MINUTE_MS]


@pytest.mark.parametrize('status', [404, 502])
def test_any_answer_but_the_right_one_is_a_failure(building, status):
    building.page.route(POLLS, lambda route: route.fulfill(status=status, body='<h1>Bad gateway</h1>'))
    building.poll()
    expect(building.notice).to_contain_text('could not be read since')


@pytest.mark.parametrize(
    'body', ['<html><body>Please log in to the network</body></html>', '{"rows": ', '[]x', '{}', '[]', 'null']
)
def test_an_answer_that_is_no_answer_is_a_failure(building, body):
    building.page.route(POLLS, lambda route: route.fulfill(content_type='application/json', body=body))
    building.poll()
    expect(building.notice).to_contain_text('could not be read since')


def test_a_page_in_place_of_the_answer_is_a_failure(building):
    building.page.route(POLLS, lambda route: route.fulfill(content_type='text/html', body='<p>captive portal</p>'))
    building.poll()
    expect(building.notice).to_contain_text('could not be read since')


def test_a_request_without_an_answer_ends(building):
    building.page.route(POLLS, lambda route: None)
    building.pass_time(INTERVAL_MS)
    assert len(building.polls) == 1
    building.pass_time(30_000)
    building.wait_for_shown(1)
    expect(building.notice).to_contain_text('could not be read since')


def test_a_success_ends_the_notice_and_the_long_delays(stale):
    stale.poll()
    stale.page.unroute_all()
    stale.poll()
    expect(stale.notice).to_be_hidden()
    expect(stale.root).to_have_attribute('data-gbp-status-state', 'live')
    assert stale.poll() <= 4 * INTERVAL_MS


def test_try_again_does(stale):
    expect(stale.refresh).to_have_text('Try again')
    stale.page.unroute_all()
    stale.read_again()
    expect(stale.notice).to_be_hidden()
    expect(stale.refresh).to_have_text('Refresh')


@pytest.mark.parametrize('status', [429, 503])
def test_the_server_may_ask_for_patience(building, status):
    headers = {'Retry-After': '50'}
    building.page.route(POLLS, lambda route: route.fulfill(status=status, headers=headers, body=''))
    building.poll()
    assert building.poll() == 50_000


def test_a_network_that_is_back_is_used_at_once(building):
    building.page.context.set_offline(True)
    building.poll()
    expect(building.notice).to_contain_text('could not be read since')
    shown = len(building.polls)
    building.page.context.set_offline(False)
    building.wait_for_shown(shown + 1)
    expect(building.notice).to_be_hidden()


def test_kinds_that_cannot_be_read_keep_their_badges_and_are_named(board, backend):
    backend.report({'storefront': BUILD, 'retail-core-vrf': BUILD})
    board.open(L3_POLICIES)
    backend.fail('l2_policies', status=500)
    board.poll_until(board.notice, 'to_contain_text', 'L2 Polic')
    expect(board.notice).to_contain_text('could not be read since')
    board.expect_state('storefront', 'BUILD')
    backend.recover()
    board.poll_until(board.notice, 'to_be_hidden')
    board.poll_until_state('storefront', 'ACTIVE')


def test_a_kind_that_cannot_be_read_is_asked_for_ever_more_rarely(board, backend):
    backend.report({'storefront': BUILD, 'retail-core-vrf': BUILD})
    board.open(L3_POLICIES)
    backend.fail('l2_policies', status=500)
    for _ in range(8):
        board.poll()
    assert len(board.readings) > len(board.polls)
    asked = [poll['url'] for poll in board.polls]
    assert all('l3_policies=' in url for url in asked)
    assert 1 < sum('l2_policies=' in url for url in asked) < 6
