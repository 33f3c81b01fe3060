# SPDX-License-Identifier: Apache-2.0
"""A service on a real socket whose faults are those of the wire: slow, endless, or leading elsewhere."""

import contextlib
from http import server
import json
import socket
import threading

#: For how many seconds a test waits for what has to happen.
WAIT_SECONDS = 60


class FaultyService(server.ThreadingHTTPServer):
    """Answers each GET as ``answer`` says, a function of the request's handler; ``requests`` are (path, headers).

    A connection is closed behind its answer, unless ``answer`` is made by :func:`kept`.
    """

    # Closing waits for the threads of the requests.
    daemon_threads = False
    # A page asks for all kinds at once; a connection too many would be tried again after a second.
    request_queue_size = 128

    def __init__(self, answer):
        super().__init__(('127.0.0.1', 0), _Handler)
        self.answer = answer
        self.requests = []
        self.closing = threading.Event()
        #: How many connections there have been.
        self.accepted = 0
        self._open = set()
        self._changed = threading.Condition()

    def note(self, connection, is_open):
        """A connection has been accepted, or closed."""
        with self._changed:
            self.accepted += is_open
            (self._open.add if is_open else self._open.discard)(connection)
            self._changed.notify_all()

    def wait_for_open(self, number):
        """Wait until so many connections are open; say whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._open) == number, WAIT_SECONDS)

    def hang_up(self):
        """Close the connections that wait for a next request."""
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    @property
    def url(self):
        return 'http://127.0.0.1:%d' % self.server_port


class _Handler(server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def setup(self):
        super().setup()
        self.server.note(self.connection, is_open=True)

    def finish(self):
        # The client may have hung up.
        with contextlib.suppress(ConnectionError):
            super().finish()
        self.connection.close()
        self.server.note(self.connection, is_open=False)

    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        self.close_connection = True
        # The client hangs up when its time is over.
        with contextlib.suppress(ConnectionError):
            self.server.answer(self)

    def log_message(self, *_arguments):
        """Tests read what they asked from ``requests``."""


@contextlib.contextmanager
def running(answer):
    """Yield a :class:`FaultyService`; its threads have ended afterwards."""
    with FaultyService(answer) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={'poll_interval': 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.closing.set()
            service.hang_up()
            service.shutdown()
            thread.join()


def body(content):
    """Answer 200 with JSON."""

    def answer(handler):
        sent = json.dumps(content).encode()
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n')
        handler.wfile.write(b'Content-Length: %d\r\n\r\n%s' % (len(sent), sent))

    return answer


def kept(answer):
    """Answer, and let the connection wait for the next request."""

    def answer_and_wait(handler):
        handler.close_connection = False
        answer(handler)

    return answer_and_wait


def dripping(start):
    """Send ``start``, then a byte at a time, more often than any time-out of a read, without end."""

    def answer(handler):
        handler.wfile.write(start)
        while not handler.server.closing.wait(0.05):
            handler.wfile.write(b' ')

    return answer


def silent(handler):
    """Take the request and say nothing."""
    handler.close_connection = True
    handler.server.closing.wait()


def endless(collection):
    """Answer a list whose page always has a next one."""

    def answer(handler):
        handler.server.closing.wait(0.01)
        link = {'rel': 'next', 'href': f'{handler.server.url}{handler.path}?marker={len(handler.server.requests)}'}
        body({collection: [{'id': 'a'}], f'{collection}_links': [link]})(handler)

    return answer


def leading_to(address, status):
    """Answer a redirect."""

    def answer(handler):
        handler.wfile.write(
            b'HTTP/1.1 %d Found\r\nConnection: close\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n'
            % (status, address.encode())
        )

    return answer
