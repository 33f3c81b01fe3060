# SPDX-License-Identifier: Apache-2.0
"""What is said where nothing can be said, and of several things at once."""

import pytest

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import words
from gbp_status_ui.model import neutron
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.neutron import NeutronObject

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import DEPLOYING
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.fifteen import in_two_l3_policies
from tests.unit.health.ways.fifteen import only_rule
from tests.unit.health.ways.test_all_ways import said
from tests.unit.health.ways.test_all_ways import sentence
from tests.unit.health.ways.test_all_ways import verdict


def hiding(collection, id_, cloud=None):
    cloud = cloud or Cloud()
    cloud.hide(collection, id_)
    return cloud


def without_l2_policy():
    cloud = Cloud()
    cloud.change(GROUPS, 'B', l2_policy_id=None)
    return cloud


def with_status(collection, id_, status):
    cloud = Cloud()
    cloud.change(collection, id_, status=status)
    return cloud


def unread():
    cloud = Cloud()
    del cloud.rows['l2_policies']['L2-of-B']['status']
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'why'),
    [
        (hiding('l2_policies', 'L2-of-B'), 'the way leads over an L2 policy that you may not see'),
        (without_l2_policy(), 'group B names no L2 policy'),
        (hiding('l3_policies', 'L3'), 'the way leads over an L3 policy that you may not see'),
        (hiding('policy_rules', 'r'), 'it depends on a rule, a classifier or an action that you may not see'),
        (
            hiding('policy_classifiers', 'k-of-r'),
            'it depends on a rule, a classifier or an action that you may not see',
        ),
        (
            hiding('policy_actions', 'allow-0-of-r'),
            'it depends on a rule, a classifier or an action that you may not see',
        ),
        (only_rule(actions=['allow', None]), 'it depends on which of its actions the backend obeys, if any'),
        (only_rule(protocol=None), 'it allows ports without a protocol'),
        (only_rule(direction='sideways'), 'GBP does not define the direction of its classifier'),
        (with_status(GROUPS, 'B', 'BANANA'), 'GBP does not define the status BANANA of group B'),
        (unread(), 'the status of L2 policy L2-of-B has not been read'),
    ],
)
def test_what_cannot_be_said_has_its_reason(cloud, why):
    assert verdict(cloud) == 'unknown'
    assert sentence(cloud) == f'Cannot be said: {why}'


def test_over_a_segment_that_cannot_be_seen_nothing_is_said():
    cloud = hiding('external_segments', 'E', clouds.with_outside())

    assert sentence(cloud, 'X') == 'Cannot be said: the way leads over an external segment that you may not see'


def test_a_parent_that_cannot_be_seen_leaves_a_doubt():
    cloud = hiding('policy_rule_sets', 'P', clouds.with_parent())

    assert sentence(cloud) == 'Cannot be said: it depends on a parent rule set that you may not see'


def test_what_could_not_be_read_is_not_said_to_be_hidden():
    assert words.unseen('policy_rules', frozenset(['policy_actions'])) == 'Rules could not be read'
    assert words.unseen('policy_rule_sets', frozenset(['policy_actions'])) == (
        'the way leads through a rule set that you may not see'
    )


@pytest.mark.parametrize(
    ('attributes', 'why'),
    [
        ({'direction': None}, 'its rule has no direction'),
        ({'actions': [None]}, 'its rule has no action that allows anything'),
    ],
)
def test_a_rule_that_opens_nothing_says_why(attributes, why):
    cloud = only_rule(Cloud(is_aim='actions' in attributes), **attributes)

    assert sentence(cloud) == f'Nothing is allowed: {why}'
    assert said(cloud) == f'Nothing is allowed: {why}'


def test_of_several_rules_the_reason_is_said_once():
    cloud = only_rule(actions=[None])
    cloud.rule('r2', 'S', actions=[None])

    assert sentence(cloud) == 'Nothing is allowed: none of its 2 rules has an action that allows anything'


def test_rules_that_open_nothing_for_different_reasons_are_counted():
    cloud = clouds.with_parent(parent_rules=())
    cloud.rule('r4', 'S', classifier='k1', actions=['allow'])
    cloud.change('policy_classifiers', 'k1', direction=None)
    cloud.change('policy_rule_sets', 'S', parent_id=None)
    cloud.change('policy_rule_sets', 'S', policy_rules=['r1', 'r4'])
    assert sentence(cloud) == 'Nothing is allowed: none of its 2 rules has a direction'

    cloud.change('policy_rule_sets', 'S', policy_rules=['r1', 'r2'], parent_id='P')
    cloud.change('policy_rule_sets', 'P', policy_rules=['p'])
    assert sentence(cloud) == 'Nothing is allowed: none of its 2 rules opens anything'


def test_without_a_path_an_error_is_said_besides():
    cloud = in_two_l3_policies()
    cloud.error('policy_rule_sets', 'S')

    assert verdict(cloud) == 'no-path'
    assert sentence(cloud).endswith('in L3-of-B; besides, rule set S is in error')


def test_what_is_broken_is_counted():
    cloud = Cloud()
    for collection, id_ in ((GROUPS, 'B'), ('l3_policies', 'L3'), ('policy_rule_sets', 'S')):
        cloud.error(collection, id_)

    assert sentence(cloud) == 'Broken: group B is in error and 2 more'


def test_a_chain_that_says_nothing_but_build_is_not_confirmed():
    cloud = clouds.with_chain()
    cloud.change('servicechain_instances', 'c', status='BUILD', status_details=DEPLOYING)

    assert verdict(cloud) == 'building'
    assert sentence(cloud) == (
        "Not confirmed: chain c says node deployment in progress; GBP's own node drivers never say more"
    )


@pytest.mark.parametrize(
    ('rules', 'allowed'),
    [
        (
            [('80', 'in', 'tcp'), ('443', 'in', 'tcp'), ('5000:5010', 'in', 'udp')],
            'A may open tcp 80, 443 and udp 5000–5010 to B',
        ),
        ([(None, 'in', 'icmp'), (None, 'in', '47')], 'A may open icmp and protocol 47 to B'),
        ([(None, 'in', None), ('80', 'in', 'tcp')], 'A may open any traffic to B'),
        ([('80', 'in', 'tcp'), ('514', 'out', 'udp')], 'A may open tcp 80 to B, and B may open udp 514 to A'),
        ([('80', 'bi', 'tcp')], 'A and B may open tcp 80 to each other'),
        ([('80', 'bi', 'tcp'), ('22', 'out', 'tcp')], 'A may open tcp 80 to B, and B may open tcp 22, 80 to A'),
    ],
)
def test_traffic_is_a_sum_by_direction(rules, allowed):
    cloud = Cloud(is_aim=False)
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    for number, (ports, direction, protocol) in enumerate(rules):
        cloud.rule(f'r{number}', 'S', ports, direction, protocol)

    assert sentence(cloud) == f'Allowed: {allowed}. No status of it is reported'


def test_of_much_traffic_the_first_is_said_and_the_others_counted():
    cloud = Cloud(is_aim=False)
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    for number in range(1, 11):
        cloud.rule(f'r{number}', 'S', str(number))
    assert 'may open tcp 1, 2, 3, 4, 5, 6, 7, 8 and 2 more to B' in sentence(cloud)

    for number in range(40, 49):
        cloud.rule(f'r{number}', 'S', None, protocol=str(number))
    assert 'protocol 45, protocol 46 and 2 more to B' in sentence(cloud)


def test_a_name_with_a_percent_sign_is_a_name():
    cloud = Cloud()
    cloud.change(GROUPS, 'B', name='100%s', status='ERROR')

    assert sentence(cloud) == 'Broken: group 100%s is in error'


def fail_beneath(stop, *kinds):
    attributes = {'id': 'an-id', 'apic:synchronization_state': 'error'}
    failed = (NeutronObject(neutron.BY_COLLECTION[kind], attributes, has_extension=True) for kind in kinds)
    stop.beneath = Beneath(stop, tuple(failed))


def test_all_that_is_in_error_beneath_is_named():
    known = Cloud().known()
    fail_beneath(known.get('l2_policies', 'L2-of-A'), 'networks')
    fail_beneath(known.get('l3_policies', 'L3'), 'routers', 'subnets')
    (way,) = all_ways.between(known, *(known.get(GROUPS, id_) for id_ in 'AB'))

    assert words.sentence(way) == (
        'Broken beneath L2 policy L2-of-A: network in error; L3 policy L3: router in error, subnet in error'
    )


def sentence_beneath(cloud):
    """Return the sentence of the way of A and B, where the network of B's L2 policy is in error."""
    known = cloud.known()
    fail_beneath(known.get('l2_policies', 'L2-of-B'), 'networks')
    (way,) = all_ways.between(known, *(known.get(GROUPS, id_) for id_ in 'AB'))
    return words.sentence(way)


def test_what_is_broken_beneath_affects_all_of_a_way_that_is_partly_broken():
    cloud = Cloud()
    cloud.rule('r2', 'S', ports='443')
    cloud.error('policy_rules', 'r')
    assert sentence(cloud) == 'Partly broken: rule r is in error; tcp 443 is not affected'

    text = sentence_beneath(cloud)
    assert text == 'Partly broken: rule r is in error; besides, L2 policy L2-of-B: network in error'


def test_without_a_path_all_that_is_in_error_is_said_besides():
    cloud = in_two_l3_policies()
    cloud.error('policy_rules', 'r')
    text = sentence_beneath(cloud)

    assert text.endswith('in L3-of-B; besides, rule r is in error; L2 policy L2-of-B: network in error')


def test_what_may_not_be_allowed_is_not_called_so_for_lack_of_a_path():
    cloud = in_two_l3_policies()
    cloud.change('policy_classifiers', 'k-of-r', protocol='6')

    assert sentence(cloud).startswith('Not connected: A is in L3 policy')


def test_what_is_broken_beneath_comes_before_what_is_being_built():
    cloud = Cloud()
    cloud.change(GROUPS, 'B', status='BUILD')
    known = cloud.known()
    fail_beneath(known.get('l2_policies', 'L2-of-A'), 'networks')
    (way,) = all_ways.between(known, *(known.get(GROUPS, id_) for id_ in 'AB'))

    assert way.verdict.value == 'beneath'
