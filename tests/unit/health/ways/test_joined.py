# SPDX-License-Identifier: Apache-2.0
"""The ways of small clouds, each with its right verdict and sentence."""

import pytest

from gbp_status_ui.health.ways import answer
from gbp_status_ui.health.ways import joined
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import words

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import EXTERNAL
from tests.unit.health.ways.clouds import GROUPS


def party(known, id_):
    return known.get(GROUPS, id_) or known.get(EXTERNAL, id_)


def ways(cloud, one='A', other='B'):
    """Return [(consumer, rule set, provider, verdict)] of the ways between two parties."""
    known = cloud.known()
    return [
        (way.consumer.id, way.rule_set and way.rule_set.id, way.provider.id, way.verdict.value)
        for way in joined.between(known, party(known, one), party(known, other))
    ]


def verdict(cloud, one='A', other='B'):
    """Return the verdict on the only way between two parties."""
    ((_consumer, _rule_set, _provider, found),) = ways(cloud, one, other)
    return found


def way(cloud, one='A', other='B'):
    known = cloud.known()
    (found,) = joined.between(known, party(known, one), party(known, other))
    return found


def sentence(cloud, one='A', other='B'):
    return words.sentence(way(cloud, one, other))


def slugs(cloud, one='A', other='B'):
    return [remark.slug for remark in remarks.of(way(cloud, one, other))]


def said(cloud, opener='A', target='B'):
    """Return what is said of connections from one party to another."""
    known = cloud.known()
    return words.between(answer.towards(known, party(known, opener), party(known, target)))


def only_rule(cloud=None, **attributes):
    """Return a cloud in which the rule of S has other attributes than tcp 80, in, allow."""
    cloud = cloud or Cloud()
    cloud.rows['policy_rules'].pop('r')
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    cloud.rule('r', 'S', **attributes)
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'right'),
    [
        pytest.param(Cloud(), 'works', id='1'),
        pytest.param(only_rule(protocol='6'), 'unknown', id='1-number'),
        pytest.param(only_rule(Cloud(is_aim=False), protocol='6'), 'unreported', id='1-number-reference'),
        pytest.param(only_rule(ports='514', protocol='udp', direction='out'), 'works', id='3'),
        pytest.param(Cloud(is_aim=False), 'unreported', id='4'),
        pytest.param(only_rule(enabled=False), 'works', id='5'),
        pytest.param(clouds.with_parent(), 'unreported', id='6'),
        pytest.param(clouds.with_parent(parent_rules=()), 'nothing', id='6-empty-parent'),
    ],
)
def test_one_way_has_its_verdict(cloud, right):
    assert ways(cloud) == [('A', 'S', 'B', right)]
    assert ways(cloud, 'B', 'A') == [('A', 'S', 'B', right)]


def test_a_consumer_opens_what_a_rule_lets_in():
    cloud = Cloud()

    assert sentence(cloud) == 'Works as far as GBP reports: A may open tcp 80 to B'
    assert said(cloud) == sentence(cloud)
    assert said(cloud, 'B', 'A') == 'Only A may open connections to B'


def test_a_protocol_as_a_number_leaves_a_doubt_where_answers_may_not_pass():
    cloud = only_rule(protocol='6')

    assert sentence(cloud) == 'Cannot be said: answers may not pass, since the protocol is a number'
    assert slugs(cloud) == ['number']
    assert sentence(only_rule(Cloud(is_aim=False), protocol='47', ports=None)) == (
        'Allowed: A may open protocol 47 to B. This cloud reports no status'
    )


def test_build_of_a_rule_is_believed_of_all_drivers_but_one():
    cloud = Cloud()
    assert (cloud.rows['policy_rules']['r']['status'], verdict(cloud)) == ('BUILD', 'works')

    cloud.is_aim = False
    assert verdict(cloud) == 'building'
    assert sentence(cloud) == 'Being built, or not known to the backend: rule r'


def test_an_outgoing_rule_lets_the_provider_open_connections():
    cloud = only_rule(ports='514', protocol='udp', direction='out')

    assert said(cloud) == 'Only B may open connections to A'
    assert said(cloud, 'B', 'A') == 'Works as far as GBP reports: B may open udp 514 to A'


def test_without_any_status_it_is_allowed_and_not_reported():
    assert sentence(Cloud(is_aim=False)) == 'Allowed: A may open tcp 80 to B. This cloud reports no status'


def test_a_rule_that_is_switched_off_is_in_force():
    assert slugs(only_rule(enabled=False)) == ['switched-off']


def test_of_a_child_the_rules_count_whose_classifiers_its_parent_uses():
    cloud = clouds.with_parent()

    assert sentence(cloud) == 'Allowed: A may open tcp 80 to B. This cloud reports no status'
    assert [one.opens for one in way(cloud).openings] == [True, False, False]
    assert ways(cloud, 'A', 'C') == []
    assert said(cloud, 'A', 'C') == 'No rule set joins them'


def test_a_parent_without_rules_lets_nothing_count():
    assert sentence(clouds.with_parent(parent_rules=())) == (
        'Nothing is allowed: none of its 3 rules counts: the parent P uses none of their classifiers'
    )


def test_a_rule_set_without_rules_allows_nothing():
    cloud = Cloud()
    cloud.change('policy_rule_sets', 'S', policy_rules=[])

    assert verdict(cloud) == 'nothing'
    assert sentence(cloud) == 'Nothing is allowed: the rule set has no rules'
    assert said(cloud) == sentence(cloud)


def test_two_groups_that_both_provide_and_consume_a_set_are_joined_each_way_round():
    cloud = only_rule(protocol=None, ports=None, direction='bi')
    for id_ in ('A', 'B'):
        sets = {'provided_policy_rule_sets': ['S'], 'consumed_policy_rule_sets': ['S']}
        cloud.change(GROUPS, id_, **sets, intra_ptg_allow=id_ == 'B')
    known = cloud.known()
    found = joined.between(known, party(known, 'A'), party(known, 'B'))

    assert ways(cloud) == [('A', 'S', 'B', 'works'), ('B', 'S', 'A', 'works')]
    assert all(one.opens_from(party(known, id_)) for one in found for id_ in 'AB')
    assert words.sentence(found[0]) == ('Works as far as GBP reports: A and B may open any traffic to each other')
    assert [words.within(party(known, id_)) for id_ in 'AB'] == [
        'Members may not talk to each other',
        'Members may talk to each other, without a rule set',
    ]


def in_two_l3_policies(is_aim=True, **of_both):
    cloud = Cloud(is_aim)
    cloud.change('l3_policies', 'L3', **of_both)
    cloud.add('l3_policies', 'L3-of-B', **{'routers': ['other'], **of_both})
    cloud.change('l2_policies', 'L2-of-B', l3_policy_id='L3-of-B')
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'right'),
    [
        (in_two_l3_policies(), 'no-path'),
        (in_two_l3_policies(address_scope_v4_id='scope'), 'works'),
        (in_two_l3_policies(is_aim=False, address_scope_v4_id='scope'), 'no-path'),
        (in_two_l3_policies(address_scope_v4_id=None, address_scope_v6_id='scope'), 'works'),
        (in_two_l3_policies(is_aim=False, routers=['router']), 'unreported'),
    ],
    ids=['two', 'scope', 'scope-reference', 'scope-v6', 'router'],
)
def test_two_l3_policies_are_joined_by_a_router_or_in_the_fabric_by_an_address_scope(cloud, right):
    assert verdict(cloud) == right


def test_what_is_allowed_across_l3_policies_is_not_connected():
    assert sentence(in_two_l3_policies()) == ('Allowed, but not connected: A is in L3 policy L3, B in L3-of-B')


def test_of_two_ways_the_better_one_counts():
    cloud = Cloud()
    cloud.rule_set('S2')
    cloud.rule('r2', 'S2', ports='443')
    cloud.change(GROUPS, 'A', consumed_policy_rule_sets=['S', 'S2'])
    cloud.change(GROUPS, 'B', provided_policy_rule_sets=['S', 'S2'])
    cloud.error('policy_rule_sets', 'S')

    assert ways(cloud) == [('A', 'S', 'B', 'broken'), ('A', 'S2', 'B', 'works')]
    assert said(cloud) == 'Works as far as GBP reports: A may open tcp 443 to B (by 1 of 2 ways)'


def with_two_rules():
    cloud = Cloud()
    cloud.rule('r2', 'S', ports='443')
    cloud.error('policy_rules', 'r')
    return cloud


def test_a_rule_in_error_breaks_its_own_traffic_alone():
    cloud = with_two_rules()

    assert verdict(cloud) == 'partly'
    assert sentence(cloud) == 'Partly broken: rule r is in error; tcp 443 is not affected'

    cloud.error('policy_rules', 'r2')
    assert verdict(cloud) == 'broken'
    assert sentence(cloud) == 'Broken: rule r is in error and 1 more'


def test_the_outside_is_reached_over_a_segment_with_a_route():
    cloud = clouds.with_outside()

    assert ways(cloud, 'X') == [('X', 'S', 'B', 'works')]
    assert sentence(cloud, 'X') == 'Works as far as GBP reports: X may open tcp 80 to B'
    assert slugs(cloud, 'X') == ['outside']


def without_segment_of_l3():
    cloud = clouds.with_outside()
    cloud.change('l3_policies', 'L3', external_segments={})
    return cloud


def without_segment_of_external():
    cloud = clouds.with_outside()
    cloud.change(EXTERNAL, 'X', external_segments=[])
    return cloud


def of_two_projects():
    cloud = clouds.with_outside(shared=True)
    for collection, id_ in ((GROUPS, 'B'), ('l2_policies', 'L2-of-B'), ('l3_policies', 'L3')):
        cloud.change(collection, id_, tenant_id='other')
    cloud.change('policy_rule_sets', 'S', shared=True)
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'why'),
    [
        (clouds.with_outside(routes=()), 'segment E has no route'),
        (without_segment_of_l3(), 'L3 policy L3 is not on a segment of X'),
        (without_segment_of_external(), 'X has no external segment'),
        (of_two_projects(), 'X is of another project than L3 policy L3'),
    ],
    ids=['route', 'l3-policy', 'external', 'project'],
)
def test_each_gap_to_the_outside_has_its_own_words(cloud, why):
    assert verdict(cloud, 'X') == 'no-path'
    assert sentence(cloud, 'X') == f'Allowed, but not connected: {why}'


def test_two_external_groups_are_never_joined():
    cloud = clouds.with_outside()
    cloud.external('Y', provides=['S'], segments=['E'])

    assert ways(cloud, 'X', 'Y') == []


@pytest.mark.parametrize('consumer', ['A', 'A2'])
def test_a_chain_that_failed_breaks_the_traffic_that_it_is_for(consumer):
    cloud = clouds.with_chain()

    assert ways(cloud, consumer) == [(consumer, 'S', 'B', 'partly')]
    assert sentence(cloud, consumer) == 'Partly broken: chain c is in error; tcp 22 is not affected'
    assert slugs(cloud, consumer) == ['nodes']


def test_with_a_proxy_group_all_traffic_goes_through_the_chain():
    cloud = clouds.with_chain()
    cloud.change(GROUPS, 'B', proxy_group_id='proxy')

    assert verdict(cloud) == 'broken'
    assert sentence(cloud) == 'Broken: chain c is in error'
    assert slugs(cloud) == ['nodes', 'proxy']


def test_a_group_keeps_the_status_of_a_chain_that_is_gone():
    cloud = clouds.with_chain()
    cloud.change('policy_rule_sets', 'S', policy_rules=['r1'])
    cloud.hide('servicechain_instances', 'c')

    assert cloud.rows[GROUPS]['B']['status'] == 'ERROR'
    assert verdict(cloud) == 'unreported'


def test_a_shared_set_joins_also_whom_one_may_not_see():
    cloud = Cloud()
    cloud.group('g9', consumes=['S'])
    cloud.hide(GROUPS, 'g9')

    assert verdict(cloud) == 'works'


def test_through_a_set_that_one_may_not_see_nothing_can_be_said():
    cloud = Cloud()
    cloud.change(GROUPS, 'A', consumed_policy_rule_sets=['S9'])
    cloud.change(GROUPS, 'B', provided_policy_rule_sets=['S9'])

    assert ways(cloud) == [('A', None, 'B', 'unknown')]
    assert sentence(cloud) == 'Cannot be said: the way leads through a rule set that you may not see'
