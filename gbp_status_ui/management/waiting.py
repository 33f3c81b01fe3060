# SPDX-License-Identifier: Apache-2.0
"""Runs what may wait for another program in a thread, and leaves the thread behind when the time is over."""

from __future__ import annotations

from collections.abc import Callable
import concurrent.futures
import os
import sys
import threading
import time
from typing import Generic
from typing import TypeVar

#: Threads whose time was over.
_left_behind: list[threading.Thread] = []

_Result = TypeVar('_Result')


class TookTooLong(Exception):
    """What was waited for did not come in time."""


class Task(Generic[_Result]):
    """Runs ``function(*arguments)`` in a thread; a thread that hangs does not keep the process from ending."""

    def __init__(self, function: Callable[..., _Result], *arguments: object) -> None:
        self._future: concurrent.futures.Future[_Result] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._run, args=(function, *arguments), daemon=True)
        self._thread.start()

    def _run(self, function: Callable[..., _Result], *arguments: object) -> None:
        try:
            self._future.set_result(function(*arguments))
        # Whatever it is, the one who waits gets it.
        except BaseException as fault:  # noqa: BLE001
            self._future.set_exception(fault)

    def result(self, seconds: float) -> _Result:
        """Return what the function returns.

        :raises TookTooLong: it does not return within so many seconds
        """
        done, _ = concurrent.futures.wait([self._future], max(0, seconds))
        if not done:
            _left_behind.append(self._thread)
            raise TookTooLong
        return self._future.result()


class TimeBudget:
    """The end of several waits together, so many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0, self._ends - time.monotonic())


def end(status: int) -> int:
    """Return the exit status, or end the process with it where a thread still hangs: Python crashes under some."""
    if any(thread.is_alive() for thread in _left_behind):
        sys.stdout.flush()
        os._exit(status)
    return status
