# SPDX-License-Identifier: Apache-2.0
"""First causes, compared with what follows from their definition on small graphs, and their cost on large ones."""

import random

import pytest

from gbp_status_ui.health.graph import key
from gbp_status_ui.health.origins import Origins
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

SETS, RULES = 'policy_rule_sets', 'policy_rules'


def resource(kind, id_, status='ERROR', **attributes):
    return Resource(registry.BY_COLLECTION[kind], {'id': id_, 'name': id_, 'status': status, **attributes})


def origins(rows):
    return Origins({key(row): row for row in rows})


class Reference:
    """The definition, word by word: slow, and without the graph."""

    def __init__(self, rows):
        self.rows = {row.id: row for row in rows}

    def reach(self, id_):
        reached, edge = set(), [id_]
        while edge:
            named = {child for one in edge for child in self.rows[one].attributes['child_policy_rule_sets']}
            edge = named - reached
            reached |= named
        return reached

    def above(self, id_):
        return {one for one in self.reach(id_) if self.rows[one].status.explained} - {id_}

    def cycle(self, id_):
        return {one for one in self.above(id_) if id_ in self.above(one)}

    def first(self, ids):
        return min(ids, key=lambda one: (self.rows[one].status.severity, one))

    def of(self, id_):
        if not self.rows[id_].status.explained:
            return []
        above = self.above(id_)
        weighty = {one for one in above if self.rows[one].status.problem} or above
        found = {
            self.first({one, *self.cycle(one)}) for one in weighty if not (self.above(one) & weighty) - self.cycle(one)
        }
        return [] if id_ in found else sorted(found, key=lambda one: (self.rows[one].status.severity, one))


def random_rows():
    ids = random.sample('abcdefghi', *random.sample(range(1, 10), 1))
    return [
        resource(SETS, id_, status, child_policy_rule_sets=random.sample(ids, min(number, len(ids))))
        for id_ in ids
        for status in random.sample(['ERROR', 'BUILD', 'ACTIVE', None], 1)
        for number in random.sample(range(4), 1)
    ]


def test_first_causes_and_cycles_are_those_of_the_definition():
    for _graph in range(600):
        rows = random_rows()
        found, reference = origins(rows), Reference(rows)

        assert {row.id: [one.id for one in found.of(row)] for row in rows} == {
            row.id: reference.of(row.id) for row in rows
        }
        problems = [row for row in rows if row.status.explained]
        assert {row.id: {id_ for _kind, id_ in found.cycle(row)} for row in problems} == {
            row.id: reference.cycle(row.id) for row in problems
        }


def test_groups_say_the_same_as_the_causes_of_each_row_and_keep_the_order_of_the_rows():
    for _graph in range(300):
        rows = random_rows()
        random.shuffle(rows)
        found, expected = origins(rows), {}
        for row in rows:
            for cause in found.of(row) or [row]:
                members = expected.setdefault(cause.id, [])
                members += [] if cause is row else [row.id]

        assert [(cause.id, [row.id for row in members]) for cause, members in found.grouped(rows)] == [
            *expected.items()
        ]


def test_only_the_rows_that_are_asked_for_are_grouped():
    rows = [resource(RULES, 'rule'), resource(SETS, 'one', policy_rules=['rule']), resource(RULES, 'other', 'ACTIVE')]

    assert origins(rows).grouped(rows[1:]) == [(rows[0], [rows[1]]), (rows[2], [])]


@pytest.fixture
def shared():
    """300 rules, and rule sets that have all of them."""
    rules = [resource(RULES, f'rule-{number:03}') for number in range(300)]
    sets = [resource(SETS, f'set-{number:03}', policy_rules=[rule.id for rule in rules]) for number in range(300)]
    return rules, sets


def test_problems_with_the_same_causes_share_what_is_known_of_them(shared):
    rules, sets = shared
    groups = origins(rules + sets).grouped(sets + rules)

    assert [cause.id for cause, _rows in groups] == [rule.id for rule in rules]
    assert {id(members) for _cause, members in groups} == {id(groups[0][1])}
    assert groups[0][1] == sets


def test_what_is_known_of_a_row_is_asked_for_a_few_times_however_many_share_it(shared, monkeypatch):
    rules, sets = shared
    asked = []
    monkeypatch.setattr(Resource, 'status', property(lambda row: asked.append(row) or FAILED))
    origins(rules + sets).grouped(sets + rules)

    assert len(asked) <= 8 * 600


FAILED = resource(RULES, 'failed').status
