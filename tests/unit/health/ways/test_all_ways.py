# SPDX-License-Identifier: Apache-2.0
"""The ways of small clouds, each with its right verdict and sentences, and what else is worth a word of them."""

import pytest

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import words

from tests.unit.health.ways import clouds
from tests.unit.health.ways import fifteen
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import EXTERNAL
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.fifteen import in_two_l3_policies
from tests.unit.health.ways.fifteen import only_rule


def party(known, id_):
    return known.get(GROUPS, id_) or known.get(EXTERNAL, id_)


def ways(cloud, one='A', other='B'):
    """Return [(consumer, rule set, provider, verdict)] of the ways between two parties."""
    known = cloud.known()
    return [
        (way.consumer.id, way.rule_set and way.rule_set.id, way.provider.id, way.verdict.value)
        for way in all_ways.between(known, party(known, one), party(known, other))
    ]


def verdict(cloud, one='A', other='B'):
    """Return the verdict on the only way between two parties."""
    ((_consumer, _rule_set, _provider, found),) = ways(cloud, one, other)
    return found


def way(cloud, one='A', other='B'):
    known = cloud.known()
    (found,) = all_ways.between(known, party(known, one), party(known, other))
    return found


def sentence(cloud, one='A', other='B'):
    return words.sentence(way(cloud, one, other))


def slugs(cloud, one='A', other='B'):
    return [remark.slug for remark in remarks.of(way(cloud, one, other))]


def said(cloud, opener='A', target='B'):
    """Return what is said of connections from one party to another."""
    known = cloud.known()
    return words.between(reachability.towards(known, party(known, opener), party(known, target)))


@pytest.mark.parametrize('case', fifteen.CASES, ids=lambda case: case.name)
def test_each_of_the_fifteen_clouds_has_its_ways_and_sentences(case):
    found = {(consumer, name, provider): verdict for consumer, name, provider, verdict in ways(case.cloud, *case.ends)}

    assert found == case.verdicts
    assert (said(case.cloud, *case.ends), said(case.cloud, *reversed(case.ends))) == (case.there, case.back)


def test_a_protocol_as_a_number_leaves_a_doubt_where_answers_may_not_pass():
    assert slugs(only_rule(protocol='6')) == ['number']
    assert sentence(only_rule(Cloud(is_aim=False), protocol='47', ports=None)) == (
        'Allowed: A may open protocol 47 to B. No status of it is reported'
    )


def test_a_rule_that_is_switched_off_is_in_force():
    assert slugs(only_rule(enabled=False)) == ['switched-off']


def test_of_a_child_the_rules_count_whose_classifiers_its_parent_uses():
    assert [one.opens for one in way(clouds.with_parent()).openings] == [True, False, False]


def test_two_groups_that_both_provide_and_consume_a_set_open_connections_to_each_other():
    known = fifteen.both_ways_round().known()
    found = all_ways.between(known, party(known, 'A'), party(known, 'B'))

    assert all(one.opens_from(party(known, id_)) for one in found for id_ in 'AB')
    assert [words.within(party(known, id_)) for id_ in 'AB'] == [
        'Members may not talk to each other',
        'Members may talk to each other, without a rule set',
    ]


@pytest.mark.parametrize(
    ('cloud', 'right'),
    [
        (in_two_l3_policies(address_scope_v4_id=None, address_scope_v6_id='scope'), 'works'),
        (in_two_l3_policies(is_aim=False, routers=['router']), 'unreported'),
    ],
    ids=['scope-v6', 'router'],
)
def test_two_l3_policies_are_joined_by_a_router_or_in_the_fabric_by_an_address_scope(cloud, right):
    assert verdict(cloud) == right


def test_what_opens_from_outside_is_said_to_need_an_address_there():
    assert slugs(clouds.with_outside(), 'X') == ['outside']


def test_of_what_passes_a_chain_nobody_says_more():
    assert slugs(clouds.with_chain()) == ['nodes']
    assert slugs(fifteen.with_proxy()) == ['nodes', 'proxy']


def test_a_chain_that_names_the_consumer_counts_before_one_of_all_consumers():
    cloud = clouds.with_chain()
    cloud.chain('of-A', 'B', 'k-of-r2', 's', consumer='A')

    assert [one.chain.id for one in way(cloud).openings if one.chain] == ['of-A']
    assert [one.chain.id for one in way(cloud, 'A2').openings if one.chain] == ['c']
