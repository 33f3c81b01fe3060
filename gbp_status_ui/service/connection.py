# SPDX-License-Identifier: Apache-2.0
"""One user's way to GBP: calls side by side in a bounded pool, within one time limit, counted and timed."""

import collections
import concurrent.futures
import contextlib
import copy
import functools
import hashlib
from http import cookiejar
import itertools
import math
import time
import urllib.parse

from django.conf import settings
from gbpclient.v2_0 import client as gbp_client
from keystoneauth1 import exceptions as keystone_exceptions
from keystoneauth1 import session as keystone_session
from keystoneauth1 import token_endpoint
from neutronclient import client as neutron_http
from neutronclient.common import exceptions as neutron_exceptions
import requests

from horizon import exceptions as horizon_exceptions
from openstack_dashboard.api import base

from gbp_status_ui import conf
from gbp_status_ui.caching import list_flight
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport
from gbp_status_ui.service.call import Call

#: For how many seconds a token counts as accepted that the service has accepted. With what a request waits it is a
#: minute at most until somebody whose token was revoked gets no answers that others have fetched.
TOKEN_PROOF_KEPT = 45

#: How many seconds the service has to say whether it accepts a token.
TOKEN_PROOF_LIMIT = 2


#: What the client, its session and the parser raise where there is no answer, or none that can be understood: a
#: ValueError, too, where an answer says that it is in a code that texts are not in.
_FAULTS = (
    neutron_exceptions.NeutronException,
    keystone_exceptions.ClientException,
    RecursionError,
    ValueError,
)


class _Client(gbp_client.Client):
    """GBP's client; it leaves answers to ``parsing``: its own way to read errors breaks where one is no JSON object."""

    def do_request(self, method, action, body=None, headers=None, params=None):
        """Return the :class:`parsing.Answer`."""
        address = self.action_prefix + action + ('?' + urllib.parse.urlencode(params, doseq=True) if params else '')
        response, text = self.httpclient.do_request(address, method, body=body, headers=headers)
        return parsing.read(response.status_code, text or response.reason, response.headers)


#: A call that costs the service next to nothing.
EXTENSIONS = Call('/extensions', 'extensions', (('fields', 'alias'),))


class Connection:
    """The calls of one request of the dashboard, made with the user's own token.

    ``calls`` is the number of requests to GBP so far, ``seconds`` the time spent waiting for them.
    """

    def __init__(self, request):
        self._request = request
        self.calls = 0
        self.seconds = 0.0
        self._began = time.monotonic()
        self._deadline = self._began + conf.get('time_limit')
        self._token_proven = None

    @property
    def time_left(self):
        """How many seconds this request still waits for answers."""
        return self._deadline - time.monotonic()

    @property
    def elapsed(self):
        """How many seconds ago the request came."""
        return time.monotonic() - self._began

    @property
    def has_time(self):
        """Whether a call that fails from now on has failed by the service's fault: half of the time limit is left."""
        return self.time_left >= conf.get('time_limit') / 2

    @functools.cached_property
    def endpoint(self):
        """The network service's address in the user's region, from Keystone's catalogue."""
        return base.url_for(self._request, 'network')

    @functools.cached_property
    def _session(self):
        auth = token_endpoint.Token(self.endpoint, self._request.user.token.id)
        # A redirect is not followed: the token would go along to whichever host it names.
        return keystone_session.Session(auth=auth, session=_sockets(), verify=_verify(), redirect=False)

    @functools.cached_property
    def _client(self):
        client = copy.copy(_pattern())
        client.httpclient = neutron_http.construct_http_client(session=self._session)
        return client

    @functools.cached_property
    def _token_key(self):
        return f'proven:{hashlib.sha256(self._request.user.token.id.encode()).hexdigest()}'

    def proves_token(self):
        """Say whether the service has accepted the user's token lately; it is asked where that is not known.

        Only then may the request be answered by what others have fetched.

        :raises horizon.exceptions.NotAuthenticated: the token is no longer accepted
        """
        if self._token_proven is None:
            self._token_proven = bool(shared_cache.get(self._token_key))
            if not self._token_proven:
                self.gather({EXTENSIONS: EXTENSIONS}, TOKEN_PROOF_LIMIT)
        return self._token_proven

    def note_token(self, accepted):
        """Remember for a while whether the service accepts the token."""
        self._token_proven = accepted
        if accepted:
            shared_cache.set_many({self._token_key: True}, TOKEN_PROOF_KEPT)
        else:
            shared_cache.delete_many([self._token_key])

    def gather(self, calls, seconds=math.inf, late=None):
        """Make the calls of a dict {key: Call} side by side; return {key: answer or Failure}.

        A call without an answer when the time limit is over, or after ``seconds``, is a failure; its thread ends at the
        same time. Without any time left nothing is asked, because nobody would get the answer.

        With ``late`` the request waits as the setting ``list_wait`` says. Calls that are still under way then are
        :attr:`Reason.BUSY` and go on; ``late`` gets {key: answer or Failure} of them, in another thread, and {} where
        the token was refused.

        :raises horizon.exceptions.NotAuthenticated: the token is no longer accepted
        """
        started = time.monotonic()
        until = started + min(self.time_left, seconds)
        if until <= started:
            return dict.fromkeys(calls, Failure(Reason.TIMEOUT))
        waiting, outcomes, worker = collections.deque(calls.items()), {}, self._worker(until)
        lanes = [_pool().submit(worker, waiting, outcomes) for _ in range(_lanes(len(calls)))]
        ended = concurrent.futures.wait(lanes, timeout=min(until - started, list_flight.wait() if late else math.inf))
        self.seconds += time.monotonic() - started
        if late and ended.not_done and time.monotonic() < until:
            self.calls += len(calls)
            answers = self._answers(calls, lanes, outcomes, list_flight.BUSY)
            self._pass_on([key for key in calls if answers[key] == list_flight.BUSY], lanes, outcomes, late)
            return answers
        self.calls += len(calls) - len(waiting)
        waiting.clear()
        for lane in lanes:
            lane.cancel()
        return self._answers(calls, lanes, outcomes, Failure(Reason.TIMEOUT))

    def _answers(self, calls, lanes, outcomes, failure):
        """Return the outcomes so far, and a failure for each call that has none."""
        self._raise_refusal(lanes)
        answers = dict(outcomes)
        if not all(isinstance(answer, Failure) for answer in answers.values()):
            self.note_token(accepted=True)
        return {key: answers.get(key, failure) for key in calls}

    def _pass_on(self, keys, lanes, outcomes, late):
        """Give ``late`` the outcomes of calls that go on, in the thread that ends last."""
        ended = itertools.count(1)

        def end(_lane):
            if next(ended) < len(lanes):
                return
            try:
                self._raise_refusal(lanes)
                late({key: outcomes.get(key, Failure(Reason.TIMEOUT)) for key in keys})
            except horizon_exceptions.NotAuthenticated:
                late({})

        for lane in lanes:
            lane.add_done_callback(end)

    def _raise_refusal(self, lanes):
        try:
            for lane in lanes:
                if lane.done() and not lane.cancelled():
                    lane.result()
        except horizon_exceptions.NotAuthenticated:
            self.note_token(accepted=False)
            raise

    def _worker(self, until):
        """Return what makes calls until none is waiting; several threads do that for one request."""
        client, session = self._client, self._session

        def limit():
            left = until - time.monotonic()
            if left <= 0:
                raise requests.Timeout('The time for the answer is over.')
            session.timeout = left

        def work_off(waiting, outcomes):
            for key, call in iter(lambda: _first(waiting), None):
                outcomes[key] = _outcome(call, client, limit)

        return work_off


def _lanes(calls):
    """A request gets at most its share of the pool, or a slow one would delay all others."""
    return min(calls, conf.get('parallel_calls_of_a_request'), conf.get('parallel_calls'))


def _first(waiting):
    """Take the first of what is waiting, or None; another thread may be doing the same."""
    with contextlib.suppress(IndexError):
        return waiting.popleft()


def _outcome(call, client, limit):
    try:
        return call.run(client, limit)
    except parsing.Refused as refused:
        if refused.unauthorized:
            raise horizon_exceptions.NotAuthenticated from refused
        return refused.failure
    except (keystone_exceptions.ConnectTimeout, requests.Timeout) as late:
        return _failure(Reason.TIMEOUT, late)
    except _FAULTS as fault:
        return _failure(Reason.ERROR, fault)


def _failure(reason, fault):
    return Failure(reason, texts.clean(str(fault)))


@functools.cache
def _pattern():
    """One client a process, to be copied: each new one logs that its library is deprecated, a line a poll."""
    return _Client(session=keystone_session.Session())


@functools.cache
def _pool():
    return concurrent.futures.ThreadPoolExecutor(conf.get('parallel_calls'), thread_name_prefix='gbp-status')


@functools.cache
def _sockets():
    """One pool of kept-alive connections a process: a new one a call would cost a TLS handshake each."""
    sockets = requests.Session()
    # Users share the sockets and nothing else: a cookie of one must not travel with the token of another.
    sockets.cookies.set_policy(cookiejar.DefaultCookiePolicy(allowed_domains=()))
    adapter = transport.Adapter(pool_maxsize=conf.get('parallel_calls'))
    sockets.mount('http://', adapter)
    sockets.mount('https://', adapter)
    return sockets


def _verify():
    return not settings.OPENSTACK_SSL_NO_VERIFY and (settings.OPENSTACK_SSL_CACERT or True)
