# SPDX-License-Identifier: Apache-2.0
"""The only door to GBP: list kinds, read resources by id, name them and show one, all in one scope.

The API's ways that shape this module: a list of group policy asks the driver only where ``fields`` names a status; a
list of service chains never does, only the show of one; ``status=`` filters what was stored before, so it is not used;
an administrator's list holds every project's rows.
"""

import dataclasses
import functools
import itertools

from django.core.cache import cache

from gbp_status_ui import conf
from gbp_status_ui import connection
from gbp_status_ui import resources
from gbp_status_ui import statuses
from gbp_status_ui.kinds import Kind
from gbp_status_ui.kinds import ReadBy

Failure = connection.Failure
Reason = connection.Reason


@dataclasses.dataclass(eq=False)
class Resource:
    """One resource as the API describes it; ``fresh`` says that its status was read from the backend just now."""

    kind: Kind
    attributes: dict
    fresh: bool = True

    @property
    def id(self):
        return self.attributes['id']

    @property
    def name(self):
        return self.attributes.get('name') or self.id

    @property
    def description(self):
        return self.attributes.get('description') or ''

    @property
    def project_id(self):
        return self.attributes.get('tenant_id') or self.attributes.get('project_id')

    @property
    def shared(self):
        return bool(self.attributes.get('shared'))

    @property
    def status(self):
        return statuses.read(self.attributes.get('status'))

    @property
    def details(self):
        return self.attributes.get('status_details') or ''


@dataclasses.dataclass
class Listing:
    """All resources of one kind in the scope, or the failure that there was instead."""

    kind: Kind
    rows: list = dataclasses.field(default_factory=list)
    failure: Failure | None = None

    @property
    def stale(self):
        """How many rows carry a status that is only as last reported."""
        return sum(not row.fresh for row in self.rows)


@dataclasses.dataclass
class Reading:
    """What a read by ids came to: {collection: {id: Resource}}, {collection: [ids]}, {collection: Failure}."""

    rows: dict = dataclasses.field(default_factory=dict)
    gone: dict = dataclasses.field(default_factory=dict)
    unavailable: dict = dataclasses.field(default_factory=dict)


class Gbp:
    """GBP as one user sees it in one scope; all calls go through ``connection``, which counts and times them."""

    def __init__(self, request, scope):
        self.connection = connection.Connection(request)
        self._user = request.user
        self._scope = scope

    @functools.cached_property
    def extensions(self):
        """The aliases of the API's extensions; believed for ``extensions_age`` seconds in one region.

        None where the service does not answer: nobody knows then, and nothing is hidden because of it.
        """
        key = f'gbp_status_ui:extensions:{self.connection.endpoint}'
        found = cache.get(key)
        if found is None:
            found = self._ask_extensions()
            cache.set(key, found, conf.get('extensions_age') if found else 0)
        return found

    def _ask_extensions(self):
        call = connection.Call('/extensions', 'extensions', (('fields', 'alias'),))
        answer = self.connection.gather({call: call})[call]
        return None if isinstance(answer, Failure) else {extension['alias'] for extension in answer}

    def has(self, extension):
        """Say whether the API has an extension, as far as is known."""
        return self.extensions is None or extension in self.extensions

    def served(self, kinds):
        """Return those of the kinds that this cloud's API has."""
        return [kind for kind in kinds if self.has(kind.extension)]

    def listings(self, kinds, project_id=''):
        """List kinds side by side with statuses read now; return {collection: Listing}.

        ``project_id`` narrows the scope of all projects to one.
        """
        calls = {
            (kind.collection, number): _list(kind, kind.fields, *params)
            for kind in kinds
            for number, params in enumerate(self._filters(kind, project_id))
        }
        answers = self.connection.gather(calls)
        found = {kind.collection: self._listing(kind, answers) for kind in kinds}
        doubtful = [row for listing in found.values() for row in _most_doubtful(listing)]
        self.freshen(found.values(), doubtful)
        return found

    def _filters(self, kind, project_id):
        if self._scope.all_projects:
            return [[('tenant_id', project_id)]] if project_id else [[]]
        if not self._user.is_superuser:
            return [[]]
        own = [('tenant_id', self._user.project_id)]
        return [own, [('shared', True)]] if kind.shareable else [own]

    def _listing(self, kind, answers):
        mine = [answers[key] for key in sorted(answers) if key[0] == kind.collection]
        failures = [answer for answer in mine if isinstance(answer, Failure)]
        if failures:
            return Listing(kind, failure=failures[0])
        unique = {attributes['id']: attributes for attributes in itertools.chain(*mine)}
        fresh = kind.read_by is ReadBy.LIST
        rows = [Resource(kind, attributes, fresh) for attributes in unique.values()]
        return Listing(kind, [row for row in rows if self._in_scope(row)])

    def _in_scope(self, resource):
        return self._scope.all_projects or resource.shared or resource.project_id == self._user.project_id

    def freshen(self, listings, rows):
        """Show those of the rows that a list does not read truly, side by side; what is gone leaves its listing."""
        answers = self.connection.gather({row: _show(row.kind, row.id) for row in rows if not row.fresh})
        gone = {row for row, answer in answers.items() if _is_gone(answer)}
        for row, answer in answers.items():
            if not isinstance(answer, Failure):
                row.attributes |= answer[row.kind.member]
                row.fresh = True
        for listing in listings if gone else ():
            listing.rows = [row for row in listing.rows if row not in gone]

    def read(self, wanted):
        """Read {collection: ids} by id, with statuses read now, side by side; return a :class:`Reading`."""
        calls = {}
        for collection, ids in wanted.items():
            calls.update(_reads(resources.BY_COLLECTION[collection], ids))
        answers = self.connection.gather(calls)
        reading = Reading()
        for collection, ids in wanted.items():
            mine = {key: answer for key, answer in answers.items() if key[0] == collection}
            self._sort_out(reading, resources.BY_COLLECTION[collection], ids, mine)
        return reading

    def _sort_out(self, reading, kind, ids, answers):
        """A part of a kind that could not be read makes no row gone: what was asked in it is unknown."""
        found = [Resource(kind, attributes) for answer in answers.values() for attributes in _rows_of(kind, answer)]
        rows = {row.id: row for row in found if self._in_scope(row)}
        failures = {key: answer for key, answer in answers.items() if _is_trouble(kind, answer)}
        unknown = {id_ for _, asked in failures for id_ in asked}
        gone = [id_ for id_ in ids if id_ not in rows and id_ not in unknown]
        reading.rows[kind.collection] = rows
        if gone:
            reading.gone[kind.collection] = gone
        if failures:
            reading.unavailable[kind.collection] = next(iter(failures.values()))

    def names(self, wanted):
        """Return {collection: {id: name}} of {collection: ids} in one call a kind; what cannot be read is left out."""
        calls = {
            collection: _list(resources.BY_COLLECTION[collection], ('id', 'name'), *_narrow(ids))
            for collection, ids in wanted.items()
            if ids
        }
        answers = self.connection.gather(calls)
        return {
            collection: {row['id']: row['name'] or row['id'] for row in answer}
            for collection, answer in answers.items()
            if not isinstance(answer, Failure)
        }

    def show(self, kind, resource_id):
        """Return one :class:`Resource` with all its attributes, or a :class:`Failure`."""
        answer = self.connection.gather({resource_id: _show(kind, resource_id)})[resource_id]
        if isinstance(answer, Failure):
            return answer
        resource = Resource(kind, answer[kind.member])
        return resource if self._in_scope(resource) else Failure(Reason.GONE)

    def users(self, kind, resource_id):
        """Return {collection: ids} of what is built from one resource and what it keeps no list of itself."""
        pairs = [(user, relation) for user, relation in resources.users_of(kind) if self.has(user.extension)]
        answers = self.connection.gather(
            {pair: _list(pair[0], ('id', 'tenant_id', 'shared', *pair[1].attributes)) for pair in pairs}
        )
        found = {}
        for (user, relation), answer in answers.items():
            rows = [] if isinstance(answer, Failure) else answer
            ids = [row['id'] for row in rows if resource_id in relation.ids(row)]
            found.setdefault(user.collection, []).extend(ids)
        return found


def _list(kind, fields, *params):
    return connection.Call(kind.path, kind.collection, (('fields', tuple(fields)), *params))


def _show(kind, resource_id):
    return connection.Call(f'{kind.path}/{resource_id}')


def _reads(kind, ids):
    """Yield ((collection, asked ids), call): a list for every 150 ids, or a show each where only that is true."""
    if kind.read_by is ReadBy.SHOW:
        for id_ in ids:
            yield (kind.collection, (id_,)), _show(kind, id_)
        return
    for part in _parts(ids):
        yield (kind.collection, part), _list(kind, kind.fields_with_relations, ('id', part))


def _parts(ids):
    return [tuple(ids[start : start + conf.IDS_PER_CALL]) for start in range(0, len(ids), conf.IDS_PER_CALL)]


def _narrow(ids):
    """More ids than one address holds would be several calls; one list of all names is cheaper than two calls."""
    unique = tuple(dict.fromkeys(ids))
    return [('id', unique)] if len(unique) <= conf.IDS_PER_CALL else []


def _rows_of(kind, answer):
    if isinstance(answer, Failure):
        return []
    return answer if isinstance(answer, list) else [answer[kind.member]]


def _is_gone(answer):
    return isinstance(answer, Failure) and answer.reason is Reason.GONE


def _is_trouble(kind, answer):
    """Not found is an answer to a show; to a list it says that the collection is not served."""
    return isinstance(answer, Failure) and not (kind.read_by is ReadBy.SHOW and _is_gone(answer))


def _most_doubtful(listing):
    """Up to the limit, first the rows of which nothing or something passing was reported last."""
    doubtful = [row for row in listing.rows if not row.fresh]
    doubtful.sort(key=lambda row: row.status not in (statuses.NONE, statuses.BUILD))
    return doubtful[: conf.get('chain_shows')]
