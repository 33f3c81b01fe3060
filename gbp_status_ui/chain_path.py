# SPDX-License-Identifier: Apache-2.0
"""The way of the traffic through a service chain: provider, nodes in order, consumer, each with its state."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Stop:
    """One stop of the path: what it is, the resource, and for a node its service profile."""

    label: str
    resource: object
    profile: object = None


def chain_path(chain, related):
    """Return the stops of a chain instance, from what it is built from; of any other kind, nothing.

    A stop that could not be read is left out: the groups of a chain may be another project's.
    """
    if chain.kind.collection != 'servicechain_instances':
        return []
    named = {(one.parent.id, one.attribute, one.resource.id): one for one in related}
    nodes = [one for one in named.values() if one.attribute == 'nodes']
    profiles = {one.parent.id: one.resource for one in named.values() if one.attribute == 'service_profile_id'}
    stops = [Stop(node.label, node.resource, profiles.get(node.resource.id)) for node in nodes]
    return [*_group(related, 'provider_ptg_id'), *stops, *_group(related, 'consumer_ptg_id')]


def _group(related, attribute):
    return [Stop(one.label, one.resource) for one in related if one.steps == 1 and one.attribute == attribute]
