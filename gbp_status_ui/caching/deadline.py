# SPDX-License-Identifier: Apache-2.0
"""The time limits of one request: in all, and for answers that its page can ask for again."""

import time

from gbp_status_ui import conf

#: For how long a request holds its worker if its page retries anyway, as a multiple of the setting ``list_wait``: in
#: all, and for each read after that.
MAX_HOLD_FACTOR, GRACE_FACTOR = 1.5, 0.5


class Deadline:
    """Made with the request, and passed down; times are seconds on the monotonic clock."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._ends = self._began + conf.get('time_limit')
        #: Whether the request has left something pending, for which its page asks again.
        self.will_retry = False

    @property
    def left(self) -> float:
        """For how many seconds this request still waits for an answer that it needs."""
        return self._ends - time.monotonic()

    @property
    def hold(self) -> float:
        """For how many seconds this request waits for an answer that its page can ask for again."""
        held = self._began + MAX_HOLD_FACTOR * list_wait_seconds() - time.monotonic()
        usual = list_wait_seconds() if not self.will_retry else max(held, GRACE_FACTOR * list_wait_seconds())
        return max(0.0, min(self.left, usual))

    @property
    def left_or_hold(self) -> float:
        """``hold`` if the page will ask again anyway, else ``left``."""
        return self.hold if self.will_retry else self.left


def list_wait_seconds() -> float:
    """Return for how many seconds a request waits for a list."""
    return conf.get('list_wait')
