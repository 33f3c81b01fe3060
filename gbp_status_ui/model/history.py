# SPDX-License-Identifier: Apache-2.0
"""The history of a resource: the changes of its state that somebody has seen."""

from __future__ import annotations

from collections.abc import Sequence
import dataclasses
import time

from gbp_status_ui.model import statuses
from gbp_status_ui.model.statuses import Status

#: How many changes of one resource are noted at most.
MAX_CHANGES = 20

#: What is called recent: errors that are counted, and recoveries.
RECENT_SECONDS = 24 * 60 * 60

#: From how many errors on, within that time, a resource is said to flap.
MIN_ERRORS = 2


@dataclasses.dataclass(frozen=True)
class Change:
    """When somebody first saw a resource in a state, in seconds since 1970, and in which one it was seen before.

    ``before`` is None where none is noted.
    """

    at: float
    before: Status | None
    after: Status

    @property
    def is_error(self) -> bool:
        """Whether it was seen in error, and not before."""
        return self.after.problem and not (self.before and self.before.problem)

    @property
    def is_recent(self) -> bool:
        return self.at > time.time() - RECENT_SECONDS


@dataclasses.dataclass(frozen=True)
class History:
    """The changes of one resource, the newest first."""

    changes: tuple[Change, ...]

    @property
    def errors(self) -> int:
        """How often it was seen to be in error anew within a day, where that is more than once; else 0."""
        number = sum(change.is_error and change.is_recent for change in self.changes)
        return number if number >= MIN_ERRORS else 0

    @property
    def recovered_at(self) -> float:
        """When it was first seen to work after its last error, where that ended within a day; else 0."""
        found = 0.0
        for change in self.changes:
            found = change.at if change.after.well else found
            if change.before and change.before.problem and not change.after.problem:
                return found if change.is_recent and self.changes[0].after.well else 0.0
        return 0.0


def of(value: str, entered: Sequence[tuple[float, str]]) -> History:
    """Return the history of what is in a state now; ``entered`` are (when, value of the state before), oldest first."""
    states = [*(before for _at, before in entered[1:]), value]
    changes = [
        Change(at, statuses.named(before) if before else None, statuses.named(after))
        for (at, before), after in zip(entered, states)
    ]
    return History(tuple(reversed(changes)))
