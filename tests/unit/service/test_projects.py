# SPDX-License-Identifier: Apache-2.0
"""The names of projects: listed once, and the ids where Keystone does not list them."""

import threading

from keystoneauth1 import exceptions as keystone_exceptions
import pytest

from horizon import exceptions
from openstack_dashboard import policy
from openstack_dashboard.api import keystone

from gbp_status_ui.service import projects

from tests.asking import request_of


@pytest.fixture(autouse=True)
def policies(administrator):
    """Horizon reads all policies at the first question, for longer than the limit where the machine is busy."""
    policy.check((('identity', 'admin_required'),), request_of(administrator))


def test_every_project_that_keystone_lists_is_named(administrator):
    assert projects.every(request_of(administrator))['other'] == 'Bakery'


def test_a_project_that_keystone_does_not_list_is_named_by_its_id(administrator):
    names = projects.every(request_of(administrator))

    assert (names['gone'], names[None]) == ('gone', '')


@pytest.mark.parametrize(
    'fault',
    [keystone_exceptions.Forbidden, keystone_exceptions.ConnectFailure, exceptions.NotAuthorized],
)
def test_where_keystone_refuses_only_the_own_is_named(administrator, keystone_projects, fault):
    keystone_projects[None] = fault('no')
    names = projects.every(request_of(administrator))

    assert (names['admin'], names['other']) == ('admin', 'other')


def test_keystone_is_not_waited_for_longer_than_the_limit(administrator, monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(keystone, 'tenant_list', lambda _request: answered.wait(5))
    names = projects.every(request_of(administrator), limit=0.1)
    answered.set()

    assert (names['admin'], names['other']) == ('admin', 'other')


def test_who_has_no_time_for_keystone_does_not_ask_and_says_nothing_to_others(administrator):
    assert projects.every(request_of(administrator), limit=-0.1)['other'] == 'other'
    assert projects.every(request_of(administrator))['other'] == 'Bakery'


def test_keystone_is_soon_asked_again_after_a_refusal(administrator, keystone_projects, monkeypatch):
    monkeypatch.setattr(projects, 'UNKNOWN_KEPT', 0)
    keystone_projects[None] = keystone_exceptions.ConnectFailure('no')
    projects.every(request_of(administrator))
    del keystone_projects[None]

    assert projects.every(request_of(administrator))['other'] == 'Bakery'


def test_keystone_is_asked_once(administrator, keystone_projects):
    projects.every(request_of(administrator))
    keystone_projects['other'] = 'renamed'

    assert projects.every(request_of(administrator))['other'] == 'Bakery'


def test_names_still_fall_back_when_they_come_from_the_cache(administrator):
    projects.every(request_of(administrator))

    assert projects.every(request_of(administrator))['gone'] == 'gone'


def test_a_member_knows_the_own_project(member):
    names = projects.own(request_of(member).user)

    assert (names['demo'], names['other']) == ('demo', 'other')


def test_projects_of_the_same_name_are_told_apart_by_their_domain(administrator, keystone_projects):
    keystone_projects['other'] = 'Demo shop'
    names = projects.every(request_of(administrator))

    assert (names['demo'], names['other']) == ('Demo shop (domain-of-demo)', 'Demo shop (domain-of-other)')
    assert names['admin'] == 'Administration'
