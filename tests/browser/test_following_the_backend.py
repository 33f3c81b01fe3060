# SPDX-License-Identifier: Apache-2.0
"""What the backend does is seen on the open page without a reload, on every tab, and costs what it should."""

import time

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import L3_POLICIES

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ('address', 'name'),
    [(GROUPS, 'cart-service'), (L3_POLICIES, 'retail-core-vrf'), (CHAINS, 'checkout-to-payments')],
)
def test_from_build_to_error_to_active(board, backend, address, name):
    backend.report({name: BUILD})
    board.open(address)
    board.expect_state(name, 'BUILD')
    backend.report({name: ['ERROR', 'out of order']})
    board.poll_until_state(name, 'ERROR')
    number = len(board.polls)
    board.pass_time(HOUR_MS)
    assert len(board.polls) == number
    backend.report({})
    board.read_again()
    board.expect_state(name, 'ACTIVE')


def test_a_poll_of_a_full_page_is_one_list_call_to_gbp(board, backend, cloud):
    backend.report({}, rest=BUILD)
    board.open(GROUPS + '&kind=policy_target_groups')
    began_at = time.time()
    board.poll()
    # On every page group-based-policy-ui's script for launching instances lists groups as well, without fields;
    # the list of the API's extensions, which all pages share, is read anew each five minutes.
    calls = [call for call in cloud.calls(began_at) if 'fields=' in call['query']]
    lists = [call for call in calls if call['path'] != '/v2.0/extensions']
    assert len(board.polls) == 1
    assert [call['path'] for call in lists] == ['/v2.0/grouppolicy/policy_target_groups']
    assert lists[0]['query'].count('id=') >= board.page.locator('tr .gbp-status-badge').count()


def test_the_page_of_one_resource_is_kept_current(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open(GROUPS)
    board.row('web-frontend').locator('a').first.click()
    expect(board.page.locator('.gbp-status-detail')).to_be_visible()
    board.wait_for_start()
    # What depends on it comes by a request of its own, before any poll.
    expect(board.page.locator('[data-gbp-status-pending]')).to_have_count(0)
    details = board.page.locator('[data-gbp-status-mirror="details"]')
    expect(details).to_be_hidden()
    backend.report({'web-frontend': ['ERROR', 'no VLAN left']})
    board.poll_until(details, 'to_have_text', 'no VLAN left')
    expect(board.page.locator('[data-gbp-status-mirror="sentence"]')).to_contain_text('Do not expect it to work')


def test_refreshing_reads_what_is_settled_too(board, backend):
    board.open(GROUPS + '&q=web-frontend')
    backend.report({'web-frontend': ['ERROR', 'has failed since']})
    board.read_again()
    board.expect_state('web-frontend', 'ERROR')


def test_a_page_that_could_not_be_read_can_be_tried_again(board, backend):
    backend.fail('external_policies', status=500)
    board.open(GROUPS + '&sort=-name')
    expect(board.notice).to_contain_text('External Groups could not be read')
    backend.recover()
    board.page.get_by_role('button', name='Try again').click()
    expect(board.page.locator('#external_policies')).to_be_visible()
    expect(board.notice).to_be_hidden()
    assert board.page.url.endswith('&sort=-name')


def test_the_page_of_a_resource_that_could_not_be_read_can_be_tried_again(board, backend):
    board.open(GROUPS)
    address = board.row('cart-service').locator('a').first.get_attribute('href')
    backend.fail('policy_target_groups', status=500)
    board.page.goto(board.url.rstrip('/') + address)
    backend.recover()
    board.page.get_by_role('link', name='Try again').click()
    expect(board.page.locator('.gbp-status-detail')).to_be_visible()


def test_a_page_out_of_the_history_is_read_again_at_once(open_board, backend):
    board = open_board().open()
    board.page.locator('tr[data-object-id] a').first.click()
    expect(board.page.locator('.gbp-status-detail')).to_be_visible()
    backend.report({'web-frontend': ['ERROR', 'has failed meanwhile']})
    board.page.go_back()
    board.wait_for_shown(1)
    board.expect_state('web-frontend', 'ERROR')
    assert len(board.list_reads) == 1
