# SPDX-License-Identifier: Apache-2.0
"""How long one request of the dashboard may take: in all, and where its page comes back for what is pending."""

import time

from gbp_status_ui import conf

#: What a request that has to come back anyway holds its worker for, as a multiple of the setting ``list_wait``: in all,
#: and for each read after that.
MAX_HOLD_FACTOR, GRACE_FACTOR = 1.5, 0.5


class Deadline:
    """Made with the request, and passed down; times are seconds on the monotonic clock."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._ends = self._began + conf.get('time_limit')
        #: Whether the request has left something pending, for which its page comes back.
        self.will_retry = False

    @property
    def left(self) -> float:
        """For how many seconds this request still waits for what it cannot do without."""
        return self._ends - time.monotonic()

    @property
    def hold(self) -> float:
        """For how many seconds this request waits for what its page can come back for."""
        held = self._began + MAX_HOLD_FACTOR * list_wait_seconds() - time.monotonic()
        usual = list_wait_seconds() if not self.will_retry else max(held, GRACE_FACTOR * list_wait_seconds())
        return max(0.0, min(self.left, usual))

    @property
    def left_or_hold(self) -> float:
        """As ``left``, or as ``hold`` where the page comes back anyway."""
        return self.hold if self.will_retry else self.left


def list_wait_seconds() -> float:
    """Return for how many seconds a request waits for a list."""
    return conf.get('list_wait')
