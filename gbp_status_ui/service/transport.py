# SPDX-License-Identifier: Apache-2.0
"""HTTP whose time-out is a deadline for the whole answer, and whose answers have a largest size.

The time-out of requests bounds each read of a socket: a service that sends one byte a second holds the thread that
reads it for hours.
"""

from http import client
import io
import socket
import time

import requests
import urllib3

#: How many bytes one answer may have. 10,000 resources have some 10 MB, and up to 50 MB with the longest details.
LARGEST_ANSWER = 128 * 1024 * 1024

_CHUNK = 64 * 1024


class Adapter(requests.adapters.HTTPAdapter):
    """Sends a request whose ``timeout``, a number of seconds, ends everything: connecting, headers, and the body."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy, **kwargs):
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(self, request, stream=False, timeout=None, **kwargs):
        """Return the response, whose body has been read.

        :raises requests.Timeout: the time is over
        :raises requests.ConnectionError: the body is too large, or the connection broke
        """
        response = super().send(request, stream=True, timeout=urllib3.Timeout(total=timeout), **kwargs)
        try:
            response.raw = io.BytesIO(_body(response.raw))
        except BaseException:
            response.close()
            raise
        return response


def _body(raw):
    try:
        return b''.join(_bounded(raw.stream(_CHUNK, decode_content=True)))
    except urllib3.exceptions.ReadTimeoutError as late:
        raise requests.ReadTimeout(late) from late
    except urllib3.exceptions.HTTPError as broken:
        raise requests.ConnectionError(broken) from broken


def _bounded(chunks):
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_ANSWER:
            raise requests.ConnectionError(f'The answer has more than {LARGEST_ANSWER} bytes.')
        yield chunk


class _DeadlineReader(io.RawIOBase):
    """What a socket sends until its time-out, counted from now, is over; however often it is read."""

    def __init__(self, sock, raw):
        self._socket = sock
        self._raw = raw
        self._deadline = time.monotonic() + sock.gettimeout()

    def readable(self):
        return True

    def readinto(self, buffer):
        left = self._deadline - time.monotonic()
        if left <= 0:
            # The name that urllib3 catches; Python 3.9 does not take it for a TimeoutError.
            raise socket.timeout('The time for the answer is over.')
        self._socket.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self):
        self._raw.close()
        super().close()


class _Response(client.HTTPResponse):
    def __init__(self, sock, *args, **kwargs):
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_DeadlineReader(sock, self.fp.detach()))


class _Connection(urllib3.connection.HTTPConnection):
    response_class = _Response


class _TlsConnection(urllib3.connection.HTTPSConnection):
    response_class = _Response


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {'http': _Pool, 'https': _TlsPool}
