# SPDX-License-Identifier: Apache-2.0
"""Project demo, an online shop: the service chains between its groups (GBP 16 and before)."""

from __future__ import annotations

from demo.seed.resource import Ref
from demo.seed.resource import refs
from demo.seed.resource import Resource

# A Heat template is what the heat node driver wants; it must name the type of the service.
CONFIG = '{"heat_template_version": "2013-05-23", "description": "%s", "resources": {}}'

PROFILES = [
    ('edge-firewall', 'FIREWALL', 'Perimeter firewall, active/standby.'),
    ('web-application-firewall', 'WAF', 'Rules of the OWASP core rule set.'),
    ('l7-load-balancer', 'LOADBALANCERV2', ''),
    ('intrusion-detection', 'IDS', 'Copies, never blocks.'),
]
NODES = [
    ('perimeter-fw', 'edge-firewall', ''),
    ('shop-waf', 'web-application-firewall', 'Blocking since March.'),
    ('shop-lb', 'l7-load-balancer', 'Sticky by session cookie.'),
    ('pci-fw', 'edge-firewall', 'Default deny, logs everything.'),
    ('pci-ids', 'intrusion-detection', ''),
    ('warehouse-fw', 'edge-firewall', ''),
]
SPECS = [
    ('inspected-web', ('perimeter-fw', 'shop-waf', 'shop-lb'), 'Everything from the internet passes here.'),
    ('pci-inspection', ('pci-fw', 'pci-ids'), 'PCI DSS 1.3 and 11.4.'),
    ('balanced-api', ('shop-lb',), ''),
    ('warehouse-edge', ('warehouse-fw',), ''),
]
# Name, spec, providing group, consuming group (or an external policy), classifier, description.
CHAINS = [
    ('internet-to-web-frontend', 'inspected-web', 'web-frontend', 'mobile-gateway', 'https', 'The main entrance.'),
    ('internet-to-returns-portal', 'inspected-web', 'returns-portal', 'web-frontend', 'https', ''),
    ('checkout-to-payments', 'pci-inspection', 'payments-api', 'checkout-api', 'rest-api', 'Into the PCI zone.'),
    ('payments-to-card-vault', 'pci-inspection', 'card-vault', 'payments-api', 'rest-api', ''),
    ('web-frontend-to-search', 'balanced-api', 'search-api', 'web-frontend', 'rest-api', ''),
    ('scanners-to-inventory', 'warehouse-edge', 'inventory-api', 'warehouse-scanners', 'rest-api', ''),
]


def _of_shop(collection: str, name: str, description: str, **attributes: object) -> Resource:
    return Resource('demo', collection, name, description, attributes)


def _chain(name: str, spec: str, provider: str, consumer: str, classifier: str, description: str) -> Resource:
    return _of_shop(
        'servicechain_instances',
        name,
        description,
        servicechain_specs=refs('servicechain_specs', [spec]),
        provider_ptg_id=Ref('policy_target_groups', provider),
        consumer_ptg_id=Ref('policy_target_groups', consumer),
        classifier_id=Ref('policy_classifiers', classifier),
    )


RESOURCES = [
    *(
        _of_shop(
            'service_profiles', name, description, service_type=service, insertion_mode='l3', vendor='heat_based_node'
        )
        for name, service, description in PROFILES
    ),
    *(
        _of_shop(
            'servicechain_nodes',
            name,
            description,
            service_profile_id=Ref('service_profiles', profile),
            config=CONFIG % name,
        )
        for name, profile, description in NODES
    ),
    *(
        _of_shop('servicechain_specs', name, description, nodes=refs('servicechain_nodes', nodes))
        for name, nodes, description in SPECS
    ),
    _of_shop(
        'policy_actions',
        'inspect-web',
        'Through firewall, WAF and load balancer.',
        action_type='redirect',
        action_value=Ref('servicechain_specs', 'inspected-web'),
    ),
    *(_chain(*row) for row in CHAINS),
]
