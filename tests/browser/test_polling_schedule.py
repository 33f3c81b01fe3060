# SPDX-License-Identifier: Apache-2.0
"""A page polls what is being built, ever more rarely, until that has settled; every delay is by its own clock."""

from playwright.sync_api import expect

from tests.browser.backend import BUILD

INTERVAL_MS = 2500
QUARTER_OF_AN_HOUR_MS = 900_000


def test_a_build_is_polled_ever_more_rarely_until_it_settles(board, backend):
    """What is settled is not read again here. All other delays are in tests/js: schedule, agenda, poller."""
    board.stop_heart()
    backend.report({'web-frontend': BUILD})
    board.open()
    assert [board.poll() for _ in range(4)] == [INTERVAL_MS * step for step in range(1, 5)]
    assert [poll['status'] for poll in board.polls] == [200, 304, 304, 304]
    assert 'If-None-Match' not in board.polls[0]['headers']
    assert board.polls[1]['headers']['If-None-Match']

    backend.report({})
    board.poll_until_state('web-frontend', 'ACTIVE')
    number = len(board.polls)
    board.pass_time(QUARTER_OF_AN_HOUR_MS)
    assert len(board.polls) == number
    expect(board.freshness).to_contain_text('Nothing on this page is being built')
    expect(board.pause).to_be_hidden()
