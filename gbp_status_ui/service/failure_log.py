# SPDX-License-Identifier: Apache-2.0
"""What the log says of calls that brought no answer: enough to find them in the logs of Neutron, once a minute.

A service that is down fails for each kind of a page. So the same fault of the same service is one line a minute; the
next line counts what has come in between.
"""

from __future__ import annotations

import collections
from collections.abc import Iterator
import contextlib
import dataclasses
import functools
import logging
import re
import threading
import time
from typing import Any
from typing import Protocol
import urllib.parse

from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport

LOG = logging.getLogger(__name__)

#: How often the same fault of the same service is said.
LOG_INTERVAL_SECONDS = 60

#: How many faults are remembered; whatever is said of the oldest may be said again.
MAX_FAULTS = 100

#: How much of what a service says stands in a line, and of its id of a request.
_MESSAGE_CHARACTERS = 200
_REQUEST_ID_CHARACTERS = 64

#: The query of an address: hundreds of ids, or names that somebody has looked for.
_QUERY = re.compile(r'\?[^\s\'")]*')

#: What is an answer to a call, and no fault of the service.
_ANSWERS = (Reason.GONE, Reason.FORBIDDEN)


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
            _faults().note(_Fault.of(fault, call, client), call.kind, time.monotonic() - began)
        raise


def _is_fault(fault: Exception) -> bool:
    is_answer = isinstance(fault, parsing.Refused) and (fault.unauthorized or fault.failure.reason in _ANSWERS)
    return not is_answer


@dataclasses.dataclass(frozen=True)
class _Fault:
    """How a service failed; what does not tell faults apart is of the first call that failed so."""

    service: str
    what: str
    path: str = dataclasses.field(compare=False)
    request_id: str = dataclasses.field(compare=False)
    message: str = dataclasses.field(compare=False)

    @classmethod
    def of(cls, fault: Exception, call: Call, client: Client) -> _Fault:
        endpoint = urllib.parse.urlsplit(client.httpclient.endpoint_url)
        # What stands before the host may be a password.
        service = f'{endpoint.scheme}://{endpoint.netloc.rpartition("@")[2]}'
        path = endpoint.path.rstrip('/') + client.action_prefix + call.path
        message = getattr(fault, 'message', '') if isinstance(fault, parsing.Refused) else str(fault)
        request_id = getattr(fault, 'request_id', None) or ''
        return cls(service, _what(fault), path, request_id, message)

    def line(self, kind: str, seconds: float, others: str) -> str:
        """Return the text of the log; texts of the service are quoted and short, so that they stay in their line."""
        request = f', request {_plain(self.request_id, _REQUEST_ID_CHARACTERS)}' if self.request_id else ''
        said = _plain(_QUERY.sub('?…', self.message), _MESSAGE_CHARACTERS)
        address = _plain(self.service + self.path, _MESSAGE_CHARACTERS)
        return f'{kind} at {address}: {self.what} after {seconds:.2f} s{request}: {said}{others}'


def _what(fault: Exception) -> str:
    if isinstance(fault, parsing.Refused):
        return f'HTTP {fault.status}'
    return 'no answer in time' if isinstance(fault, transport.TIMEOUTS) else type(fault).__name__


def _plain(text: str, characters: int) -> str:
    """Return a text as Python writes it, so that nothing in it is a line of its own."""
    return repr(texts.clean(text[:characters]))


@dataclasses.dataclass
class _Said:
    """When a fault was logged, and what has come since."""

    at: float
    more: int = 0
    kinds: set[str] = dataclasses.field(default_factory=set)

    @property
    def others(self) -> str:
        if not self.more:
            return ''
        return f' (and {self.more} more of {len(self.kinds)} kinds since the last such line)'


class _Faults:
    """Which faults have been logged lately; several threads note some."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # The one that was logged last stands last.
        self._said: collections.OrderedDict[_Fault, _Said] = collections.OrderedDict()

    def note(self, fault: _Fault, kind: str, seconds: float) -> None:
        """Log a fault, or count it."""
        now = time.monotonic()
        with self._lock:
            said = self._said.get(fault)
            if said and now - said.at < LOG_INTERVAL_SECONDS:
                said.more += 1
                said.kinds.add(kind)
                return
            self._said.pop(fault, None)
            self._said[fault] = _Said(now)
            if len(self._said) > MAX_FAULTS:
                self._said.popitem(last=False)
        LOG.warning('GBP did not answer: %s', fault.line(kind, seconds, said.others if said else ''))


@functools.cache
def _faults() -> _Faults:
    """Those of this process."""
    return _Faults()
