# SPDX-License-Identifier: Apache-2.0
"""The scripted life of what is beneath the seeded resources: the fabric by kind and displayed name, ports by name.

The steps are those of life.py, without details: no backend passes the fabric's own messages on.
"""

from __future__ import annotations

from gbp_demo.fabric import BUILD
from gbp_demo.fabric import ERROR
from gbp_demo.fabric import SYNCED
from gbp_demo.life import Script

# What was made while the demo runs.
NEWCOMER = ((8, BUILD), (None, SYNCED))


def always(state: str) -> Script:
    return ((None, state),)


def deployed_after(seconds: float) -> Script:
    return ((seconds, BUILD), (None, SYNCED))


def failing_after(seconds: float) -> Script:
    return ((seconds, BUILD), (None, ERROR))


def breaking_after(seconds: float) -> Script:
    return ((seconds, SYNCED), (None, ERROR))


def recovering_after(seconds: float) -> Script:
    return ((seconds, ERROR), (25, BUILD), (None, SYNCED))


def redeployed_every(seconds: float, build: float) -> Script:
    return ((seconds - build, SYNCED), (build, BUILD))


def failing_every(seconds: float, error: float) -> Script:
    return ((seconds - error, SYNCED), (error, ERROR))


GROUPS = {
    # Something moves at any time.
    'web-frontend': redeployed_every(150, 25),
    'recommendation-engine': ((60, BUILD), (95, SYNCED), (40, ERROR)),
    'ci-runners': redeployed_every(180, 45),
    'search-api': deployed_after(12),
    'cart-service': deployed_after(30),
    'promotion-rules': failing_after(20),
    'payments-db': always(ERROR),
    'shipping-labels': breaking_after(90),
    'inventory-db': recovering_after(70),
    'reporting-db': ((3600, BUILD), (None, SYNCED)),
    'oven-controllers': failing_after(15),
}
FABRIC = {
    **{('EndpointGroup', name): script for name, script in GROUPS.items()},
    # GBP calls these L2 policies active.
    ('BridgeDomain', 'l2p_warehouse-floor'): always(ERROR),
    ('BridgeDomain', 'l2p_data-platform'): failing_every(160, 50),
    ('Subnet', 'apic_owned_checkout'): recovering_after(80),
    ('VRF', 'l3p_logistics-vrf_4'): redeployed_every(240, 30),
    ('VRF', 'l3p_operations-vrf_4'): failing_every(300, 45),
    # That of a router, and that of an L3 policy, which takes its L2 policies along and not itself.
    ('Contract', 'l3p_payments-pci-vrf'): failing_every(190, 40),
    ('Contract', 'data-platform-vrf'): failing_every(220, 30),
    ('Contract', 'public-web'): redeployed_every(200, 20),
    ('Contract', 'monitoring'): failing_after(10),
    ('Contract', 'payments-api-access'): deployed_after(18),
    ('Filter', 'allow-syslog'): always(ERROR),
    ('ApplicationProfile', 'analytics'): failing_every(260, 35),
    ('L3Outside', 'head-office-mpls'): failing_every(160, 50),
}
# There is no machine behind any port, so each is DOWN unless it says something else.
STATUSES = {
    'pt_web-frontend-01': always('ACTIVE'),
    'pt_web-frontend-02': always('ACTIVE'),
    'pt_web-frontend-03': ((125, 'ACTIVE'), (25, 'BUILD')),
    'pt_checkout-api-01': always('ACTIVE'),
    'pt_payments-db-primary': always('ACTIVE'),
    'pt_kafka-broker-01': always('ACTIVE'),
    'pt_kafka-broker-03': ((12, 'BUILD'), (None, 'ERROR')),
    'pt_cake-shop-01': always('ACTIVE'),
}
