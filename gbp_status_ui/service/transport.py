# SPDX-License-Identifier: Apache-2.0
"""HTTP whose time-out is a deadline for the whole answer, and that takes no answer for another's.

The time-out of requests bounds each read of a socket: a service that sends one byte a second holds the thread that
reads it for hours. Users share connections, so one is used again only where its answer was read to the end, and
nothing came behind it. Answers have a largest size, whatever they were packed into.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from http import client
import io
import socket
import time
from typing import Any
from typing import cast
import zlib

from keystoneauth1 import exceptions as keystone_exceptions
import requests
import urllib3

from gbp_status_ui.service import idle_connections

#: What the client, its session and the limit of a call raise where there is no answer in time.
TIMEOUTS = (keystone_exceptions.ConnectTimeout, requests.Timeout)

#: How many bytes one answer may have. 10,000 resources have some 10 MB, and up to 50 MB with the longest details.
MAX_ANSWER_BYTES = 128 * 1024 * 1024

#: How many interim answers (RFC 9110, 15.2) may come before the answer: one every tenth of a second, for 10 seconds.
MAX_INTERIM_ANSWERS = 100

#: The statuses of interim answers, and those of answers without a body.
_INTERIM = range(100, 200)
_BODILESS = {client.SWITCHING_PROTOCOLS, client.NO_CONTENT, client.RESET_CONTENT, client.NOT_MODIFIED}

#: What this module can unpack; it says so to the service.
_CODINGS = {'gzip', 'x-gzip', 'deflate'}

_CHUNK_BYTES = 64 * 1024

#: How much is unpacked at a time: 64 kB may hold a thousand times as much.
_PIECE_BYTES = 1024 * 1024

#: The time that a call waits for a connection of the pool, where it shall have a new one.
_POOL_WAIT_SECONDS = 0


class Adapter(requests.adapters.HTTPAdapter):
    """Sends a request whose ``timeout``, a number of seconds, ends everything: connecting, headers, and the body."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> urllib3.ProxyManager:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(
        self, request: requests.PreparedRequest, stream: bool = False, timeout: Any = None, **kwargs: Any
    ) -> requests.Response:
        """Return the response, whose body has been read.

        :raises requests.Timeout: the time is over
        :raises requests.ConnectionError: the body is too large or not packed as was asked for, or the connection broke
        """
        request.headers['Accept-Encoding'] = 'gzip, deflate'
        response = super().send(request, stream=True, timeout=_Deadline(timeout), **kwargs)
        try:
            response.raw = _body(response.raw)
        except BaseException:
            response.close()
            raise
        return response


def mount(session: requests.Session) -> requests.Session:
    """Have a session of requests take its time-outs for such deadlines; return it."""
    adapter = Adapter()
    for scheme in ('http://', 'https://'):
        session.mount(scheme, adapter)
    return session


class _Deadline(urllib3.Timeout):
    """A time-out that counts from now on, however often a call is tried: urllib3 clones it for each time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(total=seconds)
        self._ends_at = time.monotonic() + seconds

    def clone(self) -> urllib3.Timeout:
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise urllib3.exceptions.ReadTimeoutError(None, None, 'The time for the answer is over.')
        return urllib3.Timeout(total=left)


def _body(raw: urllib3.HTTPResponse) -> io.BytesIO:
    """Return a file with the unpacked body of an answer."""
    body = io.BytesIO()
    try:
        for piece in _unpacked(iter(lambda: raw.read(_CHUNK_BYTES, decode_content=False), b''), raw.headers):
            if body.write(piece) and body.tell() > MAX_ANSWER_BYTES:
                raise requests.ConnectionError(f'The answer has more than {MAX_ANSWER_BYTES} bytes.')
    except urllib3.exceptions.ReadTimeoutError as timeout:
        raise requests.ReadTimeout(timeout) from timeout
    except urllib3.exceptions.HTTPError as broken:
        raise requests.ConnectionError(broken) from broken
    if raw.length_remaining:
        raise requests.ConnectionError(f'The answer lacks {raw.length_remaining} bytes.')
    body.seek(0)
    return body


def _unpacked(chunks: Iterable[bytes], headers: Mapping[str, str]) -> Iterable[bytes]:
    """Return the pieces of a body that is packed once at most.

    urllib3 unpacks whatever the service names, and up to 1.26 without a limit.

    :raises requests.ConnectionError: it is packed more than once, or as nobody has asked for
    """
    codings = [name.strip().lower() for name in headers.get('Content-Encoding', '').split(',') if name.strip()]
    if not codings:
        return chunks
    if len(codings) > 1 or codings[0] not in _CODINGS:
        raise requests.ConnectionError(f'The answer is packed as {", ".join(codings)[:80]}.')
    return _inflated(chunks)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what gzip or zlib has packed.

    :raises requests.ConnectionError: it is neither, it is cut, or something follows
    """
    # It looks at the first bytes which of the two it is.
    inflater, is_empty = zlib.decompressobj(zlib.MAX_WBITS + 32), True
    try:
        for chunk in chunks:
            is_empty, rest = False, chunk
            while rest:
                yield inflater.decompress(rest, _PIECE_BYTES)
                rest = inflater.unconsumed_tail
            if inflater.unused_data:
                break
        yield inflater.flush()
    except zlib.error as broken:
        raise requests.ConnectionError(broken) from broken
    if not is_empty and (not inflater.eof or inflater.unused_data):
        raise requests.ConnectionError('The packed answer has no end, or something behind it.')


class _DeadlineReader(io.RawIOBase):
    """What a socket sends until its time-out, counted from now, is over; however often it is read."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase) -> None:
        self._socket = sock
        self._raw = raw
        # It has one: the client has connected with it.
        self._deadline = time.monotonic() + cast(float, sock.gettimeout())
        self._has_ended = False
        self.received = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._has_ended:
            return 0
        left = self._deadline - time.monotonic()
        if left <= 0:
            # The name that urllib3 catches; Python 3.9 does not take it for a TimeoutError.
            raise socket.timeout('The time for the answer is over.')
        self._socket.settimeout(left)
        number = self._raw.readinto(buffer)
        self.received += number or 0
        return number

    def end(self) -> None:
        """Read nothing more from the socket."""
        self._has_ended = True

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Buffer(io.BufferedReader):
    """What has been received; ``surplus`` is whether some of it was left when the answer was closed."""

    surplus = False

    def close(self) -> None:
        if not self.closed:
            cast(_DeadlineReader, self.raw).end()
            self.surplus = bool(self.peek(1))
        super().close()


class _Answer(client.HTTPResponse):
    """An answer that has a deadline; interim answers before it are skipped: ``http.client`` skips 100 alone."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._reader = _DeadlineReader(sock, self.fp.detach())
        self.fp = self._buffer = _Buffer(self._reader)

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(MAX_INTERIM_ANSWERS + 1):
            version, status, reason = super()._read_status()  # type: ignore[misc] # The stubs of http.client leave it out.
            if status not in _INTERIM or status == client.SWITCHING_PROTOCOLS:
                return version, status, reason
            client.parse_headers(self.fp)
        raise client.HTTPException(f'More than {MAX_INTERIM_ANSWERS} interim answers came.')

    @property
    def has_begun(self) -> bool:
        """Whether any byte of it came."""
        return self._reader.received > 0

    @property
    def is_complete(self) -> bool:
        """Whether it was read to an end that is beyond doubt, with nothing behind it."""
        return self.isclosed() and not self.length and self._says_its_length_once and not self._buffer.surplus

    @property
    def _says_its_length_once(self) -> bool:
        """Whether the one who sent it, and all in between, can only mean the same end (RFC 9112, 6.3).

        An answer whose status says that it has no body may come with one all the same.
        """
        lengths = self.headers.get_all('Content-Length', [])
        codings = [coding.strip().lower() for coding in self.headers.get_all('Transfer-Encoding', [])]
        if codings:
            return codings == ['chunked'] and not lengths
        return self.status not in _BODILESS and len(lengths) == 1 and lengths[0].strip().isdecimal()


class _NotAnswered(urllib3.exceptions.ProtocolError):
    """A connection that was idle had been closed by the other side before any byte of an answer came."""


class _Reused(urllib3.connection.HTTPConnection):
    """A connection that knows its last answer, and whether it has served another call before."""

    is_reused = False
    answer: _Answer | None = None

    def response_class(self, *args: Any, **kwargs: Any) -> _Answer:
        self.answer = _Answer(*args, **kwargs)
        return self.answer

    @property
    def is_reusable(self) -> bool:
        """Whether the next call may have it: the one before got all of its answer, and nothing else came."""
        if self.sock is None or self.answer is None or not self.answer.is_complete:
            return False
        # TLS may have decrypted more than was read.
        pending = getattr(self.sock, 'pending', None)
        return not (pending and pending())


class _TlsConnection(_Reused, urllib3.connection.HTTPSConnection):
    pass


class _SharedPool(urllib3.HTTPConnectionPool):
    """A pool whose idle connections are those of the process."""

    def urlopen(self, *args: Any, **kwargs: Any) -> urllib3.HTTPResponse:
        try:
            return super().urlopen(*args, **kwargs)
        except _NotAnswered:
            # Whether the service has read the request or not, a GET may be sent once more (RFC 9110, 9.2.2).
            return super().urlopen(*args, **kwargs, pool_timeout=_POOL_WAIT_SECONDS)

    def _get_conn(self, timeout: float | None = None) -> _Reused:
        found = None if timeout == _POOL_WAIT_SECONDS else idle_connections.CONNECTIONS.take(self)
        if found is None:
            return self._new_conn()
        found.is_reused, found.answer = True, None
        return found

    def _put_conn(self, conn: _Reused | None) -> None:
        if conn is None:
            return
        if conn.is_reusable:
            idle_connections.CONNECTIONS.put(self, conn)
        else:
            conn.close()

    def _make_request(self, conn: _Reused, method: str, *args: Any, **kwargs: Any) -> urllib3.HTTPResponse:
        try:
            return super()._make_request(conn, method, *args, **kwargs)
        except (OSError, client.HTTPException) as broken:
            timed_out = isinstance(broken, socket.timeout)
            if conn.is_reused and method == 'GET' and not timed_out and not (conn.answer and conn.answer.has_begun):
                raise _NotAnswered('The service has closed the connection.', broken) from broken
            raise


class _Pool(_SharedPool):
    ConnectionCls = _Reused


class _TlsPool(_SharedPool, urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {'http': _Pool, 'https': _TlsPool}
