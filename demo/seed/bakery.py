# SPDX-License-Identifier: Apache-2.0
"""Project other, a bakery with a web shop: the same as the big one, but very little of it."""

from __future__ import annotations

from demo.seed.resource import Ref
from demo.seed.resource import refs
from demo.seed.resource import Resource
from demo.seed.resource import rule_sets


def _of_bakery(collection: str, name: str, description: str, **attributes: object) -> Resource:
    return Resource('other', collection, name, description, attributes)


RESOURCES = [
    _of_bakery(
        'l3_policies',
        'bakery',
        'All that the bakery has.',
        ip_version=4,
        ip_pool='10.0.0.0/16',
        subnet_prefix_length=24,
    ),
    _of_bakery('l2_policies', 'shop-floor', '', l3_policy_id=Ref('l3_policies', 'bakery')),
    _of_bakery('policy_classifiers', 'bakery-https', '', protocol='tcp', port_range='443', direction='in'),
    _of_bakery(
        'policy_rules',
        'bakery-web',
        '',
        policy_classifier_id=Ref('policy_classifiers', 'bakery-https'),
        policy_actions=refs('policy_actions', ['allow']),
    ),
    _of_bakery('policy_rule_sets', 'cake-orders', '', policy_rules=refs('policy_rules', ['bakery-web'])),
    _of_bakery(
        'policy_target_groups',
        'cake-shop',
        'The web shop.',
        l2_policy_id=Ref('l2_policies', 'shop-floor'),
        provided_policy_rule_sets=rule_sets(['cake-orders']),
    ),
    _of_bakery(
        'policy_target_groups',
        'tills',
        'Four tills.',
        l2_policy_id=Ref('l2_policies', 'shop-floor'),
        consumed_policy_rule_sets=rule_sets(['cake-orders']),
    ),
    _of_bakery('policy_target_groups', 'oven-controllers', '', l2_policy_id=Ref('l2_policies', 'shop-floor')),
    _of_bakery('policy_targets', 'cake-shop-01', '', policy_target_group_id=Ref('policy_target_groups', 'cake-shop')),
]
CHAINS = [
    _of_bakery(
        'service_profiles',
        'bakery-firewall',
        '',
        service_type='FIREWALL',
        insertion_mode='l3',
        vendor='heat_based_node',
    ),
    _of_bakery(
        'servicechain_nodes',
        'bakery-fw',
        '',
        service_profile_id=Ref('service_profiles', 'bakery-firewall'),
        config='{"heat_template_version": "2013-05-23", "resources": {}}',
    ),
    _of_bakery('servicechain_specs', 'bakery-edge', '', nodes=refs('servicechain_nodes', ['bakery-fw'])),
    _of_bakery(
        'servicechain_instances',
        'tills-to-cake-shop',
        '',
        servicechain_specs=refs('servicechain_specs', ['bakery-edge']),
        provider_ptg_id=Ref('policy_target_groups', 'cake-shop'),
        consumer_ptg_id=Ref('policy_target_groups', 'tills'),
        classifier_id=Ref('policy_classifiers', 'bakery-https'),
    ),
]
