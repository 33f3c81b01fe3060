# SPDX-License-Identifier: Apache-2.0
"""Clouds of any shape: several parties, rule sets, parents, chains and projects, some of which cannot be seen."""

import random

from gbp_status_ui.model import registry

from tests.unit.health.ways.clouds import ACTIVE
from tests.unit.health.ways.clouds import Cloud

# The same clouds in each run, whatever else is random there.
RANDOM = random.Random('ways')  # noqa: S311 -- nothing is secret

PROTOCOLS = [
    ('tcp', '80'),
    ('tcp', None),
    ('udp', '5000:5010'),
    ('icmp', None),
    ('6', '80'),
    (None, None),
    (None, '80'),
]
DIRECTIONS = ['in', 'in', 'in', 'in', 'out', 'bi', 'bi', None]
TYPES = [*['allow'] * 6, *['redirect'] * 4, None, 'copy']
#: What is left to a backend's fancy: mostly nothing.
DETAILS = [None, None, None, 'node deployment failed', 'no route']


def one_of(*choices):
    return RANDOM.choice(choices)


def some(choices, most=2):
    return RANDOM.sample(choices, min(len(choices), RANDOM.randint(0, most)))


def cloud():
    """Return a random :class:`Cloud`."""
    found = Cloud(is_aim=one_of(True, False), has_chains=one_of(True, True, False))
    found.rows = {kind.collection: {} for kind in registry.KINDS}
    _network(found)
    _rules(found)
    _parties(found)
    _chains(found)
    _states(found)
    _hide(found)
    return found


def _network(found):
    for name in ('E1', 'E2'):
        found.add('external_segments', name, external_routes=one_of([], *[[{'destination': '0.0.0.0/0'}]] * 4))
    for name in ('L3-1', 'L3-2'):
        found.add(
            'l3_policies',
            name,
            routers=one_of([name], [name], ['common']),
            external_segments={id_: ['10.0.0.1'] for id_ in one_of(['E1', 'E2'], ['E1', 'E2'], some(['E1', 'E2']))},
            address_scope_v4_id=one_of(None, None, 'scope', name),
            tenant_id=one_of(*['demo'] * 5, 'other'),
        )


def _rules(found):
    for number in range(4):
        protocol, ports = one_of(*PROTOCOLS)
        found.classifier(f'k{number}', ports, one_of(*DIRECTIONS), protocol)
    for number in range(4):
        types = [one_of(*TYPES) for _action in range(one_of(0, 1, 1, 1, 1, 2))]
        actions = [(one, one_of('s1', 's2', None) if one == 'redirect' else None) for one in types]
        found.rule(f'r{number}', actions=actions, classifier=f'k{RANDOM.randrange(4)}', enabled=one_of(True, False))
    for number in range(3):
        rules = one_of([], *[RANDOM.sample(['r0', 'r1', 'r2', 'r3'], size) for size in (1, 2, 2, 3, 4)])
        parent = one_of(None, None, None, 'S2') if number < 2 else None
        found.rule_set(f'S{number}', rules, parent_id=parent, shared=one_of(True, False))


def _parties(found):
    sets = ['S0', 'S1', 'S2']
    for number in range(4):
        found.group(
            f'G{number}',
            some(sets),
            some(sets),
            l3_policy=one_of(*['L3-1'] * 5, 'L3-2'),
            tenant_id=one_of(*['demo'] * 3, 'other'),
            policy_targets=one_of(['target'], ['target'], []),
            **one_of(
                {},
                {},
                {},
                {'proxy_group_id': 'P'},
                {'enforce_service_chains': False},
                {'proxied_group_id': 'G0'},
                {'is_auto_ptg': found.is_aim},
            ),
        )
    for number in range(2):
        found.external(
            f'X{number}', some(sets), some(sets), some(['E1', 'E2']), tenant_id=one_of(*['demo'] * 5, 'other')
        )


def _chains(found):
    """Chains of rules that redirect, mostly of such as GBP makes them."""
    redirects = [
        (rule['policy_classifier_id'], found.rows['policy_actions'][id_]['action_value'])
        for rule in found.rows['policy_rules'].values()
        for id_ in rule['policy_actions']
    ]
    redirects = [pair for pair in redirects if pair[1]] or [('k0', 's1')]
    for number in range(one_of(0, 2, 4, 6)):
        consumer = one_of('N/A', 'N/A', None, '', 'G0', 'G1')
        found.chain(f'c{number}', f'G{RANDOM.randrange(4)}', *one_of(*redirects, ('k1', 's2')), consumer)


def _states(found):
    """A few are not as they are where all is well; groups may have their status from a chain."""
    weights = one_of([1, 0, 0, 0, 0], [40, 1, 0, 1, 0], [40, 6, 1, 1, 1], [10, 1, 1, 1, 1])
    reporting = [kind for kind in found.rows if found.is_aim or RANDOM.random() < 0.3]
    for kind in reporting:
        for id_ in found.rows[kind]:
            usual = 'BUILD' if kind == 'policy_rules' else one_of('ACTIVE' if kind in ACTIVE else None, None)
            status = RANDOM.choices([usual, 'ERROR', 'BUILD', 'active', 'BANANA'], weights)[0]
            found.change(kind, id_, status=status, status_details=one_of(*DETAILS))


def _hide(found):
    share = one_of(0, 0, 0.02, 0.08)
    for kind, rows in found.rows.items():
        for id_ in [id_ for id_ in rows if RANDOM.random() < share]:
            found.hide(kind, id_)
