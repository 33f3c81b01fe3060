# SPDX-License-Identifier: Apache-2.0
"""The scripted life of the seeded resources: by name, what each reports as time goes by. The rest is always ACTIVE.

A script is a tuple of steps (seconds, status, details). The last step lasts for ever if its seconds are None;
otherwise the script begins again.
"""

from __future__ import annotations

from typing import Any
from typing import Optional

from gbp_demo.backend_texts import HOSTILE
from gbp_demo.backend_texts import texts

#: Steps: (seconds or None, what is said meanwhile …).
Script = tuple[tuple[Any, ...], ...]

#: A status and its details.
Said = tuple[Optional[str], Optional[str]]

DEPLOYING = 'deployment in progress'
WORKS = 'ACTIVE', ''


def step_at(script: Script, seconds: float) -> tuple[Any, ...]:
    """Return the step of `script`, without its length, `seconds` after it began (before that: its first step)."""
    left = max(0.0, seconds)
    length = sum(step[0] or 0 for step in script)
    if script[-1][0] is not None:
        left %= length
    for lasts, *said in script:
        if lasts is None or left < lasts:
            return tuple(said)
        left -= lasts
    raise ValueError('only the last step may last for ever')


def always(status: str | None, details: str | None) -> Script:
    return ((None, status, details),)


def deployed_after(seconds: float, details: str | None = DEPLOYING) -> Script:
    return ((seconds, 'BUILD', details), (None, *WORKS))


def failing_after(seconds: float, text: str) -> Script:
    return ((seconds, 'BUILD', DEPLOYING), (None, 'ERROR', text))


def breaking_after(seconds: float, text: str) -> Script:
    return ((seconds, *WORKS), (None, 'ERROR', text))


def recovering_after(seconds: float, text: str) -> Script:
    return ((seconds, 'ERROR', text), (25, 'BUILD', 'redeploying after a fault'), (None, *WORKS))


def redeployed_every(seconds: float, build: float, details: str | None = DEPLOYING) -> Script:
    """Works, then is being built for `build` seconds, over and over."""
    return ((seconds - build, *WORKS), (build, 'BUILD', details))


GROUPS = {
    # Something moves at any time.
    'web-frontend': redeployed_every(150, 25, 'rolling out release, 1 of 3 members done'),
    'recommendation-engine': (
        (60, 'BUILD', 'pushing endpoints to leaf switches'),
        (95, *WORKS),
        (40, 'ERROR', texts['endpoint_lost']),
    ),
    'ci-runners': redeployed_every(180, 45, 'scaling out'),
    'search-api': deployed_after(12),
    'cart-service': deployed_after(30, 'waiting for the L2 policy'),
    'promotion-rules': failing_after(20, texts['port_binding']),
    'payments-db': always('ERROR', texts['contract']),
    # The reason stands at its L2 policy.
    'warehouse-scanners': always('ERROR', ''),
    'shipping-labels': breaking_after(90, texts['port_quota']),
    'inventory-db': recovering_after(70, texts['agent_down']),
    'reporting-db': ((3600, 'BUILD', 'waiting for 4 of 6 leaf switches to acknowledge'), (None, *WORKS)),
    'returns-portal': always('ERROR', HOSTILE),
    'tax-calculator': always(None, None),
    'cdn-origin': always('active', ''),
    'log-aggregation': always('DEGRADED', '1 of 3 members has lost its endpoint; traffic is served by the others'),
    'oven-controllers': failing_after(15, texts['no_subnet']),
    'dns-and-ntp': always('ACTIVE', 'anycast on 2 of 2 sites'),
}
NETWORKS = {
    'warehouse-floor': always('ERROR', texts['bridge_domain']),
    'logistics-vrf': redeployed_every(240, 30, 'exchanging routes with the border leaf'),
    'data-platform': deployed_after(40),
    'internet-edge': always('ACTIVE', 'BGP: 2 of 2 sessions established'),
    'head-office-mpls': ((110, *WORKS), (50, 'ERROR', texts['bgp_down'])),
    'internet-edge-floating': always(None, None),
    'carrier-partners': failing_after(45, texts['l3out']),
}
POLICIES = {
    'public-web': redeployed_every(200, 20, 'updating contracts on 6 leaf switches'),
    'monitoring': failing_after(10, texts['tcam']),
    'payments-api-access': deployed_after(18),
    'allow-syslog': always('ERROR', texts['tcam']),
    'syslog': always(None, None),
    'ping': always(None, None),
    'virtual-ip': deployed_after(25, 'reserving an address'),
    'order-fulfilment': always('ERROR', ''),
    'kafka-broker-03': failing_after(12, texts['nova_host']),
    'web-frontend-03': redeployed_every(150, 25, 'rolling out release'),
}
# GBP reports texts of its own for chains, see node_driver.py.
CHAINS = {
    'internet-to-returns-portal': failing_after(35, texts['heat_stack']),
    'payments-to-card-vault': redeployed_every(170, 40),
    'web-frontend-to-search': deployed_after(22),
    'tills-to-cake-shop': redeployed_every(130, 30),
}
# A node speaks for its part of every chain that has no script of its own.
NODES = {
    'warehouse-fw': always('ERROR', texts['heat_stack']),
    'pci-fw': redeployed_every(300, 35),
}

SCRIPTS = {**GROUPS, **NETWORKS, **POLICIES, **CHAINS, **NODES}
