# SPDX-License-Identifier: Apache-2.0
"""The names of projects, for administrators: one call to Keystone, cached for a while."""

import concurrent.futures
import copy
import functools
import logging

from keystoneauth1 import exceptions as keystone_exceptions

from horizon import exceptions as horizon_exceptions
from openstack_dashboard.api import keystone

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model import texts
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport

LOG = logging.getLogger(__name__)

#: What Keystone's client, or Horizon before it is asked, raises where the list is refused or cannot be had.
_UNREADABLE = (
    keystone_exceptions.ClientException,
    horizon_exceptions.NotAuthorized,
    horizon_exceptions.ServiceCatalogException,
    # The client reads an answer of another shape as if it were the right one.
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

#: How many seconds Keystone has for its answer: names are of use, and statuses are what the page is for.
LIMIT = 2

#: For how many seconds a failure to list the projects is cached.
UNKNOWN_KEPT = 30


class Names(dict):
    """The names of projects by id; the id itself where the name is unknown."""

    def __missing__(self, project_id):
        return project_id or ''


def own(user):
    """Return the :class:`Names` of the one project that the user is in; a token may be for a domain or the system."""
    return Names({user.project_id: texts.cleaned(user.project_name or user.project_id)} if user.project_id else {})


def every(request, limit=LIMIT):
    """Return the :class:`Names` of all projects that the user may list; where Keystone refuses, of the own.

    ``limit`` is how many seconds the dashboard's request has left; Keystone gets a few of them at most.
    """
    key = ':'.join(('projects', request.user.id, request.user.endpoint, request.session.get('domain_context') or ''))
    found = shared_cache.get(key)
    if found is None:
        listed = _ask(request, min(limit, LIMIT))
        found = Names(own(request.user) | (listed or {}))
        # A request without time for Keystone says nothing about Keystone, so nothing is cached.
        if listed is not None or limit >= LIMIT:
            shared_cache.set_many({key: found}, UNKNOWN_KEPT if listed is None else conf.get('project_names_age'))
    return found


def _ask(request, limit):
    """Return {id: name}, or None where Keystone does not list the projects in time."""
    if limit <= 0:
        return None
    asked = _pool().submit(_list, request, limit)
    try:
        return parsing.project_names(asked.result(timeout=limit)[0])
    except (*_UNREADABLE, concurrent.futures.TimeoutError):
        asked.cancel()
        LOG.warning('Keystone does not list the projects; they are shown by their ids.', exc_info=True)
        return None


def _list(request, limit):
    """Horizon's client has no time limit: a Keystone that hangs would keep the thread for ever."""
    # Horizon keeps its client in the request; the limit is for this list, not for the rest of the page.
    own = copy.copy(request)
    client = keystone.keystoneclient(own, admin=True)
    # Horizon makes a new one for each call where it does not find the token here.
    client.auth_token = own.user.token.id
    client.session.timeout = limit
    for scheme in ('http://', 'https://'):
        client.session.session.mount(scheme, transport.Adapter())
    return keystone.tenant_list(own)


@functools.cache
def _pool():
    return concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix='gbp-status-projects')
