# SPDX-License-Identifier: Apache-2.0
"""How long answers take on another backend, by its name in costs.json: {"like": "apic"}.

The demo's own driver takes 0.75 ms a row. Cisco's AIM driver takes up to 175 ms where statuses are asked for, so what
is cheap here may be hopeless there.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
import threading
import time
from typing import NamedTuple
from urllib.parse import parse_qs

#: For how many seconds one call works before the next one has its turn. One neutron-server serves all calls in green
#: threads of one process: they take turns, and none is done the sooner for the others.
TURN_SECONDS = 0.02


class RowCost(NamedTuple):
    """Milliseconds for one row: with its status in a list, with its status by id, and without its status."""

    listed: float
    by_id: float
    plain: float


#: As measured on GBP 16 with the AIM driver, its database in PostgreSQL, and nobody else. Where nobody has measured a
#: row by id it is as in a list, and without its status nothing.
BACKENDS = {
    'apic': {
        'l2_policies': RowCost(175, 175, 2),
        'l3_policies': RowCost(98, 98, 10),
        'policy_rules': RowCost(23, 23, 0),
        'policy_target_groups': RowCost(12, 20, 5),
        'policy_rule_sets': RowCost(11, 11, 0),
        'policy_targets': RowCost(1.5, 1.5, 0),
    },
}


def seconds_for(backend: str, collection: str, query: str, rows: int, is_show: bool = False) -> float:
    """Return what an answer with some rows costs; a show is one row by its id."""
    cost = BACKENDS.get(backend, {}).get(collection, RowCost(0, 0, 0))
    asked = parse_qs(query)
    if not asks_for_status(asked):
        return rows * cost.plain / 1000
    return rows * (cost.by_id if is_show or 'id' in asked else cost.listed) / 1000


def asks_for_status(asked: Mapping[str, list[str]]) -> bool:
    """Say whether GBP asks its driver: unless ``fields`` names other attributes alone."""
    fields = asked.get('fields', [])
    return not fields or not {'status', 'status_details'}.isdisjoint(fields)


class Processor:
    """One processor for all calls: each gets a turn after those that wait, and no lock is held meanwhile."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._free_at = 0.0

    def work(self, seconds: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Return when so many seconds of the processor's time have been spent for the caller, or it goes on no more."""
        while seconds > 0 and goes_on():
            turn = min(seconds, TURN_SECONDS)
            self._sleep(self._reserve(turn))
            seconds -= turn

    def _reserve(self, turn: float) -> float:
        """Return in how many seconds the next free turn is over."""
        with self._lock:
            now = self._clock()
            self._free_at = max(now, self._free_at) + turn
            return self._free_at - now
