# SPDX-License-Identifier: Apache-2.0
"""The index page of administrators: the rows of all projects, and whose they are."""

import dataclasses

import pytest

from gbp_status_ui.model import scope

from tests import markup
from tests.clients import Client
from tests.unit import sessions
from tests.unit.views.test_index import GROUPS
from tests.unit.views.test_index import names
from tests.unit.views.test_index import opened


def test_an_administrator_sees_every_projects_rows_with_their_projects(gbp, administrator):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'tills', project='other')
    document = opened(administrator, 'groups', scope.ADMIN)

    assert names(document) == ['tills', 'web']
    assert markup.texts(document, 'td.gbp-status-column-project') == ['Bakery', 'Demo shop']


def test_an_administrator_narrows_the_rows_to_a_project(gbp, administrator):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'tills', project='other')
    document = opened(administrator, 'groups', scope.ADMIN, project='other')

    assert names(document) == ['tills']
    assert markup.texts(document, '#gbp-status-project option[selected]') == ['Bakery']
    assert all('project=other' in link.attrs['href'] for link in document.query('.gbp-status-tabs a'))


def test_a_project_that_keystone_does_not_name_is_seen_to_be_chosen(gbp, administrator):
    gbp.make(GROUPS, 'web', project='nameless')
    document = opened(administrator, 'groups', scope.ADMIN, project='nameless')

    assert names(document) == ['web']
    assert markup.texts(document, '#gbp-status-project option[selected]') == ['nameless']


@pytest.mark.parametrize('project', ['no/id', 'x' * 12_000], ids=['of other letters', 'too long'])
def test_what_is_no_id_of_a_project_has_no_rows_and_is_not_asked_for(gbp, administrator, project):
    gbp.make(GROUPS, 'web')
    document = opened(administrator, 'groups', scope.ADMIN, project=project)

    assert markup.texts(document, 'tr.empty') == ['There are none.', 'There are none.']
    assert [asked.path for asked in gbp.requests] == ['/extensions']


def test_an_administrator_without_a_project_sees_all_the_same(gbp):
    chief = sessions.Person('chief', project=None, roles=('admin', 'member', 'reader'))
    gbp.people['token-of-chief'] = dataclasses.replace(chief, project='admin')
    gbp.make(GROUPS, 'web')

    assert names(opened(chief.log_in(Client()), 'groups', scope.ADMIN)) == ['web']


def test_the_errors_of_all_projects_are_one_address(gbp, administrator):
    for project in ('demo', 'other', 'admin'):
        gbp.make(GROUPS, f'broken-{project}', project=project, status='ERROR')
        gbp.make(GROUPS, f'fine-{project}', project=project)

    assert names(opened(administrator, 'groups', scope.ADMIN, status='error')) == [
        'broken-admin',
        'broken-demo',
        'broken-other',
    ]


def test_a_project_without_a_readable_name_is_its_id(gbp, administrator, keystone_projects):
    keystone_projects.pop('other')
    gbp.make(GROUPS, 'tills', project='other')

    assert markup.texts(opened(administrator, 'groups', scope.ADMIN), 'td.gbp-status-column-project') == ['other']


def test_a_member_has_no_column_and_no_choice_of_projects(gbp, member):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'tills', project='other')
    document = opened(member, project='other')

    assert names(document) == ['web']
    assert not document.query('.gbp-status-column-project, #gbp-status-project')
