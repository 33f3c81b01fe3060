# SPDX-License-Identifier: Apache-2.0
"""When a page polls, and when it does not; every delay is the page's own, by its own clock."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import ACTIVE
from tests.browser.backend import BUILD
from tests.browser.board import L3_POLICIES

INTERVAL_MS = 2500
MINUTE_MS = 60_000


@pytest.fixture(autouse=True)
def quiet(board):
    """What is settled is not read again: these tests count and time the polls."""
    board.stop_heart()


@pytest.fixture
def building(board, backend):
    """A page on which one group is being built."""
    backend.report({'web-frontend': BUILD})
    return board.open()


def delays(board, number):
    return [board.poll() for _ in range(number)]


def test_delays_grow_by_the_interval(building):
    """How far, and what becomes of them after ten minutes, is in tests/js/schedule.test.mjs."""
    assert delays(building, 4) == [INTERVAL_MS * step for step in range(1, 5)]


def test_a_change_starts_the_delays_again(building, backend):
    delays(building, 6)
    backend.change({'web-frontend': ['BUILD', 'half way']})
    building.button('web-frontend').click()
    building.poll_until(building.popover, 'to_contain_text', 'half way')
    assert delays(building, 2) == [INTERVAL_MS, 2 * INTERVAL_MS]


@pytest.mark.parametrize(('chance', 'share'), [(0, 0.8), (1, 1.2)])
def test_delays_differ_by_a_fifth_at_most(board, backend, chance, share):
    backend.report({'web-frontend': BUILD})
    board.page.add_init_script(f'window.watched.chance = {chance}')
    board.open()
    assert delays(board, 2) == [INTERVAL_MS * share, 2 * INTERVAL_MS * share]


def test_nothing_in_build_means_no_poll(board):
    board.open()
    expect(board.freshness).to_contain_text('Nothing on this page is being built')
    board.pass_time(15 * MINUTE_MS)
    assert board.polls == []


def test_polling_ends_when_the_last_build_settles(building, backend):
    building.poll()
    backend.report({})
    building.poll_until_state('web-frontend', 'ACTIVE')
    number = len(building.polls)
    building.pass_time(15 * MINUTE_MS)
    assert len(building.polls) == number
    expect(building.freshness).to_contain_text('Nothing on this page is being built')


def test_one_request_for_any_number_of_rows_and_kinds(board, backend):
    backend.report({}, rest=BUILD)
    board.open(L3_POLICIES)
    board.poll()
    ids = board.page.locator('tr .gbp-status-badge').evaluate_all('all => all.map(one => one.dataset.gbpStatusId)')
    assert len(board.polls) == 1
    assert len(ids) > 10
    assert all(id_ in board.polls[0]['url'] for id_ in ids)
    assert 'l3_policies=' in board.polls[0]['url']
    assert 'l2_policies=' in board.polls[0]['url']


def test_more_ids_than_one_request_takes_are_asked_for_one_request_after_the_other(board, backend):
    backend.report({}, rest=BUILD)
    board.page.add_init_script(
        """addEventListener('DOMContentLoaded', () => {
             document.querySelector('[data-gbp-status-max-ids]').setAttribute('data-gbp-status-max-ids', '5');
           })"""
    )
    board.open()
    rows = board.page.locator('tr .gbp-status-badge').count()
    requests = -(-rows // 5)
    board.pass_time(INTERVAL_MS)
    board.wait_for_shown(1)
    assert len(board.polls) == requests
    assert board.page.evaluate('window.watched.most') == 1


def test_never_two_polls_at_once(building):
    held = building.hold('**/statuses/?*')
    building.pass_time(25_000)
    assert len(building.polls) == 1
    held[0].continue_()
    building.wait_for_shown(1)
    building.page.unroute_all()
    assert building.poll() == 2 * INTERVAL_MS


def test_an_answer_may_be_as_old_as_it_would_be_soon_enough(building):
    building.poll()
    building.poll()
    building.read_again()
    asked = [one['headers']['Cache-Control'] for one in building.requests if 'Cache-Control' in one['headers']]
    assert asked == ['max-age=1', 'max-age=3', 'max-age=0']


def test_an_unchanged_answer_is_a_304(building):
    building.poll()
    building.poll()
    assert [poll['status'] for poll in building.polls] == [200, 304]
    assert 'If-None-Match' not in building.polls[0]['headers']
    assert building.polls[1]['headers']['If-None-Match']


def test_what_was_settled_is_not_asked_for_again(building, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    building.open()
    building.poll()
    cart = building.badge('cart-service').get_attribute('data-gbp-status-id')
    assert cart in building.polls[-1]['url']
    backend.change({'cart-service': ACTIVE})
    building.poll_until_state('cart-service', 'ACTIVE')
    building.poll()
    assert cart not in building.polls[-1]['url']


def test_a_row_that_others_add_wakes_the_timer(board, backend):
    board.open()
    board.pass_time(MINUTE_MS)
    backend.report({'cdn-origin': BUILD})
    board.page.evaluate(
        """address => fetch(address).then(answer => answer.text()).then(html => {
             const page = new DOMParser().parseFromString(html, 'text/html');
             const row = page.querySelector('[data-gbp-status-name="cdn-origin"]').closest('tr');
             document.querySelector('[data-gbp-status-name="cdn-origin"]').closest('tr').replaceWith(row);
           })""",
        board.page.url,
    )
    expect(board.badge('cdn-origin')).to_have_attribute('data-gbp-status', 'BUILD')
    begun = board.now()
    board.poll()
    assert board.polls[0]['at'] - begun == INTERVAL_MS
