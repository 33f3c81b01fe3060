# SPDX-License-Identifier: Apache-2.0
"""Updates can be paused (WCAG 2.2.2), and stay paused over a reload of the tab."""

from playwright.sync_api import expect

from tests.browser.backend import BUILD

HALF_AN_HOUR_MS = 1_800_000


def test_a_paused_page_stands_still_until_it_is_resumed_also_after_a_reload(board, open_board, backend):
    """What is settled is not read again here: the polls are counted and timed."""
    board.stop_heart()
    backend.report({'web-frontend': BUILD})
    board.open()
    icon = board.badge('web-frontend').locator('.gbp-status-icon')
    board.pause.click()
    expect(board.pause).to_have_text('Resume updates')
    expect(icon).to_have_css('animation-name', 'none')
    board.pass_time(HALF_AN_HOUR_MS)
    expect(board.freshness).to_contain_text('Updates are paused. Last read')
    assert board.polls == []

    board.page.reload()
    board.wait_for_start()
    expect(board.pause).to_have_text('Resume updates')
    board.pass_time(HALF_AN_HOUR_MS)
    assert board.polls == []
    expect(open_board().open().pause).to_have_text('Pause updates')

    began_at = board.now()
    board.read_again(board.pause)
    assert board.polls[0]['at'] == began_at
    expect(board.pause).to_have_text('Pause updates')
    expect(icon).to_have_css('animation-name', 'gbp-status-turn')
