# SPDX-License-Identifier: Apache-2.0
"""Cisco's AIM driver says BUILD of every rule that is not in error: that is no state, wherever rules are read."""

from django.http import QueryDict
import pytest

from gbp_status_ui.health import board
from gbp_status_ui.health import causes
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service import projects

from tests.asking import gbp_of

RULES = registry.BY_COLLECTION['policy_rules']
RULE_SETS = registry.BY_COLLECTION['policy_rule_sets']
GROUPS = registry.BY_COLLECTION['policy_target_groups']


@pytest.fixture
def aim(gbp, member):
    """A rule in BUILD and one in ERROR, both of them read before."""
    gbp.extensions.add('cisco-apic-gbp')
    gbp.make(RULES.collection, 'web', status='BUILD')
    gbp.make(RULES.collection, 'dns', status='ERROR')
    gbp_of(member).listings([RULES])
    gbp.requests.clear()
    return gbp


def states(rows):
    return {row.name: (row.status.value, row.status.slug) for row in rows}


def test_a_list_says_of_a_rule_that_nothing_is_reported(aim, member):
    rows = gbp_of(member).listings([RULES])[RULES.collection].rows

    assert states(rows) == {'web': ('BUILD', 'none'), 'dns': ('ERROR', 'error')}


def test_a_poll_and_a_show_say_the_same(aim, member):
    id_ = aim.make(RULES.collection, 'web', status='BUILD')
    polled = gbp_of(member).poll({RULES.collection: [id_]}).rows[RULES.collection][id_]

    assert polled.status is gbp_of(member).show(RULES, id_).status is statuses.EVERY_RULE


def test_without_that_driver_a_rule_is_being_built(gbp, member):
    id_ = gbp.make(RULES.collection, 'web', status='BUILD')

    assert gbp_of(member).show(RULES, id_).status is statuses.BUILD


def test_where_the_extensions_are_not_known_a_word_is_what_it_is(gbp, member):
    gbp.fail('extensions', 500)
    id_ = gbp.make(RULES.collection, 'web', status='BUILD')

    assert gbp_of(member).show(RULES, id_).status is statuses.BUILD


def test_no_rule_is_listed_for_a_word_that_says_nothing(aim, member):
    """Such a list costs AIM all rules, always."""
    found = gbp_of(member).stored([RULES, GROUPS])

    assert states(found[RULES.collection].rows) == {'dns': ('ERROR', 'error')}
    assert {asked.collection: asked.parameters['status'] for asked in aim.requests if asked.resource_id is None} == {
        RULES.collection: ['ERROR', 'error'],
        GROUPS.collection: ['ERROR', 'error', 'BUILD', 'build'],
    }


def test_a_chip_counts_it_where_its_filter_finds_it(aim, member):
    aim.make(RULE_SETS.collection, 'shop', status='BUILD')
    aim.make(RULE_SETS.collection, 'till', status=None)
    for state, names in {'build': ['shop'], 'none': ['till', 'web'], 'error': ['dns']}.items():
        shown = board.Board(gbp_of(member), Query.of(QueryDict(f'status={state}'), 'other'), projects.Names())
        (chip,) = [chip for chip in shown.chips if chip.status.slug == state]

        assert chip.count == len(names)
        assert sorted(row.name for kind in shown.kinds for row in shown.ordered(kind)) == names


def test_it_is_no_cause(aim, member):
    web = aim.make(RULES.collection, 'web', status='BUILD')
    rule_set = aim.make(RULE_SETS.collection, 'shop', status='ERROR', policy_rules=[web])
    user_gbp = gbp_of(member)
    resource = user_gbp.show(RULE_SETS, rule_set)
    related = causes.built_from(user_gbp, resource)

    assert [one.resource.id for one in related] == [web]
    assert causes.explaining(resource, related) == []


def test_what_has_not_been_read_is_counted_nowhere():
    unread, read = (Resource(RULES, {'id': 'a', **known}) for known in ({}, {'status': None}))
    chips = board.chips([unread, read], Query.of(QueryDict(''), 'other'))

    assert {chip.status.slug: chip.count for chip in chips} == {'error': 0, 'build': 0, 'active': 0, 'none': 1}
