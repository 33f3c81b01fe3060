# SPDX-License-Identifier: Apache-2.0
"""Project demo, an online shop: its policy target groups, their members, and who reaches them from outside."""

from __future__ import annotations

from demo.seed.resource import Ref
from demo.seed.resource import refs
from demo.seed.resource import Resource
from demo.seed.resource import rule_sets

LONG_NAME = (
    'customer-notification-service-for-order-confirmations-shipping-updates-and-delivery-exceptions-eu-central-blue'
)
LONG_DESCRIPTION = (
    'Sends e-mail, SMS and push messages about orders. Owned by the customer communication team; runs twice (blue and '
    'green) and is switched at each release. Do not detach it from the event stream while the queue is not empty.'
)

# Name, L2 policy, application, provided rule sets, consumed rule sets, description.
GROUPS = [
    ('web-frontend', 'storefront', 'web-shop', 'public-web', 'internal-api cache-access', 'Renders the shop.'),
    ('mobile-gateway', 'storefront', 'web-shop', 'public-web', 'internal-api', 'Entrance of the iOS and Android apps.'),
    ('image-resizer', 'storefront', 'web-shop', 'internal-api', '', 'Product pictures in every size.'),
    ('search-api', 'storefront', 'web-shop', 'internal-api', 'event-stream', 'Product search and suggestions.'),
    ('recommendation-engine', 'storefront', 'web-shop', 'internal-api', 'event-stream', ''),
    ('session-cache', 'storefront', 'web-shop', 'cache-access', '', 'Redis, three nodes.'),
    ('cdn-origin', 'storefront', 'web-shop', 'public-web', '', 'What the content delivery network fetches.'),
    (
        'checkout-api',
        'checkout',
        'checkout-flow',
        'internal-api',
        'payments-api-access postgresql-access work-queues',
        'From the cart to the order.',
    ),
    ('cart-service', 'checkout', 'checkout-flow', 'internal-api', 'cache-access', ''),
    (
        'pricing-engine',
        'checkout',
        'checkout-flow',
        'internal-api',
        'postgresql-access',
        'Prices and vouchers.',
    ),
    ('promotion-rules', 'checkout', 'checkout-flow', 'internal-api', '', ''),
    ('tax-calculator', 'checkout', 'checkout-flow', 'internal-api', '', 'VAT of 27 countries.'),
    ('checkout-queue', 'checkout', 'checkout-flow', 'work-queues', '', 'RabbitMQ between checkout and order router.'),
    ('orders-db', 'checkout', 'checkout-flow', 'postgresql-access', '', 'PostgreSQL, primary and two replicas.'),
    (
        'payments-api',
        'payments',
        'payment-services',
        'payments-api-access',
        'postgresql-access',
        'Cards and wallets.',
    ),
    (
        'fraud-scoring',
        'payments',
        'payment-services',
        'internal-api',
        'event-stream',
        'Scores each order before it is charged.',
    ),
    ('ledger-writer', 'payments', 'payment-services', 'internal-api', 'postgresql-access', ''),
    ('payments-db', 'card-data', 'payment-services', 'postgresql-access', '', 'PostgreSQL, encrypted at rest.'),
    ('card-vault', 'card-data', 'payment-services', 'payments-api-access', '', 'Tokens instead of card numbers.'),
    ('order-router', 'fulfilment', 'order-fulfilment', 'internal-api', 'work-queues event-stream', ''),
    (
        'inventory-api',
        'fulfilment',
        'order-fulfilment',
        'internal-api',
        'postgresql-access',
        'All warehouses.',
    ),
    ('inventory-db', 'fulfilment', 'order-fulfilment', 'postgresql-access', '', ''),
    ('shipping-labels', 'fulfilment', 'order-fulfilment', 'internal-api', '', 'Labels of five carriers.'),
    ('returns-portal', 'fulfilment', 'order-fulfilment', 'public-web', 'internal-api', ''),
    (
        'warehouse-scanners',
        'warehouse-floor',
        'order-fulfilment',
        '',
        'internal-api',
        '240 hand-held scanners.',
    ),
    (LONG_NAME, 'fulfilment', 'order-fulfilment', '', 'event-stream work-queues', LONG_DESCRIPTION),
    ('clickstream-collector', 'data-platform', 'analytics', 'internal-api', 'event-stream', ''),
    ('kafka-brokers', 'data-platform', 'analytics', 'event-stream', '', 'Five brokers.'),
    ('warehouse-loader', 'data-platform', 'analytics', '', 'event-stream postgresql-access', 'Hourly loads.'),
    ('reporting-db', 'data-platform', 'analytics', 'postgresql-access', '', ''),
    ('ci-runners', 'operations', '', '', 'internal-api name-and-time', 'Build and deployment jobs.'),
    ('metrics-store', 'operations', '', '', 'monitoring', ''),
    ('log-aggregation', 'operations', '', 'monitoring', '', 'Keeps 90 days.'),
    ('bastion-hosts', 'operations', '', '', 'operator-access', 'The only way in for operators.'),
]

MEMBERS = {
    'web-frontend': ('web-frontend-01', 'web-frontend-02', 'web-frontend-03'),
    'checkout-api': ('checkout-api-01', 'checkout-api-02'),
    'payments-db': ('payments-db-primary', 'payments-db-replica'),
    'kafka-brokers': ('kafka-broker-01', 'kafka-broker-02', 'kafka-broker-03'),
    'fraud-scoring': ('fraud-scoring-gpu-01',),
}

APPLICATIONS = {
    'web-shop': 'What customers see.',
    'checkout-flow': 'From the cart to the order.',
    'payment-services': 'In scope of PCI DSS.',
    'order-fulfilment': 'From the order to the door step.',
    'analytics': '',
}

# Who is outside, by which segment, provided and consumed rule sets.
OUTSIDE = [
    ('internet-customers', 'internet-edge', '', 'public-web', 'Everybody.'),
    ('payment-providers', 'internet-edge', 'payments-api-access', '', 'Acquirers and wallets that call us back.'),
    ('head-office', 'head-office-mpls', '', 'operator-access monitoring', 'Offices in Hamburg and Porto.'),
    ('carrier-partners', 'head-office-mpls', 'internal-api', '', ''),
]


def _of_shop(collection: str, name: str, description: str, **attributes: object) -> Resource:
    return Resource('demo', collection, name, description, attributes)


def _relations(provided: str, consumed: str) -> dict[str, dict[Ref, str]]:
    return {
        'provided_policy_rule_sets': rule_sets(provided.split()),
        'consumed_policy_rule_sets': rule_sets(consumed.split()),
    }


def _group(name: str, l2_policy: str, application: str, provided: str, consumed: str, description: str) -> Resource:
    optional = {'application_policy_group_id': Ref('application_policy_groups', application)} if application else {}
    if name in ('web-frontend', 'payments-api'):
        optional['network_service_policy_id'] = Ref('network_service_policies', 'virtual-ip')
    return _of_shop(
        'policy_target_groups',
        name,
        description,
        l2_policy_id=Ref('l2_policies', l2_policy),
        **_relations(provided, consumed),
        **optional,
    )


def _outside(name: str, segment: str, provided: str, consumed: str, description: str) -> Resource:
    return _of_shop(
        'external_policies',
        name,
        description,
        external_segments=refs('external_segments', [segment]),
        **_relations(provided, consumed),
    )


RESOURCES = [
    *(_of_shop('application_policy_groups', name, description) for name, description in APPLICATIONS.items()),
    *(_group(*row) for row in GROUPS),
    *(_outside(*row) for row in OUTSIDE),
    *(
        _of_shop('policy_targets', member, '', policy_target_group_id=Ref('policy_target_groups', group))
        for group, members in MEMBERS.items()
        for member in members
    ),
]
