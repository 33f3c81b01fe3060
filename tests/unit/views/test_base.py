# SPDX-License-Identifier: Apache-2.0
"""Whose resources a page and its polls are of: a session may have moved on between them."""

import types

import pytest

from gbp_status_ui.model import scope
from gbp_status_ui.views.base import viewer_digest

from tests import markup
from tests.clients import Client
from tests.unit import sessions
from tests.unit.viewing import GROUPS
from tests.unit.viewing import poll

pytestmark = pytest.mark.releases

HEADER = 'Gbp-Status-Scope'


def of_page(client, panel=scope.PROJECT):
    page = markup.page(client.get(panel.url('index')))
    return page.query_one('[data-gbp-status-scope]').attrs['data-gbp-status-scope']


def of_poll(client, panel='project'):
    return poll(client, 'an-id', panel=panel).headers[HEADER]


def test_a_page_and_its_polls_are_of_the_same(member, administrator):
    assert of_page(member) == of_poll(member)
    assert of_page(administrator, scope.ADMIN) == of_poll(administrator, 'admin')


def test_an_unchanged_answer_says_it_too(member, group):
    first = poll(member, group)
    unchanged = poll(member, group, if_none_match=first.headers['ETag'])

    assert (unchanged.status_code, unchanged.headers[HEADER]) == (304, first.headers[HEADER])


def test_an_explanation_of_what_is_not_there_says_it_too(member):
    response = member.get(scope.PROJECT.url('explanation', GROUPS, 'an-id'))

    assert (response.status_code, response.headers[HEADER]) == (404, of_poll(member))


def test_another_project_is_another_scope(member):
    assert of_poll(member) != of_poll(sessions.OTHER.log_in(Client()))


@pytest.mark.parametrize(
    ('panel', 'change', 'same'),
    [
        (scope.PROJECT, {'services_region': 'Süd'}, False),
        (scope.PROJECT, {'project_id': 'other'}, False),
        (scope.ADMIN, {'services_region': 'Süd'}, False),
        # All projects are all projects, whichever the administrator is in.
        (scope.ADMIN, {'project_id': 'other'}, True),
    ],
)
def test_what_moves_a_page_away(panel, change, same):
    one = {'services_region': 'RegionOne', 'project_id': 'demo'}
    here, there = (types.SimpleNamespace(user=types.SimpleNamespace(**user)) for user in (one, one | change))

    assert (viewer_digest(here, panel) == viewer_digest(there, panel)) == same
    assert viewer_digest(there, panel).isascii()
