# SPDX-License-Identifier: Apache-2.0
"""Fifteen small clouds and their variants, each with the ways between two parties and what is said of these.

They are held to the stand-in of :mod:`clouds`, and built on the real service by tests/cloud.
"""

from typing import NamedTuple

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import EXTERNAL
from tests.unit.health.ways.clouds import GROUPS

WORKS = 'Works as far as GBP reports: A may open tcp 80 to B'
ALLOWED = 'Allowed: A may open tcp 80 to B. No status of it is reported'
ONLY = 'Only {} may open connections to {}'
ONLY_A = ONLY.format('A', 'B')
NOT_JOINED = 'No rule set joins them'


class Case(NamedTuple):
    """A cloud, two of its parties, {(consumer, rule set, provider): verdict}, and the sentences there and back."""

    name: str
    cloud: Cloud
    ends: tuple
    verdicts: dict
    there: str
    back: str


def only_rule(cloud=None, **attributes):
    """Return a cloud in which the rule of S has other attributes than tcp 80, in, allow."""
    cloud = cloud or Cloud()
    cloud.rows['policy_rules'].pop('r')
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    cloud.rule('r', 'S', **attributes)
    return cloud


def building_rule():
    cloud = Cloud()
    cloud.is_aim = False
    return cloud


def without_rules():
    cloud = Cloud()
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    return cloud


def both_ways_round():
    cloud = only_rule(protocol=None, ports=None, direction='bi')
    for id_ in ('A', 'B'):
        sets = {'provided_policy_rule_sets': ['S'], 'consumed_policy_rule_sets': ['S']}
        cloud.change(GROUPS, id_, **sets, intra_ptg_allow=id_ == 'B')
    lists = {f'{role}_policy_target_groups': ['A', 'B'] for role in ('providing', 'consuming')}
    cloud.change('policy_rule_sets', 'S', **lists)
    return cloud


def in_two_l3_policies(is_aim=True, **of_both):
    cloud = Cloud(is_aim)
    cloud.change('l3_policies', 'L3', **of_both)
    cloud.add('l3_policies', 'L3-of-B', **{'routers': ['other'], 'external_segments': {}, **of_both})
    cloud.change('l2_policies', 'L2-of-B', l3_policy_id='L3-of-B')
    return cloud


def by_two_sets():
    cloud = Cloud()
    cloud.rule_set('S2')
    cloud.rule('r2', 'S2', ports='443')
    cloud.join('A', 'B', 'S2')
    cloud.error('policy_rule_sets', 'S')
    return cloud


def with_two_rules(*failed):
    """Both rules are called r: GBP keeps no order of them."""
    cloud = Cloud()
    cloud.rule('r2', 'S', ports='443', name='r')
    for id_ in failed:
        cloud.error('policy_rules', id_)
    return cloud


def without_segment_of_l3():
    cloud = clouds.with_outside()
    cloud.change('l3_policies', 'L3', external_segments={})
    return cloud


def without_segment_of_external():
    cloud = clouds.with_outside()
    cloud.change(EXTERNAL, 'X', external_segments=[])
    return cloud


def with_two_external():
    cloud = clouds.with_outside()
    cloud.external('Y', provides=['S'], segments=['E'])
    return cloud


def of_two_projects():
    """X and the L3 policy are of two projects, and all can be seen."""
    cloud = clouds.with_outside(shared=True)
    cloud.change(EXTERNAL, 'X', tenant_id='other')
    for collection, id_ in (
        ('policy_classifiers', 'k-of-r'),
        ('policy_actions', 'allow-0-of-r'),
        ('policy_rules', 'r'),
        ('policy_rule_sets', 'S'),
    ):
        cloud.change(collection, id_, shared=True)
    return cloud


def with_proxy():
    cloud = clouds.with_chain()
    cloud.change(GROUPS, 'B', proxy_group_id='proxy')
    return cloud


def without_redirect():
    """The redirect and its chain are gone; B has kept the status."""
    cloud = clouds.with_chain()
    cloud.change('policy_rule_sets', 'S', policy_rules=['r1'])
    del cloud.rows['servicechain_instances']['c']
    return cloud


def with_stranger():
    """A group of another project consumes S, too, which is shared."""
    cloud = Cloud()
    for kind in ('policy_classifiers', 'policy_actions', 'policy_rules', 'policy_rule_sets'):
        for id_ in cloud.rows[kind]:
            cloud.change(kind, id_, shared=True)
    cloud.add('l3_policies', 'L3-of-g9', tenant_id='other')
    cloud.add('l2_policies', 'L2-of-g9', tenant_id='other', l3_policy_id='L3-of-g9')
    cloud.group('g9', consumes=['S'], tenant_id='other', l2_policy='L2-of-g9')
    for collection, id_ in (('l3_policies', 'L3-of-g9'), ('l2_policies', 'L2-of-g9'), (GROUPS, 'g9')):
        cloud.hide(collection, id_)
    return cloud


def through_hidden_set():
    """An administrator has let A and B use a rule set of another project."""
    cloud = Cloud()
    cloud.rule_set('S9', tenant_id='other')
    cloud.join('A', 'B', 'S9')
    cloud.change(GROUPS, 'A', consumed_policy_rule_sets=['S9'])
    cloud.change(GROUPS, 'B', provided_policy_rule_sets=['S9'])
    cloud.hide('policy_rule_sets', 'S9')
    return cloud


def _case(name, cloud, verdict, there, back=ONLY_A):
    """Return the case of one way, from A to B by S."""
    return Case(name, cloud, ('A', 'B'), {('A', 'S', 'B'): verdict}, there, back)


def _outside(name, cloud, verdict, there):
    """Return the case of one way, from X to B by S."""
    return Case(name, cloud, ('X', 'B'), {('X', 'S', 'B'): verdict}, there, ONLY.format('X', 'B'))


_NO_PATH = 'Allowed, but not connected: '
_IN_TWO = _NO_PATH + 'A is in L3 policy L3, B in L3-of-B'
_NOTHING = 'Nothing is allowed: '
_NO_RULES = _NOTHING + 'the rule set has no rules'
_NO_CLASSIFIER = _NOTHING + 'none of its 3 rules counts: the parent P uses none of their classifiers'
_BY_CHAIN = 'Partly broken: chain c is in error; tcp 22 is not affected'
_EACH_OTHER = 'Works as far as GBP reports: {} and {} may open any traffic to each other (by 2 of 2 ways)'
_TO_B = 'Works as far as GBP reports: B may open udp 514 to A'

CASES = [
    _case('1', Cloud(), 'works', WORKS),
    _case(
        '1-number',
        only_rule(protocol='6'),
        'unknown',
        'Cannot be said: answers may not pass, since the protocol is a number',
    ),
    _case(
        '1-number-reference',
        only_rule(Cloud(is_aim=False), protocol='6'),
        'unreported',
        'Allowed: A may open protocol 6 80 to B. No status of it is reported',
    ),
    _case('2-reference', building_rule(), 'building', 'Being built, or not known to the backend: rule r'),
    _case('3', only_rule(ports='514', protocol='udp', direction='out'), 'works', ONLY.format('B', 'A'), _TO_B),
    _case('4', Cloud(is_aim=False), 'unreported', ALLOWED),
    _case('5', only_rule(enabled=False), 'works', WORKS),
    _case('6', clouds.with_parent(), 'unreported', ALLOWED),
    Case('6-parent', clouds.with_parent(), ('A', 'C'), {}, NOT_JOINED, NOT_JOINED),
    _case('6-empty-parent', clouds.with_parent(parent_rules=()), 'nothing', _NO_CLASSIFIER, _NO_CLASSIFIER),
    _case('7', without_rules(), 'nothing', _NO_RULES, _NO_RULES),
    Case(
        '8',
        both_ways_round(),
        ('A', 'B'),
        {('A', 'S', 'B'): 'works', ('B', 'S', 'A'): 'works'},
        _EACH_OTHER.format('A', 'B'),
        _EACH_OTHER.format('B', 'A'),
    ),
    _case('9', in_two_l3_policies(), 'no-path', _IN_TWO),
    _case('9-scope', in_two_l3_policies(address_scope_v4_id='scope'), 'works', WORKS),
    _case('9-scope-reference', in_two_l3_policies(is_aim=False, address_scope_v4_id='scope'), 'no-path', _IN_TWO),
    Case(
        '10',
        by_two_sets(),
        ('A', 'B'),
        {('A', 'S', 'B'): 'broken', ('A', 'S2', 'B'): 'works'},
        'Works as far as GBP reports: A may open tcp 443 to B (by 1 of 2 ways)',
        ONLY_A,
    ),
    _case('11', with_two_rules('r'), 'partly', 'Partly broken: rule r is in error; tcp 443 is not affected'),
    _case('11-both', with_two_rules('r', 'r2'), 'broken', 'Broken: rule r is in error and 1 more'),
    _outside('12', clouds.with_outside(), 'works', WORKS.replace('A may', 'X may')),
    _outside('12-route', clouds.with_outside(routes=()), 'no-path', _NO_PATH + 'segment E has no route'),
    _outside('12-l3-policy', without_segment_of_l3(), 'no-path', _NO_PATH + 'L3 policy L3 is not on a segment of X'),
    _outside('12-external', without_segment_of_external(), 'no-path', _NO_PATH + 'X has no external segment'),
    Case(
        '12-two-external', with_two_external(), ('X', 'Y'), {}, *['No way leads from one external group to another'] * 2
    ),
    _outside('13', of_two_projects(), 'no-path', _NO_PATH + 'X is of another project than L3 policy L3'),
    _case('14', clouds.with_chain(), 'partly', _BY_CHAIN),
    Case(
        '14-second', clouds.with_chain(), ('A2', 'B'), {('A2', 'S', 'B'): 'partly'}, _BY_CHAIN, ONLY.format('A2', 'B')
    ),
    _case('14-proxy', with_proxy(), 'broken', 'Broken: chain c is in error'),
    _case('14-removed', without_redirect(), 'unreported', ALLOWED.replace('80', '22')),
    _case('15', with_stranger(), 'works', WORKS),
    Case(
        '15-hidden',
        through_hidden_set(),
        ('A', 'B'),
        {('A', None, 'B'): 'unknown'},
        *['Cannot be said: the way leads through a rule set that you may not see'] * 2,
    ),
]
