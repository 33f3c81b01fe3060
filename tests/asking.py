# SPDX-License-Identifier: Apache-2.0
"""Requests of the dashboard as a logged-in test client would send them, for code that is called without a view."""

from openstack_auth import utils

from gbp_status_ui.model import scope as scopes
from gbp_status_ui.service import api
from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection

from tests.clients import RequestFactory


def request_of(client, path='/'):
    """Return a request of the person that a Django test client is logged in as."""
    request = RequestFactory().get(path)
    request.session = client.session
    request.user = utils.get_user(request)
    return request


def gbp_of(client, scope=scopes.PROJECT):
    """Return the person's :class:`api.Gbp`."""
    return api.Gbp(request_of(client), scope)


def answer(client, path, collection='', member='', **parameters):
    """Make one call to GBP, for a collection or one member of it; return what it came to."""
    call = Call(path, collection, tuple(parameters.items()), member)
    return Connection(request_of(client)).gather({0: call})[0]
