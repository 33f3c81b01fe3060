# SPDX-License-Identifier: Apache-2.0
"""Three projects, 24 resources in mixed states: counts, rows, exports and the API agree, right after every change."""

import collections
import csv
import io

import pytest

from demo.keystone import Identity
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses

from tests import markup
from tests.cloud.conftest import PROJECTS
from tests.cloud.pages import chips
from tests.cloud.pages import every_row
from tests.cloud.pages import GROUPS
from tests.cloud.pages import opened

STATES = ('ERROR', 'BUILD', 'ACTIVE', None, 'error', 'BANANA')
IN_GROUPS = (GROUPS, 'external_policies')


@pytest.fixture
def mixed(gbp):
    """{project: ids} of eight groups and external groups each."""
    made = {
        project: [gbp.make(IN_GROUPS[number % 4 == 0], f'=part-{number}', project) for number in range(8)]
        for project in PROJECTS
    }
    ids = [id_ for project in PROJECTS for id_ in made[project]]
    gbp.report({id_: (STATES[number % len(STATES)], '+1 detail') for number, id_ in enumerate(ids)})
    return made


def truth(gbp, project='admin'):
    """Return {id: state} of what the Groups tab holds, by the API's own word."""
    return {
        id_: statuses.read(row['status']).value
        for collection in IN_GROUPS
        for id_, row in gbp.truth(collection, project).items()
    }


def require_agreement(gbp, client, panel_scope, project='admin'):
    """Each chip's count is the number of rows that it leads to, and those are the API's."""
    true = truth(gbp, project)
    document, _ = opened(client, 'groups', panel_scope)
    counts = chips(document)
    assert counts == {'ALL': len(true), **dict.fromkeys(('ERROR', 'BUILD', 'ACTIVE', 'NONE'), 0)} | collections.Counter(
        true.values()
    )
    for state in set(counts) - {'ALL'}:
        rows = every_row(client, 'groups', panel_scope, status=state.lower())
        assert rows == {id_: status for id_, status in true.items() if status == state}


def test_chips_rows_and_the_api_agree_after_a_recovery_and_a_failure(gbp, log_in, administrator, mixed):
    bistro = log_in('bistro')
    require_agreement(gbp, bistro, scope.PROJECT, 'bistro')
    healed, broken = mixed['bistro'][0], mixed['bistro'][2]
    gbp.report({healed: ('ACTIVE', ''), broken: ('ERROR', 'gone wrong behind the back of the API')})

    assert every_row(bistro, 'groups', status='error')[broken] == 'ERROR'
    assert healed not in every_row(bistro, 'groups', status='error')
    require_agreement(gbp, bistro, scope.PROJECT, 'bistro')
    require_agreement(gbp, administrator, scope.ADMIN)


def test_the_errors_of_all_projects_are_one_address_and_no_members(gbp, log_in, administrator, mixed):
    errors = {id_ for id_, state in truth(gbp).items() if state == 'ERROR'}
    refused = log_in('depot').get(scope.ADMIN.url('index'), {'tab': 'gbp_status_tabs__groups', 'status': 'error'})

    assert set(every_row(administrator, 'groups', scope.ADMIN, status='error')) == errors
    assert {project for project in PROJECTS if errors & set(mixed[project])} == set(PROJECTS)
    assert refused.status_code == 403
    assert not [id_ for id_ in errors if id_ in refused.content.decode()]


def test_an_administrator_narrows_the_rows_to_a_project(gbp, administrator, mixed):
    project = gbp.truth(GROUPS)[mixed['depot'][1]]['tenant_id']
    rows = every_row(administrator, 'groups', scope.ADMIN, project=project)
    shared = set(rows) - set(mixed['depot'])

    assert set(mixed['depot']) <= set(rows)
    assert not shared


def test_a_member_sees_the_own_project_and_what_is_shared(gbp, log_in, mixed):
    rows = every_row(log_in('printers'), 'groups')

    assert set(mixed['printers']) <= set(rows)
    assert not set(rows) & {*mixed['bistro'], *mixed['depot']}


def test_exports_read_back_as_the_rows_of_all_pages(gbp, administrator, mixed):
    query = {'tab': 'gbp_status_tabs__groups', 'status': 'error,banana'}
    files = {name: administrator.get(scope.ADMIN.url('export'), {**query, 'format': name}) for name in ('csv', 'json')}
    table = list(csv.DictReader(io.StringIO(files['csv'].content.decode(), newline='')))
    rows = every_row(administrator, 'groups', scope.ADMIN, status=query['status'])

    assert {row['id']: row['status'] for row in table} == rows
    assert {row['id']: row['status'] for row in files['json'].json()} == rows
    assert {(row['name'][:2], row['status_details']) for row in table} == {("'=", "'+1 detail")}
    assert {(row['name'][:1], row['status_details']) for row in files['json'].json()} == {('=', '+1 detail')}
    assert {row['project'] for row in table} == set(PROJECTS)


def test_projects_are_named(administrator, mixed):
    document, _ = opened(administrator, 'groups', scope.ADMIN, sort='-project', q='printers')

    assert set(markup.texts(document, 'td.gbp-status-column-project')) == {'printers'}


def test_a_project_whose_name_cannot_be_read_is_its_id(cloud, gbp, administrator):
    """Its resources outlive a project that somebody has deleted in Keystone."""
    identity = Identity(cloud.keystone_url)
    identity.ensure_member('closed')
    group = gbp.make(GROUPS, 'left-over', 'closed')
    project = gbp.truth(GROUPS)[group]['tenant_id']
    identity.delete('projects', project)
    document, _ = opened(administrator, 'groups', scope.ADMIN, q='left-over')

    assert markup.texts(document, 'td.gbp-status-column-project') == [f'{project[:8]}…']
    assert document.query(f'td.gbp-status-column-project [title="{project}"]')
