# SPDX-License-Identifier: Apache-2.0
"""Problems of all kinds, grouped by what explains them, by fault, project and kind."""

from django.utils import translation
import pytest

from gbp_status_ui.health import problems as problems_module
from gbp_status_ui.health import query as query_module
from gbp_status_ui.health import sightings
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import neutron
from gbp_status_ui.model import scope as scopes
from gbp_status_ui.service.projects import Names

from tests import building
from tests.asking import gbp_of
from tests.unit import viewing

GROUPS = 'policy_target_groups'
NAMES = Names({'demo': 'Shop', 'other': 'Bakery'})


def problems(client, scope=scopes.PROJECT, **asked):
    return Problems(gbp_of(client, scope), Query('overview', **asked), NAMES)


def headings(client, **asked):
    """Return {name of what explains: names of what it explains}."""
    groups = problems(client, **asked).groups
    return {group.about.name: sorted(row.name for row in group.members) for group in groups}


def extent(found, group):
    """Return (how many are broken with the cause of a group, of how many that depend on it)."""
    said = found.extent(group)
    assert not said.at_least
    return said.broken_with, said.depend_on


def sizes(client, **asked):
    return [(group.about, len(group.members)) for group in problems(client, **asked).groups]


def tree(gbp, name='core', project='demo', shared=False, groups=4):
    """An L3 policy in error with two L2 policies, and so many groups each, broken by it; return its id."""
    top = gbp.make('l3_policies', name, project, status='ERROR', details='VRF missing', shared=shared)
    for side in ('a', 'b'):
        l2_policy = gbp.make('l2_policies', f'{name}-{side}', project, status='ERROR', l3_policy_id=top)
        for number in range(groups):
            gbp.make(GROUPS, f'{name}-{side}-{number}', project, status='ERROR', l2_policy_id=l2_policy)
    return top


def test_what_nothing_else_explains_is_a_heading_with_all_that_it_explains(gbp, member):
    tree(gbp)
    gbp.make('nat_pools', 'pool', status='ERROR')
    found = headings(member)

    assert list(found) == ['core', 'pool']
    assert len(found['core']) == 10
    assert found['pool'] == []


def test_a_chain_that_failed_for_its_group_and_that_for_its_l2_policy_are_one_cause(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR')
    parts = building.parts(gbp, member, 'edge', 'demo')
    gbp.set(parts['provider'], 'ERROR')
    gbp.change(parts['provider'], l2_policy_id=l2_policy)
    building.instance(gbp, 'edge', 'demo', parts, status='ERROR')

    assert headings(member) == {'front': ['edge', 'edge-provider']}


def test_a_cause_behind_something_that_works_is_found(gbp, member):
    l3_policy = gbp.make('l3_policies', 'core', status='ERROR')
    l2_policy = gbp.make('l2_policies', 'front', l3_policy_id=l3_policy)
    gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)

    assert headings(member) == {'core': ['web']}


def test_a_resource_with_several_causes_stands_under_the_one_that_most_is_broken_with(gbp, member):
    sets = [gbp.make('policy_rule_sets', name, status='ERROR') for name in ('http', 'sql')]
    gbp.make(GROUPS, 'web', status='ERROR', provided_policy_rule_sets=sets)
    gbp.make(GROUPS, 'till', status='ERROR', provided_policy_rule_sets=sets[1:])
    found = problems(member)

    assert headings(member) == {'http': [], 'sql': ['till', 'web']}
    assert [extent(found, group) for group in found.groups] == [(2, 2), (1, 1)]


def test_what_has_a_reason_of_its_own_stays_visible(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR', details='no VLAN is left')
    gbp.make(GROUPS, 'web', status='ERROR', details='F0467: port-configuration-failed', l2_policy_id=l2_policy)
    gbp.make(GROUPS, 'till', status='ERROR', l2_policy_id=l2_policy)
    found = problems(member)

    assert headings(member) == {'front': ['till'], 'web': []}
    assert [extent(found, group) for group in found.groups] == [(2, 2), (0, 0)]
    assert [found.origins.broken_apart(group.about) for group in found.groups] == [1, 0]
    assert found.origins.also_broken(found.groups[1].about) is found.groups[0].about


def test_nothing_in_error_stands_under_what_is_being_built(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='BUILD')
    gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)
    gbp.make(GROUPS, 'till', status='BUILD', l2_policy_id=l2_policy)
    found = problems(member)

    assert headings(member) == {'web': [], 'front': ['till']}
    assert [extent(found, group) for group in found.groups] == [(0, 0), (0, 2)]


def test_lines_do_not_jump_while_a_cause_flaps(gbp, member):
    """Six groups have reasons of their own, seven have none."""
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR')
    for number in range(13):
        details = f'reason {"abcdef"[number]}' if number < 6 else ''
        gbp.make(GROUPS, f'web-{number}', status='ERROR', details=details, l2_policy_id=l2_policy)
    broken = problems(member).groups
    gbp.set(l2_policy, 'ACTIVE')
    recovered = problems(member).groups

    assert len(broken) == len(recovered) == 7
    assert {len(group.members) for group in broken} == {len(group.members) for group in recovered} == {0, 7}


@pytest.mark.parametrize(('number', 'lines'), [(2, 2), (3, 1), (60, 1)])
def test_three_and_more_that_stand_alone_with_the_same_fault_are_one_line(gbp, member, number, lines):
    for place in range(number):
        gbp.make(GROUPS, f'web-{place}', status='ERROR', details='PortBindingFailed')
    gbp.make('nat_pools', 'pool', status='ERROR')
    found = problems(member)

    assert len(found.groups) == lines + 1
    assert sum(len(group.rows) for group in found.groups) == number + 1
    assert lines > 1 or found.groups[0].about == ('ERROR', 'PortBindingFailed')


def test_what_others_are_broken_with_is_a_line_of_its_own_however_many_have_its_fault(gbp, member):
    first, *_others = [gbp.make('l2_policies', f'front-{number}', status='ERROR') for number in range(4)]
    gbp.make(GROUPS, 'web', status='ERROR', details='no route', l2_policy_id=first)
    found = problems(member)

    assert [group.cause and group.cause.name for group in found.groups] == [None, 'front-0', 'web']


def test_errors_and_builds_without_details_are_no_equal_faults(gbp, member):
    for status in ('ERROR', 'BUILD'):
        for number in range(3):
            gbp.make(GROUPS, f'web-{number}', status=status)

    assert sizes(member) == [(('ERROR', ''), 3), (('BUILD', ''), 3)]


def test_what_a_search_finds_that_works_is_never_folded(gbp, member):
    for number in range(5):
        gbp.make(GROUPS, f'web-{number}')

    assert list(headings(member, q='web')) == [f'web-{number}' for number in range(5)]


def test_what_works_is_no_cause_of_what_depends_on_it(gbp, member):
    gbp.make('policy_targets', 'port', policy_target_group_id=gbp.make(GROUPS, 'web'))
    found = problems(member, q='web')

    assert {found.extent(group) for group in found.groups} == {None}


def test_an_error_explains_more_than_a_build(gbp, member):
    building_policy = gbp.make('l3_policies', 'core', status='BUILD')
    broken = gbp.make('policy_rule_sets', 'http', status='ERROR')
    l2_policy = gbp.make('l2_policies', 'front', status='BUILD', l3_policy_id=building_policy)
    gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy, provided_policy_rule_sets=[broken])

    assert headings(member) == {'http': ['web'], 'core': ['front']}


def test_what_is_built_waits_for_what_is_built(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='BUILD')
    gbp.make(GROUPS, 'web', status='BUILD', l2_policy_id=l2_policy)

    assert headings(member) == {'front': ['web']}


def cycle(gbp, *names):
    ids = [gbp.make('policy_rule_sets', name, status='ERROR') for name in names]
    for number, here in enumerate(ids):
        gbp.change(here, child_policy_rule_sets=[ids[(number + 1) % len(ids)]])
    return ids


def test_of_a_cycle_the_first_stands_for_all(gbp, member):
    first, *_ = cycle(gbp, 'b', 'a', 'c')
    gbp.make(GROUPS, 'web', status='ERROR', provided_policy_rule_sets=[first])
    (group,) = problems(member).groups

    assert headings(member) == {'a': ['b', 'c', 'web']}
    assert group.cycle


def test_a_cycle_that_something_else_explains_is_no_cause(gbp, member):
    first, *_ = cycle(gbp, 'a', 'b')
    gbp.change(first, policy_rules=[gbp.make('policy_rules', 'allow', status='ERROR')])

    assert headings(member) == {'allow': ['a', 'b']}


def test_a_resource_that_names_itself_is_its_own_cause(gbp, member):
    cycle(gbp, 'a')

    assert headings(member) == {'a': []}


def test_a_shared_cause_of_another_project_is_a_heading(gbp, member):
    l3_policy = gbp.make('l3_policies', 'backbone', 'other', status='ERROR', shared=True)
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=l3_policy)

    assert headings(member) == {'backbone': ['front']}


def test_what_one_may_not_read_is_said_where_it_may_be_the_cause(gbp, member):
    l3_policy = gbp.make('l3_policies', 'backbone', 'other', status='ERROR')
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=l3_policy)
    (group,) = problems(member).groups

    assert group.about.name == 'front'
    assert group.hidden == ['L3 Policy']


def test_nothing_is_hidden_by_rights_where_the_list_failed(gbp, member):
    l3_policy = gbp.make('l3_policies', 'core', status='ERROR')
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=l3_policy)
    gbp.fail('l3_policies', 500)
    found = problems(member)

    assert [group.hidden for group in found.groups] == [[]]
    assert [kind.collection for kind, _ in found.failed] == ['l3_policies']


def test_an_administrator_who_looks_at_one_project_sees_its_causes_in_others(gbp, administrator):
    l3_policy = gbp.make('l3_policies', 'backbone', 'other', status='ERROR')
    l2_policy = gbp.make('l2_policies', 'front', 'other', l3_policy_id=l3_policy)
    gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)

    assert headings(administrator, scope=scopes.ADMIN, project='demo') == {'backbone': ['web']}


def test_the_cause_with_the_most_to_explain_comes_first_and_errors_before_builds(gbp, member):
    gbp.make('l3_policies', 'a-build', status='BUILD')
    gbp.make('nat_pools', 'a-pool', status='ERROR')
    tree(gbp, groups=1)

    assert list(headings(member)) == ['core', 'a-pool', 'a-build']


def test_the_search_finds_details_and_leaves_the_cause_on_top(gbp, member):
    tree(gbp)
    gbp.make(GROUPS, 'till', status='ERROR', details='F0467: port-configuration-failed')

    assert headings(member, q='f0467') == {'till': []}
    assert headings(member, q='core-a-1') == {'core': ['core-a-1']}


def test_a_search_finds_what_works_too(gbp, member):
    gbp.make(GROUPS, 'web', description='the shop window')

    assert headings(member) == {}
    assert headings(member, q='window') == {'web': []}


def test_the_filter_shows_other_states(gbp, member):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'till', status='ERROR')

    assert headings(member, status=('active',)) == {'web': []}


def test_chips_count_all_kinds_in_all_states(gbp, member):
    tree(gbp)
    gbp.make(GROUPS, 'web')
    gbp.make('nat_pools', 'pool', status=None)

    assert {chip.status.value: chip.count for chip in problems(member).chips} == {
        'ERROR': 11,
        'BELOW': 0,
        'BUILD': 0,
        'ACTIVE': 1,
        'NONE': 1,
    }


def test_equal_faults_are_one_with_a_count(gbp, member):
    for number in range(187):
        gbp.make(GROUPS, f'web-{number}', status='ERROR', details=f'PortBindingFailed on leaf{number}')
    gbp.make('nat_pools', 'pool', status='ERROR')

    assert sizes(member, group='fault') == [(('ERROR', 'PortBindingFailed on leaf…'), 187), (('ERROR', ''), 1)]


def test_the_project_with_the_most_errors_comes_first(gbp, administrator):
    for number in range(3):
        gbp.make(GROUPS, f'web-{number}', status='BUILD')
    for number in range(2):
        gbp.make(GROUPS, f'till-{number}', 'other', status='ERROR')

    assert sizes(administrator, scope=scopes.ADMIN, group='project') == [('other', 2), ('demo', 3)]


def test_kinds_stand_in_the_order_of_the_registry(gbp, member):
    tree(gbp, groups=2)

    assert sizes(member, group='kind') == [(GROUPS, 4), ('l3_policies', 1), ('l2_policies', 2)]


def test_one_list_has_the_urgent_first(gbp, member):
    gbp.make('nat_pools', 'a', status='BUILD')
    gbp.make('l3_policies', 'c', status='ERROR')
    gbp.make(GROUPS, 'b', status='ERROR')

    assert list(headings(member, group='none').items()) == [('b', []), ('c', []), ('a', [])]


def test_what_is_new_can_be_asked_for_and_comes_first(gbp, member, monkeypatch):
    clock = viewing.Clock()
    for module in (sightings, query_module):
        monkeypatch.setattr(module, 'time', clock)
    gbp.make(GROUPS, 'a-old', status='ERROR')
    assert headings(member) == {'a-old': []}
    clock.ahead += 2 * 60 * 60
    gbp.make(GROUPS, 'b-new', status='ERROR')

    assert list(headings(member)) == ['a-old', 'b-new']
    assert list(headings(member, sort='-since')) == ['b-new', 'a-old']
    assert list(headings(member, sort='since')) == ['a-old', 'b-new']
    assert list(headings(member, since='1h')) == ['b-new']
    assert list(headings(member, since='3h')) == ['a-old', 'b-new']


def test_a_project_shows_first_what_most_is_broken_with(gbp, member):
    gbp.make('nat_pools', 'a', status='ERROR')
    tree(gbp, groups=2)
    (group,) = problems(member, group='project').groups

    assert [row.name for row in group.members][:3] == ['core', 'core-a', 'core-b']
    assert group.members[3].name == 'a'


def test_numbers_in_names_sort_by_size_and_accents_beside_their_letters(gbp, member):
    for name in ('node10', 'node2', 'Birne', 'Äpfel', 'apfel'):
        gbp.make(GROUPS, name, status='ERROR')

    assert list(headings(member, group='none')) == ['apfel', 'Äpfel', 'Birne', 'node2', 'node10']


@pytest.mark.parametrize('unread', [None, GROUPS, 'l3_policies'])
def test_numbers_are_the_least_where_something_that_may_depend_on_it_is_unread(gbp, member, unread):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR')
    gbp.make('policy_targets', 'port', status='ERROR', policy_target_group_id=gbp.make(GROUPS, 'web'))
    if unread:
        gbp.fail(unread, 500)
    found = problems(member)
    (front,) = [group for group in found.groups if group.about.id == l2_policy]

    assert found.extent(front).at_least == (unread == GROUPS)


def test_numbers_of_one_project_are_the_least_that_there_are(gbp, administrator):
    gbp.make('l2_policies', 'front', status='ERROR')
    found = problems(administrator, scope=scopes.ADMIN, project='demo')

    assert found.extent(found.groups[0]).at_least


def test_the_address_of_a_fault_is_the_same_in_all_languages():
    about = ('BELOW', neutron.BY_COLLECTION['networks'].failed)
    slugs = set()
    for language in ('en', 'de', 'ja'):
        with translation.override(language):
            slugs.add(problems_module.slug(about))

    assert len(slugs) == 1


def test_names_of_related_resources_do_not_tell_faults_apart(gbp, member):
    for name in ('front', 'back'):
        policy = gbp.make('l2_policies', name)
        gbp.make(GROUPS, f'web-{name}', status='ERROR', details=f'{name} has no network', l2_policy_id=policy)

    assert sizes(member, group='fault') == [(('ERROR', '… has no network'), 2)]
