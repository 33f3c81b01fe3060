# SPDX-License-Identifier: Apache-2.0
"""Which rule sets join parties, and in how many ways: the numbers of a map are those of all ways."""

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways.way_counts import WayCounts

from tests.unit.health.ways import random_clouds
from tests.unit.health.ways.clouds import Cloud


def joining(cloud, name, attribute):
    return counts(cloud).joining(party(cloud, name), attribute)


def counts(cloud):
    return WayCounts(cloud.known().parties)


def party(cloud, id_):
    return next(one for one in cloud.known().parties if one.id == id_)


def test_both_ends_of_a_way_count_it_once():
    cloud = Cloud()

    assert [counts(cloud).number(party(cloud, id_)) for id_ in 'AB'] == [1, 1]


def test_each_end_names_the_rule_set_by_its_own_role():
    cloud = Cloud()

    assert joining(cloud, 'A', facts.CONSUMED) == joining(cloud, 'B', facts.PROVIDED) == ['S']
    assert joining(cloud, 'A', facts.PROVIDED) == joining(cloud, 'B', facts.CONSUMED) == []


def test_what_nobody_is_on_the_other_side_of_joins_nothing():
    cloud = Cloud()
    cloud.group('C', consumes=['lonely'], provides=['single'])

    assert counts(cloud).number(party(cloud, 'C')) == 0
    assert joining(cloud, 'C', facts.CONSUMED) == joining(cloud, 'C', facts.PROVIDED) == []


def test_a_group_is_not_joined_with_itself():
    cloud = Cloud()
    cloud.group('C', consumes=['own'], provides=['own'])

    assert counts(cloud).number(party(cloud, 'C')) == 0


def test_two_that_provide_and_consume_one_set_have_a_way_each_way_round():
    cloud = Cloud()
    for id_ in ('C', 'D'):
        cloud.group(id_, consumes=['own'], provides=['own'])

    assert counts(cloud).number(party(cloud, 'C')) == 2


def test_external_groups_are_joined_with_groups_alone():
    cloud = Cloud()
    cloud.external('X', consumes=['S'], provides=['T'])
    cloud.external('Y', consumes=['T'])

    assert [counts(cloud).number(party(cloud, id_)) for id_ in 'XYB'] == [1, 0, 2]


def test_each_party_of_a_random_cloud_has_as_many_ways_as_are_judged():
    for _cloud in range(50):
        known = random_clouds.cloud().known()
        found = WayCounts(known.parties)

        assert all(found.is_alone(one) == (not found.number(one)) for one in known.parties)
        assert {one.id: found.number(one) for one in known.parties} == {
            one.id: len(list(all_ways.of(known, one))) for one in known.parties
        }
