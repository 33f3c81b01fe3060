# SPDX-License-Identifier: Apache-2.0
"""The overview: its parts come with the page or in one request after it, and are kept current while they change."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import OVERVIEW

MINUTE_MS = 60_000
LINE = '**/overview/?kind=l2_policies'


def line(board, kind):
    return board.page.locator(f'[data-gbp-status-fragment="{kind}"]')


def reloads(board):
    """The reads of lines again, which say themselves how old an answer may be."""
    return [one for one in board.requests if 'kind=' in one['url'] and 'Cache-Control' in one['headers']]


def read_lines_again(board):
    """Let time pass until the lines of which a badge has changed, or that have failed, have been read once more."""
    number = len(reloads(board))
    while len(reloads(board)) == number:
        board.pass_time(500)
    reloaded = 'window.watched.requests.filter(one => one.headers["Cache-Control"] && one.status)'
    answered = f'number => {reloaded}.length > number'
    board.page.wait_for_function(answered, arg=number)


@pytest.fixture(autouse=True)
def quiet(board):
    """What is settled is not read again: these tests count what is read."""
    board.stop_heart()


def test_every_kind_has_its_line_and_its_counts(board, backend):
    backend.report({'storefront': ERROR})
    board.open(OVERVIEW)
    expect(line(board, 'l2_policies')).to_contain_text('Error')
    expect(line(board, 'problems')).to_contain_text('storefront')
    expect(board.page.locator('[data-gbp-status-fragment][aria-busy]')).to_have_count(0)
    expect(board.page.locator('[data-gbp-status-fragment]')).to_have_count(2 + 17)


def test_times_are_written_in_one_form(board, backend):
    backend.report({'storefront': ERROR})
    board.open(OVERVIEW)
    expect(board.freshness).to_have_text(re.compile(r'\d:\d\d\s[AP]M'))
    since = line(board, 'problems').locator('.gbp-status-since').first
    expect(since).to_have_attribute('title', re.compile(r'^since .*\d:\d\d\s[AP]M.* or earlier$'))
    expect(since.locator('.sr-only')).to_have_text(re.compile(r'^since .*\d:\d\d\s[AP]M.* or earlier$'))
    expect(since.locator('.gbp-status-elapsed')).to_have_text('less than a minute')


def test_a_slow_line_does_not_hold_up_the_others(open_slow, backend):
    board = open_slow(OVERVIEW)
    backend.fail('l2_policies', hold=True, full=True)
    board.page.route(LINE, lambda route: None)
    # Chromium asks for what is newer than any answer that another test has left (Cache-Control: max-age=0).
    board.page.reload()
    expect(line(board, 'l3_policies').locator('.gbp-status-chip')).not_to_have_count(0)
    expect(line(board, 'l2_policies')).to_have_attribute('aria-busy', 'true')


@pytest.mark.parametrize(
    'answer',
    [{'status': 500}, {'content_type': 'application/json', 'body': '{}'}, {'body': '<p>captive portal</p>'}],
    ids=['failure', 'no lines', 'no answer'],
)
def test_a_line_that_failed_keeps_its_name_and_can_be_tried_again(board, backend, answer):
    backend.report({'storefront': BUILD})
    board.open(OVERVIEW)
    failed = line(board, 'l2_policies')
    expect(failed).to_contain_text('Building')
    backend.report({'storefront': ERROR})
    board.page.route(LINE, lambda route: route.fulfill(**answer))
    read_lines_again(board)
    expect(board.notice).to_contain_text('could not be read since')
    expect(failed).to_contain_text('L2 Policies')
    expect(failed).to_contain_text('Building')
    again = board.page.get_by_role('button', name='Try again')
    expect(again).to_have_count(1)
    board.page.unroute_all()
    again.press('Enter')
    expect(failed).to_contain_text('Error')
    expect(board.notice).to_be_hidden()


def test_a_line_that_gbp_does_not_answer_is_named_and_read_again(board, backend):
    backend.fail('l2_policies', status=503)
    board.open(OVERVIEW)
    expect(line(board, 'l2_policies')).to_contain_text('could not be read')
    expect(board.notice).to_have_text('L2 Policies could not be read: the network service gave no usable answer.')
    backend.recover()
    # The line and the list of problems, which lacked the kind, too, are read again at times of their own.
    for _ in range(3):
        if board.notice.is_visible():
            read_lines_again(board)
    expect(line(board, 'l2_policies')).not_to_contain_text('could not be read')
    expect(board.notice).to_be_hidden()


@pytest.mark.parametrize('body', ['{}', 'null'])
def test_lines_that_come_to_nothing_are_tried_again(board, backend, body):
    backend.report({'storefront': BUILD})
    board.open(OVERVIEW)
    expect(line(board, 'l2_policies')).to_contain_text('Building')
    backend.report({})
    board.page.route(LINE, lambda route: route.fulfill(content_type='application/json', body=body))
    read_lines_again(board)
    expect(board.notice).to_contain_text('could not be read since')
    board.page.unroute_all()
    read_lines_again(board)
    expect(line(board, 'l2_policies')).not_to_contain_text('Building')


def test_lines_of_which_badges_have_changed_are_read_again_in_one_request(board, backend):
    backend.report({'storefront': BUILD, 'retail-core-vrf': BUILD})
    board.open(OVERVIEW)
    for kind in ('l2_policies', 'l3_policies'):
        expect(line(board, kind)).to_contain_text('Building')
    backend.report({})
    read_lines_again(board)
    asked = reloads(board)[0]['url']
    assert set(re.findall(r'kind=(\w+)', asked)) == {'l2_policies', 'l3_policies'}


def test_counts_follow_and_the_reading_ends(board, backend):
    backend.report({'storefront': BUILD})
    board.open(OVERVIEW)
    expect(line(board, 'l2_policies')).to_contain_text('Building')
    # The time that passes next would be over for lines that have not come yet.
    expect(board.page.locator('[data-gbp-status-fragment][aria-busy]')).to_have_count(0)
    backend.report({'storefront': ERROR})
    read_lines_again(board)
    expect(line(board, 'l2_policies')).not_to_contain_text('Building')
    expect(line(board, 'l2_policies')).to_contain_text('Error')
    board.poll_until(board.page.locator('.gbp-status-badge[data-gbp-status="BUILD"]'), 'to_have_count', 0)
    number = len(reloads(board))
    board.pass_time(10 * MINUTE_MS)
    assert len(reloads(board)) == number
    expect(board.freshness).to_contain_text('Nothing on this page is being built')


def test_nothing_in_build_means_no_reading(board):
    board.open(OVERVIEW)
    expect(board.page.locator('[data-gbp-status-fragment][aria-busy]')).to_have_count(0)
    board.pass_time(10 * MINUTE_MS)
    assert reloads(board) == []


@pytest.mark.parametrize('target', ['.gbp-status-line-title a', '.gbp-status-chip'])
def test_a_line_that_changes_keeps_the_focus(board, backend, target):
    backend.report({'storefront': BUILD, 'checkout': BUILD})
    board.open(OVERVIEW)
    focused = line(board, 'l2_policies').locator(target).first
    focused.focus()
    href = focused.get_attribute('href')
    backend.report({'storefront': BUILD})
    read_lines_again(board)
    expect(line(board, 'l2_policies')).to_contain_text(re.compile(r'Building\s+1\b'))
    assert board.page.evaluate('document.activeElement.getAttribute("href")') == href
