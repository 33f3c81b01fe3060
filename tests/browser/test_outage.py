# SPDX-License-Identifier: Apache-2.0
"""An outage of the network service: what was known stays, one sentence says what could not be read, nothing is zero."""

import re

from playwright.sync_api import expect
import pytest

from gbp_status_ui.model import registry

from tests.browser.backend import ERROR
from tests.browser.board import OVERVIEW

KINDS = len(registry.KINDS)
WHY = 'the network service gave no usable answer'


@pytest.fixture
def outage(backend):
    """Call it: from now on no kind can be read."""
    return lambda: backend.fail(*(kind.collection for kind in registry.KINDS), status=503)


def summary(board):
    return board.page.locator('.gbp-status-summary p')


def problems(board):
    return board.page.locator('.gbp-status-problem')


def refresh(board):
    board.page.locator('[data-gbp-status-act="refresh"]').click()


def open_with_a_problem(board, backend):
    """What failed in another test is asked for anew, and all has been read when this returns."""
    backend.report({'storefront': ERROR})
    board.open(OVERVIEW)
    # The page shows the problem already: an outage must not begin while this is being answered.
    with board.page.expect_response('**/overview/**'):
        refresh(board)
    expect(problems(board)).to_have_count(1)
    expect(board.page.locator('[data-gbp-status-pending], .gbp-status-chip-unknown')).to_have_count(0)


def test_an_open_page_keeps_what_it_knew_and_says_since_when(board, backend, outage):
    open_with_a_problem(board, backend)
    expect(summary(board)).to_contain_text('is broken')
    title = board.page.title()
    outage()
    refresh(board)
    expect(board.notice).to_contain_text(
        re.compile(rf'^{KINDS} of {KINDS} kinds .*could not be read since .*: {WHY}\.')
    )
    expect(board.page.get_by_role('button', name='Try again')).to_have_count(1)
    expect(board.freshness).to_contain_text('Last read')
    expect(summary(board)).to_contain_text('is broken')
    expect(board.page.locator('section.gbp-status-summary')).to_contain_text('as of')
    expect(problems(board)).to_have_count(1)
    assert board.page.title() == title
    backend.recover()
    board.page.get_by_role('button', name='Try again').click()
    expect(board.notice).to_be_hidden()
    expect(board.page.locator('[data-gbp-status-as-of]')).to_have_count(0)


def test_a_page_that_is_opened_meanwhile_says_that_nothing_is_known(board, backend, outage):
    backend.report({'storefront': ERROR})
    outage()
    board.open(OVERVIEW)
    expect(board.notice).to_contain_text(re.compile(rf'^{KINDS} of {KINDS} kinds .*could not be read: {WHY}\.'))
    expect(summary(board)).to_have_text('Nothing could be read, so it is not known what is broken.')
    expect(board.freshness).to_have_text('Nothing could be read yet.')
    expect(board.page.locator('[data-gbp-status-count]')).to_have_count(0)
    expect(board.page.locator('.gbp-status-unread').filter(visible=True)).to_have_count(0)
