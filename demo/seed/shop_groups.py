# SPDX-License-Identifier: Apache-2.0
"""Project demo, an online shop: its policy target groups, their members, and who reaches them from outside."""

from demo.seed.resource import Ref
from demo.seed.resource import ref_dict
from demo.seed.resource import refs
from demo.seed.resource import Resource

LONG_NAME = (
    'customer-notification-service-for-order-confirmations-shipping-updates-and-delivery-exceptions-eu-central-blue'
)
LONG_DESCRIPTION = (
    'Sends e-mail, SMS and push messages about orders. Owned by the customer communication team; runs twice (blue and '
    'green) and is switched at each release. Do not detach it from the event stream while the queue is not empty.'
)

# Name, L2 policy, application, provided rule sets, consumed rule sets, description.
GROUPS = [
    ('web-frontend', 'storefront', 'shop', 'public-web', 'internal-api cache-access', 'Renders the shop.'),
    ('mobile-gateway', 'storefront', 'shop', 'public-web', 'internal-api', 'Entrance of the iOS and Android apps.'),
    ('image-resizer', 'storefront', 'shop', 'internal-api', '', 'Product pictures in every size.'),
    ('search-api', 'storefront', 'shop', 'internal-api', 'event-stream', 'Product search and suggestions.'),
    ('recommendation-engine', 'storefront', 'shop', 'internal-api', 'event-stream', ''),
    ('session-cache', 'storefront', 'shop', 'cache-access', '', 'Redis, three nodes.'),
    ('cdn-origin', 'storefront', 'shop', 'public-web', '', 'What the content delivery network fetches.'),
    (
        'checkout-api',
        'checkout',
        'checkout',
        'internal-api',
        'payments-api-access postgresql-access work-queues',
        'From the cart to the order.',
    ),
    ('cart-service', 'checkout', 'checkout', 'internal-api', 'cache-access', ''),
    ('pricing-engine', 'checkout', 'checkout', 'internal-api', 'postgresql-access', 'Prices, vouchers and bundles.'),
    ('promotion-rules', 'checkout', 'checkout', 'internal-api', '', ''),
    ('tax-calculator', 'checkout', 'checkout', 'internal-api', '', 'VAT of 27 countries.'),
    ('checkout-queue', 'checkout', 'checkout', 'work-queues', '', 'RabbitMQ between checkout and order router.'),
    ('orders-db', 'checkout', 'checkout', 'postgresql-access', '', 'PostgreSQL, primary and two replicas.'),
    ('payments-api', 'payments', 'payments', 'payments-api-access', 'postgresql-access', 'Cards, invoices, wallets.'),
    (
        'fraud-scoring',
        'payments',
        'payments',
        'internal-api',
        'event-stream',
        'Scores each order before it is charged.',
    ),
    ('ledger-writer', 'payments', 'payments', 'internal-api', 'postgresql-access', ''),
    ('payments-db', 'card-data', 'payments', 'postgresql-access', '', 'PostgreSQL, encrypted at rest.'),
    ('card-vault', 'card-data', 'payments', 'payments-api-access', '', 'Tokens instead of card numbers.'),
    ('order-router', 'fulfilment', 'fulfilment', 'internal-api', 'work-queues event-stream', ''),
    ('inventory-api', 'fulfilment', 'fulfilment', 'internal-api', 'postgresql-access', 'Stock of all warehouses.'),
    ('inventory-db', 'fulfilment', 'fulfilment', 'postgresql-access', '', ''),
    ('shipping-labels', 'fulfilment', 'fulfilment', 'internal-api', '', 'Labels of five carriers.'),
    ('returns-portal', 'fulfilment', 'fulfilment', 'public-web', 'internal-api', ''),
    ('warehouse-scanners', 'warehouse-floor', 'fulfilment', '', 'internal-api', 'Hand-held scanners, 240 in all.'),
    (LONG_NAME, 'fulfilment', 'fulfilment', '', 'event-stream work-queues', LONG_DESCRIPTION),
    ('clickstream-collector', 'data-platform', 'data-platform', 'internal-api', 'event-stream', ''),
    ('kafka-brokers', 'data-platform', 'data-platform', 'event-stream', '', 'Five brokers.'),
    ('warehouse-loader', 'data-platform', 'data-platform', '', 'event-stream postgresql-access', 'Hourly loads.'),
    ('reporting-db', 'data-platform', 'data-platform', 'postgresql-access', '', ''),
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
    'shop': 'What customers see.',
    'checkout': 'From the cart to the order.',
    'payments': 'In scope of PCI DSS.',
    'fulfilment': 'From the order to the door step.',
    'data-platform': '',
}

# Who is outside, by which segment, provided and consumed rule sets.
OUTSIDE = [
    ('internet-customers', 'internet-edge', '', 'public-web', 'Everybody.'),
    ('payment-providers', 'internet-edge', 'payments-api-access', '', 'Acquirers and wallets that call us back.'),
    ('head-office', 'head-office-mpls', '', 'operator-access monitoring', 'Offices in Hamburg and Porto.'),
    ('carrier-partners', 'head-office-mpls', 'internal-api', '', ''),
]


def _of_shop(collection, name, description, **attributes):
    return Resource('demo', collection, name, description, attributes)


def _relations(provided, consumed):
    return {
        'provided_policy_rule_sets': ref_dict('policy_rule_sets', provided.split()),
        'consumed_policy_rule_sets': ref_dict('policy_rule_sets', consumed.split()),
    }


def _group(name, l2_policy, application, provided, consumed, description):
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


def _outside(name, segment, provided, consumed, description):
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
