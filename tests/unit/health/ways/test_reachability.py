# SPDX-License-Identifier: Apache-2.0
"""The answer from one party to another one."""

import pytest

from gbp_status_ui.health.ways import reachability
from gbp_status_ui.model import verdicts

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.test_all_ways import only_rule
from tests.unit.health.ways.test_all_ways import party
from tests.unit.health.ways.test_all_ways import said

SHARED = 'They share a subnet: GBP opens everything between them, without a rule set'


def towards(cloud, opener, target):
    known = cloud.known()
    return reachability.towards(known, party(known, opener), party(known, target))


def strangers(is_aim, subnets=('subnet',)):
    cloud = Cloud(is_aim)
    cloud.group('C')
    for id_ in 'AC':
        cloud.change(GROUPS, id_, subnets=list(subnets))
    return cloud


def test_no_rule_set_is_all_that_is_said_of_groups_that_none_joins():
    assert said(strangers(is_aim=False, subnets=()), 'A', 'C') == 'No rule set joins them'
    assert towards(strangers(is_aim=False), 'A', 'C').verdict is None


def test_a_common_subnet_opens_everything_with_the_reference_drivers():
    assert said(strangers(is_aim=False), 'A', 'C') == SHARED
    assert said(strangers(is_aim=True), 'A', 'C') == 'No rule set joins them'


def test_a_common_subnet_opens_nothing_to_plumbing_of_a_chain():
    cloud = strangers(is_aim=False)
    cloud.change(GROUPS, 'C', proxied_group_id='B')

    assert said(cloud, 'A', 'C') == 'C is part of a service chain, so no way begins or ends there'


def test_through_the_outside_there_is_no_way():
    cloud = clouds.with_outside()
    cloud.rule_set('T')
    cloud.rule('t', 'T')
    cloud.external('Y', provides=['T'], segments=['E'])
    cloud.group('C', consumes=['T'])

    assert towards(cloud, 'C', 'Y').verdict.value == 'works'
    assert said(cloud, 'C', 'B') == 'No rule set joins them'


#: The best of two verdicts counts: each is worth more than those after it.
WORTH = ['works', 'unreported', 'partly', 'building', 'unknown', 'broken', 'no-path', 'nothing']


@pytest.mark.parametrize(('better', 'worse'), list(zip(WORTH, WORTH[1:])))
def test_each_verdict_is_worth_more_than_the_next(better, worse):
    by_value = {verdict.value: verdict for verdict in verdicts.VERDICTS}

    assert by_value[better].worth > by_value[worse].worth


def with_a_rule_each_way(**attributes):
    """A may open tcp 80 to B, and B udp 514 to A, by the same rule set."""
    cloud = Cloud()
    cloud.rule('r2', 'S', ports='514', direction='out', protocol='udp')
    cloud.change('policy_classifiers', 'k-of-r', **attributes)
    return cloud


def answers(cloud):
    """Return (verdict, sentence) from A to B, and from B to A."""
    return [(towards(cloud, *ends).verdict.value, said(cloud, *ends)) for ends in ('AB', 'BA')]


def test_what_the_other_end_alone_may_open_counts_for_the_other_end_alone():
    forth, back = (
        f'{one} may open {what} to {other}' for one, what, other in (('A', 'tcp 80', 'B'), ('B', 'udp 514', 'A'))
    )
    assert answers(with_a_rule_each_way()) == [
        ('works', f'Works as far as GBP reports: {one}') for one in (forth, back)
    ]

    assert answers(with_a_rule_each_way(status='ERROR')) == [
        ('broken', 'Broken: classifier k-of-r is in error'),
        ('works', f'Works as far as GBP reports: {back}'),
    ]
    assert answers(with_a_rule_each_way(protocol='6')) == [
        ('unknown', 'Cannot be said: answers may not pass, since the protocol is a number'),
        ('works', f'Works as far as GBP reports: {back}'),
    ]


@pytest.mark.parametrize(
    'opens', [{'direction': 'in'}, {'actions': ['redirect'], 'direction': None}], ids=['in', 'null']
)
def test_nobody_says_that_less_may_be_opened_than_within_a_common_subnet(opens):
    cloud = only_rule(Cloud(is_aim=False), **opens)
    for id_ in 'AB':
        cloud.change(GROUPS, id_, subnets=['subnet'])

    assert said(cloud, 'B', 'A') == SHARED
    assert towards(cloud, 'B', 'A').verdict is None


def test_of_automatic_groups_nobody_says_that_one_alone_may_open():
    cloud = Cloud()
    cloud.change(GROUPS, 'B', is_auto_ptg=True)

    assert said(cloud, 'B', 'A') == 'No rule set lets B open connections to A'


@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_nobody_says_that_no_rule_set_joins_what_names_no_readable_one(value):
    cloud = strangers(is_aim=True)
    cloud.change(GROUPS, 'C', provided_policy_rule_sets=value)

    assert said(cloud, 'A', 'C') == said(cloud, 'C', 'A') == 'Cannot be said: Rule Sets could not be read'


def test_a_common_subnet_opens_nothing_while_the_driver_is_not_known():
    cloud = strangers(is_aim=False)
    cloud.is_aim = None

    assert said(cloud, 'A', 'C') == 'No rule set joins them'


def test_without_a_word_of_it_members_of_a_group_may_talk_to_each_other():
    cloud = Cloud()
    cloud.change(GROUPS, 'B', intra_ptg_allow=False)
    known = cloud.known()

    assert [reachability.members_may_talk(party(known, id_)) for id_ in 'AB'] == [True, False]
