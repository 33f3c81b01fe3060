# SPDX-License-Identifier: Apache-2.0
"""What depends on a resource, through all steps, in as many calls as there are kinds that can."""

import pytest

from gbp_status_ui.health import dependants
from gbp_status_ui.model import registry

from tests import building
from tests.asking import gbp_of

GROUPS = 'policy_target_groups'


def found(client, collection, id_):
    way = gbp_of(client)
    return dependants.of(way, way.show(registry.BY_COLLECTION[collection], id_))


def names(client, collection, id_):
    return [row.name for row in found(client, collection, id_).rows]


def network(gbp, groups=2):
    """An L3 policy, an L2 policy and so many groups; return the L3 policy's id."""
    top = gbp.make('l3_policies', 'core')
    front = gbp.make('l2_policies', 'front', l3_policy_id=top)
    for number in range(groups):
        gbp.make(GROUPS, f'web-{number}', l2_policy_id=front)
    return top


def test_all_steps_are_walked(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    top = network(gbp)
    front = next(iter(gbp._rows['l2_policies']))
    gbp.change(parts['provider'], l2_policy_id=front)
    building.instance(gbp, 'edge', 'demo', parts)

    assert set(names(member, 'l3_policies', top)) == {'front', 'web-0', 'web-1', 'edge-provider', 'edge'}


def test_they_are_counted_by_kind_and_state_the_urgent_first(gbp, member):
    top = network(gbp, 3)
    gbp.set(next(iter(gbp._rows[GROUPS])), 'ERROR')
    counts = [
        (kind.collection, [(status.value, number) for status, number in states])
        for kind, states in found(member, 'l3_policies', top).counts
    ]

    assert counts == [(GROUPS, [('ERROR', 1), ('ACTIVE', 2)]), ('l2_policies', [('ACTIVE', 1)])]


def test_what_depends_on_something_else_is_left_out(gbp, member):
    top = network(gbp, 1)
    gbp.make(GROUPS, 'other', l2_policy_id=gbp.make('l2_policies', 'back'))

    assert names(member, 'l3_policies', top) == ['front', 'web-0']


def test_a_cycle_comes_to_an_end_and_does_not_depend_on_itself(gbp, member):
    first, second = (gbp.make('policy_rule_sets', name) for name in ('first', 'second'))
    gbp.change(first, child_policy_rule_sets=[second])
    gbp.change(second, child_policy_rule_sets=[first])

    assert names(member, 'policy_rule_sets', first) == ['second']


@pytest.mark.parametrize(('collection', 'expected'), [('service_profiles', 10), ('servicechain_instances', 0)])
def test_only_kinds_that_can_depend_on_it_are_asked(collection, expected):
    above = dependants.kinds_above(registry.BY_COLLECTION[collection])

    assert len(above) == expected


def test_calls_do_not_grow_with_what_depends_on_it(gbp, member):
    costs = []
    for groups in (1, 60):
        way = gbp_of(member)
        top = way.show(registry.BY_COLLECTION['l3_policies'], network(gbp, groups))
        before = way.connection.calls
        assert len(dependants.of(way, top).rows) == groups + 1
        costs.append(way.connection.calls - before)

    assert costs[1] <= costs[0] <= len(registry.KINDS)


def extent(client, collection, id_):
    said = found(client, collection, id_).extent
    return said.broken_with, said.depend_on, said.at_least


def test_how_many_are_broken_with_it_is_counted_of_all_that_depend_on_it(gbp, member):
    top = network(gbp)
    gbp.set(next(iter(gbp._rows[GROUPS])), 'ERROR')
    assert extent(member, 'l3_policies', top) == (0, 3, False)

    gbp.set(top, 'ERROR')
    assert extent(member, 'l3_policies', top) == (1, 3, False)


def test_what_is_stored_as_a_problem_is_found_quickly(gbp, member):
    top = network(gbp)
    front, group = (next(iter(gbp._rows[name])) for name in ('l2_policies', GROUPS))
    for id_ in (top, front, group):
        gbp.set(id_, 'ERROR')
    found(member, 'l3_policies', top)
    gbp.requests.clear()
    way = gbp_of(member)
    quick = dependants.stored(way, way.show(registry.BY_COLLECTION['l3_policies'], top))
    lists = [asked for asked in gbp.requests if asked.resource_id is None and asked.path != '/extensions']

    assert [row.name for row in quick.rows] == ['front', 'web-0']
    assert quick.extent == dependants.Extent(2, 0, at_least=True)
    assert all(asked.parameters['status'] for asked in lists)


def test_numbers_are_the_least_where_a_kind_is_unread(gbp, member):
    top = network(gbp)
    gbp.set(top, 'ERROR')
    gbp.fail(GROUPS, 403)

    assert extent(member, 'l3_policies', top) == (0, 1, True)


def test_kinds_that_could_not_be_read_are_said(gbp, member):
    top = network(gbp)
    gbp.fail(GROUPS, 403)
    answer = found(member, 'l3_policies', top)

    assert [kind.collection for kind, _ in answer.unread] == [GROUPS]
    assert [row.name for row in answer.rows] == ['front']
