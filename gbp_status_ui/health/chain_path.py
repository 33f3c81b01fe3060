# SPDX-License-Identifier: Apache-2.0
"""The way of the traffic through a service chain: provider, nodes in order, consumer, each with its state."""

import dataclasses
from typing import Optional

from gbp_status_ui.health.causes import Related
from gbp_status_ui.model.resource import Resource

#: What GBP's node composition plugin says of a chain of which a node has failed. Which one it never says: it reports
#: the nodes themselves as active, whatever has become of them.
NODE_FAILED = 'node deployment failed'


@dataclasses.dataclass(frozen=True)
class Stop:
    """One stop of the path: what it is, the resource, and for a node its service profile."""

    label: str
    resource: Resource
    profile: Optional[Resource] = None


def chain_path(chain: Resource, related: list[Related]) -> list[Stop]:
    """Return the stops of a chain instance, from what it is built from; of any other kind, nothing.

    A stop that could not be read is left out: the groups of a chain may be another project's.
    """
    if chain.kind.collection != 'servicechain_instances':
        return []
    profiles = {node_id: one.resource for (node_id, _), one in _named(related, 'service_profile_id').items()}
    nodes = _named(related, 'nodes').values()
    stops = [Stop(node.label, node.resource, profiles.get(node.resource.id)) for node in nodes]
    return [*_group(related, 'provider_ptg_id'), *stops, *_group(related, 'consumer_ptg_id')]


def suspects(chain: Resource, related: list[Related]) -> list[Related]:
    """Return the nodes of a chain of which GBP says only that one has failed; nothing where it says which."""
    nodes = list(_named(related, 'nodes').values())
    undecided = chain.status.problem and chain.details == NODE_FAILED
    return nodes if undecided and not any(node.resource.status.problem for node in nodes) else []


def _named(related: list[Related], attribute: str) -> dict[tuple[str, str], Related]:
    """Return what is related by an attribute, once for each that names it: {(id of that, own id): related}."""
    return {(one.parent.id, one.resource.id): one for one in related if one.parent and one.attribute == attribute}


def _group(related: list[Related], attribute: str) -> list[Stop]:
    return [Stop(one.label, one.resource) for one in related if one.steps == 1 and one.attribute == attribute]
