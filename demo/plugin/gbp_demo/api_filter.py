# SPDX-License-Identifier: Apache-2.0
"""A paste filter before Neutron's API: logs every call to a file, and fails or delays those that faults.json names.

faults.json: {"<collection, or * for all>": {"status": 500, "delay": 3.0, "say": "text", "keep": ["status"]}}; each key
may be absent. With "hold" calls wait until that is taken away. With "full" it concerns lists of all resources alone,
and none with a filter; with "gbp" GBP's client alone, and not those that Horizon makes for itself. "say" puts a text in
the place of all others but ids and the attributes to "keep". "rows" is a list of such {"say", "keep"}: each row of a
list takes the next of them, and a single resource the first. What answers cost beside that, costs.json says, see
costs.py.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import itertools
import json
import os
import re
import threading
import time
from typing import Any

from gbp_demo import costs
from gbp_demo.state_file import StateFile

#: What WSGI passes on: of a call, and what begins an answer.
Environ = dict[str, Any]
Start = Callable[..., object]
Application = Callable[[Environ, Start], Iterable[bytes]]

#: An entry of faults.json, or of its `rows`.
Fault = dict[str, Any]

_ID = re.compile('[0-9a-f-]{32,36}')
#: How often a call that is held looks whether it still is.
HOLD_POLL_SECONDS = 0.05
MESSAGE = 'This call fails because faults.json of the demo says so.'
REASONS = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    409: 'Conflict',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    503: 'Service Unavailable',
}


def collection_of(path: str) -> str:
    """Return the collection that /v2.0/[grouppolicy/|servicechain/]<collection>[/<id>] names, with underscores."""
    parts = [part for part in path.split('/') if part and part not in ('v2.0', 'grouppolicy', 'servicechain')]
    return parts[0].split('.')[0].replace('-', '_') if parts else ''


def fault_for(faults: Mapping[str, Any], environ: Environ) -> Fault:
    path, query = environ.get('PATH_INFO', ''), environ.get('QUERY_STRING', '')
    fault = faults.get(collection_of(path), faults.get('*'))
    if not isinstance(fault, dict) or (fault.get('full') and not is_full_list(path, query)):
        return {}
    return {} if fault.get('gbp') and not is_gbp_client(environ) else fault


def is_full_list(path: str, query: str) -> bool:
    """Say whether a call asks for all resources of a collection."""
    names = {pair.split('=')[0] for pair in query.split('&') if pair}
    return not _ID.search(path) and not names - {'fields', 'tenant_id', 'shared'}


def _ending(environ: Environ) -> list[tuple[str, str]]:
    """Return the header by which a client closes its connection: for Horizon's own, as a load balancer does in time.

    From release 25.1 on Horizon makes a client of openstacksdk for each page, which nothing ever frees: a connection a
    page stays open, and Neutron, which serves a hundred, keeps each for 900 s. The plugin's own are left alone.
    """
    return [] if is_gbp_client(environ) else [('Connection', 'close')]


def is_gbp_client(environ: Environ) -> bool:
    """Say whether GBP's client calls, which is neutronclient: that of the plugin, or of group-based-policy-ui."""
    return environ.get('HTTP_USER_AGENT', '').startswith('python-neutronclient')


def rows_of(answer: Iterable[bytes]) -> tuple[int, bool]:
    """Return how many rows the body of an answer has, and whether it shows one resource; an error has none."""
    try:
        (value,) = json.loads(b''.join(answer)).values()
    except (ValueError, AttributeError):
        return 0, False
    return (len(value), False) if isinstance(value, list) else (1, True)


class CallFilter:
    """Counts and faults stand before authentication, so that they cover all that a client can see."""

    def __init__(self, application: Application, directory: str, log: str) -> None:
        self._application = application
        self._faults = StateFile(os.path.join(directory, 'faults.json'))
        self._costs = StateFile(os.path.join(directory, 'costs.json'))
        self._processor = costs.Processor()
        self._log = log
        # GBP stores each status that changed, so a list is a series of writes. Threads that do this at once wait for
        # SQLite's lock, which is not fair: single calls took 15 s. Side by side they are no faster, for Python runs
        # one of them at a time.
        self._one_at_a_time = threading.Lock()

    def __call__(self, environ: Environ, start_response: Start) -> list[bytes]:
        start = time.time()
        seen: list[int] = []
        spent: list[float] = []

        def watched_start(status: str, headers: Iterable[tuple[str, str]], *details: Any) -> object:
            seen[:] = [int(status.split(' ', 1)[0])]
            return start_response(status, [*headers, *_ending(environ)], *details)

        try:
            answer = list(self._answer(environ, watched_start))
            spent.append(self._charge(environ, answer))
            return answer
        finally:
            self._write(environ, start, seen[0] if seen else 500, sum(spent))

    def _answer(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        fault = fault_for(self._faults.read(), environ)
        if fault.get('delay'):
            time.sleep(fault['delay'])
        while fault_for(self._faults.read(), environ).get('hold'):
            time.sleep(HOLD_POLL_SECONDS)
        if fault.get('status'):
            return self._fail(fault['status'], start_response)
        with self._one_at_a_time:
            speeches = fault.get('rows') or [fault] * ('say' in fault)
            if speeches:
                return _say(self._application, speeches, environ, start_response)
            return self._application(environ, start_response)

    def _charge(self, environ: Environ, answer: Iterable[bytes]) -> float:
        """Let an answer take what it costs, and return how many seconds; others are served meanwhile."""
        backend = self._costs.read().get('like')
        if not backend or environ.get('REQUEST_METHOD') != 'GET':
            return 0.0
        rows, is_show = rows_of(answer)
        collection, query = collection_of(environ.get('PATH_INFO', '')), environ.get('QUERY_STRING', '')
        seconds = costs.seconds_for(backend, collection, query, rows, is_show)
        self._processor.work(seconds, lambda: self._costs.read().get('like') == backend)
        return seconds

    def _fail(self, status: int, start_response: Start) -> list[bytes]:
        body = json.dumps({'NeutronError': {'type': 'DemoFault', 'message': MESSAGE, 'detail': ''}}).encode()
        start_response(
            '%d %s' % (status, REASONS.get(status, 'Failed')),
            [('Content-Type', 'application/json'), ('Content-Length', str(len(body)))],
        )
        return [body]

    def _write(self, environ: Environ, start: float, status: int, cost: float) -> None:
        end = time.time()
        line = json.dumps(
            {
                'start': start,
                'end': end,
                'ms': round((end - start) * 1000, 1),
                'cost': cost,
                'status': status,
                'method': environ.get('REQUEST_METHOD'),
                'client': environ.get('HTTP_USER_AGENT', ''),
                'path': environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', ''),
                'query': environ.get('QUERY_STRING', ''),
                # Set by Keystone's middleware, which stands behind this filter, in the same dict.
                'user': environ.get('HTTP_X_USER_ID'),
                'project': environ.get('HTTP_X_PROJECT_ID'),
            }
        )
        # One write of one line to a file opened for appending does not mix with those of other threads.
        with open(self._log, 'ab', buffering=0) as log:
            log.write(line.encode() + b'\n')


def _say(application: Application, speeches: Sequence[Fault], environ: Environ, start_response: Start) -> list[bytes]:
    started: list[tuple[Any, ...]] = []
    body = b''.join(application(environ, lambda *answer: started.append(answer)))
    status, headers = started[0][:2]
    answer = json.loads(body)
    said = json.dumps({name: _by_row(value, speeches) for name, value in answer.items()}).encode()
    others = [(name, value) for name, value in headers if name.lower() != 'content-length']
    start_response(status, [*others, ('Content-Length', str(len(said)))])
    return [said]


def _by_row(value: Any, speeches: Sequence[Fault]) -> Any:
    if isinstance(value, list):
        return [_spoken_as(speech, row) for row, speech in zip(value, itertools.cycle(speeches))]
    return _spoken_as(speeches[0], value)


def _spoken_as(speech: Fault, value: Any) -> Any:
    return spoken(value, speech['say'], speech.get('keep', ()))


def spoken(value: Any, text: str, keep: Collection[str] = ()) -> Any:
    """Return a JSON value with a text instead of all others but ids and the values of the attributes to keep."""
    if isinstance(value, dict):
        return {name: one if name in keep else spoken(one, text, keep) for name, one in value.items()}
    if isinstance(value, list):
        return [spoken(one, text, keep) for one in value]
    return text if isinstance(value, str) and not _ID.fullmatch(value) else value


def filter_factory(global_conf: object, **local_conf: object) -> Callable[[Application], CallFilter]:
    directory, log = os.environ['GBP_DEMO_DIR'], os.environ['GBP_DEMO_CALLS']
    return lambda application: CallFilter(application, directory, log)
