# SPDX-License-Identifier: Apache-2.0
"""Makes the calls of a batch of questions in threads; the last call to end releases the lease of the batch."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
import functools
import threading
from typing import Generic
from typing import TypeVar

from gbp_status_ui.caching.answers import Lease
from gbp_status_ui.caching.answers import Question
from gbp_status_ui.caching.entries import Value
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.call import Read
from gbp_status_ui.service.connection import Connection
from gbp_status_ui.service.connection import Job
from gbp_status_ui.service.connection import Outcome
from gbp_status_ui.service.connection import Task

#: What tells a call of a batch from the others.
CallKey = TypeVar('CallKey')
#: The calls that answer one batch, and for how many seconds each may take.
Calls = dict[CallKey, tuple[Task, float]]


def start(
    connection: Connection,
    leased: Iterable[tuple[Lease[Question], Calls[CallKey]]],
    values_of: Callable[[dict[CallKey, Read | Failure]], Mapping[Question, Value]],
    workers: int | None = None,
) -> None:
    """Have threads make the calls of each lease by a connection; ``values_of`` their outcomes end it."""
    connection.start([job for lease, made in leased for job in _Batch(lease, made, values_of).jobs], workers)


def by_call(outcomes: dict[Call, Read | Failure]) -> Mapping[Call, Value]:
    """Return the values of a batch whose questions are its calls."""
    return outcomes


class _Batch(Generic[Question, CallKey]):
    """The calls that answer one batch of questions; the last one to come ends its lease."""

    def __init__(
        self,
        lease: Lease[Question],
        made: Calls[CallKey],
        values_of: Callable[[dict[CallKey, Read | Failure]], Mapping[Question, Value]],
    ) -> None:
        self._lease = lease
        self._made = made
        self._values_of = values_of
        self._left = len(made)
        self._lock = threading.Lock()

    @property
    def jobs(self) -> list[Job]:
        """Return the :class:`Job` of each call."""
        return [
            Job(call, limit_seconds, functools.partial(self._done, key), self._lease.keep)
            for key, (call, limit_seconds) in self._made.items()
        ]

    def _done(self, key: CallKey, outcome: Outcome, asked_at: float) -> None:
        with self._lock:
            self._left -= 1
            is_last = not self._left
        if isinstance(outcome, Exception):
            self._lease.refuse(outcome)
        else:
            self._lease.take(self._values_of({key: outcome}), asked_at, is_last)
