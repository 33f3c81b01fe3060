# SPDX-License-Identifier: Apache-2.0
"""Rows and groups of problems as machines read them: in files that users save, and in reports for other programs."""

from gbp_status_ui.health import beneath
from gbp_status_ui.templatetags.gbp_status import iso


def of_row(row, project_names):
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
        'recovered': iso(row.history.recovered_at) if row.history else '',
    }


def below(row):
    """Return what is beneath a row, None where that could not be read."""
    if row.beneath and row.beneath.said:
        return row.beneath.records
    return None if beneath.is_unknown(row) else []


def of_groups(problems, project_names):
    """Return the groups of the overview with their rows, the cause first."""
    groups = [
        {
            'group': words(problems, group, project_names),
            'count': len(group.members),
            'resources': [of_row(row, project_names) for row in group.rows],
        }
        | extent(problems, group)
        for group in problems.groups
    ]
    return {'grouping': problems.query.grouping, 'groups': groups}


def extent(problems, group):
    """Return the numbers of a group by cause; none where there may be more than is known."""
    found = problems.extent(group)
    if found is None or found.at_least:
        return {}
    return {'broken_with_it': found.broken_with, 'depend_on_it': found.depend_on}


def words(problems, group, project_names):
    grouping = problems.query.grouping
    if grouping == 'project':
        return project_names[group.about]
    if group.fault is not None:
        return ': '.join(map(str, group.about))
    return group.about if grouping == 'kind' else f'{group.about.kind.member} {group.about.name}'
