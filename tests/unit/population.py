# SPDX-License-Identifier: Apache-2.0
"""A cloud with so many resources of every kind, each related to others as the registry says."""

from gbp_status_ui.model import registry


def fill(gbp, number, project='demo', **reported):
    """Make ``number`` resources of each kind, named kind-0, kind-1 …; return {collection: ids}."""
    ids = {
        kind.collection: [
            gbp.make(kind.collection, f'{kind.collection}-{count}', project, **reported) for count in range(number)
        ]
        for kind in registry.KINDS
    }
    for kind in registry.KINDS:
        for count, id_ in enumerate(ids[kind.collection]):
            gbp.change(id_, **_related(kind, ids, count))
    return ids


def _related(kind, ids, count):
    related = {
        relation.attribute: _value(relation, ids[relation.to][count])
        for relation in kind.relations
        if relation.to != kind.collection
    }
    return related | ({'action_type': 'redirect'} if kind.collection == 'policy_actions' else {})


def _value(relation, id_):
    single = relation.attribute.endswith('_id') or relation.attribute == 'action_value'
    return id_ if single else [id_]
