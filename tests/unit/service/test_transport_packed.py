# SPDX-License-Identifier: Apache-2.0
"""An answer is unpacked once at most, piece by piece, and never into more than an answer may have; real sockets."""

import gzip
import json
import tracemalloc
import zlib

import pytest
import requests

from gbp_status_ui.service import transport

from tests import faulty_service

pytestmark = pytest.mark.releases

BODY = json.dumps({'policy_target_groups': [{'id': 'a', 'name': 'ä' * 5000}]}).encode()
#: 64 MB in some 64 kB, and these in less than 1 kB.
LARGE = gzip.compress(bytes(64 * 1024 * 1024))
TWICE = gzip.compress(LARGE)
LIMIT_BYTES = 1024 * 1024
RUBBISH = bytes(32 * LIMIT_BYTES)
#: What reading an answer takes beside it: a piece and its copy, the answer's growing file, what sockets and tests need.
MOST_BYTES = 8 * LIMIT_BYTES


def raw_deflate(content):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


def answering(content, *headers):
    lines = [b'HTTP/1.1 200 OK', b'Content-Length: %d' % len(content), b'Connection: close', *headers]
    return lambda handler: handler.wfile.write(b'\r\n'.join(lines) + b'\r\n\r\n' + content)


def read(content, *headers):
    """Return what a service sends, unpacked."""
    with faulty_service.running(answering(content, *headers)) as service, requests.Session() as sockets:
        sockets.mount('http://', transport.Adapter())
        return sockets.get(service.url, timeout=faulty_service.WAIT_SECONDS).content


@pytest.mark.parametrize(
    ('content', 'headers'),
    [
        (BODY, []),
        (BODY, [b'Content-Encoding: ']),
        (gzip.compress(BODY), [b'Content-Encoding: gzip']),
        (gzip.compress(BODY), [b'Content-Encoding: GZIP']),
        (gzip.compress(BODY), [b'Content-Encoding: x-gzip']),
        (zlib.compress(BODY), [b'Content-Encoding: deflate']),
    ],
    ids=['plain', 'empty', 'gzip', 'GZIP', 'x-gzip', 'deflate'],
)
def test_an_answer_is_unpacked(content, headers):
    assert read(content, *headers) == BODY


def test_an_answer_of_many_pieces_is_unpacked(monkeypatch):
    monkeypatch.setattr(transport, '_PIECE_BYTES', 7)

    assert read(gzip.compress(BODY), b'Content-Encoding: gzip') == BODY


def test_an_empty_answer_may_be_called_packed():
    assert read(b'', b'Content-Encoding: gzip') == b''


@pytest.mark.parametrize(
    'headers',
    [
        [b'Content-Encoding: gzip, gzip'],
        [b'Content-Encoding: gzip', b'Content-Encoding: gzip'],
        [b'Content-Encoding: deflate, gzip'],
        [b'Content-Encoding: br'],
        [b'Content-Encoding: zstd'],
        [b'Content-Encoding: identity'],
        [b'Content-Encoding: ' + b'gzip, ' * 8000],
    ],
    ids=['twice', 'two headers', 'two ways', 'br', 'zstd', 'identity', 'very often'],
)
def test_another_way_to_pack_is_a_failure(headers):
    with pytest.raises(requests.ConnectionError, match='is packed as'):
        read(gzip.compress(gzip.compress(BODY)), *headers)


PACKED = gzip.compress(BODY)


@pytest.mark.parametrize(
    'content',
    [PACKED[:-4], PACKED[:20], PACKED + b'rubbish', PACKED + PACKED, b'rubbish' * 20, BODY, raw_deflate(BODY)],
    ids=['without its end', 'cut', 'rubbish behind', 'twice', 'rubbish', 'plain', 'without a head'],
)
def test_what_is_not_packed_as_it_says_is_a_failure(content):
    with pytest.raises(requests.ConnectionError, match=r'has no end|incorrect header check'):
        read(content, b'Content-Encoding: gzip')


def test_what_is_behind_a_packed_answer_is_not_read():
    """It would be kept in memory without any limit."""
    used, refused = peak(PACKED + RUBBISH, b'Content-Encoding: gzip')

    assert 'something behind it' in str(refused)
    assert used - len(RUBBISH) < MOST_BYTES


def peak(content, *headers):
    """Return how many bytes were in use at most while an answer was read."""
    tracemalloc.start()
    try:
        with pytest.raises(requests.RequestException) as refused:
            read(content, *headers)
        return tracemalloc.get_traced_memory()[1], refused.value
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ('content', 'coding'), [(LARGE, b'gzip'), (TWICE, b'gzip, gzip')], ids=['gzip', 'gzip in gzip']
)
def test_a_small_answer_does_not_become_a_large_one(monkeypatch, content, coding):
    monkeypatch.setattr(transport, 'MAX_ANSWER_BYTES', LIMIT_BYTES)
    used, _refused = peak(content, b'Content-Encoding: ' + coding)

    assert used < MOST_BYTES


def test_the_limit_is_that_of_the_unpacked_answer(monkeypatch):
    monkeypatch.setattr(transport, 'MAX_ANSWER_BYTES', len(BODY))
    assert read(PACKED, b'Content-Encoding: gzip') == BODY
    monkeypatch.setattr(transport, 'MAX_ANSWER_BYTES', len(BODY) - 1)

    with pytest.raises(requests.ConnectionError, match='more than'):
        read(PACKED, b'Content-Encoding: gzip')


def test_a_service_is_asked_for_what_can_be_unpacked():
    with faulty_service.running(answering(BODY)) as service, requests.Session() as sockets:
        sockets.mount('http://', transport.Adapter())
        sockets.get(service.url, timeout=faulty_service.WAIT_SECONDS)

    assert service.requests[0][1]['Accept-Encoding'] == 'gzip, deflate'


@pytest.mark.parametrize('length', [len(BODY) + 1, len(BODY) * 2])
def test_an_answer_that_is_too_short_is_a_failure(length):
    cut = b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n' % length + BODY
    with faulty_service.running(lambda handler: handler.wfile.write(cut)) as service, requests.Session() as sockets:
        sockets.mount('http://', transport.Adapter())
        with pytest.raises(requests.ConnectionError):
            sockets.get(service.url, timeout=faulty_service.WAIT_SECONDS)
