# SPDX-License-Identifier: Apache-2.0
"""GBP in memory, at the border of connection.py: the real client speaks to it as over HTTP.

It answers as the real service does; tests/contract.py holds both to the same assertions.
"""

import collections
import dataclasses
from http import HTTPStatus
import io
import json
import threading
import urllib.parse
import uuid

import requests

from gbp_status_ui.model import registry

from tests.unit import stand_in_neutron

GROUP_POLICY = 'group-policy'
SERVICE_CHAIN = 'servicechain'

#: For how many seconds a call that is sure to come is waited for.
WAIT_SECONDS = 30

_ACTIVE = ('ACTIVE', '')
_STATUS_FIELDS = {'status', 'status_details'}
#: How GBP's exceptions write words that are not simply capitalized.
_WORDS = {'nat': 'NAT', 'servicechain': 'ServiceChain'}
#: Neutron's id of a request; it is in each answer.
REQUEST_ID = 'req-0c7a5be2-7d8e-4a70-8f4b-5f0b3d1c2a11'


@dataclasses.dataclass(frozen=True)
class Request:
    """One call that arrived: the path below /v2.0 and {parameter: values}."""

    path: str
    parameters: dict

    @property
    def collection(self):
        parts = self.path.strip('/').split('/')
        if stand_in_neutron.kind_of(self.path):
            return stand_in_neutron.kind_of(self.path).collection
        return parts[0] if len(parts) == 1 else parts[1]

    @property
    def resource_id(self):
        parts = self.path.strip('/').split('/')
        number = 1 if stand_in_neutron.kind_of(self.path) else 2
        return parts[number] if len(parts) > number else None


class Refused(Exception):
    """The answer is an error of GBP, or whatever ``body`` says instead."""

    def __init__(self, status, kind='HTTPNotFound', body=None):
        super().__init__(status, kind)
        self.status = HTTPStatus(status)
        error = {'type': kind, 'message': self.status.phrase, 'detail': ''}
        self.body = json.dumps({'NeutronError': error}).encode() if body is None else body


def not_found(kind):
    """Return the type of GBP's error where there is no such resource of a kind (tests/unit/service/test_parsing.py)."""
    return ''.join(_WORDS.get(word, word.capitalize()) for word in kind.member.split('_')) + 'NotFound'


class StandIn(requests.adapters.BaseAdapter):
    """Serves people of sessions.py; what it was asked stands in ``requests``."""

    def __init__(self, people):
        super().__init__()
        self.people = {person.token_id or f'token-of-{person.name}': person for person in people}
        self.extensions = {GROUP_POLICY, SERVICE_CHAIN}
        #: Neutron's own objects.
        self.neutron = stand_in_neutron.NeutronObjects(self.extensions)
        #: Collections of which only lists with a filter come before the client gives up.
        self.late_in_full = set()
        #: What becomes of an answer on its way: a function of the :class:`Request` and the JSON value; it may raise
        #: :class:`Refused`.
        self.rewrite = lambda _asked, answer: answer
        #: The operator's policy: whether a person sees a row, and whether a call is forbidden to a person.
        self.may_see = _may_see
        self.forbids = lambda _person, _asked: False
        #: How many seconds GBP takes for an answer: a function of the :class:`Request` and the number of rows; and what
        #: lets them pass, see simulation.py.
        self.takes = lambda _asked, _rows: 0
        self.let_pass = None
        self._faults = {}
        self.requests = []
        self._held = {}
        self._rows = collections.defaultdict(dict)
        self._truth = collections.defaultdict(lambda: _ACTIVE)
        self._lock = threading.Lock()
        self._arrived = threading.Condition()

    def make(self, collection, name, project='demo', status='ACTIVE', details='', id_=None, **attributes):
        """Create a resource whose backend reports a status; return its id. Nothing has read the status yet."""
        kind = registry.BY_COLLECTION[collection]
        id_ = id_ or str(uuid.uuid4())
        own = {'id': id_, 'name': name, 'description': '', 'tenant_id': project, 'project_id': project}
        unread = {'status': None, 'status_details': None}
        shared = {'shared': False} if kind.shareable else {}
        self._rows[collection][id_] = {**own, **unread, **shared, **_unrelated(kind), **attributes}
        self._truth[id_] = (status, details)
        return id_

    def set(self, id_, status, details=''):
        """From now on the backend reports another status."""
        self._truth[id_] = (status, details)

    def change(self, id_, **attributes):
        """Somebody updates a resource."""
        for rows in self._rows.values():
            if id_ in rows:
                rows[id_] |= attributes

    def delete(self, id_):
        for rows in self._rows.values():
            rows.pop(id_, None)

    def send(self, request, timeout=None, **_options):
        """Answer one HTTP request (the contract of requests' adapters)."""
        asked = _asked(request)
        with self._arrived:
            self.requests.append(asked)
            self._arrived.notify_all()
        held = self._held.get(asked.collection) or (is_full_list(asked) and self._held.get(f'all {asked.collection}'))
        if held:
            held.wait()

        token = request.headers.get('X-Auth-Token')

        def answer():
            self._spend(asked, self.people.get(token), timeout)
            with self._lock:
                found = self._answer(asked, token)
            return self.rewrite(asked, found)

        return respond(request, answer)

    def _spend(self, asked, person, timeout):
        rows = [row for row in self._rows[asked.collection].values() if person and self.may_see(person, row)]
        seconds = self.takes(asked, 1 if asked.resource_id else sum(_matches(row, asked.parameters) for row in rows))
        if not seconds:
            return
        self.let_pass(min(seconds, timeout or seconds))
        if timeout and seconds > timeout:
            raise requests.Timeout('late')

    def fail(self, collection, fault):
        """Whenever a collection (or one resource, ``collection/id``) is asked for, answer or raise a fault.

        That is an HTTP status, a body, a pair of both, or an exception of requests; None ends it.
        """
        self._faults[collection] = fault

    def hold(self, collection):
        """Answer no call of a collection until :meth:`release`."""
        self._held[collection] = threading.Event()

    def hold_full_lists(self, collection):
        """The same for lists of a whole collection alone; those with a filter are answered."""
        self.hold(f'all {collection}')

    def release(self):
        """Answer all that waits."""
        for event in self._held.values():
            event.set()
        self._held = {}

    def arrived(self, collection):
        """Wait until a call of a collection is here."""
        with self._arrived:
            assert self._arrived.wait_for(
                lambda: any(asked.collection == collection for asked in self.requests), WAIT_SECONDS
            )

    def close(self):
        """Nothing is open."""

    def _answer(self, asked, token):
        self._fail(asked.collection)
        if asked.collection in self.late_in_full and is_full_list(asked):
            raise requests.Timeout('late')
        self._fail(f'{asked.collection}/{asked.resource_id}')
        if token not in self.people:
            raise Refused(HTTPStatus.UNAUTHORIZED, 'Unauthorized')
        if asked.path == '/extensions':
            return {'extensions': [{'alias': alias} for alias in sorted(self.extensions)]}
        return self._told(asked, self.people[token])

    def _told(self, asked, person):
        of_neutron = stand_in_neutron.kind_of(asked.path)
        kind = of_neutron or self._kind(asked)
        if self.forbids(person, asked):
            raise Refused(HTTPStatus.FORBIDDEN, 'PolicyNotAuthorized')
        if of_neutron:
            return self._of_neutron(kind, asked, person)
        seen = [row for row in self._rows[kind.collection].values() if self.may_see(person, row)]
        return self._list(kind, asked, seen) if asked.resource_id is None else self._show(kind, asked, seen)

    def _of_neutron(self, kind, asked, person):
        answer = self.neutron.show if asked.resource_id else self.neutron.list
        found = answer(kind, asked, person, self.may_see)
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, not_found(kind))
        return found

    def _fail(self, collection):
        fault = self._faults.get(collection)
        if isinstance(fault, Exception):
            raise fault
        if isinstance(fault, bytes):
            raise Refused(HTTPStatus.OK, body=fault)
        if isinstance(fault, tuple):
            status, body = fault
            raise Refused(status, body=body)
        if fault is not None:
            raise Refused(fault, 'Fault')

    def _kind(self, asked):
        kind = registry.BY_COLLECTION.get(asked.collection)
        if kind is None or not asked.path.startswith(kind.path) or kind.extension not in self.extensions:
            raise Refused(HTTPStatus.NOT_FOUND)
        return kind

    def _list(self, kind, asked, seen):
        """A list of group policy asks the driver where a status is among the fields; one of chains never does."""
        found = [row for row in seen if _matches(row, asked.parameters)]
        fields = set(asked.parameters.get('fields', ()))
        if kind.extension == GROUP_POLICY and reads_statuses(asked):
            self._read(found)
        return {kind.collection: [_narrowed(row, fields) for row in found]}

    def _show(self, kind, asked, seen):
        found = [row for row in seen if row['id'] == asked.resource_id]
        if not found:
            raise Refused(HTTPStatus.NOT_FOUND, not_found(kind))
        self._read(found)
        return {kind.member: dict(found[0])}

    def _read(self, rows):
        for row in rows:
            row['status'], row['status_details'] = self._truth[row['id']]


def reads_statuses(asked):
    """Say whether the backend is asked for each row of an answer."""
    fields = set(asked.parameters.get('fields', ()))
    return not fields or bool(fields & _STATUS_FIELDS)


def _asked(request):
    address = urllib.parse.urlsplit(request.url)
    return Request(address.path.removeprefix('/v2.0'), urllib.parse.parse_qs(address.query))


def is_full_list(asked):
    """Say whether all resources of the scope are asked for: those of a project, or the shared ones, are, too."""
    return asked.resource_id is None and not set(asked.parameters) - {'fields', 'tenant_id', 'shared'}


def _unrelated(kind):
    """What the API answers for relations that a resource has not."""
    related = (*kind.relations, *kind.neutron)
    return {relation.attribute: None if relation.attribute.endswith('_id') else [] for relation in related}


def _may_see(person, row):
    return 'admin' in person.roles or row['tenant_id'] == person.project or row.get('shared', False)


def _matches(row, parameters):
    """The filters compare what is stored; one that the resource has no attribute for is ignored."""
    filters = {name: values for name, values in parameters.items() if name != 'fields' and name in row}
    return all(str(row[name]) in values for name, values in filters.items())


def _narrowed(row, fields):
    return {name: value for name, value in row.items() if not fields or name in fields}


def respond(request, answer):
    """Return the response to an HTTP request: JSON that a function returns, or the :class:`Refused` that it raises."""
    try:
        return _response(request, HTTPStatus.OK, json.dumps(answer()).encode())
    except Refused as refused:
        return _response(request, refused.status, refused.body)


def _response(request, status, body):
    response = requests.Response()
    response.status_code, response.reason = status.value, status.phrase
    response.request, response.url = request, request.url
    response.headers['Content-Type'] = 'application/json'
    response.headers['X-Openstack-Request-Id'] = REQUEST_ID
    response.raw = io.BytesIO(body)
    return response
