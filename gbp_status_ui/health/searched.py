# SPDX-License-Identifier: Apache-2.0
"""The texts of a row that a search compares: the columns of its table, its id, its details and its fabric names."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from gbp_status_ui.health.search import Search
from gbp_status_ui.health.search import Words
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key
from gbp_status_ui.model.types import ProjectNames

#: How many related resources a cell names.
MAX_CELL_NAMES = 3

#: The names of resources by id.
RelatedNames = Mapping[str, str]


def found(
    text: str, rows: Iterable[Resource], project_names: ProjectNames, names: RelatedNames | None = None
) -> list[Resource]:
    """Return the rows that a search text matches; ``names`` are those of related resources that are known."""
    search = Search(text)
    words: dict[tuple[str, str], Words] = {}
    return [row for row in rows if search.matches(_texts(row, project_names, names or {}), _words_of(row, words))]


def _texts(row: Resource, project_names: ProjectNames, names: RelatedNames) -> tuple[str, ...]:
    project_id = row.project_id
    in_fabric = [name for _type, name in (row.beneath or row).fabric_names]
    beneath = (str(row.beneath.words),) if row.beneath else ()
    related = [names[id_] for _collection, id_ in _named(row) if id_ in names] if names else []
    # The longest comes last: of very long texts the end is searched with its accents.
    own = (row.name, row.id, project_id or '', project_names[project_id])
    return *beneath, *own, *_facts(row), *related, *in_fabric, row.description, row.details


def _facts(row: Resource) -> Iterator[str]:
    """Yield what the columns of facts show, but for those that are a yes or a no."""
    for fact in row.kind.facts:
        value = row.attributes.get(fact.attribute)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            yield str(value)


def _named(row: Resource) -> Iterator[Key]:
    """Yield (collection, id) of what the columns of a row name."""
    for relation in row.kind.relations:
        if relation.in_table:
            for id_ in named_ids(relation, row):
                yield relation.to, id_


def named_ids(relation: Relation, row: Resource) -> list[str]:
    """Return the ids of the related resources that a cell names; the others are counted."""
    return relation.ids(row.attributes)[:MAX_CELL_NAMES]


def _words_of(row: Resource, words: dict[tuple[str, str], Words]) -> Words:
    """Return the words for the kind and the state of a row; many rows have the same."""
    condition = row.condition
    key = row.kind.collection, condition.slug
    if key not in words:
        words[key] = Words((*_words_for_kind(row.kind), *_words_for_state(row.status), *_words_for_state(condition)))
    return words[key]


def _words_for_kind(kind: Kind) -> tuple[str, ...]:
    """The words of the page in the reader's language, and those of GBP."""
    gbp = kind.member.replace('_', ' '), kind.collection.replace('_', ' ')
    return str(kind.label), str(kind.label_plural), *gbp


def _words_for_state(status: Status) -> tuple[str, ...]:
    return str(status.label), status.value


def related_ids(rows: Iterable[Resource], most: int | None = None) -> Ids:
    """Return {collection: ids} of what the columns of rows name, each once, and of each kind so many at most."""
    wanted: dict[str, dict[str, None]] = {}
    for row in rows:
        for collection, id_ in _named(row):
            wanted.setdefault(collection, {})[id_] = None
    return {collection: list(ids)[:most] for collection, ids in wanted.items()}
