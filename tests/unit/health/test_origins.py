# SPDX-License-Identifier: Apache-2.0
"""What stands under what: what is promised of any graph, on random small ones, and its cost on large ones."""

import random
import types

import pytest

from gbp_status_ui.health.origins import Origins
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

GROUPS, L2, SETS, RULES = 'policy_target_groups', 'l2_policies', 'policy_rule_sets', 'policy_rules'


def resource(kind, id_, status='ERROR', **attributes):
    return Resource(registry.BY_COLLECTION[kind], {'id': id_, 'name': id_, 'status': status, **attributes})


def origins(rows):
    return Origins({row.key: row for row in rows})


def failed_beneath():
    """What is in error beneath a resource that GBP calls active, as far as this matters here."""
    network = types.SimpleNamespace(key=('networks', 'net'))
    return types.SimpleNamespace(is_problem=True, failed=[network], words='network in error')


class Reference:
    """What resources are built from, without the graph."""

    def __init__(self, rows):
        self.rows = {row.id: row for row in rows}

    def reach(self, id_):
        reached, edge = set(), [id_]
        while edge:
            named = {child for one in edge for child in self.rows[one].attributes['child_policy_rule_sets']}
            edge = named - reached
            reached |= named
        return reached - {id_}

    def users(self, id_):
        return {one for one in self.rows if id_ in self.reach(one)}

    def errors(self, ids):
        return {one for one in ids if self.rows[one].condition.problem}

    def broken_with(self, id_):
        return len(self.errors(self.users(id_))) if self.errors([id_]) else 0

    def same_reason(self, id_):
        """Return the errors that it is built from and that have its reason."""
        return {one for one in self.errors(self.reach(id_)) if self.reason(one) == self.reason(id_)}

    def reason(self, id_):
        return 'network in error' if self.rows[id_].beneath else self.rows[id_].details

    def must_stand_alone(self, id_):
        """Whether it has a reason of its own, or nothing that could explain it; one has to stand for a cycle."""
        row, above = self.rows[id_], self.reach(id_)
        explaining = (
            self.errors(above)
            if row.condition.problem
            else {one for one in above if self.rows[one].condition.explained}
        )
        return (row.has_own_reason and not self.same_reason(id_)) or not explaining


def one_of(choices):
    return random.sample(choices, 1)[0]


def random_rows():
    ids = random.sample('abcdefghi', one_of(range(1, 10)))
    rows = [
        resource(
            SETS,
            id_,
            one_of(['ERROR', 'ERROR', 'BUILD', 'ACTIVE', None]),
            status_details=one_of(['', '', 'no route', 'no port']),
            child_policy_rule_sets=random.sample(ids, min(one_of(range(4)), len(ids))),
        )
        for id_ in ids
    ]
    for row in rows:
        if row.attributes['status'] == 'ACTIVE' and one_of([True, False]):
            row.beneath = failed_beneath()
    random.shuffle(rows)
    return rows


def random_graphs():
    """Yield (rows, origins, reference)."""
    for _graph in range(400):
        rows = random_rows()
        yield rows, origins(rows), Reference(rows)


def test_each_problem_stands_in_one_place_and_what_explains_it_is_there_beside_it():
    for rows, found, reference in random_graphs():
        problems = [row for row in rows if row.condition.explained]
        groups = found.grouped(problems)
        places = [row.id for cause, members in groups for row in (cause, *members)]

        assert sorted(places) == sorted(row.id for row in problems)
        for cause, members in groups:
            assert all(cause.id in reference.reach(row.id) for row in members)
            assert [row for row in problems if row in members] == members


def test_what_has_a_reason_or_no_explanation_stands_alone_and_nothing_in_error_under_a_build():
    for rows, found, reference in random_graphs():
        for row in rows:
            cause = found.of(row)
            if reference.must_stand_alone(row.id):
                assert cause is None
            if cause:
                assert not row.has_own_reason or cause.id in reference.same_reason(row.id)
                assert cause.condition.problem or not row.condition.problem


def test_what_stands_alone_without_a_reason_stands_for_a_cycle():
    for rows, found, reference in random_graphs():
        for row in rows:
            is_alone = row.condition.explained and not found.of(row)
            if is_alone and not row.has_own_reason and not reference.must_stand_alone(row.id):
                assert any(row.id in reference.reach(id_) for id_ in reference.reach(row.id))
                assert found.cycle(row)


def test_what_is_broken_with_a_problem_is_counted_as_its_definition_says():
    for rows, found, reference in random_graphs():
        for row in rows:
            assert found.broken_with(row) == reference.broken_with(row.id)
            assert found.broken_with(row) <= len(found.depending_on(row)) == len(reference.users(row.id))


def test_what_is_broken_with_a_problem_stands_under_it_or_elsewhere():
    for rows, found, _reference in random_graphs():
        for cause, members in found.grouped([row for row in rows if row.condition.explained]):
            assert len([row for row in members if row.condition.problem]) + found.broken_apart(
                cause
            ) == found.broken_with(cause)


def test_the_error_that_one_with_a_reason_is_built_from_is_named():
    for rows, found, reference in random_graphs():
        for row in rows:
            also = found.also_broken(row)
            if also:
                assert row.has_own_reason
                assert also.id in reference.errors(reference.reach(row.id))
                assert row.id not in reference.reach(also.id)
            elif row.has_own_reason and not found.of(row):
                assert all(row.id in reference.reach(one) for one in reference.errors(reference.reach(row.id)))


def test_problems_of_a_cycle_are_known():
    for rows, found, reference in random_graphs():
        for row in [row for row in rows if row.condition.explained]:
            cycle = {one for one in reference.reach(row.id) if row.id in reference.reach(one)}

            assert {id_ for _kind, id_ in found.cycle(row)} == {
                one for one in cycle if reference.rows[one].condition.explained
            }


def test_what_works_stands_alone_where_it_is_asked_for():
    rows = [resource(RULES, 'rule'), resource(SETS, 'one', policy_rules=['rule']), resource(RULES, 'other', 'ACTIVE')]

    assert origins(rows).grouped(rows[1:]) == [(rows[0], [rows[1]]), (rows[2], [])]


def test_what_two_problems_explain_stands_under_the_one_that_most_is_broken_with():
    small, large = resource(SETS, 'a'), resource(SETS, 'b')
    shared = resource(GROUPS, 'shared', provided_policy_rule_sets=['a', 'b'])
    others = [resource(GROUPS, f'other-{number}', consumed_policy_rule_sets=['b']) for number in range(2)]
    found = origins([small, large, shared, *others])

    assert found.of(shared) is large
    assert (found.broken_with(small), found.broken_apart(small)) == (1, 1)
    assert (found.broken_with(large), found.broken_apart(large)) == (3, 0)


def test_an_error_explains_more_than_a_build_however_much_waits_for_that():
    broken, built = resource(SETS, 'broken'), resource(SETS, 'built', 'BUILD')
    waiting = [
        resource(GROUPS, f'web-{number}', 'BUILD', provided_policy_rule_sets=['broken', 'built']) for number in range(4)
    ]
    found = origins([broken, built, *waiting])

    assert {found.of(row) for row in waiting} == {broken}


def flapping(status):
    """An L2 policy in one state; groups that it breaks, of which two have reasons of their own."""
    front = resource(L2, 'front', status)
    groups = [resource(GROUPS, f'web-{number}', l2_policy_id='front') for number in range(5)]
    groups[0].attributes['status_details'] = groups[1].attributes['status_details'] = 'no route'
    return [front, *groups]


def test_what_has_a_reason_stays_where_it_is_while_what_it_is_built_from_flaps():
    rows = {status: flapping(status) for status in ('ERROR', 'ACTIVE', 'BUILD')}
    alone = {
        status: {row.id for row in ones if row.has_own_reason and not origins(ones).of(row)}
        for status, ones in rows.items()
    }

    assert set(map(frozenset, alone.values())) == {frozenset({'web-0', 'web-1'})}


def test_the_reason_of_what_it_is_built_from_is_no_reason_of_its_own():
    front = resource(L2, 'front', status_details='no host compute-07')
    copied = resource(GROUPS, 'copied', status_details='no host compute-08', l2_policy_id='front')
    other = resource(GROUPS, 'other', status_details='no host is up', l2_policy_id='front')
    found = origins([front, copied, other])

    assert found.grouped([copied, other, front]) == [(front, [copied]), (other, [])]


@pytest.fixture
def shared():
    """300 rules, and rule sets that have all of them."""
    rules = [resource(RULES, f'rule-{number:03}') for number in range(300)]
    sets = [resource(SETS, f'set-{number:03}', policy_rules=[rule.id for rule in rules]) for number in range(300)]
    return rules, sets


def test_of_many_problems_with_the_same_causes_the_first_has_all_under_it(shared):
    rules, sets = shared
    groups = origins(rules + sets).grouped(sets + rules)

    assert groups[0] == (rules[0], sets)
    assert groups[1:] == [(rule, []) for rule in rules[1:]]


def test_what_is_known_of_a_row_is_asked_for_a_few_times_however_many_share_it(shared, monkeypatch):
    rules, sets = shared
    asked = []
    monkeypatch.setattr(Resource, 'status', property(lambda row: asked.append(row) or FAILED))
    origins(rules + sets).grouped(sets + rules)

    assert len(asked) <= 12 * 600


FAILED = resource(RULES, 'failed').status
