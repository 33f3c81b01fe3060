# SPDX-License-Identifier: Apache-2.0
"""A list whose statuses cost GBP much: read without them, then some rows at a time by their ids.

Real backends take up to 180 ms for the status of one row, and a hundredth of that for the row without it. One call for
all rows would take minutes, and proxies would close the connection. A call for a slice takes less than a second.
"""

from __future__ import annotations

from collections.abc import Iterable
import dataclasses
import time
from typing import Any

from gbp_status_ui import conf
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.resource import STATUS_FIELDS
from gbp_status_ui.service import transport
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.call import Client
from gbp_status_ui.service.connection import Limit

#: How long one call for statuses is to take, and how many rows it has where nothing is known of their cost.
SLICE_SECONDS, FIRST_SLICE_ROWS = 0.7, 4

#: The part of a call's time limit for the list without statuses, after the list with statuses did not come in time.
NAMES_LIMIT_FACTOR = 0.5


def slice_rows(seconds_per_row: float) -> int:
    """Return how many rows one call reads with their statuses."""
    if not seconds_per_row:
        return FIRST_SLICE_ROWS
    return max(1, min(conf.MAX_CALL_IDS, int(SLICE_SECONDS / seconds_per_row)))


def without_statuses(call: Call) -> Call:
    """Return the list that a list with statuses is without them."""
    return _changed(call, fields=tuple(name for name in call.fields if name not in STATUS_FIELDS))


def of_ids(call: Call, ids: Iterable[str]) -> Call:
    """Return the list with the same attributes of some rows."""
    return Call(call.path, call.collection, (('fields', call.fields), ('id', tuple(ids))))


def _changed(call: Call, **changes: Any) -> Call:
    return dataclasses.replace(call, params=tuple((name, changes.get(name, value)) for name, value in call.params))


@dataclasses.dataclass(frozen=True)
class Sweep:
    """All rows of a list with their statuses, by many calls one after the other; see :class:`Job`.

    ``seconds_per_row`` is what is known of the cost of a status, 0 for nothing.
    """

    call: Call
    seconds_per_row: float = 0.0

    def run(self, client: Client, limit: Limit) -> Rows:
        """Return the :class:`Rows`; a row that is gone by the time when its status is read is left out."""
        listed = without_statuses(self.call).rows(client, limit)
        left, found, seconds = [row['id'] for row in listed], Rows([], listed.unreadable), self.seconds_per_row
        while left:
            some, left = left[: slice_rows(seconds)], left[slice_rows(seconds) :]
            limit.restart()
            began_at = time.monotonic()
            read = of_ids(self.call, some).rows(client, limit)
            seconds = (time.monotonic() - began_at) / len(some)
            found.extend(read)
            found.unreadable += read.unreadable
        return found


@dataclasses.dataclass(frozen=True)
class ListOrSweep:
    """A list in one call; where that does not come in time, by a sweep."""

    call: Call

    def run(self, client: Client, limit: Limit) -> Rows:
        try:
            return self.call.rows(client, limit)
        except transport.TIMEOUTS:
            limit.restart(NAMES_LIMIT_FACTOR * conf.get('time_limit'))
            return Sweep(self.call).run(client, limit)
