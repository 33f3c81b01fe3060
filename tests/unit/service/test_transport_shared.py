# SPDX-License-Identifier: Apache-2.0
"""Each call gets its own answer, whatever a service sends on a connection that users share; real sockets."""

import threading

from django.test import override_settings
import pytest
import requests

from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import transport

from tests import faulty_service
from tests.unit import shared_service

pytestmark = pytest.mark.releases


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def gbp():
    """The service is a real socket instead."""


def sent(parts):
    """Answer what a function of the handler returns, bytes that are sent at once; the connection stays."""
    return faulty_service.kept(lambda handler: handler.wfile.write(parts(handler)))


INTERIM = {
    '100': b'HTTP/1.1 100 Continue\r\n\r\n',
    '102': b'HTTP/1.1 102 Processing\r\n\r\n',
    '103': b'HTTP/1.1 103 Prefetch Hints\r\nLink: </style.css>; rel=preload\r\n\r\n',
    '103 and 102 and 100': b'HTTP/1.1 103 A\r\nContent-Length: 5\r\n\r\nHTTP/1.1 102 B\r\n\r\nHTTP/1.1 100 C\r\n\r\n',
    '199': b'HTTP/1.1 199 What\r\n\r\n',
    'as many as may be': b'HTTP/1.1 103 Prefetch Hints\r\n\r\n' * transport.MAX_INTERIM_ANSWERS,
}


@pytest.mark.parametrize('interim', INTERIM.values(), ids=INTERIM)
def test_an_answer_follows_its_interim_answers(interim):
    with faulty_service.running(sent(lambda handler: interim + shared_service.whole(handler))) as service:
        answers = shared_service.ask_each(service)

    assert answers == shared_service.OWN
    assert service.accepted == 1


@pytest.mark.slow
@pytest.mark.parametrize('interim', INTERIM.values(), ids=INTERIM)
def test_an_interim_answer_may_come_long_before_the_answer(monkeypatch, interim):
    """What is read of the socket at once ends behind the interim answer."""
    received, readinto = threading.Event(), transport._DeadlineReader.readinto

    def read(reader, buffer):
        number = readinto(reader, buffer)
        received.set()
        return number

    def answer(handler):
        received.clear()
        handler.wfile.write(interim)
        assert received.wait(faulty_service.WAIT_SECONDS)
        shared_service.well(handler)

    monkeypatch.setattr(transport._DeadlineReader, 'readinto', read)

    with faulty_service.running(faulty_service.kept(answer)) as service:
        answers = shared_service.ask_each(service)

    assert answers == shared_service.OWN
    assert service.accepted == 1


def test_interim_answers_without_end_are_a_failure():
    many = INTERIM['103'] * (transport.MAX_INTERIM_ANSWERS + 1)
    with faulty_service.running(sent(lambda handler: many + shared_service.whole(handler))) as service:
        answers = shared_service.ask_each(service)

    assert {answer.reason for answer in answers.values()} == {Reason.ERROR}
    assert 'interim answers' in answers['a'].message
    assert service.accepted == len(shared_service.NAMES)


def test_a_connection_that_changes_its_protocol_is_closed():
    switched = b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'
    with faulty_service.running(sent(lambda handler: switched + shared_service.whole(handler))) as service:
        answers = shared_service.ask_each(service)

    assert {answer.reason for answer in answers.values()} == {Reason.ERROR}
    assert service.accepted == len(shared_service.NAMES)


def chunked(handler, trailer=b''):
    body = shared_service.rows(handler)
    return b'%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n%s\r\n' % (
        shared_service.OK,
        len(body),
        body,
        trailer,
    )


OTHER = shared_service.OK + b'Content-Length: 41\r\n\r\n{"policy_target_groups": [{"id": "zzz"}]}'
#: Answers behind which the connection is of no use; what is read of them is right all the same.
OVERLONG = {
    'bytes behind it': lambda handler: shared_service.whole(handler) + b'rubbish',
    'an empty line behind it': lambda handler: shared_service.whole(handler) + b'\r\n',
    'two answers': lambda handler: shared_service.whole(handler) + OTHER,
    'two answers, the first in chunks': lambda handler: chunked(handler) + OTHER,
    'a large body, and an answer': lambda handler: (
        b'%sContent-Length: %d\r\n\r\n' % (shared_service.OK, len(shared_service.rows(handler)) + 200_000)
        + shared_service.rows(handler)
        + b' ' * 200_000
        + OTHER
    ),
    'a length and chunks': lambda handler: chunked(handler).replace(
        shared_service.OK, shared_service.OK + b'Content-Length: 5\r\n', 1
    ),
    'its length twice': lambda handler: shared_service.whole(handler).replace(
        shared_service.OK, shared_service.OK + b'Content-Length: %d\r\n' % len(shared_service.rows(handler))
    ),
    'a length that is too small': lambda handler: (
        b'%sContent-Length: %d\r\n\r\n%s'
        % (shared_service.OK, len(shared_service.rows(handler)), shared_service.rows(handler) + OTHER)
    ),
}


@pytest.mark.parametrize('parts', OVERLONG.values(), ids=OVERLONG)
def test_a_connection_with_more_on_it_than_its_answer_is_closed(parts):
    with faulty_service.running(sent(parts)) as service:
        answers = shared_service.ask_each(service)
        assert service.wait_for_open(0)

    assert answers == shared_service.OWN
    assert service.accepted == len(shared_service.NAMES)


#: Answers that are no rows, and behind which the connection is of no use.
USELESS = {
    '204 with a body': lambda _handler: b'HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nabcde',
    '204 and an answer': lambda _handler: b'HTTP/1.1 204 No\r\n\r\n' + OTHER,
    '304 with a body': lambda _handler: b'HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\nabcde',
    'an error, and an answer': lambda _handler: b'HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}' + OTHER,
    'a length with a sign': lambda _handler: b'HTTP/1.1 500 No\r\nContent-Length: +2\r\n\r\n{}' + OTHER,
    'a negative chunk': lambda _handler: (
        shared_service.OK + b'Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n' + OTHER
    ),
    'packed as something else': lambda _handler: (
        shared_service.OK + b'Content-Encoding: br\r\nContent-Length: 0\r\n\r\n' + OTHER
    ),
}


@pytest.mark.parametrize('parts', USELESS.values(), ids=USELESS)
def test_what_follows_an_answer_without_rows_is_no_answer_to_the_next_call(parts):
    with faulty_service.running(sent(parts)) as service:
        # A part of the connections would have to wait for the end of a chunk that never comes.
        with override_settings(GBP_STATUS_UI={'time_limit': 1}):
            answers = shared_service.ask_each(service)
        assert service.wait_for_open(0)

    assert {type(answer) for answer in answers.values()} == {Failure}
    assert service.accepted == len(shared_service.NAMES)


def test_an_answer_in_chunks_with_trailers_leaves_the_connection():
    with faulty_service.running(sent(lambda handler: chunked(handler, b'X-Sum: 5\r\n'))) as service:
        answers = shared_service.ask_each(service)

    assert answers == shared_service.OWN
    assert service.accepted == 1


def test_an_answer_that_comes_unasked_while_the_connection_is_idle_is_nobodys():
    written, answered = threading.Event(), threading.Event()

    def answer(handler):
        shared_service.well(handler)
        assert answered.wait(faulty_service.WAIT_SECONDS)
        handler.wfile.write(OTHER)
        written.set()

    with faulty_service.running(faulty_service.kept(answer)) as service:
        first = shared_service.ask(service, 'a')['a']
        answered.set()
        assert written.wait(faulty_service.WAIT_SECONDS)
        second = shared_service.ask(service, 'b')['b']

    assert (first, second) == ([{'id': 'a'}], [{'id': 'b'}])
    assert service.accepted == 2


def test_what_comes_behind_an_answer_to_head_closes_the_connection():
    def answer(handler):
        handler.close_connection = False
        handler.wfile.write(OTHER)

    with faulty_service.running(answer) as service:
        handler = service.RequestHandlerClass
        handler.do_HEAD = handler.do_GET
        try:
            with requests.Session() as sockets:
                sockets.mount('http://', transport.Adapter())
                for _ in range(2):
                    assert sockets.head(service.url, timeout=faulty_service.WAIT_SECONDS).content == b''
        finally:
            del handler.do_HEAD

    assert service.accepted == 2
