# SPDX-License-Identifier: Apache-2.0
"""Exports hold the rows of all pages, as they are, and are safe to open in a spreadsheet."""

import csv
import io
import re

from django.test import override_settings
import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import texts
from gbp_status_ui.views import spreadsheet
from gbp_status_ui.views.export import COLUMNS

from tests import building
from tests import hostile
from tests.unit import population

GROUPS = 'policy_target_groups'
ISO = re.compile(r'\d{4}-\d\d-\d\dT[\d:]{8}Z')
FORMULAS = ('=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1')


def ask(client, panel_scope=scope.PROJECT, **parameters):
    return client.get(panel_scope.url('export'), parameters)


def csv_rows(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode('utf-8-sig'), newline='')))


def json_rows(response):
    assert response.status_code == 200
    return response.json()


def tab(slug):
    return f'gbp_status_tabs__{slug}'


def test_both_formats_hold_all_pages(gbp, member):
    for number in range(45):
        gbp.make(GROUPS, f'web-{number:02}')
    names = [f'web-{number:02}' for number in range(45)]

    assert [row['name'] for row in csv_rows(ask(member, tab=tab('groups'), format='csv', page='2'))] == names
    assert [row['name'] for row in json_rows(ask(member, tab=tab('groups'), format='json', page='2'))] == names


def test_a_row_says_what_the_page_says(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='error', details='not deployed', description='The shop.', shared=True)
    (row,) = json_rows(ask(member, tab=tab('groups'), format='json'))

    assert ISO.fullmatch(row['since'])
    assert row == {
        'kind': GROUPS,
        'id': id_,
        'name': 'web',
        'description': 'The shop.',
        'project_id': 'demo',
        'project': 'demo',
        'shared': True,
        'status': 'ERROR',
        'status_details': 'not deployed',
        'below': [],
        'since': row['since'],
        'recovered': '',
    }
    (in_csv,) = csv_rows(ask(member, tab=tab('groups'), format='csv'))
    assert in_csv == {**{name: str(value) for name, value in row.items()}, 'below': ''}


@override_settings(GBP_STATUS_UI={'neutron_states': False})
def test_nothing_is_known_of_what_is_beneath_where_the_setting_is_off(gbp, member):
    gbp.make(GROUPS, 'web')

    assert [row['below'] for row in json_rows(ask(member, tab=tab('groups'), format='json'))] == [None]
    assert [row['below'] for row in csv_rows(ask(member, tab=tab('groups'), format='csv'))] == ['not known']


@pytest.mark.parametrize('slug', [one.slug for one in registry.TABS])
def test_every_tab_is_exported(gbp, member, slug):
    population.fill(gbp, 2)
    rows = csv_rows(ask(member, tab=tab(slug), format='csv'))

    assert {row['kind'] for row in rows} == {kind.collection for kind in registry.in_tab(slug)}
    assert len(rows) == 2 * len(registry.in_tab(slug))


def test_filter_search_kind_and_order_are_those_of_the_page(gbp, member):
    for name, status in (('web-b', 'ERROR'), ('web-a', 'ERROR'), ('web-c', 'ACTIVE'), ('db', 'ERROR')):
        gbp.make(GROUPS, name, status=status)
    gbp.make('external_policies', 'web-out', status='ERROR')
    parameters = {'tab': tab('groups'), 'kind': GROUPS, 'status': 'error', 'q': 'web', 'sort': '-name'}

    assert [row['name'] for row in csv_rows(ask(member, **parameters, format='csv'))] == ['web-b', 'web-a']


@pytest.mark.parametrize('text', FORMULAS, ids=repr)
def test_what_a_spreadsheet_takes_for_a_formula_is_quoted(gbp, member, text):
    gbp.make(GROUPS, text, status=text, details=text, description=text)
    (row,) = csv_rows(ask(member, tab=tab('groups'), format='csv'))

    assert (row['name'], row['description'], row['status'], row['status_details']) == (f"'{texts.clean(text)}",) * 4
    assert json_rows(ask(member, tab=tab('groups'), format='json'))[0]['name'] == texts.clean(text)


@pytest.mark.releases
@pytest.mark.parametrize('text', [*hostile.NAMES, hostile.DETAILS, 'a,b;c\n"d"\r\n', '\ufeff', '\x00'], ids=range(11))
def test_any_text_reads_back_as_it_is_shown(gbp, member, text):
    gbp.make(GROUPS, 'web', details=text)
    (row,) = csv_rows(ask(member, tab=tab('groups'), format='csv'))

    assert row['status_details'] == spreadsheet.guarded(texts.clean(text))
    assert json_rows(ask(member, tab=tab('groups'), format='json'))[0]['status_details'] == texts.clean(text)


def test_a_resource_without_a_name_has_none_in_the_file(gbp, member):
    gbp.make(GROUPS, '')

    assert json_rows(ask(member, tab=tab('groups'), format='json'))[0]['name'] == ''


def test_no_rows_are_a_file_with_a_head(member):
    response = ask(member, tab=tab('groups'), format='csv')

    assert response.content.decode() == '\ufeff' + ','.join(f'"{name}"' for name in COLUMNS) + '\r\n'
    assert json_rows(ask(member, tab=tab('groups'), format='json')) == []


@pytest.mark.releases
@pytest.mark.parametrize(('format_', 'kind'), [('csv', 'text/csv; charset=utf-8'), ('json', 'application/json')])
def test_a_file_is_offered_by_a_name(member, format_, kind):
    response = ask(member, tab=tab('l3_policies'), kind='l2_policies', format=format_)

    assert response.headers['Content-Type'] == kind
    assert response.headers['Content-Disposition'].startswith('attachment; filename="policy-status-l2_policies-')
    assert response.headers['Content-Disposition'].endswith(f'.{format_}"')
    assert response.headers['Server-Timing']


@pytest.mark.parametrize('format_', ['', 'xlsx', 'csv"\r\nX-Injected: 1'])
def test_a_format_that_there_is_not_is_refused(member, format_):
    assert ask(member, tab=tab('groups'), format=format_).status_code == 400


@pytest.mark.parametrize('fault', [403, 500, requests.ConnectionError('refused')], ids=str)
def test_a_part_is_never_exported_for_the_whole(gbp, member, fault):
    gbp.make(GROUPS, 'web')
    gbp.fail('external_policies', fault)
    response = ask(member, tab=tab('groups'), format='csv')

    assert response.status_code == 503
    assert response.content.decode() == 'External Groups could not be read.'


def test_chains_are_exported_as_the_backend_says_now(gbp, member):
    chain = building.chain(gbp, member).id
    building.show(member, 'servicechain_instances', chain)
    gbp.set(chain, 'ERROR')
    rows = json_rows(ask(member, tab=tab('service_chains'), kind='servicechain_instances', format='json'))

    assert [row['status'] for row in rows] == ['ERROR']


def test_chains_that_could_not_be_read_are_not_exported_as_last_reported(gbp, member):
    chain = building.chain(gbp, member).id
    building.show(member, 'servicechain_instances', chain)
    gbp.fail(f'servicechain_instances/{chain}', 500)
    response = ask(member, tab=tab('service_chains'), kind='servicechain_instances', format='json')

    assert response.status_code == 503
    assert response.content.decode() == 'Chain Instances could not be read.'


def test_an_administrator_exports_every_project_with_its_name(gbp, administrator):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'tills', project='other')
    rows = json_rows(ask(administrator, scope.ADMIN, tab=tab('groups'), format='json'))

    assert {row['name']: row['project'] for row in rows} == {'web': 'Demo shop', 'tills': 'Bakery'}


def test_a_member_is_refused_in_the_scope_of_administrators(member):
    assert ask(member, scope.ADMIN, tab=tab('groups'), format='csv').status_code == 403


@pytest.mark.parametrize('named', [{}, {'tab': tab('banana')}, {'tab': 'banana'}])
def test_what_is_no_tab_of_tables_is_no_file(gbp, member, named):
    gbp.make(GROUPS, 'web')
    response = ask(member, **named, format='csv')

    assert (response.status_code, response.headers['Content-Type']) == (400, 'text/plain; charset=utf-8')
    assert 'web' not in response.content.decode()


def broken_tree(gbp):
    """An L3 policy in error, an L2 policy that it breaks, and a fault of its own."""
    top = gbp.make('l3_policies', 'core', status='ERROR')
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=top, details='no L3 policy')
    gbp.make('nat_pools', 'pool', 'demo', status='ERROR')


@pytest.mark.parametrize(
    ('grouping', 'groups'),
    [
        ('', {'l3_policy core': ['core'], 'l2_policy front': ['front'], 'nat_pool pool': ['pool']}),
        ('fault', {'ERROR: ': ['core', 'pool'], 'ERROR: no L3 policy': ['front']}),
        ('project', {'demo': ['core', 'front', 'pool']}),
        ('kind', {'l3_policies': ['core'], 'l2_policies': ['front'], 'nat_pools': ['pool']}),
        ('none', {'l3_policy core': ['core'], 'l2_policy front': ['front'], 'nat_pool pool': ['pool']}),
    ],
)
def test_the_overview_is_exported_in_the_groups_of_the_page(gbp, member, grouping, groups):
    broken_tree(gbp)
    asked = {'tab': tab('overview'), 'group': grouping}
    exported = json_rows(ask(member, **asked, format='json'))
    table = csv_rows(ask(member, **asked, format='csv'))

    assert exported['grouping'] == (grouping or 'cause')
    assert {one['group']: [row['name'] for row in one['resources']] for one in exported['groups']} == groups
    assert [(row['group'], row['name']) for row in table] == [
        (group, name) for group in (one['group'] for one in exported['groups']) for name in groups[group]
    ]


def test_an_export_by_cause_says_how_far_each_goes_and_what_is_equal_is_one(gbp, member):
    broken_tree(gbp)
    for number in range(3):
        gbp.make(GROUPS, f'web-{number}', status='ERROR', details='no port')
    exported = json_rows(ask(member, tab=tab('overview'), format='json'))['groups']
    table = csv_rows(ask(member, tab=tab('overview'), format='csv'))
    numbers = {one['group']: (one['broken_with_it'], one['depend_on_it']) for one in exported if 'depend_on_it' in one}

    assert numbers == {'l3_policy core': (1, 1), 'l2_policy front': (0, 0), 'nat_pool pool': (0, 0)}
    assert {one['group']: len(one['resources']) for one in exported}['ERROR: no port'] == 3
    assert {(row['name'], row['broken_with_it']) for row in table} >= {('core', '1'), ('front', '0'), ('web-0', '')}


def test_the_overview_exports_what_search_and_filter_leave(gbp, member):
    broken_tree(gbp)
    exported = json_rows(ask(member, tab=tab('overview'), q='pool', status='error', format='json'))

    assert [one['group'] for one in exported['groups']] == ['nat_pool pool']


def test_an_overview_of_which_a_kind_fails_is_not_exported(gbp, member):
    gbp.fail('nat_pools', 500)

    assert ask(member, tab=tab('overview'), format='json').status_code == 503
