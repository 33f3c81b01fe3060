# SPDX-License-Identifier: Apache-2.0
"""One user's way to GBP: calls side by side in a bounded pool, within one time limit, counted and timed."""

import concurrent.futures
import copy
import dataclasses
import enum
import functools
from http import cookiejar
import logging
import time

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

LOG = logging.getLogger(__name__)


class Reason(enum.Enum):
    """Why a call has no answer."""

    GONE = 'gone'
    FORBIDDEN = 'forbidden'
    TIMEOUT = 'timeout'
    ERROR = 'error'


@dataclasses.dataclass(frozen=True)
class Failure:
    """What a call came to that brought no answer; ``message`` is the service's own."""

    reason: Reason
    message: str = ''


@dataclasses.dataclass(frozen=True)
class Call:
    """One GET: of a collection (``collection`` names it) or of one resource. ``params`` is a tuple of pairs."""

    path: str
    collection: str = ''
    params: tuple = ()

    def run(self, client):
        """Return a list of attributes for a collection, else the body of the answer."""
        params = dict(self.params)
        if not self.collection:
            return client.get(self.path, params=params)
        try:
            return client.list(self.collection, self.path, True, **params)[self.collection]
        except (KeyError, TypeError) as lack:
            # Something between here and GBP, a proxy or a portal, has answered 200 instead of it.
            raise neutron_exceptions.MalformedResponseBody(reason=f'no {self.collection} in it') from lack


class Connection:
    """The calls of one request of the dashboard, made with the user's own token.

    ``calls`` is the number of requests to GBP so far, ``seconds`` the time spent waiting for them.
    """

    def __init__(self, request):
        self._request = request
        self.calls = 0
        self.seconds = 0.0
        self._deadline = time.monotonic() + conf.get('time_limit')

    @functools.cached_property
    def endpoint(self):
        """The network service's address in the user's region, from Keystone's catalogue."""
        return base.url_for(self._request, 'network')

    @functools.cached_property
    def _client(self):
        auth = token_endpoint.Token(self.endpoint, self._request.user.token.id)
        session = keystone_session.Session(
            auth=auth, session=_sockets(), verify=_verify(), timeout=conf.get('time_limit')
        )
        client = copy.copy(_pattern())
        client.httpclient = neutron_http.construct_http_client(session=session)
        return client

    def gather(self, calls):
        """Make the calls of a dict {key: Call} side by side; return {key: answer or Failure}.

        :raises horizon.exceptions.NotAuthenticated: the token is no longer accepted
        """
        if not calls:
            return {}
        client = self._client
        started = time.monotonic()
        futures = {key: _pool().submit(call.run, client) for key, call in calls.items()}
        concurrent.futures.wait(futures.values(), timeout=max(0, self._deadline - started))
        self.calls += len(calls)
        self.seconds += time.monotonic() - started
        return {key: _outcome(future) for key, future in futures.items()}


def _outcome(future):
    if not future.done():
        future.cancel()
        return Failure(Reason.TIMEOUT)
    try:
        return future.result()
    except neutron_exceptions.Unauthorized as refused:
        raise horizon_exceptions.NotAuthenticated from refused
    except neutron_exceptions.NotFound as missing:
        return Failure(Reason.GONE, str(missing))
    except neutron_exceptions.Forbidden as refused:
        return Failure(Reason.FORBIDDEN, str(refused))
    except (keystone_exceptions.ConnectTimeout, requests.Timeout) as late:
        return Failure(Reason.TIMEOUT, str(late))
    except (neutron_exceptions.NeutronException, keystone_exceptions.ClientException) as fault:
        LOG.warning('GBP did not answer: %s', fault)
        return Failure(_reason(fault), str(fault))


def _reason(fault):
    """The client has no class for an answer without GBP's own error body; its code tells."""
    return {403: Reason.FORBIDDEN, 404: Reason.GONE}.get(getattr(fault, 'status_code', None), Reason.ERROR)


@functools.cache
def _pattern():
    """One client a process, to be copied: each new one logs that its library is deprecated, a line a poll."""
    return gbp_client.Client(session=keystone_session.Session())


@functools.cache
def _pool():
    return concurrent.futures.ThreadPoolExecutor(conf.get('parallel_calls'), thread_name_prefix='gbp-status')


@functools.cache
def _sockets():
    """One pool of kept-alive connections a process: a new one a call would cost a TLS handshake each."""
    sockets = requests.Session()
    # Users share the sockets and nothing else: a cookie of one must not travel with the token of another.
    sockets.cookies.set_policy(cookiejar.DefaultCookiePolicy(allowed_domains=()))
    adapter = requests.adapters.HTTPAdapter(pool_maxsize=conf.get('parallel_calls'))
    sockets.mount('http://', adapter)
    sockets.mount('https://', adapter)
    return sockets


def _verify():
    return not settings.OPENSTACK_SSL_NO_VERIFY and (settings.OPENSTACK_SSL_CACERT or True)
