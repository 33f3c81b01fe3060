# SPDX-License-Identifier: Apache-2.0
"""One request: which certificates may verify the server, and what is said of a failure."""

import pytest
import requests

from gbp_status_ui.management import http_get
from gbp_status_ui.management.waiting import TimeBudget

pytestmark = pytest.mark.releases

SERVER = 'https://cloud.example/'


@pytest.fixture
def asked(monkeypatch):
    """What requests is given to verify the server with; the server is known to one authority alone."""
    given = []

    def get(_session, _address, timeout, verify):
        assert 0 < timeout <= 10
        given.append(verify)
        if verify != 'own.pem':
            raise requests.exceptions.SSLError('certificate verify failed')
        return requests.Response()

    monkeypatch.setattr(requests.Session, 'get', get)
    monkeypatch.delenv('OS_CACERT', raising=False)
    return given


def test_the_authority_of_the_environment_is_tried_first(asked, monkeypatch, settings):
    monkeypatch.setenv('OS_CACERT', 'own.pem')
    settings.OPENSTACK_SSL_CACERT = 'other.pem'
    http_get.get(SERVER, TimeBudget(10))

    assert asked == ['own.pem']


def test_the_authority_of_horizon_is_tried_next(asked, monkeypatch, settings):
    monkeypatch.setenv('OS_CACERT', 'other.pem')
    settings.OPENSTACK_SSL_CACERT = 'own.pem'
    http_get.get(SERVER, TimeBudget(10))

    assert asked == ['other.pem', 'own.pem']


def test_a_server_that_nobody_knows_is_said_with_what_to_set(asked):
    with pytest.raises(http_get.NoAnswer, match='OS_CACERT and OPENSTACK_SSL_CACERT'):
        http_get.get(SERVER, TimeBudget(10))

    # Requests itself looks at REQUESTS_CA_BUNDLE then.
    assert asked == [True]


def test_where_horizon_verifies_nothing_nothing_is_verified(asked, settings):
    settings.OPENSTACK_SSL_NO_VERIFY = True
    with pytest.raises(http_get.NoAnswer):
        http_get.get(SERVER, TimeBudget(10))

    assert asked == [False]


def test_a_file_of_certificates_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv('OS_CACERT', '/none/own.pem')

    with pytest.raises(http_get.NoAnswer, match='/none/own'):
        http_get.get(SERVER, TimeBudget(10))


@pytest.mark.parametrize(
    ('address', 'shown'),
    [
        ('https://cloud.example:8443/auth/', 'https://cloud.example:8443/auth/'),
        ('https://admin:secret@cloud.example/?token=secret#top', 'https://cloud.example/'),
        ('http://[::1]/', 'http://[::1]/'),
    ],
)
def test_an_address_is_shown_without_secrets(address, shown):
    assert http_get.shown(address) == shown
