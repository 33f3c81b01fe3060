# SPDX-License-Identifier: Apache-2.0
"""Project demo, an online shop: its networks, and which traffic its rule sets let through."""

from __future__ import annotations

from collections.abc import Iterable

from demo.seed.resource import Ref
from demo.seed.resource import refs
from demo.seed.resource import Resource


def _of_shop(collection: str, name: str, description: str, **attributes: object) -> Resource:
    return Resource('demo', collection, name, description, attributes)


def _l3_policy(name: str, pool: str, description: str, segments: Iterable[str] = ()) -> Resource:
    return _of_shop(
        'l3_policies',
        name,
        description,
        ip_version=4,
        ip_pool=pool,
        subnet_prefix_length=24,
        external_segments={Ref('external_segments', segment): [''] for segment in segments},
    )


def _l2_policy(name: str, l3_policy: str, description: str) -> Resource:
    return _of_shop('l2_policies', name, description, l3_policy_id=Ref('l3_policies', l3_policy))


def _classifier(name: str, port_range: str, direction: str = 'bi') -> Resource:
    return _of_shop('policy_classifiers', name, '', protocol='tcp', port_range=port_range, direction=direction)


def _rule(name: str, classifier: str, action: str, description: str = '') -> Resource:
    return _of_shop(
        'policy_rules',
        name,
        description,
        policy_classifier_id=Ref('policy_classifiers', classifier),
        policy_actions=[Ref('policy_actions', action)],
    )


def _rule_set(name: str, rules: Iterable[str], description: str) -> Resource:
    return _of_shop('policy_rule_sets', name, description, policy_rules=refs('policy_rules', rules))


NETWORKS = [
    _l3_policy('retail-core-vrf', '10.16.0.0/16', 'Everything that serves the shop to customers.', ['internet-edge']),
    _l3_policy('payments-pci-vrf', '10.32.0.0/16', 'In scope of PCI DSS. Changes need a ticket of the payments team.'),
    _l3_policy('data-platform-vrf', '10.48.0.0/16', 'Event stream, warehouse and reports.'),
    _l3_policy('logistics-vrf', '10.64.0.0/16', 'Warehouses and carriers.', ['head-office-mpls']),
    _l3_policy('operations-vrf', '10.80.0.0/16', 'Build, monitoring and access for the operators.'),
    _l2_policy('storefront', 'retail-core-vrf', 'Web and mobile entrance.'),
    _l2_policy('checkout', 'retail-core-vrf', 'From the cart to the order.'),
    _l2_policy('payments', 'payments-pci-vrf', 'Payment services without card data at rest.'),
    _l2_policy('card-data', 'payments-pci-vrf', 'The only network on which card data is stored.'),
    _l2_policy('data-platform', 'data-platform-vrf', ''),
    _l2_policy('fulfilment', 'logistics-vrf', 'Stock, shipping and returns.'),
    _l2_policy('warehouse-floor', 'logistics-vrf', 'Scanners and label printers in three warehouses.'),
    _l2_policy('operations', 'operations-vrf', ''),
]

CLASSIFIERS = [
    _classifier('http', '80', direction='in'),
    _classifier('https', '443', direction='in'),
    _classifier('rest-api', '8443', direction='in'),
    _classifier('postgresql', '5432'),
    _classifier('redis', '6379'),
    _classifier('kafka', '9092:9094'),
    _classifier('amqp', '5671'),
    _classifier('ssh', '22', direction='in'),
    _classifier('metrics', '9100', direction='in'),
    _classifier('syslog', '6514', direction='out'),
]

RULES = [
    _rule('allow-http', 'http', 'allow', 'Only to answer with a redirect to HTTPS.'),
    _rule('allow-https', 'https', 'allow'),
    _rule('allow-rest-api', 'rest-api', 'allow'),
    _rule('allow-postgresql', 'postgresql', 'allow'),
    _rule('allow-redis', 'redis', 'allow'),
    _rule('allow-kafka', 'kafka', 'allow'),
    _rule('allow-amqp', 'amqp', 'allow'),
    _rule('allow-ssh', 'ssh', 'allow', 'From the bastion hosts only.'),
    _rule('allow-metrics', 'metrics', 'allow'),
    _rule('allow-syslog', 'syslog', 'allow'),
    _rule('allow-dns', 'dns', 'allow'),
    _rule('allow-ntp', 'ntp', 'allow'),
]

RULE_SETS = [
    _rule_set('public-web', ['allow-http', 'allow-https'], 'What the internet may reach.'),
    _rule_set('internal-api', ['allow-rest-api'], 'Services of the shop among each other.'),
    _rule_set('payments-api-access', ['allow-https', 'allow-rest-api'], 'Reviewed every quarter.'),
    _rule_set('postgresql-access', ['allow-postgresql'], ''),
    _rule_set('cache-access', ['allow-redis'], ''),
    _rule_set('event-stream', ['allow-kafka'], 'Producers and consumers of the event stream.'),
    _rule_set('work-queues', ['allow-amqp'], ''),
    _rule_set('operator-access', ['allow-ssh'], 'Break-glass access by way of the bastion hosts.'),
    _rule_set('monitoring', ['allow-metrics', 'allow-syslog'], 'Metrics are pulled, logs are pushed.'),
    _rule_set('name-and-time', ['allow-dns', 'allow-ntp'], ''),
]

SERVICE_POLICIES = [
    _of_shop(
        'network_service_policies',
        'virtual-ip',
        "One address of the group's own subnet for its load balancer.",
        network_service_params=[{'type': 'ip_single', 'name': 'vip', 'value': 'self_subnet'}],
    ),
    _of_shop(
        'network_service_policies',
        'floating-ip-each',
        'A floating address for each member.',
        network_service_params=[{'type': 'ip_pool', 'name': 'fip', 'value': 'nat_pool'}],
    ),
]

RESOURCES = [*NETWORKS, *CLASSIFIERS, *RULES, *RULE_SETS, *SERVICE_POLICIES]
