# SPDX-License-Identifier: Apache-2.0
"""A connection that is dead costs no answer, and one that is idle is closed after seconds; real sockets."""

import threading

from django.test import override_settings
import pytest
import requests

from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import idle_connections
from gbp_status_ui.service import transport

from tests import faulty_service
from tests.unit import shared_service

pytestmark = pytest.mark.releases


class Clock:
    """The monotonic clock; it goes on by what a test adds."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def gbp():
    """The service is a real socket instead."""


def first_then(later):
    """Answer the first request shared_service.well, the others by ``later``; the connection stays until then."""

    def answer(handler):
        is_first = len(handler.server.requests) == 1
        (shared_service.kept_well if is_first else later)(handler)

    return answer


def once(fault):
    """Answer the second request by a fault, all others shared_service.well."""
    return lambda handler: (fault if len(handler.server.requests) == 2 else shared_service.kept_well)(handler)


def hang_up(_handler):
    """Close the connection without a word."""


def test_a_call_on_a_connection_that_is_dead_is_made_once_more():
    with faulty_service.running(once(hang_up)) as service:
        answers = shared_service.ask_each(service)

    assert answers == shared_service.OWN
    assert [path.rpartition('=')[2] for path, _headers in service.requests] == ['a', 'b', 'b', 'c', 'd']
    assert service.accepted == 2


def test_a_connection_that_was_closed_while_idle_is_not_used():
    with faulty_service.running(shared_service.well) as service:
        for name in shared_service.NAMES:
            assert shared_service.ask(service, name)[name] == [{'id': name}]
            assert service.wait_for_open(0)

    assert len(service.requests) == len(shared_service.NAMES)


def test_no_call_is_made_three_times():
    with faulty_service.running(first_then(hang_up)) as service:
        first = shared_service.ask(service, 'a')['a']
        second = shared_service.ask(service, 'b')['b']

    assert (first, second.reason) == ([{'id': 'a'}], Reason.ERROR)
    assert len(service.requests) == 3


def test_the_second_time_is_on_a_new_connection():
    """Others that are idle are likely to be dead, too."""
    together = threading.Barrier(3, timeout=faulty_service.WAIT_SECONDS)

    def answer(handler):
        if len(handler.server.requests) <= 3:
            together.wait()
            shared_service.kept_well(handler)
        elif handler.connection in old:
            hang_up(handler)
        else:
            shared_service.well(handler)

    with faulty_service.running(answer) as service:
        shared_service.ask(service, *'abc')
        old = set(service._open)
        assert len(old) == 3
        answers = shared_service.ask_each(service)

    assert answers == shared_service.OWN


@pytest.mark.parametrize('part', [b'H', b'HTTP/1.1 200 OK\r\n', shared_service.OK + b'Content-Length: 50\r\n\r\n{'])
def test_a_call_of_which_a_part_of_the_answer_came_is_not_made_again(part):
    with faulty_service.running(once(lambda handler: handler.wfile.write(part))) as service:
        shared_service.ask(service, 'a')
        answer = shared_service.ask(service, 'b')['b']

    assert answer.reason is Reason.ERROR
    assert len(service.requests) == 2


def test_a_call_on_a_new_connection_is_not_made_again():
    with faulty_service.running(hang_up) as service:
        answers = shared_service.ask_each(service)

    assert {answer.reason for answer in answers.values()} == {Reason.ERROR}
    assert len(service.requests) == len(shared_service.NAMES)


def test_a_call_that_takes_too_long_is_not_made_again():
    with faulty_service.running(once(faulty_service.silent)) as service:
        shared_service.ask(service, 'a')
        with override_settings(GBP_STATUS_UI={'time_limit': 0.3}):
            answer = shared_service.ask(service, 'b')['b']
        # The thread that has made the call has ended it as shared_service.well.
        assert shared_service.ask(service, 'c')['c'] == [{'id': 'c'}]

    assert answer.reason is Reason.TIMEOUT
    assert len(service.requests) == 3


def test_what_is_not_a_get_is_sent_once():
    def answer(handler):
        (shared_service.kept_well if len(handler.server.requests) == 1 else hang_up)(handler)

    with faulty_service.running(answer) as service:
        handler = service.RequestHandlerClass
        handler.do_POST = handler.do_GET
        try:
            with requests.Session() as sockets:
                sockets.mount('http://', transport.Adapter())
                sockets.get(service.url + '/?id=a', timeout=faulty_service.WAIT_SECONDS)
                with pytest.raises(requests.ConnectionError):
                    sockets.post(service.url + '/?id=b', timeout=faulty_service.WAIT_SECONDS)
        finally:
            del handler.do_POST

    assert len(service.requests) == 2


def test_the_time_of_a_call_does_not_begin_anew(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(transport, 'time', clock)
    deadline = transport._Deadline(10)
    clock.now += 7

    assert deadline.clone().total == pytest.approx(3)
    clock.now += 3
    with pytest.raises(transport.urllib3.exceptions.ReadTimeoutError):
        deadline.clone()


def at_once(number):
    """Answer so many calls when all of them are there."""
    together = threading.Barrier(number, timeout=faulty_service.WAIT_SECONDS)
    return faulty_service.kept(lambda handler: (together.wait(), shared_service.well(handler)))


def test_few_connections_stay_open_when_a_page_is_made():
    with faulty_service.running(at_once(8)) as service:
        shared_service.ask(service, *'abcdefgh')

        assert service.accepted == 8
        assert service.wait_for_open(idle_connections.MAX_IDLE_CONNECTIONS)


def test_the_bound_is_that_of_the_process():
    with faulty_service.running(at_once(4)) as one, faulty_service.running(at_once(4)) as other:
        shared_service.ask(one, *'abcd')
        shared_service.ask(other, *'abcd')

        assert (one.accepted, other.accepted) == (4, 4)
        assert other.wait_for_open(4)
        assert one.wait_for_open(0)


def test_idle_connections_are_closed_though_nobody_calls(monkeypatch):
    monkeypatch.setattr(idle_connections, 'MAX_IDLE_SECONDS', 0.3)
    with faulty_service.running(at_once(3)) as service:
        shared_service.ask(service, *'abc')

        assert service.wait_for_open(0)
        timer = idle_connections.CONNECTIONS._timer
    assert timer is None or timer.join(faulty_service.WAIT_SECONDS) or not timer.is_alive()
    assert idle_connections.CONNECTIONS._timer is None


def test_idle_connections_are_closed_when_a_call_begins(monkeypatch):
    """Also where threads get no time between the requests of a web server."""
    clock = Clock()
    monkeypatch.setattr(idle_connections, 'time', clock)
    monkeypatch.setattr(idle_connections.threading.Timer, 'start', lambda _timer: None)
    with faulty_service.running(at_once(2)) as service:
        shared_service.ask(service, *'ab')
        service.answer = shared_service.kept_well
        clock.now += idle_connections.MAX_IDLE_SECONDS + 0.1
        shared_service.ask(service, 'a')

        assert service.accepted == 3
        assert service.wait_for_open(1)


def test_a_connection_in_use_is_kept(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(idle_connections, 'time', clock)
    with faulty_service.running(shared_service.kept_well) as service:
        for name in shared_service.NAMES:
            shared_service.ask(service, name)
            clock.now += idle_connections.MAX_IDLE_SECONDS - 1

    assert service.accepted == 1
