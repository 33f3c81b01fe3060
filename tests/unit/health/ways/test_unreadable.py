# SPDX-License-Identifier: Apache-2.0
"""What cannot be read as GBP sends it, or not at all, is said to be unknown: never that it is not there."""

import copy
import itertools

import pytest

from gbp_status_ui.health import map as maps
from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import party_ways
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import ways_over
from gbp_status_ui.health.ways import words
from gbp_status_ui.model import registry

from tests.unit.health.ways import clouds
from tests.unit.health.ways.test_all_ways import in_two_l3_policies
from tests.unit.health.ways.test_all_ways import party
from tests.unit.health.ways.test_all_ways import sentence
from tests.unit.health.ways.test_all_ways import verdict
from tests.unit.health.ways.test_all_ways import way

GROUPS = clouds.GROUPS
HIDDEN_RULE = 'Cannot be said: it depends on a rule, a classifier or an action that you may not see'
HIDDEN_SEGMENT = 'Cannot be said: the way leads over an external segment that you may not see'
UNKNOWN_DRIVER = 'Cannot be said: it depends on the policy driver of GBP, which is not known'


def with_all():
    """Two rules of S, of which one redirects to a chain; S has a parent, A2 and external group X consume it, too."""
    cloud = clouds.with_chain()
    cloud.rule_set('P', rules=['r1', 'r2'])
    cloud.change('policy_rule_sets', 'S', parent_id='P')
    cloud.add('external_segments', 'E', external_routes=[{'destination': '0.0.0.0/0'}])
    cloud.change('l3_policies', 'L3', external_segments={'E': ['10.0.0.1']})
    cloud.external('X', consumes=['S'], segments=['E'])
    return cloud


#: The attributes that ways and the map are made of.
ATTRIBUTES = sorted(
    {
        (kind.collection, attribute)
        for kind in registry.KINDS
        for attribute in (*(one.attribute for one in (*kind.relations, *kind.facts)), *kind.for_ways)
    }
)


def look_at_all(known):
    """Ask of each party and resource what pages, maps and explanations ask."""
    for one in known.parties:
        party_ways.of(known, one)
    for row in known.rows.values():
        loading.rule_sets_of(known, row)
        assert {ways_over.is_broken_by(one, row) for one in all_ways.through(known, 'S')} <= {True, False}
    drawn = maps.Map({kind.collection: known.of_kind(kind.collection) for kind in registry.KINDS}, known.parties)
    assert len(drawn.cells) == len(known.parties)
    assert all(
        drawn.way_counts.number(one) >= len(drawn.way_counts.joining(one, facts.PROVIDED)) for one in drawn.cells
    )


def say_all(known):
    """Return what is said of each pair of parties."""
    pairs = list(itertools.permutations(known.parties, 2))
    ways = [one for pair in pairs for one in all_ways.between(known, *pair)]
    texts = [remark.text for one in ways for remark in remarks.of(one)] + [words.sentence(one) for one in ways]
    return texts + [words.between(reachability.towards(known, *pair)) for pair in pairs]


@pytest.mark.slow
@pytest.mark.parametrize(('collection', 'attribute'), ATTRIBUTES)
def test_an_attribute_of_any_type_is_judged(collection, attribute):
    """The drivers (AIM, others, unknown) take turns: each attribute meets each of them, and so does each value."""
    turn = ATTRIBUTES.index((collection, attribute))
    for number, value in enumerate((*clouds.NO_IDS, True, 'text', [], {}, {'a': 5})):
        cloud = with_all()
        cloud.is_aim = (True, False, None)[(turn + number) % 3]
        for row in cloud.rows[collection].values():
            row[attribute] = copy.deepcopy(value)

        look_at_all(cloud.known())
        assert all(say_all(cloud.known()))


@pytest.mark.parametrize(
    ('collection', 'id_', 'attribute', 'said'),
    [
        ('policy_rule_sets', 'S', 'policy_rules', HIDDEN_RULE),
        ('policy_rules', 'r', 'policy_actions', HIDDEN_RULE),
        ('external_policies', 'X', 'external_segments', HIDDEN_SEGMENT),
        ('l3_policies', 'L3', 'external_segments', HIDDEN_SEGMENT),
    ],
)
@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_a_list_that_names_what_can_be_no_id_is_not_empty(collection, id_, attribute, said, value):
    cloud = clouds.with_outside()
    cloud.change(collection, id_, **{attribute: value})

    assert (verdict(cloud, 'X'), sentence(cloud, 'X')) == ('unknown', said)


@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_rules_of_a_parent_that_can_be_no_ids_leave_a_doubt(value):
    cloud = clouds.with_parent()
    cloud.change('policy_rule_sets', 'P', policy_rules=value)

    assert sentence(cloud) == 'Cannot be said: it depends on a parent rule set that you may not see'


@pytest.mark.parametrize('value', [None, 5, '', {}], ids=repr)
def test_routes_that_are_no_list_are_not_lacking(value):
    cloud = clouds.with_outside()
    cloud.change('external_segments', 'E', external_routes=value)

    assert (verdict(cloud, 'X'), sentence(cloud, 'X')) == ('unknown', HIDDEN_SEGMENT)


@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_routers_that_can_be_no_ids_may_be_common(value):
    cloud = in_two_l3_policies(routers=value)

    assert sentence(cloud) == 'Cannot be said: the way leads over an L3 policy that you may not see'


def without_driver(cloud, **of_rules):
    cloud.is_aim = None
    for rule in cloud.rows['policy_rules'].values():
        rule.update(of_rules)
    return cloud


def one_rule(**attributes):
    cloud = clouds.Cloud()
    cloud.change('policy_classifiers', 'k-of-r', **attributes)
    return cloud


def of_two_projects():
    cloud = clouds.with_outside()
    cloud.change('external_policies', 'X', tenant_id='other')
    return cloud


@pytest.mark.parametrize(
    ('cloud', 'one'),
    [
        (in_two_l3_policies(address_scope_v4_id='scope'), 'A'),
        (of_two_projects(), 'X'),
        (one_rule(direction=None), 'A'),
        (one_rule(protocol='6'), 'A'),
    ],
    ids=['scope', 'projects', 'direction', 'protocol'],
)
def test_what_drivers_do_differently_is_unknown_while_nobody_knows_the_driver(cloud, one):
    assert sentence(without_driver(cloud, status=None), one) == UNKNOWN_DRIVER


@pytest.mark.parametrize(('cloud', 'right'), [(clouds.Cloud(), 'building'), (in_two_l3_policies(), 'no-path')])
def test_what_all_drivers_do_alike_is_said_while_nobody_knows_the_driver(cloud, right):
    assert verdict(without_driver(cloud)) == right


def test_a_wider_rule_is_no_matter_while_nobody_knows_the_driver():
    cloud = without_driver(clouds.Cloud())
    cloud.rule('r2', 'S', ports=None)

    assert remarks.of(way(cloud)) == []


def without_chains(cloud):
    """Return the way of A and B where the chains of B have not been read."""
    cloud.rows['servicechain_instances'].clear()
    known = cloud.known()
    object.__setattr__(known, 'all_chains', False)
    (found,) = all_ways.between(known, party(known, 'A'), party(known, 'B'))
    return found


def test_nothing_is_said_to_work_by_a_chain_that_has_not_been_read():
    found = without_chains(clouds.with_chain())

    assert found.verdict.value == 'unknown'
    assert words.sentence(found) == 'Cannot be said: rule r2: the chain has not been read'


def test_nothing_is_said_of_what_all_goes_through_a_chain_that_has_not_been_read():
    cloud = clouds.Cloud()
    cloud.change(GROUPS, 'B', proxy_group_id='P')
    found = without_chains(cloud)

    assert found.verdict.value == 'unknown'
    assert words.sentence(found) == 'Cannot be said: group B: the chain has not been read'
