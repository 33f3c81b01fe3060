# SPDX-License-Identifier: Apache-2.0
"""Logs calls without an answer, each fault once a minute, with what finds them in the logs of the service."""

from __future__ import annotations

from collections.abc import Iterator
import concurrent.futures
import contextlib
import logging
import time
from typing import Any
from typing import Protocol
import urllib.parse

from gbp_status_ui import logs
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport

LOG = logging.getLogger(__name__)

#: How much of a service's id of a request stands in a line.
_REQUEST_ID_CHARACTERS = 64


class Call(Protocol):
    """What a line says of a call."""

    @property
    def path(self) -> str: ...

    @property
    def kind(self) -> str: ...


class Client(Protocol):
    """What a line says of the client that made it; ``httpclient`` is neutronclient's."""

    httpclient: Any
    action_prefix: str


@contextlib.contextmanager
def watching(call: Call, client: Client) -> Iterator[None]:
    """Log what a call of a client fails by in the block."""
    began = time.monotonic()
    try:
        yield
    except Exception as fault:
        if _is_fault(fault):
            http = client.httpclient
            address = http.endpoint_url.rstrip('/') + client.action_prefix + call.path
            note('GBP', call.kind, address, fault, time.monotonic() - began, http.auth_token)
        raise


def note(service: str, kind: str, address: str, fault: Exception, seconds: float, token: str) -> None:
    """Log why a service gave no answer, unless the same was logged of its host within the minute."""
    what, place = _what(fault), urllib.parse.urlsplit(address)
    request_id, message = getattr(fault, 'request_id', None), str(getattr(fault, 'message', fault))
    logs.once_a_minute(
        LOG.warning,
        (service, place.scheme, place.netloc, what),
        '%s did not answer: %s at %s: %s after %.2f s%s%s',
        service,
        kind,
        logs.quoted(address, token),
        what,
        seconds,
        f', request {logs.quoted(request_id, token, _REQUEST_ID_CHARACTERS)}' if request_id else '',
        f': {logs.quoted(message, token)}' if message else '',
        kind=kind,
    )


def _is_fault(fault: Exception) -> bool:
    is_answer = isinstance(fault, parsing.Refused) and (fault.unauthorized or fault.failure.is_lasting)
    return not is_answer


def _what(fault: Exception) -> str:
    status = _status(fault)
    if status:
        return f'HTTP {status}'
    timed_out = isinstance(fault, (*transport.TIMEOUTS, concurrent.futures.TimeoutError))
    return 'no answer in time' if timed_out else type(fault).__name__


def _status(fault: Exception) -> int:
    """Return the HTTP status that a service has answered with; Keystone's client has a name of its own for it."""
    return getattr(fault, 'status' if isinstance(fault, parsing.Refused) else 'http_status', 0)
