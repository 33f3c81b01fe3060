# SPDX-License-Identifier: Apache-2.0
"""A hidden tab asks for nothing; one that is shown again asks at once."""

from tests.browser.backend import BUILD

HOUR_MS = 3_600_000
#: Headless Chromium never hides a tab; this is all that the page can see of one that is.
SHOW = """hidden => {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_hidden_tab_does_not_poll_and_does_so_at_once_when_it_is_shown(board, backend):
    """What is settled is not read again here: the polls are counted and timed."""
    board.stop_heart()
    backend.report({'web-frontend': BUILD})
    board.open()
    board.poll()
    board.page.evaluate(SHOW, True)
    board.pass_time(HOUR_MS)
    assert len(board.polls) == 1
    began_at = board.now()
    board.page.evaluate(SHOW, False)
    board.wait_for_shown(2)
    assert board.polls[-1]['at'] == began_at
