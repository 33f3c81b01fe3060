# SPDX-License-Identifier: Apache-2.0
"""The only door to GBP: list kinds, read resources by id, name them and show one, all in one scope.

The API's ways that shape this module: a list of group policy asks the driver only where ``fields`` names a status; a
list of service chains never does, only the show of one; ``status=`` filters what was stored before, so it is not used;
an administrator's list holds every project's rows.
"""

import collections
import functools
import math
import time

from gbp_status_ui import conf
from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import list_flight
from gbp_status_ui.caching import single_flight
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Reading
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service import calls
from gbp_status_ui.service import connection
from gbp_status_ui.service import extensions

#: How many seconds GBP has for what is quick at any size of a project, such as what it has stored as a problem.
QUICK_LIMIT = 2

#: How many letters a name has at most; more are not looked for, and would not fit into an address.
LONGEST_NAME = 255

#: The part of the time that full lists have where a request has to wait for them; what is too large is then asked for
#: its stored problems.
FULL_SHARE = 0.8


class Gbp:
    """GBP as one user sees it in one scope; all calls go through ``connection``, which counts and times them.

    Lists, names and the statuses that pollers ask for may come from what others have fetched (``single_flight.py``);
    what is asked about one resource is asked now.
    """

    def __init__(self, request, scope, came_first=''):
        """``came_first`` as in :class:`Freshness`."""
        self.connection = connection.Connection(request)
        self._freshness = functools.partial(freshness.Freshness, request, came_first)
        self._user = request.user
        self._scope = scope
        #: What could not be read while a page was made: {collection: Failure}.
        self.unread = {}
        #: How many rows could not be used meanwhile: {collection: number}.
        self.unreadable = collections.Counter()

    @functools.cached_property
    def _project_id(self):
        # The user of a request is found anew at each look.
        return self._user.project_id

    @functools.cached_property
    def shared(self):
        """The answers that requests with the same rights share."""
        rights = single_flight.rights_of(self._user, self.connection.endpoint, self._scope)
        return list_flight.ListFlight(rights, self._freshness(), self.connection)

    @functools.cached_property
    def extensions(self):
        """The aliases of the API's extensions, or None where nobody knows."""
        return extensions.aliases(self.connection)

    def has(self, extension):
        """Say whether the API has an extension, as far as is known."""
        return self.extensions is None or extension in self.extensions

    def served(self, kinds):
        """Return those of the kinds that this cloud's API has."""
        return [kind for kind in kinds if self.has(kind.extension)]

    def listings(self, kinds, project_id='', stored=(), ahead=False):
        """List kinds side by side with statuses read now; return {collection: Listing}.

        ``project_id`` narrows the scope of all projects to one, ``stored`` the rows to those that GBP has stored in one
        of these states: at any size of the project a matter of milliseconds, but it misses what has failed since. A
        full list that takes longer than a moment goes on by itself, and its kind is BUSY; ``ahead``: one that is known
        to take long is not asked for. Nothing belongs to what is no id, and an address of a call would not hold all
        that one of the dashboard does.
        """
        if project_id and not is_id(project_id):
            return {kind.collection: Listing(kind) for kind in kinds}
        found = self._listings(kinds, project_id, stored, ahead)
        self.unread |= {name: listing.failure for name, listing in found.items() if listing.failure}
        self.unreadable.update({name: listing.unreadable for name, listing in found.items()})
        stale = [row for listing in found.values() for row in _most_urgent_stale(listing)]
        self.freshen(found.values(), stale)
        return found

    def _listings(self, kinds, project_id, stored, ahead):
        # A kind may take two calls.
        asked = self._lists(kinds, project_id, calls.stored_as(stored))
        answers = self._fetch(asked, QUICK_LIMIT) if stored else self._fetch_full(asked, ahead)
        return {kind.collection: self._listing(kind, answers) for kind in kinds}

    def named(self, kinds, text, project_id=''):
        """Return {collection: rows} of those whose whole name or id a text is: quick at any size of the project."""
        filters = [('name', (text,))] * (len(text) <= LONGEST_NAME) + [('id', (text,))] * is_id(text)
        asked = {
            (*key, name): call
            for name, texts in filters
            for key, call in self._lists(kinds, project_id, [(name, texts)]).items()
        }
        answers = self._fetch(asked, QUICK_LIMIT)
        return {kind.collection: self._listing(kind, answers).rows for kind in kinds}

    def remembered(self, kinds, project_id=''):
        """Return {collection: Listing} of lists that take long, as they were read last; no row of them is fresh."""
        last = {key: self.shared.remembered(call) for key, call in self._lists(kinds, project_id).items()}
        answers = {key: answer for key, answer in last.items() if answer}
        found = {kind.collection: self._listing(kind, answers) for kind in kinds if _has_any(kind, answers)}
        for row in (row for listing in found.values() for row in listing.rows):
            row.fresh = False
        return found

    def _lists(self, kinds, project_id, filters=()):
        """Return {(collection, number): :class:`Call`} of the lists that have the rows of some kinds."""
        return {
            (kind.collection, number): calls.list_of(kind, kind.fields_with_relations, *params, *filters)
            for kind in kinds
            for number, params in enumerate(self._filters(kind, project_id))
        }

    def _fetch_full(self, asked, ahead=False):
        answers = self.shared.fetch_lists(asked.values(), self._ask_for_lists, ahead)
        return {key: answers[call] for key, call in asked.items()}

    def _ask_for_lists(self, new, late):
        seconds = math.inf if late else FULL_SHARE * self.connection.time_left
        return self.connection.gather({call: call for call in new}, seconds, late)

    def _fetch(self, asked, seconds=math.inf):
        """Return {key: answer} of {key: Call}; what others have fetched lately will do."""
        until = self.shared.until()
        answers = self.shared.fetch(
            asked.values(), lambda new: self._gather({call: call for call in new}, until, seconds), until=until
        )
        return {key: answers[call] for key, call in asked.items()}

    def _gather(self, asked, until, seconds=math.inf):
        """Make calls, {key: Call}; what a request in a hurry does not wait for is no failure of GBP's."""
        answers = self.connection.gather(asked, min(seconds, until - time.monotonic()))
        return answers if math.isinf(until) else {key: list_flight.unless_late(one) for key, one in answers.items()}

    def _filters(self, kind, project_id):
        if self._scope.all_projects:
            return [[('tenant_id', project_id)]] if project_id else [[]]
        if not self._user.is_superuser:
            return [[]]
        own = [('tenant_id', self._user.project_id)]
        return [own, [('shared', True)]] if kind.shareable else [own]

    def _listing(self, kind, answers):
        parts = [answers[key] for key in sorted(answers) if key[0] == kind.collection]
        failure = next((part.value for part in parts if isinstance(part.value, Failure)), None)
        if failure:
            return Listing(kind, failure=failure)
        rows, without_owner = self._rows(kind, parts)
        unreadable = without_owner + sum(part.value.unreadable for part in parts)
        return Listing(kind, rows, asked_at=min((part.asked_at for part in parts), default=0.0), unreadable=unreadable)

    def _rows(self, kind, parts):
        """Return the resources of the scope, each once, and the number of those that do not say whose they are."""
        unique = {attributes['id']: attributes for part in parts for attributes in part.value}
        placed = [(attributes, self._in_scope(attributes)) for attributes in unique.values()]
        fresh = kind.read_by is ReadBy.LIST
        rows = [Resource(kind, attributes, fresh) for attributes, inside in placed if inside]
        return rows, sum(inside is None for _attributes, inside in placed)

    def _in_scope(self, attributes):
        """Say whether a resource belongs to the scope; None where the answer does not tell whose it is."""
        if self._scope.all_projects or attributes.get('shared'):
            return True
        owners = {attributes.get('tenant_id'), attributes.get('project_id')} - {None, ''}
        return self._project_id in owners if owners else None

    def freshen(self, listings, rows):
        """Show those of the rows that a list does not read truly, side by side; what is gone leaves its listing.

        A status from before the list was asked for will not do.
        """
        not_before = max((listing.asked_at for listing in listings), default=0.0)
        stale = {calls.Row(row.kind.collection, row.id): row for row in rows if not row.fresh}
        until = self.shared.until()
        answers = self.shared.fetch(stale, lambda new: self._read_rows(new, until), not_before, until)
        for row, answer in ((stale[question], answer.value) for question, answer in answers.items()):
            if isinstance(answer, dict):
                row.attributes |= answer
                row.fresh = True
        _remove(listings, {stale[question] for question, answer in answers.items() if answer.value is None})

    def poll(self, wanted):
        """Read {collection: ids} for a table; a status that others have fetched lately will do."""
        answers = self.shared.fetch(calls.rows(wanted), self._read_rows)
        return self._reading({row: answer.value for row, answer in answers.items()})

    def read(self, wanted):
        """Read {collection: ids} with what they are built from, now; return a :class:`Reading`."""
        reading = self._reading(self._read_rows(calls.rows(wanted), self.shared.until(), with_relations=True))
        self.unread |= reading.unavailable
        return reading

    def _read_rows(self, rows, until=math.inf, with_relations=False):
        """Return {row: its attributes, None where it is gone, or the failure of the call that it was a part of}."""
        asked = calls.reads(rows, with_relations)
        return calls.by_row(self._gather(asked, until))

    def _reading(self, values):
        reading = Reading({row.collection: {} for row in values})
        for row, value in values.items():
            found = self._found(registry.BY_COLLECTION[row.collection], value)
            if isinstance(found, Resource):
                reading.rows[row.collection][row.id] = found
            elif found.reason is Reason.GONE and not isinstance(value, Failure):
                reading.gone.setdefault(row.collection, []).append(row.id)
            else:
                reading.unavailable[row.collection] = found
        return reading

    def _found(self, kind, value):
        """Return the :class:`Resource` of the attributes that were read, or why the scope has none."""
        if value is None:
            return Failure(Reason.GONE)
        if isinstance(value, Failure):
            return value
        inside = self._in_scope(value)
        return Resource(kind, value) if inside else Failure(Reason.ERROR if inside is None else Reason.GONE)

    def names(self, wanted):
        """Return {collection: {id: name}} of {collection: ids} in one call a kind; what cannot be read is left out.

        Of more ids than an address holds it takes a call for as many as that.
        """
        asked = {
            (collection, number): calls.list_of(registry.BY_COLLECTION[collection], ('id', 'name'), some)
            for collection, ids in wanted.items()
            for number, some in enumerate(calls.only(ids))
        }
        found = {}
        for (collection, _number), answer in self._fetch(asked).items():
            if not answer.failed:
                found.setdefault(collection, {}).update({row['id']: row['name'] or row['id'] for row in answer.value})
        return found

    def show(self, kind, resource_id):
        """Return one :class:`Resource` with all its attributes, or a :class:`Failure`."""
        answer = self.connection.gather({resource_id: calls.show_of(kind, resource_id)})[resource_id]
        return self._found(kind, answer)

    def users(self, kind, resource_id):
        """Return {collection: ids} of what is built from one resource and what it keeps no list of itself."""
        pairs = [(user, relation) for user, relation in registry.users_of(kind) if self.has(user.extension)]
        asked = {pair: calls.list_of(pair[0], ('id', 'tenant_id', 'shared', *pair[1].attributes)) for pair in pairs}
        found = {}
        for (user, relation), answer in self._fetch_full(asked).items():
            if answer.failed:
                self.unread[user.collection] = answer.value
                continue
            self.unreadable[user.collection] += answer.value.unreadable
            ids = [row['id'] for row in answer.value if resource_id in relation.ids(row)]
            found.setdefault(user.collection, []).extend(ids)
        return found


def _has_any(kind, answers):
    return any(key[0] == kind.collection for key in answers)


def _remove(listings, gone):
    for listing in listings if gone else ():
        listing.rows = [row for row in listing.rows if row not in gone]


def _most_urgent_stale(listing):
    """Return the rows to show, up to the limit: first those whose stored status says least."""
    stale = [row for row in listing.rows if not row.fresh]
    stale.sort(key=lambda row: not row.status.preliminary)
    return stale[: conf.get('chain_shows')]
