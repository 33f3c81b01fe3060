# SPDX-License-Identifier: Apache-2.0
"""Rows and groups of problems as machines read them: in files that users save, and in reports for other programs."""

from __future__ import annotations

from typing import Any

from gbp_status_ui.health import beneath
from gbp_status_ui.health.problems import ProblemGroup
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.ways import known
from gbp_status_ui.health.ways import ways_over
from gbp_status_ui.health.ways import words as sentences
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.templatetags.gbp_status import iso

#: What becomes an object of JSON.
Record = dict[str, Any]


def of_row(row: Resource, project_names: ProjectNames) -> Record:
    return {
        'kind': row.kind.collection,
        'id': row.id,
        'name': row.attributes.get('name') or '',
        'description': row.description,
        'project_id': row.project_id,
        'project': project_names[row.project_id],
        'shared': row.shared,
        'status': row.status.value,
        'status_details': row.details,
        'below': below(row),
        'since': iso(row.since),
        'recovered': iso(row.recovered_at),
    }


def below(row: Resource) -> list[Record] | None:
    """Return what is beneath a row, None where that is not known."""
    if row.beneath and row.badge_note:
        return row.beneath.records
    return None if beneath.is_unknown(row) else []


def of_groups(problems: Problems, ways: BrokenWays | None = None) -> Record:
    """Return the groups of the overview with their rows, the cause first; ``ways`` are the :class:`BrokenWays`."""
    groups = [
        {
            'group': words(problems, group),
            'count': len(group.members),
            'resources': [of_row(row, problems.project_names) for row in group.rows],
        }
        | extent(problems, group)
        | (ways.of(group) if ways else {})
        for group in problems.groups
    ]
    return {'grouping': problems.query.grouping, 'groups': groups}


def extent(problems: Problems, group: ProblemGroup) -> Record:
    """Return the numbers of a group by cause; none where there may be more than is known."""
    found = problems.extent(group)
    if found is None or found.at_least:
        return {}
    return {'broken_with_it': found.broken_with, 'depend_on_it': found.depend_on}


class BrokenWays:
    """The ways that the causes of a list of problems break; ``of(group)`` is {} where that is not known."""

    def __init__(self, problems: Problems) -> None:
        listed = known.Known({row.key: row for one in problems.listings.values() for row in one.rows}, is_aim=False)
        causes = [group.cause for group in problems.groups if group.cause]
        self._breaking = ways_over.Breaking(problems.gbp, listed, causes)

    def of(self, group: ProblemGroup) -> Record:
        found = self._breaking.ways(group.cause) if group.cause else None
        return {} if found is None else {'broken_ways': [_way(way) for way in found]}


def _way(way: Way) -> Record:
    rule_set = way.rule_set.title if way.rule_set else ''
    return {
        'consumer': way.consumer.title,
        'rule_set': rule_set,
        'provider': way.provider.title,
        'verdict': way.verdict.value,
        'sentence': sentences.sentence(way),
    }


def words(problems: Problems, group: ProblemGroup) -> str:
    grouping = problems.query.grouping
    if grouping == 'project':
        return problems.project_names[group.about]
    if group.cause:
        return f'{group.cause.kind.member} {group.cause.name}'
    return ': '.join(map(str, group.about)) if isinstance(group.about, tuple) else str(group.about)
