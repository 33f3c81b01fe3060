# SPDX-License-Identifier: Apache-2.0
"""The cache entry of one question: the last good answer, and the last failure if that is newer.

An entry is one small value, the *head*, with all times, so that an answer which is too old is never unpacked. The rows
of a long list are in a second value, the *body*. A value that ``write`` has not written is a miss.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
import dataclasses
import math
import time
from typing import Any
from typing import cast
from typing import Union

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import store
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.types import Attributes

#: Change it whenever the shape of an entry changes, so that no process reads an entry of another shape.
FORMAT_VERSION = 8

#: For how many seconds answers are cached: nothing older is an answer, whatever a request accepts.
ANSWER_TTL_SECONDS = 90

#: For how many seconds a list that took long is cached, and that a list timed out.
SLOW_LIST_TTL_SECONDS = 24 * 60 * 60

#: How many attributes may stand in the head itself: those of some 20 resources, or the aliases of all extensions.
MAX_INLINE_ATTRIBUTES = 200

#: How far the clocks of two hosts may be apart.
MAX_SKEW_SECONDS = 1

#: Stands in a head for the rows that are its body.
_ELSEWHERE = 'body'

#: What reading a value of another shape raises.
_MISSHAPEN = (TypeError, ValueError, KeyError, AttributeError, OverflowError)

#: Attributes that are text or null, whatever the API says.
_TEXTS = {'name', 'description', 'status', 'status_details', 'tenant_id', 'project_id'}


#: The rows of a list, the attributes of a row, None for a row that is gone, or the failure that there was instead.
Value = Union[Rows, Attributes, Failure, None]


@dataclasses.dataclass(frozen=True)
class Answer:
    """An answer of GBP, or the :class:`Failure` of the call.

    ``asked_at`` and ``came_at`` are seconds since 1970: nothing in it is newer than the one, ages count from the other.
    """

    value: Value
    asked_at: float
    came_at: float

    @property
    def failed(self) -> bool:
        return isinstance(self.value, Failure)

    @property
    def rows(self) -> Rows:
        """The rows of a list that has not failed."""
        return cast(Rows, self.value)

    @property
    def failure(self) -> Failure:
        """The failure of a call that has failed."""
        return cast(Failure, self.value)

    @property
    def seconds(self) -> float:
        """How long GBP took."""
        return self.came_at - self.asked_at


@dataclasses.dataclass(frozen=True)
class Entry:
    """What is known of one question; ``rows`` is how many the good answer has, which may be in the body still."""

    good: Answer | None = None
    failure: Answer | None = None
    rows: int = 0
    is_loaded: bool = True

    @property
    def outcome(self) -> Answer | None:
        """The newer of both."""
        if self.failure and self.good:
            return max(self.failure, self.good, key=lambda one: one.asked_at)
        return self.failure or self.good

    @property
    def seconds(self) -> float:
        """How long GBP took at its last try."""
        return self.outcome.seconds if self.outcome else 0.0

    @property
    def timed_out(self) -> bool:
        failed = self.failure
        return failed is not None and failed.failure.reason is Reason.TIMEOUT and self.outcome is failed


def read(keys: Collection[str]) -> dict[str, Entry]:
    """Return {key: :class:`Entry`} of some cache keys, in one trip; an empty entry where there is none."""
    heads = store.get_many(list(keys))
    return {key: decoded(heads.get(key)) for key in keys}


def load(wanted: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return {key: Entry} with the bodies of those {key: Entry} that have one, but those whose body is lost."""
    apart = [key for key, entry in wanted.items() if not entry.is_loaded]
    bodies = store.get_large([f'{key}:{_ELSEWHERE}' for key in apart]) if apart else {}
    whole = {key: _with_body(wanted[key], bodies.get(f'{key}:{_ELSEWHERE}')) for key in apart}
    found = {key: whole.get(key, entry) for key, entry in wanted.items()}
    return {key: entry for key, entry in found.items() if entry is not None}


def write(
    answers: Mapping[str, Answer],
    before: Mapping[str, Entry],
    ttl_seconds: float = ANSWER_TTL_SECONDS,
    slow_ttl_seconds: float = ANSWER_TTL_SECONDS,
) -> None:
    """Keep {key: :class:`Answer`}, those that took long for ``slow_ttl_seconds``; ``before`` is what was read of them.

    A failure leaves the last good answer, and an answer never takes the place of a newer one.
    """
    heads: dict[float, dict[str, Any]] = {}
    for key, answer in answers.items():
        known = before.get(key, Entry())
        entry = _after(known, answer)
        seconds = slow_ttl_seconds if _is_slow(entry) else ttl_seconds
        if entry is not known and _keeps_body(key, entry, known, seconds):
            heads.setdefault(seconds, {})[key] = encoded(entry)
    for seconds, some in heads.items():
        store.set_many(some, seconds)


def _after(entry: Entry, answer: Answer) -> Entry:
    same = entry.failure if answer.failed else entry.good
    if same and same.asked_at > answer.asked_at:
        return entry
    if answer.failed:
        return dataclasses.replace(entry, failure=answer)
    is_over = entry.failure is None or entry.failure.asked_at <= answer.asked_at
    rows = len(answer.value) if isinstance(answer.value, Rows) else 1
    return Entry(answer, None if is_over else entry.failure, rows, is_loaded=True)


def _keeps_body(key: str, entry: Entry, known: Entry, seconds: float) -> bool:
    """Write the body of a new answer, and delete an old body; say whether the cache has taken it."""
    body = f'{key}:{_ELSEWHERE}'
    if entry.good is None or entry.good is known.good:
        return True
    if _is_apart(entry.good.value):
        return store.set_large(body, [entry.good.asked_at, _columns(entry.good.value)], seconds)
    if known.good and (not known.is_loaded or _is_apart(known.good.value)):
        store.delete_large(body)
    return True


def _is_slow(entry: Entry) -> bool:
    return any(one is not None and one.seconds > deadline.list_wait_seconds() for one in (entry.good, entry.failure))


def _is_apart(value: Value) -> bool:
    return isinstance(value, Rows) and sum(map(len, value)) > MAX_INLINE_ATTRIBUTES


def encoded(entry: Entry) -> list[Any]:
    """Return what the cache holds of an :class:`Entry`."""
    good, failure = entry.good, entry.failure
    inline = _ELSEWHERE if not entry.is_loaded or (good and _is_apart(good.value)) else good and _columns(good.value)
    return [
        FORMAT_VERSION,
        good and [good.asked_at, good.came_at, entry.rows],
        inline,
        failure and [failure.asked_at, failure.came_at, failure.failure.reason.value, failure.failure.message],
    ]


def decoded(head: Any) -> Entry:
    """Return the :class:`Entry` of a value of the cache; an empty one if ``write`` has not written the value.

    It is also empty if its time is in the future: its age is unknown, and no later answer would count as newer.
    """
    try:
        version, good, inline, failure = head
        found = _entry(good, inline, failure) if version == FORMAT_VERSION else Entry()
    except _MISSHAPEN:
        return Entry()
    latest = time.time() + MAX_SKEW_SECONDS
    is_possible = all(max(one.asked_at, one.came_at) <= latest for one in (found.good, found.failure) if one)
    return found if is_possible else Entry()


def _entry(good: Any, inline: Any, failure: Any) -> Entry:
    failed = _failed(*failure) if failure is not None else None
    if good is None:
        return Entry(None, failed)
    asked_at, came_at, rows = good
    is_loaded = inline != _ELSEWHERE
    value = _value(inline) if is_loaded else None
    return Entry(Answer(value, _time(asked_at), _time(came_at)), failed, int(rows), is_loaded)


def _failed(asked_at: object, came_at: object, reason: object, message: object) -> Answer:
    failure = Failure(Reason(reason), _text(message))
    if failure.reason is Reason.BUSY:
        raise ValueError(reason)
    return Answer(failure, _time(asked_at), _time(came_at))


def _with_body(entry: Entry, body: Any) -> Entry | None:
    """Return the entry with its rows; None where they are of another answer, or none."""
    try:
        asked_at, held = body
        value = _value(held)
    except _MISSHAPEN:
        return None
    good = entry.good
    if good is None or asked_at != good.asked_at or not isinstance(value, Rows):
        return None
    return dataclasses.replace(entry, good=dataclasses.replace(good, value=value), is_loaded=True)


def _columns(value: Value) -> dict[str, Any]:
    """Return a JSON value: of rows with the same attributes their names and the values of each, half of their dicts."""
    if not isinstance(value, Rows):
        return {'row': value}
    names = list(value[0]) if value else []
    if any(row.keys() != set(names) for row in value):
        return {'rows': list(value), 'unreadable': value.unreadable}
    columns = [[row[name] for row in value] for name in names]
    return {'names': names, 'columns': columns, 'unreadable': value.unreadable}


def _value(held: Any) -> Rows | Attributes | None:
    """Return the rows, the row or None that ``_columns`` was given.

    :raises ValueError: they cannot be that
    """
    if 'row' in held:
        return None if held['row'] is None else _checked(held['row'])
    rows = map(_checked, held['rows']) if 'rows' in held else _rows(held['names'], held['columns'])
    return Rows(rows, int(held['unreadable']))


def _rows(names: Any, columns: Any) -> Iterable[Attributes]:
    if len(names) != len(columns) or len({len(column) for column in columns}) > 1:
        raise ValueError(names)
    _check_texts(zip(names, columns))
    return (_identified(dict(zip(names, values))) for values in zip(*columns))


def _checked(row: Any) -> Attributes:
    if not all(isinstance(row.get(name), (str, type(None))) for name in _TEXTS):
        raise TypeError(row)
    return _identified(row)


def _check_texts(columns: Iterable[tuple[Any, Iterable[Any]]]) -> None:
    for name, column in columns:
        if name in _TEXTS and not all(value is None or isinstance(value, str) for value in column):
            raise TypeError(name)


def _identified(row: Attributes) -> Attributes:
    """Rows are told apart by an id, extensions by an alias."""
    if not (is_id(row.get('id')) or isinstance(row.get('alias'), str)):
        raise ValueError(row)
    return row


def _time(value: object) -> float:
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
