# SPDX-License-Identifier: Apache-2.0
"""Servers that take a connection and never answer to the end: the check ends, and names each; real sockets."""

import contextlib
import socket

import pytest

from gbp_status_ui.management import all_checks
from gbp_status_ui.management import finding
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import UNKNOWN

from tests import faulty_service

TOKEN = 'a-token-that-is-secret'
DRIPPING = {
    'nothing': faulty_service.silent,
    'headers': faulty_service.dripping(b'HTTP/1.1 200 OK\r\nX-Slow: '),
    'body': faulty_service.dripping(b'HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n{'),
}


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """A limit that a test can wait for."""
    monkeypatch.setattr(all_checks, 'ANSWER_SECONDS', 0.5)


@contextlib.contextmanager
def silence():
    """Yield the address of a server that takes connections, and hangs up at the end."""
    with socket.create_server(('127.0.0.1', 0)) as listening:
        yield '127.0.0.1:%d' % listening.getsockname()[1]


def errors(url=None, environment=None):
    found = all_checks.find(url, environment or {})
    assert TOKEN not in finding.as_text(found, '1')
    return [one.what for one in found if one.level == ERROR]


def memcached(sound, location):
    cache = {'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache', 'LOCATION': location}
    sound.settings.CACHES = {**sound.settings.CACHES, 'default': cache}


def test_a_cache_that_hangs_is_named(installation):
    with silence() as address:
        memcached(installation, address)
        found = errors()

    assert found == ["The cache CACHES['default'] fails: it does not answer within 0.5 seconds."]


@pytest.mark.slow
@pytest.mark.parametrize('written', [list, ';'.join, ','.join], ids=['list', 'semicolons', 'commas'])
def test_each_server_of_a_cache_is_asked(installation, written):
    with silence() as hangs, socket.socket() as closed:
        closed.bind(('127.0.0.1', 0))
        refuses = '127.0.0.1:%d' % closed.getsockname()[1]
        memcached(installation, written([hangs, refuses]))
        found = errors()

    assert [one.partition(' fails: ')[0] for one in found] == [
        f"The cache CACHES['default'] at {hangs}",
        f"The cache CACHES['default'] at {refuses}",
    ]
    assert 'does not answer within 0.5 seconds' in found[0]
    assert 'refused' in found[1]


@pytest.mark.slow
@pytest.mark.parametrize('answer', DRIPPING.values(), ids=DRIPPING)
def test_a_dashboard_that_hangs_is_named(installation, answer):
    with faulty_service.running(answer) as service:
        found = errors(f'{service.url}/auth/login/')

    assert found == [f'{service.url}/auth/login/ does not answer: nothing complete came within 0.5 seconds.']


@pytest.mark.slow
@pytest.mark.parametrize('answer', DRIPPING.values(), ids=DRIPPING)
def test_a_cloud_that_hangs_is_named(installation, answer):
    with faulty_service.running(answer) as service:
        found = errors(environment={'OS_AUTH_URL': service.url, 'OS_TOKEN': TOKEN})

    assert found == [f'{service.url}/v3/auth/catalog does not answer: nothing complete came within 0.5 seconds.']


def test_a_name_that_is_looked_up_without_end_is_named(installation, monkeypatch):
    with silence() as address:
        connected = socket.create_connection(address.split(':'))
        monkeypatch.setattr(socket, 'getaddrinfo', lambda *_args, **_options: connected.recv(1))
        found = errors('http://cloud.example/')
    connected.close()

    assert found == ['http://cloud.example/ does not answer: nothing complete came within 0.5 seconds.']


def test_a_part_that_hangs_leaves_the_others_their_findings(installation, monkeypatch):
    with silence() as address:
        connected = socket.create_connection(address.split(':'))
        # The real parts take longer than that on a busy machine.
        parts = {
            'other files': lambda: [finding.error('banana', '')],
            all_checks.STATIC_FILES: lambda: connected.recv(1),
        }
        monkeypatch.setattr(all_checks, 'LOCAL', parts)
        monkeypatch.setattr(all_checks, 'LOCAL_SECONDS', 0.5)
        found = all_checks.find(None, {})
    connected.close()

    assert [one.what for one in found if one.level == ERROR] == ['banana']
    assert [one.what for one in found if one.level == UNKNOWN] == [
        'Looking at the static files did not end within 0.5 seconds.'
    ]


def test_a_part_that_breaks_leaves_the_others_their_findings(installation, monkeypatch):
    monkeypatch.setitem(all_checks.LOCAL, all_checks.STATIC_FILES, lambda: 1 / 0)
    found = all_checks.find(None, {})

    assert [one.what for one in found if one.level == UNKNOWN] == [
        "The static files could not be looked at: ZeroDivisionError('division by zero')."
    ]
    assert len(found) > 1
