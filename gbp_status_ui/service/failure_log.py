# SPDX-License-Identifier: Apache-2.0
"""Logs calls without an answer, each fault once a minute, with what finds them in the logs of the service."""

from __future__ import annotations

import concurrent.futures
import logging
import urllib.parse

from gbp_status_ui import logs
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport

LOG = logging.getLogger(__name__)

#: How much of a service's id of a request stands in a line.
_REQUEST_ID_CHARACTERS = 64


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


def is_fault(fault: Exception) -> bool:
    """Say whether a call has no answer; that somebody may not see something, or that it is gone, is one."""
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
