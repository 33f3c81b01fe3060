# SPDX-License-Identifier: Apache-2.0
"""Who may log in without the dashboard, by which variables and files, and what is never printed."""

import threading

from django.conf import settings
from keystoneauth1 import exceptions as keystone_exceptions
import pytest
import requests

from openstack_auth import utils

from gbp_status_ui.management import login
from gbp_status_ui.model import scope
from gbp_status_ui.service import api
from gbp_status_ui.service import connection

from tests.unit import sessions
from tests.unit.management import keystone as stand_in

pytestmark = pytest.mark.releases

SECRET = 'hunter2'
CLOUDS = f"""
clouds:
  shop:
    auth: {{auth_url: {stand_in.URL}, username: demo, password: demo, project_name: demo,
           user_domain_name: Default, project_domain_name: Default}}
    interface: internal
    cacert: /etc/ssl/private-ca.pem
"""


def viewer(cloud='', region='', seconds=10):
    with login.logged_in(cloud, region, seconds) as found:
        return found


def refused(cloud='', region='', seconds=10):
    with pytest.raises(login.Refused) as refusal:
        viewer(cloud, region, seconds)
    words = str(refusal.value)
    assert words.isprintable()
    return words


def test_a_password_logs_in(shell):
    shell('demo')

    assert (viewer().user.project_name, viewer().user.token.id) == ('demo', 'token-of-demo')


def test_horizon_finds_the_user_of_a_request_as_of_any(shell):
    """Its policies do, which are asked before Keystone lists projects."""
    shell('admin')
    user = utils.get_user(viewer().request())

    assert (user.token.id, user.is_superuser, user.services_region) == ('token-of-admin', True, sessions.REGION)


def test_an_application_credential_logs_in(keystone, monkeypatch):
    variables = {'AUTH_TYPE': 'v3applicationcredential', 'AUTH_URL': stand_in.URL}
    credential = {'APPLICATION_CREDENTIAL_ID': 'id', 'APPLICATION_CREDENTIAL_SECRET': 'secret-of-demo'}
    for name, value in {**variables, **credential}.items():
        monkeypatch.setenv(f'OS_{name}', value)

    assert viewer().user.username == 'demo'


@pytest.mark.parametrize('project', ['', 'demo'])
def test_a_token_logs_in(keystone, monkeypatch, project):
    """One that is for a project is used as it is; for a project that is named Keystone gives another one."""
    monkeypatch.setenv('OS_AUTH_URL', stand_in.URL)
    monkeypatch.setenv('OS_TOKEN', 'token-of-demo')
    if project:
        monkeypatch.setenv('OS_PROJECT_ID', project)

    assert viewer().user.project_id == 'demo'
    assert keystone.requests[-1][0].method == ('POST' if project else 'GET')


@pytest.mark.parametrize('address', ['http://keystone.invalid:5000', 'http://keystone.invalid:5000/v3/'])
def test_the_address_of_a_token_has_a_version_or_none(keystone, monkeypatch, address):
    monkeypatch.setenv('OS_AUTH_URL', address)
    monkeypatch.setenv('OS_TOKEN', 'token-of-demo')

    viewer()

    assert keystone.requests[-1][0].url == 'http://keystone.invalid:5000/v3/auth/tokens'


def test_a_cloud_of_a_file_logs_in(keystone, tmp_path):
    (tmp_path / 'clouds.yaml').write_text(CLOUDS, encoding='utf-8')

    with login.logged_in('shop', '', 10) as found:
        asked = api.Gbp(found.request(), scope.PROJECT).connection.endpoint
        assert (settings.OPENSTACK_ENDPOINT_TYPE, connection.verify()) == ('internalURL', '/etc/ssl/private-ca.pem')

    assert (found.user.username, asked) == ('demo', sessions.NETWORK_URL)
    assert settings.OPENSTACK_ENDPOINT_TYPE == 'publicURL'


def test_certificates_are_not_checked_where_the_log_in_says_so(shell):
    shell('demo', OS_INSECURE='true')

    with login.logged_in('', '', 10):
        assert connection.verify() is False
    assert connection.verify() is True


def test_keystone_has_only_the_time_that_there_is(shell, keystone):
    shell('demo')
    viewer()

    assert {timeout for _request, timeout in keystone.requests} == {10}


def test_several_requests_of_a_log_in_have_that_time_together(shell, monkeypatch):
    shell('demo')
    started = threading.Event()

    def hang(_found, _seconds):
        started.wait()

    monkeypatch.setattr(login, '_access', hang)
    words = refused(seconds=0.2)
    started.set()

    assert words == 'The log-in fails: Keystone does not answer in time.'


def test_nothing_is_asked_of_nobody(keystone):
    assert 'OS_AUTH_URL' in refused()
    assert keystone.requests == []


@pytest.mark.parametrize('region', ['', 'Atlantis'])
def test_a_region_is_one_that_has_a_network_service(shell, keystone, region):
    shell('demo')
    keystone.regions = ('RegionOne', 'RegionTwo')

    assert 'RegionOne, RegionTwo' in refused(region=region)
    assert viewer(region='RegionTwo').user.services_region == 'RegionTwo'


def test_the_region_may_stand_among_the_variables(shell, keystone):
    keystone.regions = ('RegionOne', 'RegionTwo')
    shell('demo', OS_REGION_NAME='RegionTwo')

    assert viewer().user.services_region == 'RegionTwo'


def test_a_password_in_the_address_is_not_logged(shell, keystone, caplog):
    shell('demo', OS_AUTH_URL=stand_in.URL.replace('//', f'//demo:{SECRET}@'))
    keystone.fault = requests.ConnectionError('refused')

    assert SECRET not in refused()
    assert caplog.messages == []


def test_a_wrong_password_is_not_printed(shell):
    shell('demo', OS_PASSWORD=SECRET)

    assert refused().startswith('Keystone refuses the log-in')
    assert SECRET not in refused()


@pytest.mark.parametrize('token', [f'{SECRET}\n', f'{SECRET}\x00'])
def test_a_token_with_a_newline_is_not_printed(keystone, monkeypatch, token):
    monkeypatch.setattr(login.openstack_config, 'OpenStackConfig', lambda: _Configured(token))

    assert 'character' in refused()
    assert SECRET not in refused()


class _Configured:
    """What openstacksdk makes of variables; the environment itself takes no NUL."""

    def __init__(self, token):
        self.config = {'auth_type': 'password', 'auth_url': stand_in.URL, 'token': token}

    def get_one(self, **_arguments):
        return self

    def get_auth_args(self):
        return {}


@pytest.mark.parametrize(
    'fault',
    [
        requests.ConnectionError(f'http://demo:{SECRET}@keystone.invalid'),
        requests.exceptions.InvalidHeader(f'Invalid header value: {SECRET}'),
        requests.Timeout(f'https://demo:{SECRET}@keystone.invalid'),
        keystone_exceptions.ClientException(f'https://demo:{SECRET}@keystone.invalid'),
        ValueError(),
    ],
)
def test_no_fault_prints_what_somebody_logs_in_with(shell, keystone, fault):
    keystone.fault = fault
    shell('demo')

    assert SECRET not in refused()


@pytest.mark.parametrize(
    'text', [f'clouds: {{shop: {{auth: {{password: {SECRET}', f'clouds: [{SECRET}]', '- 1', 'clouds: 7']
)
def test_a_broken_file_is_one_line_without_secrets(keystone, tmp_path, text):
    (tmp_path / 'clouds.yaml').write_text(text, encoding='utf-8')

    assert SECRET not in refused('shop')


def test_a_cloud_that_there_is_not_is_named(keystone, tmp_path):
    (tmp_path / 'clouds.yaml').write_text(CLOUDS, encoding='utf-8')

    assert 'bakery' in refused('bakery')


def test_an_address_that_is_none_is_named(shell):
    shell('demo', OS_AUTH_URL='keystone.invalid:5000')

    assert 'OS_AUTH_URL' in refused()


def test_an_unknown_way_to_log_in_is_named(shell):
    shell('demo', OS_AUTH_TYPE='banana')

    assert 'banana' in refused()
