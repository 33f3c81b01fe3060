# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the unit tests: clients of people who are logged in, and no network."""

import gc
import json
import socket
import types

from django.core.cache.backends import base as cache_base
from django.core.cache.backends import locmem
import pytest
import requests
import yaml

from openstack_auth import policy

from gbp_status_ui import conf
from gbp_status_ui.caching import answers
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import freshness
from gbp_status_ui.model import scope
from gbp_status_ui.service import api
from gbp_status_ui.service import connection
from gbp_status_ui.service import costs
from gbp_status_ui.service import extensions
from gbp_status_ui.service import sweep
from gbp_status_ui.service.connection import Connection
from tools import catalogues

from tests import asking
from tests import pinned as pinned_files
from tests import versions
from tests.clients import Client
from tests.settings import PLUGIN
from tests.unit import frame
from tests.unit import isolation
from tests.unit import rendering
from tests.unit import sessions
from tests.unit import viewing
from tests.unit.simulation import Simulation
from tests.unit.stand_in import StandIn

pinned = pinned_files.pinned


def pytest_addoption(parser):
    pinned_files.add_option(parser)


def pytest_configure():
    """Whoever has edited a translation, or has not installed this tree, need not build it before the tests."""
    catalogues.compile_changed(PLUGIN / 'locale')


@pytest.fixture(autouse=True, scope='session')
def reported(record_testsuite_property):
    """The report says what the tests ran on."""
    for name, version in versions.here().items():
        record_testsuite_property(name, version)


@pytest.fixture(autouse=True, scope='session')
def collected():
    """What the process remembers since the tests were collected does not reach the first one.

    Horizon registers its dashboards when an address is made for the first time; the first test may ask for them.
    """
    scope.PROJECT.url('index')
    isolation.forget()
    # Horizon and thousands of tests stay until the end; the garbage collector need not look at them again.
    gc.freeze()


@pytest.fixture(autouse=True, scope='session')
def every_template(pytestconfig):
    """The tests that run on each release of Horizon render each template of the plugin there."""
    option = pytestconfig.option
    with rendering.noted() as names:
        yield
    if (option.markexpr, option.keyword, pytestconfig.args) == ('releases', '', ['tests/unit']):
        assert names >= rendering.shipped(), 'no test with the marker "releases" renders these templates'


@pytest.fixture(autouse=True, scope='session')
def frame_made_once():
    with frame.made_once():
        yield


@pytest.fixture(autouse=True, scope='module')
def tidy():
    """The tests of a file leave no file behind."""
    with isolation.tidy():
        yield


@pytest.fixture(autouse=True)
def isolated():
    """What a test has done to the process does not reach the next one; of the fixtures of a test here it ends last."""
    with isolation.isolated():
        yield


@pytest.fixture(autouse=True)
def no_network(isolated, monkeypatch):
    """A unit test that reaches for the network fails where it does so."""

    def refuse(host, *_args, **_kwargs):
        pytest.fail('a unit test wanted to reach %s' % (host,))

    monkeypatch.setattr(socket, 'getaddrinfo', refuse)
    monkeypatch.setattr(socket.socket, 'connect', lambda _socket, address: refuse(address))


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A request waits for lists as long as a machine takes that is busy with other tests."""
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)


@pytest.fixture(autouse=True)
def read_anew(request, monkeypatch):
    """A page gets what is true now, and not what another has seen a moment ago; where a test has a clock, that says."""
    if not {'clock', 'simulated'}.intersection(request.fixturenames):
        monkeypatch.setattr(freshness, '_interval_seconds', lambda: 0)


@pytest.fixture(autouse=True)
def rest_of_horizon(monkeypatch):
    """What the rest of a page (its navigation, its menus) asks of Keystone and Neutron has plain answers."""
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: [])
    monkeypatch.setattr('openstack_auth.utils.get_system_access', lambda **_: False)
    monkeypatch.setattr('openstack_dashboard.api.keystone.get_identity_api_version', lambda _request: (3, 14))
    monkeypatch.setattr('openstack_dashboard.api.neutron.list_extensions', lambda _request: [])


@pytest.fixture(autouse=True, scope='session')
def rules():
    """Horizon's rules of who may see what are read by C, and asked the same once: its navigation asks often."""
    answers = {}
    real = policy.check

    def check(actions, request, target=None):
        asked = json.dumps([actions, policy._user_to_credentials(request.user), target], sort_keys=True, default=str)
        if asked not in answers:
            answers[asked] = real(actions, request, target)
        return answers[asked]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(yaml, 'SafeLoader', yaml.CSafeLoader)
        patched.setattr(policy, 'check', check)
        yield


@pytest.fixture(autouse=True)
def gbp(isolated, monkeypatch):
    """The stand-in that answers instead of the network service."""
    stand_in = StandIn(sessions.EVERYBODY)
    sockets = requests.Session()
    sockets.mount(sessions.NETWORK_URL, stand_in)
    monkeypatch.setattr(connection, '_sockets', lambda: sockets)
    yield stand_in
    stand_in.release()


@pytest.fixture(autouse=True)
def keystone_projects(monkeypatch):
    """What Keystone lists to an administrator: {id: name}, or an exception under the key None."""
    listed = {'demo': 'Demo shop', 'other': 'Bakery', 'admin': 'Administration'}
    monkeypatch.setattr('openstack_dashboard.api.keystone.tenant_list', lambda _request: _projects(listed))
    # Horizon reads all its policies before it makes a client, which takes seconds.
    client = types.SimpleNamespace(session=types.SimpleNamespace(session=requests.Session()))
    monkeypatch.setattr('openstack_dashboard.api.keystone.keystoneclient', lambda _request, **_: client)
    return listed


def _projects(listed):
    if None in listed:
        raise listed[None]
    return [
        types.SimpleNamespace(id=id_, name=name, domain_id=f'domain-of-{id_}') for id_, name in listed.items()
    ], False


@pytest.fixture
def client():
    """Somebody who is not logged in."""
    return Client()


@pytest.fixture
def member():
    return sessions.MEMBER.log_in(Client())


@pytest.fixture
def administrator():
    return sessions.ADMINISTRATOR.log_in(Client())


@pytest.fixture
def colleague():
    """Another member of the same project, with the same roles, whose token the service has accepted lately."""
    client = sessions.COLLEAGUE.log_in(Client())
    Connection(asking.request_of(client)).note_token(accepted=True)
    return client


@pytest.fixture
def clock(monkeypatch):
    """The clock by which the answers of GBP age."""
    found = viewing.Clock()
    for module in (answers, entries, freshness, costs, extensions, connection):
        monkeypatch.setattr(module, 'time', found)
    return found


@pytest.fixture
def simulated(gbp, patient, monkeypatch):
    """Time that passes only while something is waited for; see simulation.py."""
    found = Simulation()
    for module in (
        answers,
        api,
        connection,
        costs,
        deadline,
        entries,
        extensions,
        freshness,
        sweep,
        locmem,
        cache_base,
    ):
        monkeypatch.setattr(module, 'time', found.clock)
    monkeypatch.setattr(answers, 'threading', found.threading)
    monkeypatch.setattr(connection, 'concurrent', found.concurrent)
    connection._pool.cache_clear()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: conf.get('list_wait'))
    gbp.let_pass = found.let_pass
    yield found
    # Whatever is still on its way ends.
    found.run(float('inf'))
    connection._pool.cache_clear()


@pytest.fixture
def aim(gbp):
    """Neutron with the extensions of Cisco's AIM driver."""
    gbp.extensions |= {'cisco-apic', 'cisco-apic-l3', 'cisco-apic-gbp'}
    return gbp


@pytest.fixture
def group(gbp, member):
    """A group in BUILD; its cloud's extensions are known already."""
    id_ = gbp.make(viewing.GROUPS, 'web', status='BUILD')
    viewing.poll(member, gbp.make(viewing.GROUPS, 'other'))
    return id_
