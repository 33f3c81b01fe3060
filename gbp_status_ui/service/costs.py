# SPDX-License-Identifier: Apache-2.0
"""How long GBP took for each list the last time, from the cache; which calls are made depends on it.

A real backend is asked for each row of a list with statuses, which takes up to 180 ms a row; without statuses the same
list takes a hundredth of that. Such a list is *expensive*. The rows of an expensive kind come from a list without
statuses, and a call by ids reads the statuses of the rows on a page. A sweep reads all statuses now and then.
"""

from __future__ import annotations

from collections.abc import Iterable
import dataclasses
import time

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching.answers import Answers
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Entry
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.service import sweep
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.connection import Task

#: A list that takes longer than this is expensive, where it takes that many times as long as without statuses.
EXPENSIVE_SECONDS, EXPENSIVE_FACTOR = 1.0, 2

#: Reads in the background take at most one part in so many of GBP's time.
COOLDOWN_FACTOR = 20

#: A list that takes long gets more time at the next try, up to what proxies usually allow.
TIME_LIMIT_FACTOR, MAX_LIST_SECONDS = 3, 60


@dataclasses.dataclass(frozen=True)
class Cost:
    """What is known of one list: the entry of it, and that of the same list without statuses."""

    call: Call
    full: Entry
    names: Entry

    @property
    def kind(self) -> Kind:
        return registry.BY_COLLECTION[self.call.collection]

    @property
    def seconds(self) -> float:
        """How long GBP takes for all of it, 0 where nobody knows."""
        return self.full.seconds

    @property
    def is_slow(self) -> bool:
        """Whether it takes longer than a request waits."""
        return self.seconds > deadline.list_wait_seconds()

    @property
    def is_expensive(self) -> bool:
        return (
            self.kind.read_by is ReadBy.LIST
            and self.names.good is not None
            and self.seconds > max(EXPENSIVE_SECONDS, EXPENSIVE_FACTOR * self.names.good.seconds)
        )

    @property
    def may_be_expensive(self) -> bool:
        """Whether it is expensive, or not read yet while the same list without statuses is."""
        return self.is_expensive or (
            self.kind.read_by is ReadBy.LIST and bool(self.names.good) and not self.full.outcome
        )

    @property
    def wants_rows_alone(self) -> bool:
        """Whether a page that waits for it asks for the same list without statuses.

        Nothing may be known of that yet; one that is known to take as long without statuses is not asked for.
        """
        return self.may_be_expensive or (self.kind.read_by is ReadBy.LIST and self.names.good is None)

    @property
    def seconds_per_row(self) -> float:
        """How long GBP takes for one status, 0 where nobody knows; at least so long where the list did not come."""
        rows = self.full.rows if self.full.good and not self.full.timed_out else self.names.rows
        return self.seconds / rows if rows and not self.full.timed_out else 0.0

    @property
    def read_now(self) -> Answer | None:
        """The last answer to the call that each reading page makes; None if the cache has none."""
        return self.names.good if self.is_expensive else self.full.outcome

    @property
    def in_cooldown(self) -> bool:
        """Whether its statuses were read so recently that only a user may have them read again."""
        return self.is_expensive and in_cooldown(self.full.good)

    @property
    def job(self) -> tuple[Task, float]:
        """What reads all of it, and for how many seconds each call may take."""
        limit_seconds = conf.get('time_limit')
        if self.is_expensive:
            return sweep.Sweep(self.call, self.seconds_per_row), limit_seconds
        limit_seconds = max(limit_seconds, min(MAX_LIST_SECONDS, TIME_LIMIT_FACTOR * self.seconds))
        return (self.call if self.kind.read_by is ReadBy.SHOW else sweep.ListOrSweep(self.call)), limit_seconds


def busy_seconds(answers: Iterable[Answer]) -> float:
    """Return for how many seconds GBP was busy with some answers. Times of parallel calls overlap, and count once."""
    busy = until = 0.0
    for answer in sorted(answers, key=lambda one: one.asked_at):
        busy += max(0.0, answer.came_at - max(until, answer.asked_at))
        until = max(until, answer.came_at)
    return busy


def in_cooldown(answer: Answer | None) -> bool:
    """Say whether a good answer, or None, is so new that only a user may have it read again."""
    return answer is not None and time.time() - answer.came_at < COOLDOWN_FACTOR * answer.seconds


def of(answers: Answers, lists: Iterable[Call]) -> dict[Call, Cost]:
    """Return {list: :class:`Cost`} of some lists with statuses, in one trip to the cache."""
    names = {call: sweep.without_statuses(call) for call in lists}
    known = answers.known([*names, *names.values()])
    return {call: Cost(call, known[call], known[names[call]]) for call in names}
