# SPDX-License-Identifier: Apache-2.0
"""Open connections that wait for their next call: few of a process, and for seconds.

A neutron-server serves 100 connections by default, and one that waits for a request counts. Closing each connection
after its call would cost a TLS handshake a call; a page makes its calls at once, and the polls that follow come within
seconds. So the connections of one page or poll serve each other's calls, and the last ones stay for a moment. They are
closed whenever a call begins or ends, and by a timer, which runs only while there are any: no thread stays.
"""

from __future__ import annotations

from collections.abc import Callable
import threading
import time
import typing

import urllib3
from urllib3.util.connection import is_connection_dropped

#: How many connections of one process wait for a call, to whatever services.
MAX_IDLE_CONNECTIONS = 4

#: How long a connection waits for its next call. Load balancers and NAT drop what is idle for a minute, or less.
MAX_IDLE_SECONDS = 5


class _Idle(typing.NamedTuple):
    pool: urllib3.HTTPConnectionPool
    connection: urllib3.connection.HTTPConnection
    since: float


class IdleConnections:
    """The idle connections of several pools; any thread may take one and put it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Those that have waited longest come first.
        self._waiting: list[_Idle] = []
        self._timer: threading.Timer | None = None

    def take(self, pool: urllib3.HTTPConnectionPool) -> urllib3.connection.HTTPConnection | None:
        """Return the connection of a pool that was used last, or None; it is open as far as this host knows."""
        with self._lock:
            self._close_unfit()
            found = next((idle for idle in reversed(self._waiting) if idle.pool is pool), None)
            if found is None:
                return None
            self._waiting.remove(found)
            return found.connection

    def put(self, pool: urllib3.HTTPConnectionPool, connection: urllib3.connection.HTTPConnection) -> None:
        """Keep an open connection for the next call of its pool."""
        with self._lock:
            self._waiting.append(_Idle(pool, connection, time.monotonic()))
            self._close_unfit()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
            self._keep(0, lambda _idle: False)

    def _close_unfit(self) -> None:
        """Close what is too old, closed by the service, or one too many; look again when the oldest gets too old."""
        oldest = time.monotonic() - MAX_IDLE_SECONDS
        # Dropped is also what the service has sent something on that nobody has asked for.
        self._keep(
            MAX_IDLE_CONNECTIONS, lambda idle: idle.since > oldest and not is_connection_dropped(idle.connection)
        )
        if self._waiting and self._timer is None:
            self._timer = threading.Timer(self._waiting[0].since - oldest, self._tick)
            self._timer.daemon = True
            self._timer.start()

    def _keep(self, number: int, is_fit: Callable[[_Idle], bool]) -> None:
        """Close all but the newest ``number`` of those that fit."""
        fit = [idle for idle in self._waiting if is_fit(idle)]
        kept = fit[max(0, len(fit) - number) :]
        for idle in self._waiting:
            if idle not in kept:
                idle.connection.close()
        self._waiting = kept

    def _tick(self) -> None:
        with self._lock:
            # After close() another timer may run.
            if self._timer is threading.current_thread():
                self._timer = None
                self._close_unfit()


#: Those of this process.
CONNECTIONS = IdleConnections()
