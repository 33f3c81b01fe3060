# SPDX-License-Identifier: Apache-2.0
"""An answer of GBP, and what is kept of it in the cache."""

import dataclasses

from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Rows


@dataclasses.dataclass(frozen=True)
class Answer:
    """What GBP said, or the :class:`Failure` that there was instead.

    ``asked_at`` and ``got_at`` are seconds since 1970: nothing in it is newer than the one, ages count from the other.
    """

    value: object
    asked_at: float
    got_at: float

    @property
    def failed(self):
        return isinstance(self.value, Failure)

    @property
    def seconds(self):
        """How long GBP took."""
        return self.got_at - self.asked_at


@dataclasses.dataclass(frozen=True)
class _Columns:
    """A list of rows with the same attributes: their names and the values of each, half the room of its dicts."""

    names: list
    values: list
    unreadable: int

    @property
    def rows(self):
        return Rows([dict(zip(self.names, row)) for row in zip(*self.values)], self.unreadable)


def packed(answer):
    """Return what is kept of an answer: its times can be read without unpacking a long list."""
    is_list = isinstance(answer.value, list)
    value = shared_cache.compressed(_columns(answer.value)) if is_list else answer.value
    return value, answer.asked_at, answer.got_at


def _columns(rows):
    names = list(rows[0]) if rows else []
    if any(row.keys() != set(names) for row in rows):
        return rows
    columns = [[row[name] for row in rows] for name in names]
    return _Columns(names, columns, getattr(rows, 'unreadable', 0))


def unpacked(answer):
    """Return an answer whose value is as it was kept with its value as it was."""
    value = answer.value.value if isinstance(answer.value, shared_cache.Compressed) else answer.value
    return dataclasses.replace(answer, value=value.rows if isinstance(value, _Columns) else value)
