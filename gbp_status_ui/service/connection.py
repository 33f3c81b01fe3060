# SPDX-License-Identifier: Apache-2.0
"""One user's connection to GBP: calls side by side in a bounded pool of threads, counted and timed."""

from __future__ import annotations

import collections
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
import concurrent.futures
import contextlib
import copy
import dataclasses
import functools
import hashlib
from http import cookiejar
import logging
import math
import time
from typing import Protocol
from typing import TypeVar
from typing import Union

from django.conf import settings
from keystoneauth1 import exceptions as keystone_exceptions
from keystoneauth1 import session as keystone_session
from keystoneauth1 import token_endpoint
from neutronclient import client as neutron_http
from neutronclient.common import exceptions as neutron_exceptions
import requests

from horizon import exceptions as horizon_exceptions
from openstack_dashboard.api import base

from gbp_status_ui import conf
from gbp_status_ui import logs
from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import store
from gbp_status_ui.caching.answers import PENDING
from gbp_status_ui.caching.deadline import Deadline
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.types import Request
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.call import Client
from gbp_status_ui.service.call import Read

LOG = logging.getLogger(__name__)

#: For how many seconds a token counts as accepted that the service has accepted. With what a request waits it is a
#: minute at most until somebody whose token was revoked gets no answers that others have fetched.
TOKEN_PROOF_TTL_SECONDS = 45

#: How many seconds the service has to say whether it accepts a token.
TOKEN_PROOF_LIMIT_SECONDS = 2

#: How many calls one request of the dashboard makes at the same time, so that a slow one leaves room for others.
MAX_REQUEST_CALLS = 8

#: What the client, its session and the parser raise where there is no answer, or none that can be understood: a
#: ValueError, too, where an answer says that it is in a code that texts are not in.
_FAULTS = (
    neutron_exceptions.NeutronException,
    keystone_exceptions.ClientException,
    RecursionError,
    ValueError,
)


#: A call that costs the service next to nothing.
EXTENSIONS = Call('/extensions', 'extensions', (('fields', 'alias'),))


#: What a thread makes of a call: its answer, why there is none, or a NotAuthenticated.
Outcome = Union[Read, Failure, Exception]

#: What takes an outcome, and when the call was asked, in seconds since 1970.
Done = Callable[[Outcome, float], None]

#: What becomes the answer of a call, or why there is none.
_Future = concurrent.futures.Future[Union[Read, Failure]]
#: By what the one who gathers answers tells them apart.
_Key = TypeVar('_Key', bound=Hashable)


class Task(Protocol):
    """A call, or a series of calls."""

    def run(self, client: Client, limit: Limit) -> Read:
        """Return the answer; ``limit`` is called before each request."""


def _keep_nothing(_seconds: float) -> None:
    pass


@dataclasses.dataclass(frozen=True)
class Job:
    """One :class:`Task` that a thread does.

    ``done(outcome, asked_at)`` is called in that thread with the answer, a :class:`Failure`, or a NotAuthenticated.
    ``keep(seconds)`` is called before that many seconds may pass.
    """

    call: Task
    limit_seconds: float
    done: Done
    keep: Callable[[float], None] = _keep_nothing


class Limit:
    """Called before each request to the service, it raises where there is no time left for that."""

    def __init__(self, job: Job, session: keystone_session.Session, count: Callable[[], None]) -> None:
        self._job, self._session, self._count = job, session, count
        self.restart()

    def restart(self, seconds: float = math.inf) -> None:
        """Give what follows as much time as the job has, or less."""
        seconds = min(seconds, self._job.limit_seconds)
        self._ends = time.monotonic() + seconds
        self._job.keep(seconds)

    def __call__(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise requests.Timeout('The time for the answer is over.')
        self._session.timeout = left
        self._count()


class Connection:
    """The calls of one request of the dashboard, made with the user's own token.

    ``calls`` is the number of requests to GBP so far, ``seconds`` the time spent waiting for them.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self.calls = 0
        self.seconds = 0.0
        self.deadline = Deadline()
        self.prefetch = _prefetch(request)
        self.prefetch.want(self._token_key)
        self._token_proven: bool | None = None

    @functools.cached_property
    def endpoint(self) -> str:
        """The network service's address in the user's region, from Keystone's catalogue."""
        return base.url_for(self._request, 'network')

    @functools.cached_property
    def _token(self) -> str:
        return self._request.user.token.id

    @functools.cached_property
    def _token_key(self) -> str:
        return f'proven:{hashlib.sha256(self._token.encode()).hexdigest()}'

    def proves_token(self) -> bool:
        """Say whether the service has accepted the user's token lately; it is asked where that is not known.

        Only then may the request be answered by what others have fetched.

        :raises horizon.exceptions.NotAuthenticated: the token is no longer accepted
        """
        if self._token_proven is None:
            self._token_proven = self.prefetch.get(self._token_key) is True
            if not self._token_proven:
                self.gather({EXTENSIONS: EXTENSIONS}, TOKEN_PROOF_LIMIT_SECONDS)
        return self._token_proven

    def note_token(self, accepted: bool) -> None:
        """Remember for a while whether the service accepts the token."""
        if accepted and not (self._token_proven or self.prefetch.get(self._token_key) is True):
            self.prefetch.note(self._token_key, True)
            store.set_many({self._token_key: True}, TOKEN_PROOF_TTL_SECONDS)
        elif not accepted:
            store.delete(self._token_key)
        self._token_proven = accepted

    def gather(self, calls: Mapping[_Key, Task], seconds: float = math.inf) -> dict[_Key, Read | Failure]:
        """Make the calls of a dict {key: Call} side by side; return {key: answer or Failure}.

        A call without an answer when the time limit is over, or after ``seconds``, is a failure; its thread ends at the
        same time. Without any time left nothing is asked, because nobody would get the answer. If the page retries
        anyway, a call without an answer in a moment is PENDING.

        :raises horizon.exceptions.NotAuthenticated: the token is no longer accepted
        """
        unanswered = PENDING if self.deadline.will_retry else Failure(Reason.TIMEOUT)
        seconds = min(seconds, self.deadline.left_or_hold)
        if seconds <= 0 or not calls:
            return dict.fromkeys(calls, unanswered)
        futures: dict[_Key, _Future] = {key: _Future() for key in calls}
        with self.waiting():
            withdraw = self.start([Job(call, seconds, _settling(futures[key])) for key, call in calls.items()])
            concurrent.futures.wait(futures.values(), seconds, concurrent.futures.FIRST_EXCEPTION)
            withdraw()
        outcomes = {key: future.result() for key, future in futures.items() if future.done()}
        # A call has no more time than the request: which of both ends first says nothing.
        return {key: unanswered if _timed_out(outcomes.get(key)) else outcomes[key] for key in calls}

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time that the block takes as spent waiting for GBP."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds += time.monotonic() - started

    def start(self, jobs: Sequence[Job], workers: int | None = None) -> Callable[[], None]:
        """Have threads do :class:`Job` objects in their order; return a function that withdraws those still waiting."""
        waiting = collections.deque(jobs)
        _keep(waiting)
        for _ in range(min(len(jobs), workers or _workers())):
            _pool().submit(self._work_off, waiting)
        return waiting.clear

    def _work_off(self, waiting: collections.deque[Job]) -> None:
        client, session = None, None
        for job in iter(lambda: _first(waiting), None):
            _keep(waiting)
            if client is None:
                # Each thread has its own: the time that is left for a call is an attribute of the session.
                client, session = self._client()
            asked_at = time.time()
            outcome = _outcome(job, client, Limit(job, session, self._count))
            if isinstance(outcome, horizon_exceptions.NotAuthenticated):
                self.note_token(accepted=False)
            elif not isinstance(outcome, Failure):
                self.note_token(accepted=True)
            job.done(outcome, asked_at)

    def _count(self) -> None:
        self.calls += 1

    def _client(self) -> tuple[Client, keystone_session.Session]:
        auth = token_endpoint.Token(self.endpoint, self._token)
        # A redirect is not followed: the token would go along to whichever host it names.
        session = keystone_session.Session(auth=auth, session=_sockets(), verify=verify(), redirect=False)
        client = copy.copy(_client_template())
        client.httpclient = neutron_http.construct_http_client(session=session)
        return client, session


def _prefetch(request: Request) -> freshness.Prefetch:
    """Return what this request of the dashboard reads first of the cache: its navigation asks as well as its view."""
    if not hasattr(request, 'gbp_status_prefetch'):
        request.gbp_status_prefetch = freshness.Prefetch()
    return request.gbp_status_prefetch


def _settling(future: _Future) -> Done:
    """Return the function that takes the outcome of one call."""

    def settle(outcome: Outcome, _asked_at: float) -> None:
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    return settle


def _workers() -> int:
    """A request gets at most its share of the pool, or a slow one would delay all others."""
    return min(MAX_REQUEST_CALLS, conf.get('parallel_calls'))


def _keep(waiting: collections.deque[Job]) -> None:
    """What waits for its turn is kept for as long as the others may take."""
    jobs = list(waiting)
    longest = max((job.limit_seconds for job in jobs), default=0)
    for job in jobs:
        job.keep(longest)


def _first(waiting: collections.deque[Job]) -> Job | None:
    """Take the first of what is waiting, or None; another thread may be doing the same."""
    with contextlib.suppress(IndexError):
        return waiting.popleft()
    return None


def _outcome(job: Job, client: Client, limit: Limit) -> Outcome:
    try:
        return job.call.run(client, limit)
    except parsing.Refused as refused:
        if refused.unauthorized:
            return horizon_exceptions.NotAuthenticated()
        return refused.failure
    except transport.TIMEOUTS as timeout:
        return _failure(Reason.TIMEOUT, timeout)
    except _FAULTS as fault:
        return _failure(Reason.ERROR, fault)
    except Exception as bug:  # noqa: BLE001 - logged
        # Whoever waits for the call would wait for nothing.
        line = 'A call to GBP has ended by a mistake of the plugin: %s\n%s'
        logs.once_a_minute(LOG.error, type(bug).__name__, line, logs.described(bug), logs.places(bug))
        return _failure(Reason.ERROR, bug)


def _timed_out(outcome: Outcome | None) -> bool:
    return outcome is None or (isinstance(outcome, Failure) and outcome.reason is Reason.TIMEOUT)


def _failure(reason: Reason, fault: Exception) -> Failure:
    return Failure(reason, texts.clean(str(fault)))


@functools.cache
def _client_template() -> Client:
    """One client a process, to be copied: each new one logs that its library is deprecated, a line a poll."""
    return Client(session=keystone_session.Session())


@functools.cache
def _pool() -> concurrent.futures.ThreadPoolExecutor:
    return concurrent.futures.ThreadPoolExecutor(conf.get('parallel_calls'), thread_name_prefix='gbp-status')


@functools.cache
def _sockets() -> requests.Session:
    """One pool of kept-alive connections a process: a new one a call would cost a TLS handshake each."""
    sockets = transport.mount(requests.Session())
    # Users share the sockets and nothing else: a cookie of one must not travel with the token of another.
    sockets.cookies.set_policy(cookiejar.DefaultCookiePolicy(allowed_domains=()))
    return sockets


def verify() -> bool | str:
    """Return what requests takes: whether certificates are checked, or the file of those that sign them."""
    return not settings.OPENSTACK_SSL_NO_VERIFY and (settings.OPENSTACK_SSL_CACERT or True)
