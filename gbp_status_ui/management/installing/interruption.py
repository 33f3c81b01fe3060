# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C, a lost connection, ``kill``: the first signal ends the work, and no further one ends the undoing."""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import signal
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Have the first of SIGNALS in the block raise KeyboardInterrupt, and have all that follow ignored."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    listen()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen() -> None:
    """The same, to the end of the process."""
    for number in SIGNALS:
        # nohup has SIGHUP ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def ignore() -> None:
    """From here on it is too late to stop."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    ignore()
    raise KeyboardInterrupt
