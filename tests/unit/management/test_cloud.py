# SPDX-License-Identifier: Apache-2.0
"""gbp_status_check on the cloud, asked with an operator's token."""

import json

import pytest
import requests

from gbp_status_ui.management import cloud
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE

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

    def get(address, headers, allow_redirects, **_options):
        assert headers['X-Auth-Token'] == 'a-token'
        assert not allow_redirects
        if address not in answers:
            raise requests.ConnectionError('no route')
        answer = requests.Response()
        answer.status_code, body = answers[address]
        answer._content = (body if isinstance(body, str) else json.dumps(body)).encode()
        return answer

    monkeypatch.setattr(cloud.requests, 'get', get)
    return answers


def listed(*aliases):
    return {'extensions': [{'alias': alias} for alias in aliases]}


def only(environment):
    (found,) = cloud.find(environment)
    return found


def test_a_cloud_with_gbp_and_chains_is_no_finding(services):
    assert list(cloud.find(ENVIRONMENT)) == []


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
    assert list(cloud.find({**ENVIRONMENT, 'OS_REGION_NAME': ''})) == []


def test_the_interface_is_that_of_horizon(services, settings):
    settings.OPENSTACK_ENDPOINT_TYPE = 'internalURL'

    assert 'https://internal.example/v2.0/extensions does not answer' in only(ENVIRONMENT).what


@pytest.mark.parametrize('body', ['<html>', [], {}, '"text"'], ids=repr)
def test_an_answer_that_is_not_openstacks_is_an_error(services, body):
    services[KEYSTONE + '/auth/catalog'] = (200, body)

    assert 'not as OpenStack does' in only(ENVIRONMENT).what


@pytest.mark.parametrize('status', [302, 401, 404, 503])
def test_an_answer_of_failure_is_an_error_with_its_number(services, status):
    services[KEYSTONE + '/auth/catalog'] = (status, {})

    assert f'answers {status}' in only(ENVIRONMENT).what


def test_a_service_that_cannot_be_reached_is_an_error(services):
    services.clear()

    assert f'{KEYSTONE}/auth/catalog does not answer' in only(ENVIRONMENT).what
