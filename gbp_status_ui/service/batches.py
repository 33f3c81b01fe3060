# SPDX-License-Identifier: Apache-2.0
"""Makes the calls of batches of questions in threads; the last call of a batch to end releases its lease."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
import functools
from typing import Any
from typing import Union

from gbp_status_ui.caching.answers import Batch
from gbp_status_ui.caching.answers import Lease
from gbp_status_ui.caching.answers import Question
from gbp_status_ui.caching.entries import Value
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.service.call import Read
from gbp_status_ui.service.connection import Connection
from gbp_status_ui.service.connection import Job
from gbp_status_ui.service.connection import Outcome
from gbp_status_ui.service.connection import Task

#: The calls that answer one batch by what tells them apart, and for how many seconds each may take.
Calls = Mapping[Any, tuple[Task, float]]
#: Makes values of questions from outcomes of calls.
ValuesOf = Callable[[dict[Any, Union[Read, Failure]]], Mapping[Question, Value]]


def start(
    connection: Connection,
    leases: Iterable[Lease[Question]],
    calls_of: Callable[[Batch[Question]], Calls],
    values_of: ValuesOf[Question] = dict,
    workers: int | None = None,
) -> None:
    """Have threads make the calls ``calls_of`` each batch by a connection; ``values_of`` their outcomes end its lease.

    Where no ``values_of`` is given the questions are the calls.
    """
    connection.start([job for lease in leases for job in _jobs(lease, calls_of(lease.batch), values_of)], workers)


def _jobs(lease: Lease[Question], made: Calls, values_of: ValuesOf[Question]) -> list[Job]:
    lease.parts = len(made)
    return [
        Job(call, limit_seconds, functools.partial(_done, lease, values_of, key), lease.keep)
        for key, (call, limit_seconds) in made.items()
    ]


def _done(
    lease: Lease[Question], values_of: ValuesOf[Question], key: object, outcome: Outcome, asked_at: float
) -> None:
    if isinstance(outcome, Exception):
        lease.refuse(outcome)
    else:
        lease.take(values_of({key: outcome}), asked_at)
