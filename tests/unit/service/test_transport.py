# SPDX-License-Identifier: Apache-2.0
"""A call ends when its request's time is over, whatever the service does on the wire; real sockets."""

import gzip

from django.test import override_settings
import pytest

from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import connection
from gbp_status_ui.service import transport
from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection

from tests import asking
from tests import faulty_service
from tests.clients import Client
from tests.unit import sessions

GROUPS = Call('/grouppolicy/policy_target_groups', 'policy_target_groups')
ONE_THREAD = {'parallel_calls': 1}
WELL = faulty_service.body({'policy_target_groups': [{'id': 'a'}]})

HEADERS = b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n'
SLOW = {
    'status line': faulty_service.dripping(b'HTTP/1.1 '),
    'headers': faulty_service.dripping(b'HTTP/1.1 200 OK\r\nX-Slow: '),
    'interim answers': faulty_service.dripping(b'HTTP/1.1 100 Continue\r\n\r\n'),
    'body': faulty_service.dripping(HEADERS + b'Content-Length: 20000\r\n\r\n{'),
    'body without length': faulty_service.dripping(HEADERS + b'\r\n{'),
    'chunk': faulty_service.dripping(HEADERS + b'Transfer-Encoding: chunked\r\n\r\nFFFF\r\n{'),
    'body of an error': faulty_service.dripping(b'HTTP/1.1 500 No\r\nContent-Length: 20000\r\n\r\n{'),
    'nothing': faulty_service.silent,
    'pages': faulty_service.endless('policy_target_groups'),
}


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def gbp():
    """The service is a real socket instead."""


@pytest.fixture(autouse=True)
def one_thread():
    with override_settings(GBP_STATUS_UI=ONE_THREAD):
        yield


@pytest.fixture
def short():
    """A time limit that a test can wait for."""
    with override_settings(GBP_STATUS_UI=ONE_THREAD | {'time_limit': 0.5}):
        yield


def connection_to(service):
    found = Connection(asking.request_of(sessions.MEMBER.log_in(Client())))
    # The cached property of the service's address.
    found.__dict__['endpoint'] = service.url
    return found


def is_free():
    """Whether the pool's one thread has ended its call."""
    return connection._pool().submit(lambda: True).result(timeout=60)


@pytest.mark.releases
def test_a_service_that_is_well_is_read():
    with faulty_service.running(WELL) as service:
        answers = connection_to(service).gather({1: GROUPS})

    assert answers == {1: [{'id': 'a'}]}


@pytest.mark.slow
@pytest.mark.parametrize('fault', SLOW.values(), ids=SLOW)
def test_a_call_ends_with_its_time_and_leaves_the_thread_to_others(short, fault):
    with faulty_service.running(fault) as service:
        late = connection_to(service).gather({1: GROUPS})
        assert is_free()
        service.answer = WELL
        with override_settings(GBP_STATUS_UI=ONE_THREAD):
            well = connection_to(service).gather({1: GROUPS})

    assert late[1].reason is Reason.TIMEOUT
    assert well == {1: [{'id': 'a'}]}


def test_the_thread_says_itself_that_time_is_over():
    """Not only whoever waits for it: the next in its pool would take a broken answer for an error of the service."""
    with faulty_service.running(SLOW['body']) as service:
        user_connection = connection_to(service)
        client, session = user_connection._client()
        job = connection.Job(GROUPS, 0.3, done=None)

        assert (
            connection._outcome(job, client, connection.Limit(job, session, user_connection._count)).reason
            is Reason.TIMEOUT
        )


def test_pages_without_end_are_not_followed_beyond_the_limit(short):
    with faulty_service.running(SLOW['pages']) as service:
        connection_to(service).gather({1: GROUPS})
        assert is_free()
        assert service.wait_for_open(0)
        asked = len(service.requests)
        assert is_free()

    assert asked > 1
    # One may have been on its way when the time was over.
    assert len(service.requests) - asked <= 1


@pytest.mark.releases
def test_the_pages_of_a_list_are_read_one_after_the_other():
    def pages(handler):
        first = '?marker' not in handler.path
        faulty_service.endless('policy_target_groups')(handler) if first else WELL(handler)

    with faulty_service.running(pages) as service:
        answers = connection_to(service).gather({1: GROUPS})

    assert answers == {1: [{'id': 'a'}, {'id': 'a'}]}


@pytest.mark.releases
@pytest.mark.parametrize('status', [301, 302, 303, 307, 308])
def test_the_token_goes_to_no_other_host(status):
    with faulty_service.running(WELL) as other:
        lead = faulty_service.leading_to(other.url + '/v2.0/grouppolicy/policy_target_groups', status)
        with faulty_service.running(lead) as service:
            answers = connection_to(service).gather({1: GROUPS})

    assert answers[1].reason is Reason.ERROR
    assert service.requests[0][1]['X-Auth-Token'] == 'token-of-demo'
    assert other.requests == []


@pytest.mark.parametrize('packed', [False, True], ids=['plain', 'compressed'])
def test_an_answer_beyond_all_measure_is_an_error(monkeypatch, packed):
    monkeypatch.setattr(transport, 'MAX_ANSWER_BYTES', 1000)
    content = b' ' * 100_000

    def large(handler):
        sent = gzip.compress(content) if packed else content
        kind = b'Content-Encoding: gzip\r\n' if packed else b''
        handler.wfile.write(HEADERS + kind + b'Content-Length: %d\r\n\r\n' % len(sent) + sent)

    with faulty_service.running(large) as service:
        answer = connection_to(service).gather({1: GROUPS})[1]

    assert (answer.reason, '1000 bytes' in answer.message) == (Reason.ERROR, True)
