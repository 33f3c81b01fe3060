# SPDX-License-Identifier: Apache-2.0
"""Things that consist of several registry, made in a real GBP or in its stand-in."""

import dataclasses

from gbp_status_ui.model import registry

from tests import asking


@dataclasses.dataclass(frozen=True)
class Chain:
    """The ids of a service chain instance and of what it is built from."""

    id: str
    spec: str
    nodes: tuple
    profile: str
    provider: str
    consumer: str
    classifier: str


def parts(gbp, client, name, project, nodes=('fw',)):
    """Make what a chain is built from; return it as the attributes of :class:`Chain` but for the id."""
    profile = gbp.make('service_profiles', f'{name}-profile', project, service_type='FIREWALL', insertion_mode='l3')
    show(client, 'service_profiles', profile)
    node_ids = [
        gbp.make('servicechain_nodes', f'{name}-{node}', project, service_profile_id=profile, config='{}')
        for node in nodes
    ]
    for node_id in node_ids:
        show(client, 'servicechain_nodes', node_id)
    spec = gbp.make('servicechain_specs', f'{name}-spec', project, nodes=node_ids)
    show(client, 'servicechain_specs', spec)
    return {
        'spec': spec,
        'nodes': tuple(node_ids),
        'profile': profile,
        'provider': gbp.make('policy_target_groups', f'{name}-provider', project),
        'consumer': gbp.make('policy_target_groups', f'{name}-consumer', project),
        'classifier': gbp.make('policy_classifiers', f'{name}-classifier', project, protocol='tcp', direction='in'),
    }


def instance(gbp, name, project, made_of, **reported):
    """Make a chain of parts; ``reported`` is its status and details."""
    id_ = gbp.make(
        'servicechain_instances',
        name,
        project,
        servicechain_specs=[made_of['spec']],
        provider_ptg_id=made_of['provider'],
        consumer_ptg_id=made_of['consumer'],
        classifier_id=made_of['classifier'],
        **reported,
    )
    return Chain(id_, **made_of)


def chain(gbp, client, name='edge', project='demo', nodes=('fw',), **reported):
    """Make a chain of a project with all that it is built from. ``client`` is somebody who sees that project."""
    return instance(gbp, name, project, parts(gbp, client, name, project, nodes), **reported)


def show(client, collection, id_):
    """Read one resource; that makes GBP store its status."""
    kind = registry.BY_COLLECTION[collection]
    return asking.answer(client, f'{kind.path}/{id_}', member=kind.member)
