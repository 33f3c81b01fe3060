# SPDX-License-Identifier: Apache-2.0
"""The path of traffic through a service chain: consumer, nodes in order, provider; and which of them have failed."""

import dataclasses
from typing import Optional

from gbp_status_ui.health import causes
from gbp_status_ui.health.causes import Related
from gbp_status_ui.model.resource import Resource

#: What GBP's node composition plugin says of a chain of which a node has failed. It never says which node: it reports
#: all nodes as active, even one that has failed.
NODE_FAILED = 'node deployment failed'


@dataclasses.dataclass(frozen=True)
class Stop:
    """One stop of the path: what it is, the resource, and for a node its service profile."""

    label: str
    resource: Resource
    profile: Optional[Resource] = None


def stops(chain: Resource, related: list[Related]) -> list[Stop]:
    """Return the stops of a chain instance, from what it is built from; of any other kind, nothing.

    A stop that could not be read is left out: the groups of a chain may be another project's.
    """
    if chain.kind.collection != 'servicechain_instances':
        return []
    profiles = {node_id: one.resource for (node_id, _), one in _named(related, 'service_profile_id').items()}
    nodes = _named(related, 'nodes').values()
    passed = [Stop(node.label, node.resource, profiles.get(node.resource.id)) for node in nodes]
    # GBP's first node is next to the consumer.
    return [*_group(related, 'consumer_ptg_id'), *passed, *_group(related, 'provider_ptg_id')]


def explaining(resource: Resource, related: list[Related]) -> tuple[list[Related], list[Related]]:
    """Return (related resources that explain why a resource does not work, nodes of which one has failed).

    One of both is empty. GBP may say of a chain only that a node has failed: a build does not explain that, nor does a
    group that has its status from a chain. If nothing else is in error, any of the nodes may be the one.
    """
    found = causes.explaining(resource, related)
    if not (resource.status.problem and resource.details == NODE_FAILED):
        return found, []
    broken = [one for one in found if one.resource.condition.problem and not one.resource.has_status_of_chain]
    return broken, [] if broken else list(_named(related, 'nodes').values())


def _named(related: list[Related], attribute: str) -> dict[tuple[str, str], Related]:
    """Return what is related by an attribute, once for each that names it: {(id of that, own id): related}."""
    return {(one.parent.id, one.resource.id): one for one in related if one.parent and one.attribute == attribute}


def _group(related: list[Related], attribute: str) -> list[Stop]:
    return [Stop(one.label, one.resource) for one in related if one.steps == 1 and one.attribute == attribute]
