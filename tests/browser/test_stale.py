# SPDX-License-Identifier: Apache-2.0
"""A page whose statuses cannot be read says since when, and reads as soon as it can; it never looks fresh meanwhile."""

import re

from playwright.sync_api import expect

from tests.browser.backend import BUILD
from tests.browser.board import L3_POLICIES


def test_a_page_without_a_network_says_since_when_and_reads_at_once_when_that_is_back(board, backend):
    """Which answers are failures, and how rarely they are tried again, is in tests/js: page, transport, schedule."""
    backend.report({'web-frontend': BUILD})
    board.open()
    board.poll()
    board.page.context.set_offline(True)
    board.poll()
    expect(board.root).to_have_attribute('data-gbp-status-state', 'stale')
    expect(board.notice).to_have_text(
        re.compile(
            r'The statuses could not be read since 12:00\sPM: the dashboard gave no usable answer\. '
            r'Next try 12:00\sPM\.'
        )
    )
    expect(board.freshness).to_have_text(re.compile(r'^Last read 12:00\sPM$'))
    shown = len(board.polls)
    board.page.context.set_offline(False)
    board.wait_for_shown(shown + 1)
    expect(board.notice).to_be_hidden()
    expect(board.root).to_have_attribute('data-gbp-status-state', 'live')


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
