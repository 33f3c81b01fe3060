# SPDX-License-Identifier: Apache-2.0
"""A service on kept-alive connections that several users share; each call asks for rows of its own."""

import json
import urllib.parse

from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection

from tests import asking
from tests import faulty_service
from tests.clients import Client
from tests.unit import sessions

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
NAMES = ('a', 'b', 'c', 'd')
#: What :func:`ask_each` finds where each call gets its own answer.
OWN = {name: [{'id': name}] for name in NAMES}


def connect(service):
    """Return a user's way to a service."""
    found = Connection(asking.request_of(sessions.MEMBER.log_in(Client())))
    # The cached property of the service's address.
    found.__dict__['endpoint'] = service.url
    return found


def call(name):
    return Call('/grouppolicy/policy_target_groups', 'policy_target_groups', (('id', name),))


def asked(handler):
    """Return the id that a request asks for."""
    return urllib.parse.parse_qs(urllib.parse.urlsplit(handler.path).query)['id'][0]


def rows(handler):
    return json.dumps({'policy_target_groups': [{'id': asked(handler)}]}).encode()


def whole(handler):
    """Return the right answer to a request."""
    return b'%sContent-Length: %d\r\n\r\n%s' % (OK, len(rows(handler)), rows(handler))


def well(handler):
    handler.wfile.write(whole(handler))


kept_well = faulty_service.kept(well)


def ask(service, *names):
    """Make calls side by side; return {id: what came}."""
    return connect(service).gather({name: call(name) for name in names})


def ask_each(service):
    """Make calls of several users one after the other; return {id: what came}."""
    return {name: ask(service, name)[name] for name in NAMES}
