# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the unit tests: clients of people who are logged in, and no network."""

import socket

from django.test import Client
import pytest

from tests.unit import sessions


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """A unit test that reaches for the network fails where it does so."""

    def refuse(host, *_args, **_kwargs):
        pytest.fail('a unit test wanted to reach %s' % (host,))

    monkeypatch.setattr(socket, 'getaddrinfo', refuse)
    monkeypatch.setattr(socket.socket, 'connect', lambda _socket, address: refuse(address))


@pytest.fixture(autouse=True)
def rest_of_horizon(monkeypatch):
    """What the rest of a page (its navigation, its menus) asks of Keystone and Neutron has plain answers."""
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: [])
    monkeypatch.setattr('openstack_auth.utils.get_system_access', lambda **_: False)
    monkeypatch.setattr('openstack_dashboard.api.keystone.get_identity_api_version', lambda _request: (3, 14))
    monkeypatch.setattr('openstack_dashboard.api.neutron.list_extensions', lambda _request: [])


@pytest.fixture
def member():
    return sessions.MEMBER.log_in(Client())


@pytest.fixture
def administrator():
    return sessions.ADMINISTRATOR.log_in(Client())
