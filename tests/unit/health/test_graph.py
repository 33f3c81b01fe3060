# SPDX-License-Identifier: Apache-2.0
"""The graph of what resources are built from: what is reached, and how much work it takes."""

import random

import pytest

from gbp_status_ui.health import graph
from gbp_status_ui.health.graph import Graph
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

SETS, RULES, ACTIONS = 'policy_rule_sets', 'policy_rules', 'policy_actions'


def resource(kind, id_, **attributes):
    return Resource(registry.BY_COLLECTION[kind], {'id': id_, **attributes})


def known(*resources):
    return {one.key: one for one in resources}


def reach(edges, start):
    """What can be reached, by the definition: add targets until there are no more."""
    reached = set()
    while True:
        more = {target for node in {start, *reached} for target in edges[node]} - reached
        if not more:
            return reached
        reached |= more


def random_edges():
    (size,) = random.sample(range(1, 10), 1)
    return [some(range(size)) for _node in range(size)]


def some(nodes):
    """Up to three of them, any."""
    (number,) = random.sample(range(4), 1)
    return random.sample(nodes, min(number, len(nodes)))


def test_a_component_is_what_reaches_one_another_and_stands_after_what_it_links_to():
    for _graph in range(300):
        edges = random_edges()
        found = graph.components(edges)
        place = {node: number for number, component in enumerate(found) for node in component}

        assert sorted(node for component in found for node in component) == list(range(len(edges)))
        for node, targets in enumerate(edges):
            together = {other for other in reach(edges, node) if node in reach(edges, other)} | {node}
            assert set(found[place[node]]) == together
            assert all(place[target] <= place[node] for target in targets)


class Counted(list):
    """Targets of a node that count how often they are looked at."""

    looked_at = 0

    def __iter__(self):
        type(self).looked_at += len(self)
        return super().__iter__()


def test_each_edge_is_looked_at_a_few_times_however_deep_and_dense_the_graph_is(monkeypatch):
    """Ten layers, each of which names all of the layer below: there are ten to the tenth ways through them."""
    monkeypatch.setattr(Counted, 'looked_at', 0)
    edges = [Counted(range(node // 10 * 10 - 10, node // 10 * 10) if node >= 10 else ()) for node in range(100)]

    assert len(graph.components(edges)) == 100
    assert Counted.looked_at <= 2 * sum(map(len, edges))


def test_a_long_line_of_resources_takes_no_recursion():
    assert len(graph.components([[node + 1] for node in range(5000)] + [[]])) == 5001


def test_a_list_that_many_resources_have_in_common_is_one_edge_for_each():
    rules = [resource(RULES, f'rule-{number}') for number in range(50)]
    sets = [resource(SETS, f'set-{number}', policy_rules=[rule.id for rule in rules]) for number in range(50)]
    found = Graph(known(*rules, *sets))

    assert sum(map(len, found.links)) == 100
    assert {user.id for user in found.users(rules[7])} == {one.id for one in sets}


def test_the_same_ids_of_two_kinds_are_not_one_list():
    """A rule set whose rules and child rule sets have the same ids."""
    own = {'policy_rules': ['a', 'b'], 'child_policy_rule_sets': ['a', 'b']}
    top, child, rule = resource(SETS, 'top', **own), resource(SETS, 'a'), resource(RULES, 'b')
    found = Graph(known(top, child, rule))

    assert [found.users(child), found.users(rule)] == [[top], [top]]


@pytest.mark.parametrize('value', [['rule', {}], [{}], ['rule', ['other']], ['rule', None], {'rule': []}, 'rule', 7])
def test_lists_of_any_shape_are_read(value):
    rule, user = resource(RULES, 'rule'), resource(SETS, 'set', policy_rules=value)
    expected = [user] if 'rule' in str(value) else []

    assert Graph(known(rule, user)).users(rule) == expected
    assert [link.key for link in graph.links(user)] == [(RULES, 'rule')][: len(expected)]


def test_an_action_that_is_no_redirect_names_nothing():
    spec = resource('servicechain_specs', 'spec')
    actions = [resource(ACTIONS, kind, action_type=kind, action_value='spec') for kind in ('allow', 'redirect')]

    assert Graph(known(spec, *actions)).users(spec) == [actions[1]]


def test_a_resource_in_a_cycle_does_not_use_itself():
    first, second = (resource(SETS, here, child_policy_rule_sets=[there]) for here, there in ('ab', 'ba'))

    assert Graph(known(first, second)).users(first) == [second]


def test_a_walk_reads_each_target_once_and_never_what_is_known():
    rows = known(
        resource(SETS, 'top', child_policy_rule_sets=['left', 'right', 'known']),
        resource(SETS, 'left', child_policy_rule_sets=['end', 'right']),
        resource(SETS, 'right', child_policy_rule_sets=['end', 'top']),
        resource(SETS, 'end'),
    )
    asked = []

    def read(keys):
        asked.append([id_ for _collection, id_ in keys])
        return {one: rows[one] for one in keys if one in rows}

    steps = list(graph.walk([rows[SETS, 'top']], graph.links, read, 9, [(SETS, 'known')]))

    assert asked == [['left', 'right'], ['end']]
    assert [[link.parent.id for link in named] for named, _rows in steps] == [['top', 'top'], ['left', 'right']]


def test_a_walk_ends_at_its_depth():
    rows = known(*(resource(SETS, str(number), child_policy_rule_sets=[str(number + 1)]) for number in range(9)))
    walked = graph.walk([rows[SETS, '0']], graph.links, lambda keys: {one: rows[one] for one in keys}, 3)

    assert [found.id for _links, read in walked for found in read.values()] == ['1', '2', '3']
