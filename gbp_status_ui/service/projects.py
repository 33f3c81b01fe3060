# SPDX-License-Identifier: Apache-2.0
"""The names of projects, for administrators: one call to Keystone, believed for a while."""

import concurrent.futures
import functools
import logging

from keystoneauth1 import exceptions as keystone_exceptions

from horizon import exceptions as horizon_exceptions
from openstack_dashboard.api import keystone

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model import texts

LOG = logging.getLogger(__name__)

#: What Keystone's client, or Horizon before it is asked, raises where the list is refused or cannot be had.
_UNREADABLE = (
    keystone_exceptions.ClientException,
    horizon_exceptions.NotAuthorized,
    horizon_exceptions.ServiceCatalogException,
)

#: How many seconds Keystone has for its answer: names are of use, and statuses are what the page is for.
LIMIT = 2

#: For how many seconds is believed that Keystone does not tell.
UNKNOWN_KEPT = 30


class Names(dict):
    """The names of projects by id; a name that nobody knows is the id itself."""

    def __missing__(self, project_id):
        return project_id or ''


def own(user):
    """Return the :class:`Names` of the one project that the user is in; a token may be for a domain or the system."""
    return Names({user.project_id: texts.cleaned(user.project_name)} if user.project_id else {})


def every(request, limit=LIMIT):
    """Return the :class:`Names` of all projects that the user may list; where Keystone refuses, of the own.

    ``limit`` is how many seconds the dashboard's request has left; Keystone gets a few of them at most.
    """
    key = ':'.join(('projects', request.user.id, request.user.endpoint, request.session.get('domain_context') or ''))
    found = shared_cache.get(key)
    if found is None:
        listed = _ask(request, min(limit, LIMIT))
        names = {project.id: project.name for project in listed or ()}
        found = Names(own(request.user) | texts.cleaned(names))
        # Of one who had no time for Keystone nobody learns anything.
        if listed is not None or limit >= LIMIT:
            shared_cache.set_many({key: found}, UNKNOWN_KEPT if listed is None else conf.get('project_names_age'))
    return found


def _ask(request, limit):
    """Return the projects, or None; Keystone's client knows no time limit of its own."""
    if limit <= 0:
        return None
    asked = _pool().submit(keystone.tenant_list, request)
    try:
        return asked.result(timeout=limit)[0]
    except (*_UNREADABLE, TimeoutError):
        asked.cancel()
        LOG.warning('Keystone does not list the projects; they are shown by their ids.', exc_info=True)
        return None


@functools.cache
def _pool():
    return concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix='gbp-status-projects')
