# SPDX-License-Identifier: Apache-2.0
"""Pages name the project of what another one shares, and offer a project as soon as it is made."""

import types

import pytest

from gbp_status_ui.model import scope

from tests import building
from tests import markup

GROUPS = 'policy_target_groups'


@pytest.fixture(autouse=True)
def own_projects(monkeypatch):
    """Keystone lists a bakery to the tenant."""
    listed = [types.SimpleNamespace(id='other', name='Bakery', enabled=True)]
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: listed)


def opened(client, panel_scope):
    return markup.page(client.get(panel_scope.url('index'), {'tab': 'gbp_status_tabs__groups'}))


def related(document, id_):
    return markup.words(document.query_one(f'.gbp-status-related-table [data-object-id="{id_}"] td:nth-child(2)'))


def shared(document, id_):
    return markup.words(document.query_one(f'[data-object-id="{id_}"] .gbp-status-column-shared'))


def test_a_resource_that_another_project_shares_says_whose_it_is(gbp, member):
    theirs = gbp.make(GROUPS, 'theirs', 'other', shared=True)
    ours = gbp.make(GROUPS, 'ours', shared=True)
    document = opened(member, scope.PROJECT)

    assert shared(document, theirs) == 'Yes of the project Bakery'
    assert shared(document, ours) == 'Yes'


def test_the_id_of_a_project_that_nobody_names_is_short_and_whole_on_demand(gbp, member):
    unknown = '0123456789abcdef' * 2
    theirs = gbp.make(GROUPS, 'theirs', unknown, shared=True)
    document = opened(member, scope.PROJECT)

    assert shared(document, theirs) == 'Yes of the project 01234567…'
    assert document.query_one('.gbp-status-column-shared [title]').attrs['title'] == unknown


def test_the_page_of_a_resource_names_its_project(gbp, member):
    theirs = gbp.make(GROUPS, 'theirs', 'other', shared=True)
    document = markup.page(member.get(scope.PROJECT.url('detail', GROUPS, theirs)))

    assert 'Bakery' in markup.texts(document, '.gbp-status-attributes dd')


def test_what_it_is_built_from_says_whose_it_is_where_that_is_another_project(gbp, member):
    theirs, ours = (gbp.make('policy_rule_sets', name, name, shared=True) for name in ('other', 'demo'))
    group = gbp.make(GROUPS, 'web', provided_policy_rule_sets=[theirs, ours])
    document = markup.page(member.get(scope.PROJECT.url('detail', GROUPS, group)))

    assert related(document, theirs) == 'other of the project Bakery'
    assert related(document, ours) == 'demo'


def test_the_path_of_a_chain_says_whose_a_node_is_where_that_is_another_project(gbp, member):
    chain = building.chain(gbp, member, status='ERROR')
    gbp.change(chain.nodes[0], tenant_id='other', project_id='other', shared=True)
    document = markup.page(member.get(scope.PROJECT.url('detail', 'servicechain_instances', chain.id)))
    stops = markup.texts(document, '.gbp-status-path .gbp-status-stop')

    assert [stop for stop in stops if 'of the project Bakery' in stop]
    assert len([stop for stop in stops if 'of the project' in stop]) == 1


@pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_causes_and_dependants_say_whose_they_are(gbp, member, administrator, panel_scope):
    client, own = (administrator, 'Demo shop') if panel_scope.all_projects else (member, 'demo')
    top = gbp.make('l2_policies', 'front', 'other', status='ERROR', shared=True)
    group = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=top)
    opened(client, panel_scope)
    explained = markup.fragment(client.get(panel_scope.url('explanation', GROUPS, group)).content.decode())
    dependants = client.get(panel_scope.url('fragments', 'l2_policies', top)).json()['fragments']['affected']

    assert 'front of the project Bakery' in markup.words(explained.query_one(f'[data-gbp-status-cause="{top}"]'))
    row = markup.fragment(dependants).query_one(f'[data-object-id="{group}"]')
    assert f'web of the project {own}' in markup.words(row)


def test_an_administrator_reads_whose_a_resource_is_in_the_column_of_projects(gbp, administrator):
    theirs = gbp.make(GROUPS, 'theirs', 'other', shared=True)

    assert shared(opened(administrator, scope.ADMIN), theirs) == 'Yes'


def test_a_project_is_in_the_filter_as_soon_as_it_is_made(administrator, keystone_projects):
    opened(administrator, scope.ADMIN)
    keystone_projects['new'] = 'Florist'
    document = opened(administrator, scope.ADMIN)

    assert markup.texts(document, '#gbp-status-project option[value="new"]') == ['Florist']
