# SPDX-License-Identifier: Apache-2.0
"""Reads GBP for one user in one scope: lists kinds, reads resources by id, names them and shows one.

A list of group policy asks the driver only if ``fields`` names a status; of service chains only a show asks it.
``status=`` filters stored statuses, so it is not used. The list of an administrator has rows of every project.
"""

from __future__ import annotations

import collections
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import functools
import itertools
import math
import time
from typing import Any
from typing import cast

from horizon import exceptions as horizon_exceptions

from gbp_status_ui import conf
from gbp_status_ui.caching import answers as shared_answers
from gbp_status_ui.caching.answers import Ask
from gbp_status_ui.caching.answers import Batch
from gbp_status_ui.caching.answers import Found
from gbp_status_ui.caching.answers import Lease
from gbp_status_ui.caching.answers import Question
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Value
from gbp_status_ui.caching.freshness import Freshness
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Listings
from gbp_status_ui.model.resource import ReadResult
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Filter
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Request
from gbp_status_ui.service import batches
from gbp_status_ui.service import calls
from gbp_status_ui.service import connection
from gbp_status_ui.service import costs
from gbp_status_ui.service import extensions
from gbp_status_ui.service import listed
from gbp_status_ui.service import sweep
from gbp_status_ui.service.call import Call

#: The time limit of calls that are quick at any size of a project, such as a list of what GBP has stored as a problem.
QUICK_LIMIT_SECONDS = 2

#: GBP's limit for names. A longer text is not looked for by name, and would not fit into an address.
MAX_NAME_CHARACTERS = 255

#: If lists are missing, the stored problems of that many kinds are asked for: the kinds whose lists take longest.
MAX_STORED_KINDS = 2

#: After how long a page retries what is pending: if it is not known how long the call takes, if the call already takes
#: longer than the last time, and at the latest.
RETRY_AFTER_SECONDS, MIN_RETRY_AFTER_SECONDS, MAX_RETRY_AFTER_SECONDS = 2, 1, 30

#: Expensive calls are made one after the other, so that the first answer is not held up by the others.
EXPENSIVE_WORKERS = 1


#: The lists that together have the rows of a kind.
Lists = dict[Kind, list[Call]]


class Gbp:
    """GBP as one user sees it in one scope; ``connection`` makes, counts and times all calls.

    Lists, names and polled statuses may come from the cache (``caching/answers.py``); ``read`` and ``show`` ask now.
    """

    def __init__(self, request: Request, scope: Scope, not_before: str = '') -> None:
        """``not_before`` as in :class:`Freshness`."""
        self.connection = connection.Connection(request)
        self._freshness = Freshness(request, not_before, self.connection.prefetch)
        self._user = request.user
        self._scope = scope
        self._costs: dict[Call, costs.Cost] = {}
        #: Whether GBP is still making a list that this request needs.
        self.has_pending_lists = False
        #: The lists of Neutron's own objects that this request needs.
        self.answers_beside: list[Answer] = []
        #: What could not be read while a page was made: {collection: Failure}.
        self.unread: dict[str, Failure] = {}
        #: How many rows could not be used meanwhile: {collection: number}.
        self.unreadable: collections.Counter[str] = collections.Counter()

    @functools.cached_property
    def _project_id(self) -> str | None:
        # Horizon looks the user of a request up again at each access.
        return self._user.project_id

    @functools.cached_property
    def shared(self) -> shared_answers.Answers:
        """The answers that requests with the same rights share."""
        rights = shared_answers.rights_of(self._user, self.connection.endpoint, self._scope)
        return shared_answers.Answers(rights, self._freshness, self.connection.proves_token)

    @functools.cached_property
    def extensions(self) -> Collection[str] | None:
        """The aliases of the API's extensions, or None where nobody knows."""
        return extensions.aliases(self.connection)

    @property
    def is_pending(self) -> bool:
        """Whether GBP is still being asked for something that this request needs."""
        return bool(self.shared.pending)

    @property
    def is_retry(self) -> bool:
        """Whether this request is a retry: the page has asked before in this round, and asks for what was pending."""
        return self._freshness.is_retry

    @property
    def retry_after_seconds(self) -> int:
        """How many whole seconds later the first of what is pending may be there, as far as is known."""
        left = [self._seconds_left(question, began_at) for question, began_at in self.shared.pending.items()]
        return math.ceil(min([MAX_RETRY_AFTER_SECONDS, *left]))

    def _seconds_left(self, question: Call | calls.Row, began_at: float) -> float:
        expected = self._costs[question].seconds if isinstance(question, Call) and question in self._costs else 0
        left = began_at + expected - time.time()
        return left + 0.1 if left > 0 else MIN_RETRY_AFTER_SECONDS if expected else RETRY_AFTER_SECONDS

    @property
    def heartbeat_seconds(self) -> float:
        """After how many seconds this page may read its lists again, by what they have cost GBP."""
        read = [*self.answers_beside, *(cost.read_now for cost in self._costs.values())]
        return costs.COOLDOWN_FACTOR * costs.busy_seconds([answer for answer in read if answer])

    def has(self, extension: str) -> bool:
        """Say whether the API has an extension, as far as is known."""
        return self.extensions is None or extension in self.extensions

    def extensions_of(self, kind: Kind) -> tuple[str, ...]:
        """Return those of the API's extensions on which the meaning of a kind's statuses depends."""
        return tuple(alias for alias in statuses.extensions_of(kind.collection) if alias in (self.extensions or ()))

    def sees_all_of(self, project_id: str | None = '') -> bool:
        """Say whether the user sees all resources of a project; '' stands for all projects."""
        return self._scope.all_projects or project_id == self._project_id

    def served(self, kinds: Iterable[Kind]) -> list[Kind]:
        """Return those of the kinds that this cloud's API has."""
        return [kind for kind in kinds if self.has(kind.extension)]

    def listings(self, kinds: Sequence[Kind], project_id: str = '') -> Listings:
        """List kinds side by side with statuses; return {collection: Listing}.

        ``project_id`` narrows the scope of all projects to one. If a list takes longer than the request waits, its kind
        is pending, and a thread goes on. Expensive statuses may be some minutes old, see :class:`Listing`.
        A ``project_id`` that cannot be an id has no resources, and is not sent: it may be too long for an address.
        """
        if project_id and not is_id(project_id):
            return {kind.collection: Listing(kind) for kind in kinds}
        asked = self._lists(kinds, project_id)
        self._learn_costs(_all_of(asked))
        cooling_down = {call for call in _all_of(asked) if self._in_cooldown(call)}
        answers = self._fetch_lists([call for call in _all_of(asked) if call not in cooling_down])
        return self._freshened(
            {
                kind.collection: self._listing(kind, lists, answers)
                if cooling_down.isdisjoint(lists)
                else self._listing_in_cooldown(kind, lists, answers)
                for kind, lists in asked.items()
            }
        )

    def _freshened(self, found: Listings) -> Listings:
        """Note what could not be read, and read by a show each the most urgent rows whose listed status is stored."""
        self.unread |= {name: listing.failure for name, listing in found.items() if listing.failure}
        self.unreadable.update({name: listing.unreadable for name, listing in found.items()})
        self.freshen(found.values(), [row for listing in found.values() for row in listed.most_urgent_stale(listing)])
        return found

    def _listed(self, asked: Lists, answers: Found[Call]) -> Listings:
        """Return {collection: Listing} of the kinds that have an answer."""
        return {
            kind.collection: self._listing(kind, lists, answers)
            for kind, lists in asked.items()
            if not answers.keys().isdisjoint(lists)
        }

    def stored(
        self, kinds: Sequence[Kind], project_id: str = '', states: Sequence[Status] = statuses.PROBLEMS
    ) -> Listings:
        """Return {collection: Listing} of what GBP has stored in one of these states.

        That takes milliseconds at any size, and the statuses are fresh; it misses what has failed since GBP stored it.
        Expensive kinds, and kinds with a word that says nothing, are asked for their errors alone.
        """
        if project_id and not is_id(project_id):
            return {kind.collection: Listing(kind) for kind in kinds}
        self._learn_costs(_all_of(self._lists(kinds, project_id)))
        asked = self._stored_lists(kinds, project_id, states)
        return self._freshened(self._listed(asked, self._fetch(_all_of(asked), QUICK_LIMIT_SECONDS)))

    def _stored_lists(self, kinds: Sequence[Kind], project_id: str, states: Sequence[Status]) -> Lists:
        problems = [status for status in states if status.problem]
        asked: Lists = {}
        for kind in kinds:
            few = self._is_expensive(kind) or self.extensions_of(kind)
            asked |= self._lists([kind], project_id, calls.stored_as(problems if few else states))
        return asked

    def stored_before(self, kinds: Sequence[Kind], project_id: str = '') -> Listings:
        """Return what :meth:`stored` has found earlier in this round, {collection: Listing}, from the cache alone."""
        problems = [status for status in statuses.PROBLEMS if status.problem]
        few, every = (self._lists(kinds, project_id, calls.stored_as(some)) for some in (problems, statuses.PROBLEMS))
        answers = self.shared.accepted(self.shared.known([*_all_of(few), *_all_of(every)]), not_before=0.0)
        found = {
            kind: [wide if wide in answers else narrow for narrow, wide in zip(few[kind], lists)]
            for kind, lists in every.items()
        }
        return self._freshened(self._listed(found, answers))

    def costliest(self, kinds: Iterable[Kind]) -> list[Kind]:
        """Return the few kinds whose lists take GBP longest."""
        by_kind: dict[Kind, float] = collections.defaultdict(float)
        for cost in self._costs.values():
            by_kind[cost.kind] += cost.seconds
        return sorted(kinds, key=lambda kind: -by_kind[kind])[:MAX_STORED_KINDS]

    def named(self, kinds: Sequence[Kind], text: str, project_id: str = '') -> Listings:
        """Return {collection: Listing} of the resources whose whole name or id is a text: quick at any size."""
        filters: list[Filter] = [('name', (text,))] * (len(text) <= MAX_NAME_CHARACTERS) + [('id', (text,))] * is_id(
            text
        )
        asked = {
            kind: [call for one in filters for call in self._lists([kind], project_id, [one])[kind]] for kind in kinds
        }
        answers = self._fetch(_all_of(asked), QUICK_LIMIT_SECONDS)
        return {kind.collection: self._listing(kind, lists, answers) for kind, lists in asked.items()}

    def without_statuses(self, kinds: Sequence[Kind], project_id: str = '', hold_seconds: float = math.inf) -> Listings:
        """Return {collection: Listing} of the kinds whose lists are known to be much quicker without statuses.

        ``hold_seconds`` is how long the request waits for them at most.
        """
        asked = self._lists(kinds, project_id)
        lists = [call for call in _all_of(asked) if self._costs[call].wants_rows_alone]
        answers = self._fetch_without_statuses(lists, hold_seconds)
        # Now it is known which of the missing lists may be expensive.
        self._costs |= costs.of(self.shared, lists) if lists else {}
        return listed.unread(self._listed(asked, answers))

    def last_lists(self, kinds: Sequence[Kind], project_id: str = '') -> Listings:
        """Return {collection: Listing} of slow lists as they were read last.

        Such a row is not shown, counted or searched before it has been read again for this user.
        """
        asked = self._lists(kinds, project_id)
        seen = [call for call in _all_of(asked) if call in self._costs]
        last = self._last_read(call for call in seen if self._costs[call].is_slow)
        return listed.unread(self._listed(asked, last), unverified=True)

    def _last_read(self, lists: Iterable[Call]) -> Found[Call]:
        """Return {list: its last good answer} of those that the cache still has."""
        loaded = self.shared.loaded({call: self._costs[call].full for call in lists})
        return {call: entry.good for call, entry in loaded.items() if entry.good}

    def _lists(self, kinds: Iterable[Kind], project_id: str, filters: Iterable[Filter] = ()) -> Lists:
        """Return {kind: [:class:`Call`]} of the lists that have the rows of some kinds."""
        return {
            kind: [
                calls.list_of(kind, calls.fields(kind), *params, *filters) for params in self.filters(kind, project_id)
            ]
            for kind in kinds
        }

    def _learn_costs(self, lists: Iterable[Call]) -> None:
        unknown = [call for call in lists if call not in self._costs]
        if unknown:
            self._costs |= costs.of(self.shared, unknown)

    def _in_cooldown(self, call: Call) -> bool:
        cost = self._costs[call]
        good = cost.full.good
        is_fresh = good is not None and self._freshness.accepts(good, self._freshness.not_before)
        return cost.in_cooldown and not is_fresh and not self.forces_refresh

    def _is_expensive(self, kind: Kind) -> bool:
        return any(cost.is_expensive for cost in self._costs.values() if cost.kind is kind)

    def _listing_in_cooldown(self, kind: Kind, lists: Iterable[Call], answers: Found[Call]) -> Listing:
        """The rows as they are now; those of lists without answers with their statuses as they were read last."""
        left = [call for call in lists if call not in answers]
        listing = self._listing(kind, lists, answers | self._fetch_without_statuses(left))
        read = self._last_read(left)
        last = listed.by_id(read.values())
        unknown = [row.id for row in listing.rows if row.id not in last and 'status' not in row.attributes]
        last |= self._read_lately(kind, unknown)
        listing.statuses_at = min((answer.asked_at for answer in read.values()), default=0.0)
        return listed.with_statuses(listing, last)

    def _read_lately(self, kind: Kind, ids: list[str]) -> dict[str, dict[str, Any]]:
        """Return {id: attributes} of rows that are newer than the last sweep, and that somebody has polled since."""
        new = [calls.Row(kind.collection, id_) for id_ in ids[: conf.MAX_CALL_IDS]]
        known = self.shared.loaded(self.shared.known(new)) if new else {}
        values = {row.id: entry.good.value for row, entry in known.items() if entry.good}
        return {id_: value for id_, value in values.items() if isinstance(value, dict)}

    def _fetch_without_statuses(self, lists: Iterable[Call], hold_seconds: float = math.inf) -> Found[Call]:
        """Return {list with statuses: Answer of the same list without them}."""
        names = {call: sweep.without_statuses(call) for call in lists}
        answers = self._fetch_in_order([(name,) for name in names.values()], self._ask_without_statuses, hold_seconds)
        return {call: answers[name] for call, name in names.items()}

    def _fetch_lists(self, asked: Iterable[Call]) -> Found[Call]:
        """Return {list: Answer}; quick lists are asked for first, slow ones not waited for."""
        ordered = sorted(asked, key=lambda call: self._costs[call].seconds)
        quick = [(call,) for call in ordered if not self._costs[call].is_slow]
        slow = [(call,) for call in ordered if self._costs[call].is_slow]
        found = self._fetch_in_order(quick, self._ask_lists)
        if slow:
            # This request does not wait for the slow calls, so they cannot tell it that Neutron refuses the token.
            self.connection.proves_token()
        return found | self._fetch_in_order(slow, self._ask_lists, hold_seconds=0)

    def _fetch_in_order(
        self, asked: Sequence[Batch[Question]], ask: Ask[Question], hold_seconds: float = math.inf
    ) -> Found[Question]:
        """Fetch by calls that go on after this request has ended; its page retries what is pending."""
        if not asked:
            return {}
        found = self._timed(asked, ask, min(hold_seconds, self.connection.deadline.hold), are_lists=True)
        if any(answer.value == shared_answers.PENDING for answer in found.values()):
            self.has_pending_lists = self.connection.deadline.will_retry = True
        return found

    def _timed(
        self,
        asked: Sequence[Batch[Question]],
        ask: Ask[Question],
        hold_seconds: float,
        not_before: float = 0.0,
        are_lists: bool = False,
    ) -> Found[Question]:
        with self.connection.waiting():
            return self.shared.fetch(asked, ask, hold_seconds, not_before, are_lists=are_lists)

    def _ask_lists(self, leases: Sequence[Lease[Call]]) -> None:
        batches.start(self.connection, leases, lambda batch: {call: self._costs[call].job for call in batch})

    def _ask_without_statuses(self, leases: Sequence[Lease[Call]]) -> None:
        """What the same list with statuses costs is compared with it for as long as that is cached."""
        for lease in leases:
            lease.keep_long = True
        self._ask_calls(leases)

    def _ask_calls(self, leases: Sequence[Lease[Call]], limit_seconds: float = 0.0) -> None:
        limit_seconds = limit_seconds or conf.get('time_limit')
        batches.start(self.connection, leases, lambda batch: {call: (call, limit_seconds) for call in batch})

    def fetch_beside(
        self,
        asked: Sequence[Batch[Call]],
        hold_seconds: float = math.inf,
        limit_seconds: float = 0.0,
        are_lists: bool = False,
    ) -> Found[Call]:
        """Return {call: Answer} of optional calls; each batch goes on after the request has ended.

        ``are_lists`` as in :meth:`gbp_status_ui.caching.answers.Answers.fetch`.
        """
        ask = functools.partial(self._ask_calls, limit_seconds=max(limit_seconds, conf.get('time_limit')))
        hold_seconds = min(hold_seconds, self.connection.deadline.hold)
        try:
            return self._timed(asked, ask, hold_seconds, are_lists=are_lists) if asked else {}
        except horizon_exceptions.NotAuthenticated:
            # GBP's own answers tell whether the login has ended.
            now = time.time()
            return {call: Answer(Failure(Reason.FORBIDDEN), now, now) for batch in asked for call in batch}

    @property
    def forces_refresh(self) -> bool:
        """Whether the user asks for new answers, whatever they cost."""
        return self._freshness.forces_refresh

    def _fetch(self, asked: Iterable[Call], seconds: float = math.inf) -> Found[Call]:
        """Return {call: Answer}; an answer that another request has fetched lately counts.

        ``seconds`` is the time limit of each call, and how long the request waits unless its page retries anyway.
        """
        ask = functools.partial(self._ask_calls, limit_seconds=min(seconds, conf.get('time_limit')))
        hold_seconds = min(seconds, self.connection.deadline.left_or_hold)
        return self._timed([(call,) for call in asked], ask, hold_seconds)

    def filters(self, kind: Kind | NeutronKind, project_id: str) -> list[list[Filter]]:
        """Return the parameters of each list that together have the rows of a kind in the scope."""
        if self._scope.all_projects:
            return [[('tenant_id', project_id)]] if project_id else [[]]
        if not self._user.is_superuser:
            return [[]]
        own: list[Filter] = [('tenant_id', self._user.project_id)]
        return [own, [('shared', True)]] if kind.shareable else [own]

    def _listing(self, kind: Kind, lists: Iterable[Call], answers: Found[Call]) -> Listing:
        parts = [answers[call] for call in lists if call in answers]
        failure = next((part.value for part in parts if isinstance(part.value, Failure)), None)
        if failure:
            return Listing(kind, failure=failure)
        rows, without_owner = self._rows(kind, parts)
        unreadable = without_owner + sum(part.rows.unreadable for part in parts)
        return Listing(kind, rows, asked_at=min((part.asked_at for part in parts), default=0.0), unreadable=unreadable)

    def _rows(self, kind: Kind, parts: Iterable[Answer]) -> tuple[list[Resource], int]:
        """Return the resources of the scope, each once, and the number of those that do not say whose they are."""
        unique = {attributes['id']: attributes for part in parts for attributes in part.rows}
        placed = [(attributes, self._in_scope(attributes)) for attributes in unique.values()]
        fresh = kind.read_by is ReadBy.LIST
        said_with = self.extensions_of(kind)
        rows = [Resource(kind, attributes, fresh, extensions=said_with) for attributes, inside in placed if inside]
        return rows, sum(inside is None for _attributes, inside in placed)

    def _in_scope(self, attributes: Attributes) -> bool | None:
        """Say whether a resource belongs to the scope; None if the answer does not name its owner."""
        if self._scope.all_projects or attributes.get('shared'):
            return True
        owners = {attributes.get('tenant_id'), attributes.get('project_id')} - {None, ''}
        return self._project_id in owners if owners else None

    def freshen(self, listings: Collection[Listing], rows: Iterable[Resource]) -> None:
        """Read the rows whose listed status is only stored; rows that are gone are removed from their listing.

        A status counts only if its call began after that of the list. An expensive status that does not come in a
        moment is pending.
        """
        listed_at = {one.kind.collection: one.asked_at for one in listings if not one.statuses_at}
        stale = {calls.Row(row.kind.collection, row.id): row for row in rows if not row.fresh}
        answers = self._fetch_rows_since(stale, {row: listed_at.get(row.collection, 0.0) for row in stale})
        listed.renew({stale[question]: answer.value for question, answer in answers.items()}, listings)

    def _fetch_rows_since(self, rows: Collection[calls.Row], listed_at: Mapping[calls.Row, float]) -> Found[calls.Row]:
        """Return {row: Answer}; the call of each answer began after that of its list, {row: seconds}."""
        answers = self._fetch_rows(rows, min(listed_at.values(), default=0.0), expensive_seconds=0)
        older = {row: listed_at[row] for row, answer in answers.items() if answer.asked_at < listed_at[row]}
        return answers | (self._fetch_rows(older, max(older.values()), expensive_seconds=0) if older else {})

    def _fetch_rows(
        self, rows: Collection[calls.Row], not_before: float = 0.0, expensive_seconds: float = math.inf
    ) -> Found[calls.Row]:
        """Return {row: Answer}; expensive rows are pending after ``expensive_seconds``, or if the page retries."""
        sizes = self._slice_rows({row.collection for row in rows})
        parts = calls.batches(list(rows), sizes)
        deadline = self.connection.deadline
        found: Found[calls.Row] = {}
        for some, hold_seconds, workers in (
            ([batch for batch in parts if batch[0].collection not in sizes], deadline.left_or_hold, None),
            (
                [batch for batch in parts if batch[0].collection in sizes],
                min(deadline.hold, expensive_seconds),
                EXPENSIVE_WORKERS,
            ),
        ):
            if some:
                ask = functools.partial(self._ask_rows, workers=workers)
                found |= self._timed(some, ask, hold_seconds, not_before)
        return found

    def _slice_rows(self, collections_asked: Collection[str]) -> dict[str, int]:
        """Return {collection: rows} of the kinds that are expensive: how many of them one call reads."""
        kinds = [registry.BY_COLLECTION[name] for name in collections_asked]
        asked = self._lists([kind for kind in kinds if kind.read_by is ReadBy.LIST], '')
        self._learn_costs(_all_of(asked))
        expensive = [
            cost for cost in self._costs.values() if cost.may_be_expensive and cost.kind.collection in collections_asked
        ]
        return {cost.kind.collection: sweep.slice_rows(cost.seconds_per_row) for cost in expensive}

    def _ask_rows(self, leases: Sequence[Lease[calls.Row]], workers: int | None) -> None:
        limit_seconds = conf.get('time_limit')

        def calls_of(batch: Batch[calls.Row]) -> batches.Calls:
            return {part: (call, limit_seconds) for part, call in calls.reads(batch).items()}

        batches.start(self.connection, leases, calls_of, calls.by_row, workers)

    def poll(self, wanted: Ids, is_whole: bool = False) -> ReadResult:
        """Read {collection: ids} for a page that asks again; ``is_whole``: with what :meth:`read` reads of each."""
        # A page asks again for what it polls.
        self.connection.deadline.will_retry = True
        answers = self._fetch_rows(calls.rows(wanted, is_whole))
        return self._result({row: answer.value for row, answer in answers.items()})

    def note(self, listing: Listing, rows: Iterable[Resource]) -> None:
        """Cache rows of a list for the next poll of them: to read them by ids would cost the same again."""
        if listing.failure or listing.statuses_at:
            return
        at = listing.asked_at
        self.shared.write(
            {calls.Row(row.kind.collection, row.id): Answer(row.attributes, at, at) for row in rows if row.fresh}
        )

    def read(self, wanted: Ids) -> ReadResult:
        """Read {collection: ids} with what they are built from, now; return a :class:`ReadResult`."""
        outcomes = self.connection.gather(calls.reads(calls.rows(wanted, is_whole=True)))
        result = self._result(calls.by_row(outcomes))
        self.unread |= result.unavailable
        return result

    def _result(self, values: Mapping[calls.Row, Value]) -> ReadResult:
        result = ReadResult({row.collection: {} for row in values})
        for row, value in values.items():
            found = self._found(registry.BY_COLLECTION[row.collection], value)
            if isinstance(found, Resource):
                result.rows[row.collection][row.id] = found
            elif found.reason is Reason.GONE and not isinstance(value, Failure):
                result.gone.setdefault(row.collection, []).append(row.id)
            elif found == shared_answers.PENDING:
                result.pending.setdefault(row.collection, []).append(row.id)
            else:
                result.unavailable[row.collection] = found
        return result

    def _found(self, kind: Kind, value: Value) -> Resource | Failure:
        """Return the :class:`Resource` of the attributes that were read, or the failure if the scope has none."""
        if value is None:
            return Failure(Reason.GONE)
        if isinstance(value, Failure):
            return value
        # A row was asked for, no list.
        attributes = cast(Attributes, value)
        inside = self._in_scope(attributes)
        if not inside:
            return Failure(Reason.ERROR if inside is None else Reason.GONE)
        return Resource(kind, attributes, extensions=self.extensions_of(kind))

    def names(self, wanted: Ids) -> dict[str, dict[str, str]]:
        """Return {collection: {id: name}} of {collection: ids} in one call a kind; what cannot be read is left out.

        Of more ids than an address holds it takes a call for as many as that.
        """
        asked = [
            calls.list_of(registry.BY_COLLECTION[collection], ('id', 'name'), some)
            for collection, ids in wanted.items()
            for some in calls.only(ids)
        ]
        found: dict[str, dict[str, str]] = {}
        for call, answer in self._fetch(asked).items():
            if not answer.failed:
                names = {row['id']: row['name'] or row['id'] for row in answer.rows}
                found.setdefault(call.collection, {}).update(names)
        return found

    def show(self, kind: Kind, resource_id: str) -> Resource | Failure:
        """Return one :class:`Resource` with all its attributes, or a :class:`Failure`."""
        answer = self.connection.gather({resource_id: calls.show_of(kind, resource_id)})[resource_id]
        return self._found(kind, answer)

    def users(self, kind: Kind, resource_id: str) -> Ids:
        """Return {collection: ids} of what is built from one resource and what it keeps no list of itself."""
        pairs = [(user, relation) for user, relation in registry.users_of(kind) if self.has(user.extension)]
        asked = {pair: calls.list_of(pair[0], ('id', 'tenant_id', 'shared', *pair[1].attributes)) for pair in pairs}
        found: Ids = {}
        answers = self._fetch_in_order([(call,) for call in dict.fromkeys(asked.values())], self._ask_calls)
        for (user, relation), answer in ((pair, answers[call]) for pair, call in asked.items()):
            if answer.failed:
                self.unread[user.collection] = answer.failure
                continue
            self.unreadable[user.collection] += answer.rows.unreadable
            ids = [row['id'] for row in answer.rows if resource_id in relation.ids(row)]
            found.setdefault(user.collection, []).extend(ids)
        return found


def _all_of(asked: Lists) -> list[Call]:
    return list(itertools.chain.from_iterable(asked.values()))
