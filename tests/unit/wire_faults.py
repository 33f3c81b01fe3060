# SPDX-License-Identifier: Apache-2.0
"""What a service, a proxy or a firewall may do on the wire: {name: what it answers}, for tests/faulty_service.py."""

import gzip
import itertools
import socket
import struct

from tests import faulty_service

_JSON = b'{"policy_target_groups": [], "policy_target_group": {}}'
_OK = b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n'
ELSEWHERE = '/elsewhere'


def _sent(content):
    return lambda handler: handler.wfile.write(content)


def _answer(status, body=b'', *headers):
    lines = [b'HTTP/1.1 %d Said' % status, b'Connection: close', b'Content-Length: %d' % len(body), *headers]
    return _sent(b'\r\n'.join(lines) + b'\r\n\r\n' + body)


def _nothing(handler):
    """Close the connection without a word."""
    handler.close_connection = True


def _reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    handler.connection.close()


def _elsewhere(status):
    return lambda handler: faulty_service.leading_to(handler.server.url + ELSEWHERE, status)(handler)


def _endless(handler):
    """Answer a list that always has a next page."""
    faulty_service.endless(handler.path.partition('?')[0].rpartition('/')[2])(handler)


#: These answer at once.
QUICK = {
    'closed': _nothing,
    'reset': _reset,
    'no HTTP': _sent(b'SSH-2.0-OpenSSH_9.6\r\n'),
    'HTTP without a status': _sent(b'HTTP/1.1\r\n\r\n'),
    'a status that is no number': _sent(b'HTTP/1.1 OK\r\n\r\n'),
    'status 999': _answer(999, _JSON),
    'nothing behind an interim answer': _sent(b'HTTP/1.1 103 Prefetch Hints\r\n\r\n'),
    'interim answers without end': _sent(b'HTTP/1.1 102 Processing\r\n\r\n' * 10_000),
    'another protocol': _sent(b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n' + _OK + b'\r\n' + _JSON),
    'cut in the headers': _sent(b'HTTP/1.1 200 OK\r\nContent-Type: appl'),
    'a header without an end': _sent(b'HTTP/1.1 200 OK\r\nX-Long: ' + b'x' * 70_000 + b'\r\n\r\n'),
    '200 headers': _sent(_OK + b''.join(b'X-%d: 1\r\n' % number for number in range(200)) + b'\r\n<html>'),
    'cut in the body': _sent(_OK + b'Content-Length: 5000\r\n\r\n' + _JSON[:20]),
    'a length that is too small': _sent(_OK + b'Content-Length: 20\r\n\r\n' + _JSON),
    'a length that is no number': _sent(_OK + b'Content-Length: many\r\n\r\n'),
    'a negative length': _sent(_OK + b'Content-Length: -5\r\n\r\n' + _JSON[:20]),
    'two lengths': _sent(_OK + b'Content-Length: 5\r\nContent-Length: 20\r\n\r\n' + _JSON),
    'rubbish for gzip': _answer(200, _JSON, b'Content-Encoding: gzip'),
    'gzip in gzip': _answer(200, gzip.compress(gzip.compress(_JSON)), b'Content-Encoding: gzip, gzip'),
    'half of a gzip': _answer(200, gzip.compress(b' ' * 5000 + _JSON)[:20], b'Content-Encoding: gzip'),
    'rubbish for deflate': _answer(200, _JSON, b'Content-Encoding: deflate'),
    'rubbish for chunks': _sent(_OK + b'Transfer-Encoding: chunked\r\n\r\nno number\r\n' + _JSON),
    'cut in a chunk': _sent(_OK + b'Transfer-Encoding: chunked\r\n\r\nFFF\r\n' + _JSON),
    'nothing in it': _answer(200),
    'HTML': _answer(200, b'<html>Please pay for the network.</html>', b'Content-Type: text/html'),
    'JSON of another kind': _answer(200, b'{"message": "well"}'),
    'a code that is none': _answer(200, b'\xff\xfe', b'Content-Type: application/json; charset=idna'),
    'no content': _answer(204),
    'not modified': _answer(304),
    'several choices': _answer(300, b'{"choices": []}'),
    'a redirect': _elsewhere(302),
    'a permanent redirect': _elsewhere(308),
    'a redirect without an address': _answer(302),
    '404 in HTML': _answer(404, b'<html>404 page not found</html>', b'Content-Type: text/html'),
    '404 of a proxy': _answer(404, b'{"message": "no Route matched"}'),
    '404 without a word': _answer(404),
    '404 of Neutron for a path': _answer(404, b'{"NeutronError": {"type": "HTTPNotFound", "message": "no path"}}'),
    '404 of a driver': _answer(404, b'{"NeutronError": {"type": "NetworkNotFound", "message": "no network"}}'),
    '404 with an empty error': _answer(404, b'{"NeutronError": {}}'),
    '404 with a text as error': _answer(404, b'{"NeutronError": "PolicyTargetGroupNotFound"}'),
    '403 in HTML': _answer(403, b'<html>blocked by the firewall</html>', b'Content-Type: text/html'),
    '407': _answer(407, b'', b'Proxy-Authenticate: Basic'),
    '429 for ever': _answer(429, b'{}', b'Retry-After: Infinity'),
    '429 until 2058': _answer(429, b'{}', b'Retry-After: Fri, 01 Nov 2058 08:00:00 GMT'),
    '429 until yesterday': _answer(429, b'{}', b'Retry-After: -86400'),
    '500 with a list': _answer(500, b'["failed"]'),
    '500 with a number': _answer(500, b'5'),
    '503': _answer(503, b'<html>no server is available</html>', b'Retry-After: 1e400'),
}

#: Some of them that differ most.
FEW = {name: QUICK[name] for name in ('reset', 'cut in the body', 'a redirect', '404 in HTML', '403 in HTML', '503')}

#: These take as long as they are let; a byte comes more often than any time-out of a read.
SLOW = {
    'silent': faulty_service.silent,
    'slow headers': faulty_service.dripping(b'HTTP/1.1 200 OK\r\nX-Slow: '),
    'slow body': faulty_service.dripping(_OK + b'Content-Length: 20000\r\n\r\n{'),
    'slow error': faulty_service.dripping(b'HTTP/1.1 503 No\r\nContent-Length: 20000\r\n\r\n{'),
    'pages without end': _endless,
}


def once(fault, well):
    """Answer the first request by a fault, all others well."""
    numbers = itertools.count()

    def answer(handler):
        (well if next(numbers) else fault)(handler)

    return answer


def failing(fault, well, spared=()):
    """Answer by a fault, but well where one of ``spared`` is asked for."""

    def answer(handler):
        (well if any(f'/{name}' in handler.path for name in spared) else fault)(handler)

    return answer


UNAUTHORIZED = _answer(401, b'{"error": {"message": "The request you have made requires authentication."}}')
