# SPDX-License-Identifier: Apache-2.0
"""The ways that lead over a resource, and those that it breaks: held to all ways of random clouds."""

import pytest

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import ways_over
from gbp_status_ui.model import registry

from tests.asking import gbp_of
from tests.unit.health.ways import clouds
from tests.unit.health.ways import random_clouds
from tests.unit.health.ways.test_loading import serve

OVER = (
    'policy_rule_sets',
    'policy_rules',
    'policy_classifiers',
    'policy_actions',
    'policy_target_groups',
    'external_policies',
    'servicechain_instances',
)


def named(ways):
    return {(way.consumer.id, way.rule_set.id, way.provider.id, way.verdict.value) for way in ways if way.rule_set}


def found(gbp, member, collection, id_):
    way = gbp_of(member)
    resource = way.show(registry.BY_COLLECTION[collection], id_)
    return ways_over.of(loading.over(way, resource), resource)


def every(cloud):
    """Return the ways of a whole cloud."""
    if not cloud.has_chains:
        cloud.rows['servicechain_instances'].clear()
    known = cloud.known()
    return [way for id_ in cloud.rows['policy_rule_sets'] for way in all_ways.through(known, id_)]


def some_of(cloud):
    """Return (collection, id) of a few resources of each kind that the API of a cloud serves."""
    kinds = [name for name in OVER if cloud.has_chains or name != 'servicechain_instances']
    return [(collection, id_) for collection in kinds for id_ in list(cloud.rows[collection])[:2]]


@pytest.mark.slow
@pytest.mark.parametrize('_cloud', range(10))
def test_what_is_read_over_a_resource_has_all_its_ways(gbp, member, _cloud):
    cloud = random_clouds.cloud()
    serve(gbp, cloud)
    ways = every(cloud)
    for one in some_of(cloud):
        right = [way for way in ways if one in {stop.key for stop in way.all_stops}]

        assert named(found(gbp, member, *one).ways) == named(right), one


def test_an_error_that_is_not_believed_breaks_nothing(gbp, member):
    """GBP copies the status of a chain onto its providing group."""
    cloud = clouds.with_chain()
    serve(gbp, cloud)

    assert named(found(gbp, member, 'policy_target_groups', 'B').broken) == set()
    assert named(found(gbp, member, 'servicechain_instances', 'c').broken) == {
        (group, 'S', 'B', 'partly') for group in ('A', 'A2')
    }


def test_of_two_errors_each_breaks_the_way(gbp, member):
    cloud = clouds.Cloud()
    cloud.error('policy_rule_sets', 'S')
    cloud.error('policy_rules', 'r')
    serve(gbp, cloud)

    for collection, id_ in (('policy_rule_sets', 'S'), ('policy_rules', 'r')):
        assert named(found(gbp, member, collection, id_).broken) == {('A', 'S', 'B', 'broken')}


def test_a_way_that_is_not_connected_is_broken_by_nothing(gbp, member):
    cloud = clouds.Cloud()
    cloud.add('l3_policies', 'other', routers=['another'])
    cloud.change('l2_policies', 'L2-of-B', l3_policy_id='other')
    cloud.error('policy_rule_sets', 'S')
    serve(gbp, cloud)

    carries = found(gbp, member, 'policy_rule_sets', 'S')
    assert (named(carries.ways), carries.broken) == ({('A', 'S', 'B', 'no-path')}, [])
