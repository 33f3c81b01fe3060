# SPDX-License-Identifier: Apache-2.0
"""What is worth a word about a way, and changes no verdict."""

import pytest

from gbp_status_ui.health.ways import remarks

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.fifteen import only_rule
from tests.unit.health.ways.test_all_ways import slugs
from tests.unit.health.ways.test_all_ways import way


def redirecting(value='s', **cloud):
    return only_rule(Cloud(**cloud), actions=[('redirect', value)])


def not_enforced():
    cloud = redirecting()
    cloud.change(GROUPS, 'B', enforce_service_chains=False)
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'slug'),
    [
        (redirecting(None), 'no-chain'),
        (redirecting(has_chains=False), 'no-chain'),
        (not_enforced(), 'no-chain'),
        (redirecting(), 'hidden-chain'),
    ],
    ids=['value', 'extension', 'enforced', 'hidden'],
)
def test_a_redirect_without_a_chain_is_said(cloud, slug):
    assert slugs(cloud) == [slug]
    assert way(cloud).verdict.value == 'works'


def test_a_redirect_to_an_external_group_makes_no_chain():
    cloud = clouds.with_outside()
    cloud.external('Y', provides=['S'], segments=['E'])
    cloud.change('policy_actions', 'allow-0-of-r', action_type='redirect', action_value='s')

    assert slugs(cloud, 'A', 'Y') == ['no-chain']


def test_a_group_without_members_is_said():
    cloud = Cloud()
    cloud.change(GROUPS, 'A', policy_targets=[])

    assert [remark.text for remark in remarks.of(way(cloud))] == ['group A: no member']


def test_automatic_groups_are_joined_by_more():
    cloud = Cloud()
    cloud.change(GROUPS, 'A', is_auto_ptg=True)

    assert slugs(cloud) == ['automatic']


@pytest.mark.parametrize(
    ('wide', 'narrow', 'found'),
    [
        ((None, 'in', None), ('80', 'in', 'tcp'), True),
        ((None, 'in', 'tcp'), ('80', 'in', 'tcp'), True),
        ((None, 'bi', 'tcp'), ('80', 'out', 'tcp'), True),
        ((None, 'in', 'tcp'), ('80', 'out', 'tcp'), False),
        ((None, 'in', 'udp'), ('80', 'in', 'tcp'), False),
        (('443', 'in', 'tcp'), ('80', 'in', 'tcp'), False),
    ],
)
@pytest.mark.parametrize('is_aim', [True, False])
def test_a_wider_rule_beside_a_narrower_one_may_not_be_in_force_with_the_reference_drivers(is_aim, wide, narrow, found):
    cloud = only_rule(Cloud(is_aim), **dict(zip(('ports', 'direction', 'protocol'), narrow)))
    cloud.rule('wide', 'S', *wide)

    assert slugs(cloud) == ['wider'] * (found and not is_aim)


def test_nobody_opens_connections_from_outside_that_provides_alone():
    cloud = clouds.with_outside()
    cloud.external('Y', provides=['S'], segments=['E'])

    assert slugs(cloud, 'A', 'Y') == []
    assert slugs(cloud, 'X', 'B') == ['outside']
