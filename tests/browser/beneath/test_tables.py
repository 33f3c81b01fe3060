# SPDX-License-Identifier: Apache-2.0
"""What fails beneath a resource is seen in our table and in gbpui's, without a reload; on a cloud as real ones are."""

from playwright.sync_api import expect
import pytest

from tests.browser import audit
from tests.browser.board import L3_POLICIES
from tests.browser.panels import NETWORK
from tests.browser.panels import Panel

POLICY, NET, L3_POLICY = 'storefront', 'l2p_storefront', 'retail-core-vrf'
MINUTE_MS = 60_000
#: Time passes in steps shorter than the time limit of a request; all of them last longer than a heartbeat.
STEPS, STEP_MS = 43, 2000
MARK, FAILED = '.gbp-status-mark', 'network in error'


@pytest.fixture
def panel(open_page, sessions):
    """The page of gbpui that lists the L2 policies of an L3 policy."""
    one = Panel(open_page(), sessions.url)
    one.hold_clock()
    yield one
    assert one.errors == []


def expect_below(board, state, words):
    """Let time pass until the badge says that, a heartbeat at most; the page retries what takes longer."""
    badge = board.badge(POLICY)
    for _step in range(STEPS):
        if badge.get_attribute('data-gbp-below') == state:
            break
        board.pass_time(STEP_MS)
        # What was asked for comes by the browser's own time.
        while board.page.evaluate('window.watched.running'):
            pass
    expect(badge).to_have_attribute('data-gbp-below', state)
    expect(badge.locator(MARK)).to_have_text(words)


def expect_mark_to_follow(board, backend):
    """What becomes of the network is seen within a heartbeat."""
    expect_below(board, 'ok', [])
    button = board.button(POLICY)
    button.focus()
    backend.report(**{NET: 'error'})
    expect_below(board, 'error', [FAILED])
    expect(button).to_be_focused()
    board.expect_state(POLICY, 'ACTIVE')
    expect(button).to_have_accessible_name(f'Active {FAILED} {POLICY}, show details')
    expect(board.live).to_have_text(f'{POLICY}: {FAILED}')
    backend.report()
    expect_below(board, 'ok', [])
    expect(board.live).to_have_text(f'{POLICY}: Active')


def test_a_failed_network_is_seen_in_our_table(board, backend):
    board.open(f'{L3_POLICIES}&kind=l2_policies')
    expect_mark_to_follow(board, backend)


def test_a_failed_network_is_seen_in_the_table_of_gbpui(panel, backend):
    panel.show(NETWORK)
    panel.row(L3_POLICY).get_by_role('link', name=L3_POLICY).click()
    panel.wait_for_start()
    expect_mark_to_follow(panel, backend)


def test_a_page_that_is_opened_asks_once_for_what_is_beneath_and_then_rests(board, backend):
    board.open(f'{L3_POLICIES}&kind=l2_policies')
    expect_below(board, 'ok', [])
    opening = len(board.polls)
    board.pass_time(MINUTE_MS / 2)

    assert len(board.polls) == opening
    assert board.list_reads == []


@pytest.mark.parametrize('state', ['error', 'build'])
def test_a_mark_breaks_no_rule_of_accessibility(open_board, backend, state):
    backend.report(**{NET: state})
    board = open_board().open(f'{L3_POLICIES}&kind=l2_policies')
    expect(board.badge(POLICY).locator(MARK)).to_be_visible()

    assert audit.violations(board) == {}


def test_the_badges_of_a_page_without_scripts_say_nothing_of_what_is_beneath(open_page, sessions, backend):
    backend.report(**{NET: 'error'})
    page = open_page(java_script_enabled=False)
    page.goto(f'{sessions.url}project/gbp_status/{L3_POLICIES}')

    expect(page.locator(f'[data-gbp-status-name="{POLICY}"]')).to_have_attribute('data-gbp-status', 'ACTIVE')
    expect(page.locator(MARK)).to_have_count(0)
