# SPDX-License-Identifier: Apache-2.0
"""Which calls answer a question, and what their answers say about each row."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import dataclasses
from typing import Union

from gbp_status_ui import conf
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.described import DISTINGUISHED_NAMES
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Filter
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.call import Read


@dataclasses.dataclass(frozen=True)
class Row:
    """The question how one resource is; with ``is_whole`` also what it is built from, and whom it may talk to."""

    collection: str
    id: str
    is_whole: bool = False


#: The rows that one call reads.
Part = tuple[Row, ...]

#: What is said about one row: its attributes, None where it is gone, or the failure of its call.
RowValue = Union[Attributes, Failure, None]


def rows(wanted: Mapping[str, Iterable[str]], is_whole: bool = False) -> list[Row]:
    """Return the :class:`Row` of each id in {collection: ids}."""
    return [Row(collection, id_, is_whole) for collection, ids in wanted.items() for id_ in ids]


def fields(kind: Kind, with_relations: bool = True) -> tuple[str, ...]:
    """Return the attributes to ask for of a kind; what the fabric calls it is of use where its relations are.

    GBP ignores attributes that its driver lacks. More attributes of a row cost nothing: GBP reads the whole row anyway.
    """
    own = kind.fields_with_relations if with_relations else kind.fields
    parts = kind.fields_of_parts if conf.get('neutron_states') else ()
    names = (DISTINGUISHED_NAMES,) if kind.has_names and with_relations else ()
    return own + parts + names


def list_of(kind: Kind | NeutronKind, fields: Iterable[str], *params: Filter) -> Call:
    return Call(kind.path, kind.collection, (('fields', tuple(fields)), *params))


def show_of(kind: Kind | NeutronKind, resource_id: str) -> Call:
    return Call(f'{kind.path}/{resource_id}', member=kind.member)


def only(ids: Iterable[str]) -> list[Filter]:
    """Return the filters that find some ids, each once: one for as many as an address holds."""
    unique = tuple(dict.fromkeys(ids))
    return [('id', unique[start : start + conf.MAX_CALL_IDS]) for start in range(0, len(unique), conf.MAX_CALL_IDS)]


def stored_as(states: Sequence[Status]) -> list[Filter]:
    """Return the filter for what GBP has stored; old backends have stored lower case."""
    return [('status', tuple(word for status in states for word in (status.value, status.slug)))] if states else []


def batches(asked: Sequence[Row], sizes: Mapping[str, int]) -> list[Part]:
    """Return the rows in tuples that are asked for together.

    ``sizes`` is {collection: number of rows} of the expensive kinds: the most rows that one call of the kind asks for.
    All other rows are one batch.
    """
    cheap = tuple(row for row in asked if row.collection not in sizes)
    by_kind = _by_kind(row for row in asked if row.collection in sizes)
    expensive = [part for name, found in by_kind.items() for part in _in_parts(found, sizes[name])]
    return [cheap, *expensive] if cheap else expensive


def reads(asked: Iterable[Row]) -> dict[Part, Call]:
    """Return {rows: call}: a list for every MAX_CALL_IDS rows of a kind, or a show each if only a show is true."""
    return {
        part: _read(registry.BY_COLLECTION[collection], part)
        for collection, found in _by_kind(asked).items()
        for part in _parts(registry.BY_COLLECTION[collection], found)
    }


def by_row(answers: Mapping[Part, Read | Failure]) -> dict[Row, RowValue]:
    """Return {row: its attributes, None where it is gone, or the failure of its call} of {rows: answer}."""
    return {row: value for part, answer in answers.items() for row, value in _by_row(part, answer).items()}


def _by_kind(asked: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = collections.defaultdict(list)
    for row in asked:
        found[row.collection].append(row)
    return found


def _parts(kind: Kind, found: Sequence[Row]) -> list[Part]:
    return _in_parts(found, 1 if kind.read_by is ReadBy.SHOW else conf.MAX_CALL_IDS)


def _in_parts(found: Sequence[Row], size: int) -> list[Part]:
    return [tuple(found[start : start + size]) for start in range(0, len(found), size)]


def _read(kind: Kind, part: Part) -> Call:
    if kind.read_by is ReadBy.SHOW:
        return show_of(kind, part[0].id)
    is_whole = part[0].is_whole
    asked = fields(kind, is_whole) + (kind.for_ways if is_whole else ())
    return list_of(kind, dict.fromkeys(asked), ('id', tuple(row.id for row in part)))


def _by_row(part: Part, answer: Read | Failure) -> Mapping[Row, RowValue]:
    """A show that is answered by 404 says that the row is gone; a list, that the collection is not served.

    A row that a list lacks is gone, unless it may be among the rows that could not be used.
    """
    kind = registry.BY_COLLECTION[part[0].collection]
    if isinstance(answer, Failure):
        gone = kind.read_by is ReadBy.SHOW and answer.reason is Reason.GONE
        return dict.fromkeys(part, None if gone else answer)
    if not isinstance(answer, Rows):
        return dict.fromkeys(part, answer)
    by_id = {attributes['id']: attributes for attributes in answer}
    missing = Failure(Reason.ERROR) if answer.unreadable else None
    return {row: by_id.get(row.id, missing) for row in part}
