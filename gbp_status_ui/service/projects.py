# SPDX-License-Identifier: Apache-2.0
"""The names of projects.

Administrators see all: one call to Keystone, cached for a while. Tenants see the own project, and resources that other
projects share: of these they are told the names that Keystone lists to them, which are those of their projects.
"""

from __future__ import annotations

import concurrent.futures
import copy
import functools
import hashlib
import time
from typing import Any

from keystoneauth1 import exceptions as keystone_exceptions

from horizon import exceptions as horizon_exceptions
from openstack_dashboard.api import keystone

from gbp_status_ui.caching import store
from gbp_status_ui.model import texts
from gbp_status_ui.model.types import Request
from gbp_status_ui.service import failure_log
from gbp_status_ui.service import parsing
from gbp_status_ui.service import transport

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
LIMIT_SECONDS = 2

#: For how many seconds the names of all projects are cached.
TTL_SECONDS = 300

#: For how many seconds a failure to list the projects is cached.
UNKNOWN_TTL_SECONDS = 30

#: A list that takes Keystone this long at most is quick: each page that is opened has a new one.
QUICK_SECONDS = 0.5

#: For how many seconds the names of a tenant's projects are kept; each page that is opened has new ones.
OWN_TTL_SECONDS = 24 * 60 * 60


class Names(dict[Any, str]):
    """The names of projects by id; the id itself where the name is unknown."""

    def __missing__(self, project_id: Any) -> str:
        return project_id or ''


def own(request: Request, opens_page: bool = False) -> Names:
    """Return the :class:`Names` of the projects of the user; a token may be for a domain or the system.

    ``opens_page``: the frame of the page that is being made asks Keystone for them anyway. Whoever else asks is told
    what Keystone has said for such a page.
    """
    user = request.user
    own_name = {user.project_id: user.project_name or user.project_id} if user.project_id else {}
    return Names(_listed_to(request, opens_page) | texts.cleaned(own_name))


def every(
    request: Request,
    limit: float = LIMIT_SECONDS,
    opens_page: bool = False,
    most_seconds: float = LIMIT_SECONDS,
) -> Names:
    """Return the :class:`Names` of all projects that the user may list; where Keystone refuses, of the own.

    ``limit`` is how many seconds the dashboard's request has left; Keystone gets ``most_seconds``. A new project
    is to be found on a page that is opened, so that one asks again where the list is quick.
    """
    key = _key('all', request)
    kept, was_quick = _kept(key)
    if kept is not None and not (opens_page and was_quick):
        return kept
    began = time.monotonic()
    listed = _ask(request, min(limit, most_seconds))
    is_quick = listed is not None and time.monotonic() - began <= QUICK_SECONDS
    known = listed if listed is not None else kept or {}
    found = Names({**own(request), **known})
    # A request without time for Keystone says nothing about Keystone, so nothing is cached.
    if listed is not None or limit >= LIMIT_SECONDS:
        _keep(key, found, is_quick, UNKNOWN_TTL_SECONDS if listed is None else TTL_SECONDS)
    return found


def _key(what: str, request: Request) -> str:
    user = request.user
    place = user.id, user.endpoint, request.session.get('domain_context')
    return f'projects:{what}:{hashlib.sha256(repr(place).encode()).hexdigest()}'


def _kept(key: str) -> tuple[Names | None, bool]:
    """Return the cached names, None if :func:`_keep` has not written them, and whether Keystone lists them quickly."""
    held: Any = store.get_large([key]).get(key)
    try:
        names, is_quick = held
        are_texts = all(isinstance(name, str) for name in names.values())
    except (AttributeError, TypeError, ValueError):
        return None, False
    return (Names(names), bool(is_quick)) if are_texts else (None, False)


def _keep(key: str, names: Names, is_quick: bool, seconds: float) -> None:
    store.set_large(key, [names, is_quick], seconds)


def _listed_to(request: Request, opens_page: bool) -> dict[Any, str]:
    """Return {id: name} of the projects that Keystone lists to a tenant."""
    key = _key('own', request)
    # Horizon's user has asked Keystone, or asks now and keeps the answer for the frame; it has none where that failed.
    found = parsing.project_names(request.user.authorized_tenants) if opens_page else {}
    if found:
        _keep(key, Names(found), True, OWN_TTL_SECONDS)
        return found
    return _kept(key)[0] or {}


def _ask(request: Request, limit: float) -> dict[str, str] | None:
    """Return {id: name}, or None where Keystone does not list the projects in time."""
    if limit <= 0:
        return None
    began = time.monotonic()
    asked = _pool().submit(_list, request, limit)
    try:
        return parsing.project_names(asked.result(timeout=limit)[0])
    except (*_UNREADABLE, concurrent.futures.TimeoutError) as fault:
        asked.cancel()
        address = getattr(fault, 'url', None) or request.user.endpoint
        failure_log.note('Keystone', 'projects', address, fault, time.monotonic() - began, request.user.token.id)
        return None


def _list(request: Request, limit: float) -> tuple[list[object], bool]:
    """Horizon's client has no time limit: a Keystone that hangs would keep the thread for ever."""
    # Horizon keeps its client in the request; the limit is for this list, not for the rest of the page.
    own = copy.copy(request)
    client = keystone.keystoneclient(own, admin=True)
    # Horizon makes a new one for each call where it does not find the token here.
    client.auth_token = own.user.token.id
    client.session.timeout = limit
    transport.mount(client.session.session)
    return keystone.tenant_list(own)


@functools.cache
def _pool() -> concurrent.futures.ThreadPoolExecutor:
    return concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix='gbp-status-projects')
