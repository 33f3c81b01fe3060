# SPDX-License-Identifier: Apache-2.0
"""The bars that show how many of some resources are in each state."""

from __future__ import annotations

from collections.abc import Sequence
import itertools
from typing import Protocol
from typing import TypedDict

from gbp_status_ui.model.statuses import Status


class Counted(Protocol):
    """How many are in a state, as a chip says it."""

    @property
    def status(self) -> Status: ...

    @property
    def count(self) -> int: ...


class Part(TypedDict):
    """What a bar has of one state."""

    status: Status
    start: int
    length: int


class Bar(TypedDict):
    length: int
    parts: list[Part]


#: One of so many parts of a bar is the smallest that is drawn.
MAX_PARTS = 50


def of(counts: Sequence[Counted]) -> Bar:
    """Return the length of a bar and its parts: as long as the counts, but a few among thousands are seen."""
    shortest = sum(one.count for one in counts) // MAX_PARTS
    lengths = [max(one.count, shortest) for one in counts]
    starts = itertools.accumulate(lengths, initial=0)
    # There is one start more: the end of the bar.
    parts = [Part(status=one.status, start=start, length=end) for one, start, end in zip(counts, starts, lengths)]
    return Bar(length=sum(lengths), parts=parts)
