# SPDX-License-Identifier: Apache-2.0
"""Which calls answer a question, and what their answers say about each row."""

import collections
import dataclasses

from gbp_status_ui import conf
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.service.call import Call


@dataclasses.dataclass(frozen=True)
class Row:
    """The question how one resource is."""

    collection: str
    id: str


def rows(wanted):
    """Return the :class:`Row` of each id in {collection: ids}."""
    return [Row(collection, id_) for collection, ids in wanted.items() for id_ in ids]


def list_of(kind, fields, *params):
    return Call(kind.path, kind.collection, (('fields', tuple(fields)), *params))


def show_of(kind, resource_id):
    return Call(f'{kind.path}/{resource_id}', member=kind.member)


def only(ids):
    """Return the filters that find some ids, each once: one for as many as an address holds."""
    unique = tuple(dict.fromkeys(ids))
    return [('id', unique[start : start + conf.IDS_PER_CALL]) for start in range(0, len(unique), conf.IDS_PER_CALL)]


def stored_as(states):
    """Return the filter for what GBP has stored; old backends have stored lower case."""
    return [('status', tuple(word for status in states for word in (status.value, status.slug)))] if states else []


def reads(asked, with_relations):
    """Return {rows: call}: a list for every 150 rows of a kind, or a show each where only that reads the truth."""
    by_kind = collections.defaultdict(list)
    for row in asked:
        by_kind[row.collection].append(row)
    return {
        part: _read(registry.BY_COLLECTION[collection], part, with_relations)
        for collection, found in by_kind.items()
        for part in _parts(registry.BY_COLLECTION[collection], found)
    }


def by_row(answers):
    """Return {row: its attributes, None where it is gone, or the failure of its call} of {rows: answer}."""
    return {row: value for part, answer in answers.items() for row, value in _by_row(part, answer).items()}


def _parts(kind, found):
    size = 1 if kind.read_by is ReadBy.SHOW else conf.IDS_PER_CALL
    return [tuple(found[start : start + size]) for start in range(0, len(found), size)]


def _read(kind, part, with_relations):
    if kind.read_by is ReadBy.SHOW:
        return show_of(kind, part[0].id)
    fields = kind.fields_with_relations if with_relations else kind.fields
    return list_of(kind, fields, ('id', tuple(row.id for row in part)))


def _by_row(part, answer):
    """Not found is an answer to a show; to a list it says that the collection is not served.

    What is missing in a list is gone, unless it may be among the rows that could not be used.
    """
    kind = registry.BY_COLLECTION[part[0].collection]
    if isinstance(answer, Failure):
        gone = kind.read_by is ReadBy.SHOW and answer.reason is Reason.GONE
        return dict.fromkeys(part, None if gone else answer)
    if kind.read_by is ReadBy.SHOW:
        return dict.fromkeys(part, answer)
    by_id = {attributes['id']: attributes for attributes in answer}
    missing = Failure(Reason.ERROR) if answer.unreadable else None
    return {row: by_id.get(row.id, missing) for row in part}
