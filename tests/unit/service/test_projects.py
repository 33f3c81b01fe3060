# SPDX-License-Identifier: Apache-2.0
"""The names of projects: listed once, and the ids where Keystone does not list them."""

import re
import threading
import types

from keystoneauth1 import exceptions as keystone_exceptions
import pytest

from horizon import exceptions
from openstack_dashboard import policy
from openstack_dashboard.api import keystone

from gbp_status_ui.service import failure_log
from gbp_status_ui.service import projects

from tests.asking import request_of

pytestmark = pytest.mark.releases


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


@pytest.mark.parametrize(
    ('fault', 'said'),
    [
        (
            keystone_exceptions.Forbidden('not you', url='http://keystone.invalid/v3/projects?a=b'),
            "'http://keystone.invalid/v3/projects?…': HTTP 403 after 0.00 s: 'not you (HTTP 403)'",
        ),
        (
            keystone_exceptions.ConnectFailure('refused\nby nobody'),
            "'http://keystone.invalid/v3': ConnectFailure after 0.00 s: 'refused\\nby nobody'",
        ),
        (
            keystone_exceptions.ConnectTimeout('late'),
            "'http://keystone.invalid/v3': no answer in time after 0.00 s: 'late'",
        ),
    ],
    ids=['refused', 'broken', 'late'],
)
def test_the_log_says_why_keystone_does_not_list_the_projects(administrator, keystone_projects, caplog, fault, said):
    keystone_projects[None] = fault
    request = request_of(administrator)
    request.user.endpoint = 'http://keystone.invalid/v3'
    for _ in range(2):
        projects.every(request, opens_page=True)
    (line,) = [record.getMessage() for record in caplog.records if record.name == failure_log.__name__]

    assert re.sub(r'\d\.\d\d s', '0.00 s', line) == f'Keystone did not answer: projects at {said}'


def test_keystone_is_not_waited_for_longer_than_the_limit(administrator, monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(keystone, 'tenant_list', lambda _request: answered.wait(60))
    names = projects.every(request_of(administrator), limit=0.1)
    answered.set()

    assert (names['admin'], names['other']) == ('admin', 'other')


def test_who_has_no_time_for_keystone_does_not_ask_and_says_nothing_to_others(administrator):
    assert projects.every(request_of(administrator), limit=-0.1)['other'] == 'other'
    assert projects.every(request_of(administrator))['other'] == 'Bakery'


def test_keystone_is_soon_asked_again_after_a_refusal(administrator, keystone_projects, monkeypatch):
    monkeypatch.setattr(projects, 'UNKNOWN_TTL_SECONDS', 0)
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


def test_a_page_that_is_opened_knows_a_new_project(administrator, keystone_projects):
    projects.every(request_of(administrator))
    keystone_projects['new'] = 'Florist'

    assert projects.every(request_of(administrator), opens_page=True)['new'] == 'Florist'
    assert projects.every(request_of(administrator))['new'] == 'Florist'


def test_a_page_that_is_opened_asks_no_slow_keystone_again(administrator, keystone_projects, monkeypatch):
    monkeypatch.setattr(projects, 'QUICK_SECONDS', 0)
    projects.every(request_of(administrator))
    keystone_projects['new'] = 'Florist'

    assert projects.every(request_of(administrator), opens_page=True)['new'] == 'new'


def test_names_are_kept_while_keystone_fails(administrator, keystone_projects):
    projects.every(request_of(administrator))
    keystone_projects[None] = keystone_exceptions.ConnectFailure('no')

    assert projects.every(request_of(administrator), opens_page=True)['other'] == 'Bakery'
    assert projects.every(request_of(administrator))['other'] == 'Bakery'


@pytest.fixture
def own_projects(monkeypatch):
    """What Keystone lists to a tenant; how often it was asked is its attribute ``asked``."""
    listed = [types.SimpleNamespace(id='demo', name='demo'), types.SimpleNamespace(id='other', name='Bakery')]

    def list_projects(**_):
        list_projects.asked += 1
        return listed

    list_projects.asked = 0
    monkeypatch.setattr('openstack_auth.utils.get_project_list', list_projects)
    return list_projects


def test_a_member_knows_the_own_project(member):
    names = projects.own(request_of(member))

    assert (names['demo'], names['other'], names[None]) == ('demo', 'other', '')


def test_a_member_knows_the_names_of_the_own_projects(member, own_projects):
    names = projects.own(request_of(member), opens_page=True)

    assert (names['other'], names['gone'], own_projects.asked) == ('Bakery', 'gone', 1)


def test_what_is_no_page_knows_what_a_page_has_asked_for(member, own_projects):
    projects.own(request_of(member), opens_page=True)

    assert projects.own(request_of(member))['other'] == 'Bakery'
    assert own_projects.asked == 1


def test_names_that_keystone_has_listed_outlast_its_failure(member, own_projects, monkeypatch):
    projects.own(request_of(member), opens_page=True)
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: [])

    assert projects.own(request_of(member), opens_page=True)['other'] == 'Bakery'


def test_projects_of_the_same_name_are_told_apart_by_their_domain(administrator, keystone_projects):
    keystone_projects['other'] = 'Demo shop'
    names = projects.every(request_of(administrator))

    assert (names['demo'], names['other']) == ('Demo shop (domain-of-demo)', 'Demo shop (domain-of-other)')
    assert names['admin'] == 'Administration'
