# SPDX-License-Identifier: Apache-2.0
"""gbp_status_check on the cloud, asked with an operator's token."""

import json

import pytest
import requests

from gbp_status_ui.management import cloud
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.finding import UNKNOWN

pytestmark = pytest.mark.releases

KEYSTONE = 'https://keystone.example/v3'
ENVIRONMENT = {'OS_AUTH_URL': KEYSTONE + '/', 'OS_TOKEN': 'a-token', 'OS_REGION_NAME': 'one'}


def network(region, url, interface='public'):
    return {'interface': interface, 'region': region, 'url': url}


@pytest.fixture
def services(monkeypatch):
    """What each address answers: a status, and a body as JSON or text. Region one has GBP with chains."""
    endpoints = [
        network('one', 'https://internal.example/', 'internal'),
        network('one', 'https://one.example/v2.0/'),
        network('two', 'https://two.example'),
    ]
    answers = {
        KEYSTONE + '/auth/catalog': (200, {'catalog': [{'type': 'network', 'endpoints': endpoints}]}),
        'https://one.example/v2.0/extensions': (200, listed('group-policy', 'servicechain', 'router')),
        'https://two.example/v2.0/extensions': (200, listed('router')),
    }

    def get(_session, address, headers, allow_redirects, **_options):
        assert headers['X-Auth-Token'] == 'a-token'
        assert not allow_redirects
        if address not in answers:
            raise requests.ConnectionError('no route')
        answer = requests.Response()
        answer.status_code, body = answers[address]
        answer._content = (body if isinstance(body, str) else json.dumps(body)).encode()
        return answer

    monkeypatch.setattr(requests.Session, 'get', get)
    return answers


def listed(*aliases):
    return {'extensions': [{'alias': alias} for alias in aliases]}


def only(environment):
    (found,) = cloud.find(environment, 10)
    return found


def test_a_cloud_with_gbp_and_chains_is_no_finding(services):
    assert list(cloud.find(ENVIRONMENT, 10)) == []


@pytest.mark.parametrize('address', ['https://keystone.example', 'https://keystone.example/', KEYSTONE])
def test_the_address_of_keystone_has_a_version_or_none(services, address):
    assert list(cloud.find({**ENVIRONMENT, 'OS_AUTH_URL': address}, 10)) == []


@pytest.mark.parametrize('name', ['OS_AUTH_URL', 'OS_TOKEN'])
def test_without_a_token_or_an_address_nothing_is_asked(name):
    found = only({**ENVIRONMENT, name: ''})

    assert found.level == NOTE
    assert 'openstack token issue' in found.to_do


def test_a_region_without_gbp_is_an_error(services):
    found = only({**ENVIRONMENT, 'OS_REGION_NAME': 'two'})

    assert found.level == ERROR
    assert 'group-policy' in found.what


def test_gbp_without_chains_is_as_it_may_be(services):
    services['https://one.example/v2.0/extensions'] = (200, listed('group-policy'))

    assert only(ENVIRONMENT).level == NOTE


def test_a_region_without_network_service_is_an_error(services):
    found = only({**ENVIRONMENT, 'OS_REGION_NAME': 'BANANA'})

    assert 'no service "network" in the region BANANA' in found.what


def test_without_a_region_the_first_in_the_catalogue_is_asked(services):
    assert list(cloud.find({**ENVIRONMENT, 'OS_REGION_NAME': ''}, 10)) == []


def test_the_interface_is_that_of_horizon(services, settings):
    settings.OPENSTACK_ENDPOINT_TYPE = 'internalURL'

    assert 'https://internal.example/v2.0/extensions does not answer' in only(ENVIRONMENT).what


NOT_OPENSTACKS = ['<html>', [], {}, '"text"', {'catalog': None}, {'catalog': 'text'}, '[' * 100_000]


@pytest.mark.parametrize('body', NOT_OPENSTACKS, ids=lambda body: repr(body)[:20])
def test_an_answer_that_is_not_openstacks_is_an_error(services, body):
    services[KEYSTONE + '/auth/catalog'] = (200, body)

    assert 'not as OpenStack does' in only(ENVIRONMENT).what


ENDPOINT = {'interface': 'public', 'region': 'one', 'url': 'https://one.example'}


@pytest.mark.parametrize(
    'service',
    [
        None,
        'network',
        {},
        {'type': ['network']},
        {'type': 'network'},
        {'type': 'network', 'endpoints': None},
        {'type': 'network', 'endpoints': [None, {}, {**ENDPOINT, 'url': None}, {**ENDPOINT, 'interface': []}]},
    ],
    ids=repr,
)
def test_an_odd_entry_of_the_catalogue_is_passed_over(services, service):
    found = services[KEYSTONE + '/auth/catalog'][1]['catalog']
    services[KEYSTONE + '/auth/catalog'] = (200, {'catalog': [service, *found]})

    assert list(cloud.find(ENVIRONMENT, 10)) == []


def test_a_catalogue_whose_address_is_none_is_an_error(services):
    catalogue = [{'type': 'network', 'endpoints': [{**ENDPOINT, 'url': 'BANANA'}]}]
    services[KEYSTONE + '/auth/catalog'] = (200, {'catalog': catalogue})

    assert 'names no address' in only(ENVIRONMENT).what


@pytest.mark.parametrize('odd', [{'alias': None}, {'alias': ['router']}, {}, None, 'router'], ids=repr)
def test_an_odd_extension_is_passed_over(services, odd):
    listed_ones = services['https://one.example/v2.0/extensions'][1]['extensions']
    services['https://one.example/v2.0/extensions'] = (200, {'extensions': [odd, *listed_ones]})

    assert list(cloud.find(ENVIRONMENT, 10)) == []


@pytest.mark.parametrize('token', ['a-token\n', 'a token', 'a\r\nHost: b', 'tök', '\x00'], ids=repr)
def test_a_token_that_is_none_is_not_sent_and_not_shown(services, token):
    found = only({**ENVIRONMENT, 'OS_TOKEN': token})

    assert found.level == UNKNOWN
    assert found.what.startswith('OS_TOKEN is no token')
    assert token.strip() not in str(found)


@pytest.mark.parametrize('url', ['BANANA', 'keystone.example/v3', 'https://[', 'file:///etc', 'https://a:b/'])
def test_an_address_of_keystone_that_is_none_is_no_verdict(services, url):
    found = only({**ENVIRONMENT, 'OS_AUTH_URL': url})

    assert found.level == UNKNOWN
    assert 'OS_AUTH_URL is no address' in found.what


@pytest.mark.parametrize('status', [401, 403])
def test_a_token_that_is_not_accepted_is_no_verdict(services, status):
    services[KEYSTONE + '/auth/catalog'] = (status, {})

    assert only(ENVIRONMENT).level == UNKNOWN


@pytest.mark.parametrize('status', [302, 404, 503])
def test_an_answer_of_failure_is_an_error_with_its_number(services, status):
    services[KEYSTONE + '/auth/catalog'] = (status, {})

    assert f'answers {status}' in only(ENVIRONMENT).what


def test_a_service_that_cannot_be_reached_is_an_error(services):
    services.clear()

    assert f'{KEYSTONE}/auth/catalog does not answer' in only(ENVIRONMENT).what
