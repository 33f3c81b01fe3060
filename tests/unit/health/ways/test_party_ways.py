# SPDX-License-Identifier: Apache-2.0
"""All ways of a party, and how many other ends cannot be seen."""

import pytest

from gbp_status_ui.health.ways import party_ways

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import EXTERNAL
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.test_all_ways import party


def of(cloud, id_, **changes):
    known = cloud.known()
    for name, value in changes.items():
        object.__setattr__(known, name, value)
    return party_ways.of(known, party(known, id_))


def ends(cloud, id_):
    return [way.other(way.consumer if way.consumer.id == id_ else way.provider).id for way in of(cloud, id_).ways]


def test_the_ways_to_all_others_are_there():
    cloud = Cloud()
    cloud.group('C', consumes=['S'])

    assert (ends(cloud, 'A'), ends(cloud, 'B'), ends(cloud, 'C')) == (['B'], ['A', 'C'], ['B'])


def test_the_worst_come_first():
    cloud = Cloud()
    for id_, status in (('C', 'BUILD'), ('D', 'ERROR'), ('E', 'ACTIVE')):
        cloud.group(id_, consumes=['S'], status=status)

    assert [way.verdict.value for way in of(cloud, 'B').ways] == ['broken', 'building', 'works', 'works']
    assert ends(cloud, 'B') == ['D', 'C', 'A', 'E']


def test_of_more_than_may_be_judged_the_others_are_counted(monkeypatch):
    cloud = Cloud()
    for number in range(4):
        cloud.group(f'g{number}', consumes=['S'])
    monkeypatch.setattr(party_ways, 'MAX_JUDGED_WAYS', 3)

    assert (len(of(cloud, 'B').ways), of(cloud, 'B').unjudged) == (3, 2)
    assert (len(of(cloud, 'A').ways), of(cloud, 'A').unjudged) == (1, 0)


def with_a_stranger():
    cloud = Cloud()
    cloud.group('g9', consumes=['S'])
    cloud.hide(GROUPS, 'g9')
    return cloud


def test_ends_that_no_answer_has_are_counted():
    cloud = with_a_stranger()

    assert (of(cloud, 'B').hidden, of(cloud, 'A').hidden) == (1, 0)
    assert ends(cloud, 'B') == ['A']


def test_nothing_is_hidden_that_could_not_be_read():
    assert of(with_a_stranger(), 'B', unread=frozenset([GROUPS])).hidden == 0


def test_rule_sets_that_no_answer_has_are_counted():
    cloud = Cloud()
    cloud.change(GROUPS, 'A', consumed_policy_rule_sets=['S', 'S9'])

    assert of(cloud, 'A').hidden_rule_sets == 1
    assert of(cloud, 'A', unread=frozenset(['policy_rule_sets'])).hidden_rule_sets == 0


@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_lists_that_name_what_can_be_no_id_hide_something(value):
    cloud = Cloud()
    cloud.change('policy_rule_sets', 'S', providing_policy_target_groups=value)
    cloud.change(GROUPS, 'A', provided_policy_rule_sets=value)

    assert (of(cloud, 'A').hidden, of(cloud, 'A').hidden_rule_sets) == (1, 1)


def test_plumbing_of_chains_is_no_end():
    cloud = Cloud()
    cloud.group('proxy', consumes=['S'], proxied_group_id='B')
    cloud.group('management', consumes=['S'], service_management=True)

    assert (ends(cloud, 'B'), of(cloud, 'B').hidden) == (['A'], 0)


def test_external_groups_are_no_ends_of_each_other():
    cloud = clouds.with_outside()
    cloud.external('Y', provides=['S'], segments=['E'])
    cloud.hide(EXTERNAL, 'Y')

    assert of(cloud, 'X').hidden == 0
    assert ends(cloud, 'X') == ['B']


def test_what_is_read_further_changes_verdicts():
    cloud = Cloud()
    cloud.group('C', consumes=['S'])
    known = cloud.known()
    found = party_ways.of(known, party(known, 'B'))
    assert [way.verdict.value for way in found.ways] == ['works', 'works']

    cloud.error(GROUPS, 'C')
    assert [way.verdict.value for way in party_ways.judged_anew(found).ways] == ['broken', 'works']
