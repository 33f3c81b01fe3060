# SPDX-License-Identifier: Apache-2.0
"""The names of projects, for administrators: one call to Keystone, believed for a while."""

import logging

from keystoneauth1 import exceptions as keystone_exceptions

from openstack_dashboard.api import keystone

from gbp_status_ui import conf
from gbp_status_ui import shared_cache

LOG = logging.getLogger(__name__)

#: What Keystone's client raises where the list is refused or cannot be had.
_UNREADABLE = (keystone_exceptions.ClientException,)


class Names(dict):
    """The names of projects by id; a name that nobody knows is the id itself."""

    def __missing__(self, project_id):
        return project_id or ''


def own(user):
    """Return the :class:`Names` of the one project that the user is in."""
    return Names({user.project_id: user.project_name})


def every(request):
    """Return the :class:`Names` of all projects that the user may list; where Keystone refuses, of the own."""
    key = f'projects:{request.user.id}:{request.user.endpoint}'
    found = shared_cache.get(key)
    if found is None:
        found = _ask(request)
        shared_cache.set_many({key: found}, conf.get('project_names_age'))
    return found


def _ask(request):
    try:
        projects, _more = keystone.tenant_list(request)
    except _UNREADABLE:
        LOG.warning('Keystone does not list the projects; they are shown by their ids.', exc_info=True)
        projects = []
    return Names(own(request.user) | {project.id: project.name for project in projects})
