# SPDX-License-Identifier: Apache-2.0
"""The cache of answers for one request of the dashboard: one of several requests with the same question asks GBP.

A question is anything hashable with the same ``repr`` in every process: a list, or a row. Questions are asked in
*batches*; whoever asks a batch holds a lease on it in the cache (single-flight). Calls are made by threads that put the
answers into the cache, whether the request that began them still waits or not. A request waits a moment; what is not
there by then is *pending*, and its page asks for it again.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import hashlib
import itertools
import math
import threading
import time
from typing import Any
from typing import Generic
from typing import Protocol
from typing import TypeVar

from gbp_status_ui import conf
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Entry
from gbp_status_ui.caching.entries import Value
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import User

#: What GBP may be asked: a list, or a row.
Question = TypeVar('Question', bound=Hashable)
#: Questions that are asked together.
Batch = tuple[Question, ...]
#: What the cache has of some questions.
Known = dict[Question, Entry]
#: What some questions were answered.
Found = dict[Question, Answer]

#: How long a request sleeps between two looks into the cache for another request's answer; the last pause repeats.
PAUSES_SECONDS = (0.03, 0.1, 0.25, 0.6)

#: For how long a list that timed out is not asked for again, as a multiple of the time that the call took.
BACKOFF_FACTOR = 3

#: A lease ends by itself this much after the call, so that others ask when its process has been killed.
LEASE_GRACE_SECONDS = 1

#: How much of a digest stands in a key: 128 bits.
DIGEST_CHARACTERS = 32

#: The value of what GBP is still being asked for.
PENDING = Failure(Reason.BUSY)


class Ages(Protocol):
    """How old an answer may be; times are seconds since 1970. See :class:`freshness.Freshness`."""

    @property
    def not_before(self) -> float: ...

    @property
    def ttl_seconds(self) -> float: ...

    def accepts(self, answer: Answer, not_before: float, /) -> bool: ...

    def round(self, leased_at: Iterable[float], /) -> float: ...


def rights_of(user: User, endpoint: str, scope: Scope) -> tuple[object, ...]:
    """Return what an answer depends on besides the question: the service, the project and the rights of the user.

    The rights are what Neutron's policies look at: roles, domains and system scope. If a policy looks at the user's id,
    the operator has to turn the setting ``share_between_users`` off.
    """
    roles = sorted({role['name'] for role in user.roles})
    token_scope = user.project_id, user.domain_id, user.system_scoped
    single = '' if conf.get('share_between_users') else user.id
    place = user.services_region, endpoint, scope.all_projects
    return *place, *token_scope, user.user_domain_id, roles, user.is_superuser, single


class Answers:
    """The answers for one request of the dashboard.

    ``age`` is the age in seconds of the oldest answer that another request has fetched; it counts from the start of the
    call. ``pending`` are the questions whose answers this request has not waited for, each with the time when the call
    began. ``proves_token()`` says whether Neutron accepts the user's token: only then do others' answers count.
    """

    def __init__(self, rights: tuple[object, ...], freshness: Ages, proves_token: Callable[[], bool]) -> None:
        self._rights = _digest((entries.FORMAT_VERSION, rights))
        self._freshness = freshness
        self._proves_token = proves_token
        self._leased_at: list[float] = []
        self._keys: dict[Hashable, str] = {}
        self._made_at = time.time()
        self.age = 0
        self.pending: dict[Any, float] = {}

    @property
    def not_before(self) -> str:
        """The not-before time of this round, as the text that the page sends with its next request."""
        return repr(self._freshness.round(self._leased_at))

    @property
    def asked_seconds_ago(self) -> float:
        """How many seconds ago the oldest answer of this request was asked for, by this request or another."""
        return time.time() - self._made_at + (self.age and self.age + 1)

    def known(self, questions: Collection[Question]) -> Known[Question]:
        """Return {question: :class:`Entry`} as the cache has them, of any age, without their bodies."""
        found = entries.read([self.answer_key(question) for question in questions])
        return {question: found[self.answer_key(question)] for question in questions}

    def look(self, batches: Iterable[Batch[Question]]) -> tuple[Known[Question], dict[Batch[Question], float]]:
        """Return {question: Entry} of all questions, and {batch: when it was leased}, in one trip to the cache."""
        questions = {self.answer_key(question): question for batch in batches for question in batch}
        leases = {self.lease_key(batch): batch for batch in batches}
        held = store.get_many([*questions, *leases]) if questions else {}
        known = {question: entries.decoded(held.get(key)) for key, question in questions.items()}
        return known, {batch: held[key] for key, batch in leases.items() if is_lease(held.get(key))}

    def loaded(self, known: Mapping[Question, Entry]) -> Known[Question]:
        """Return the entries whose rows are still in the cache, with these rows: {question: Entry}.

        Nothing where the user's token is not proven.
        """
        good = {self.answer_key(question): entry for question, entry in known.items() if entry.good}
        whole = entries.load(good) if good and self._proves_token() else {}
        by_key = {self.answer_key(question): question for question in known}
        return {by_key[key]: entry for key, entry in whole.items()}

    def fetch(
        self,
        batches: Sequence[Batch[Question]],
        ask: Ask[Question],
        hold_seconds: float,
        not_before: float = 0.0,
        known: Known[Question] | None = None,
        are_lists: bool = False,
    ) -> Found[Question]:
        """Return {question: :class:`Answer`}; the value of what is not there after ``hold_seconds`` is PENDING.

        ``batches`` are tuples of questions, each leased as one, in the order in which they are asked. ``ask`` gets the
        :class:`Lease` of each batch that no other request is asking, and starts the calls; the last call of a batch
        ends its lease. An answer counts if its call began at ``not_before`` or later. ``known`` are the entries if the
        caller has just read them. ``are_lists`` says that each batch is one full list; slow lists are cached for a day.

        :raises Exception: what :meth:`Lease.refuse` was given
        """
        flight = _Flight(self, batches, max(self._freshness.not_before, not_before), are_lists)
        answers = flight.run(ask, hold_seconds, known)
        questions = list(itertools.chain.from_iterable(batches))
        pending = [question for question in questions if question not in answers]
        now = time.time()
        self.pending.update({question: flight.leased_at.get(question, now) for question in pending})
        self._leased_at += flight.leased_at.values()
        # In the order of the questions, so that equal answers are rendered as equal text, whichever came first.
        return {question: answers.get(question, Answer(PENDING, now, now)) for question in questions}

    def in_backoff(self, entry: Entry) -> bool:
        """Say whether a list that timed out is not asked for again yet; a forced refresh always asks."""
        failure = entry.failure
        if failure is None or not entry.timed_out:
            return False
        is_over = time.time() - failure.came_at > BACKOFF_FACTOR * failure.seconds
        return not is_over and failure.asked_at > self._freshness.not_before

    def accepted(self, known: Mapping[Question, Entry], not_before: float) -> Found[Question]:
        """Return {question: Answer} of those {question: Entry} that are fresh enough, with all their rows."""
        fresh = {question: entry for question, entry in known.items() if self._is_accepted(entry, not_before)}
        if not fresh or not self._proves_token():
            return {}
        whole = self._whole(fresh)
        self.age = max([self.age, *(int(time.time() - answer.asked_at) for answer in whole.values())])
        return whole

    def _is_accepted(self, entry: Entry, not_before: float) -> bool:
        outcome = entry.outcome
        return outcome is not None and (self._freshness.accepts(outcome, not_before) or self.in_backoff(entry))

    def _whole(self, fresh: Mapping[Question, Entry]) -> Found[Question]:
        by_key = {self.answer_key(question): question for question in fresh}
        outcomes = {question: entry.outcome for question, entry in fresh.items() if entry.outcome}
        failed = {question: outcome for question, outcome in outcomes.items() if outcome.failed}
        loaded = entries.load({self.answer_key(one): fresh[one] for one in outcomes if one not in failed})
        return failed | {by_key[key]: entry.outcome for key, entry in loaded.items() if entry.outcome}

    def write(
        self,
        answers: Mapping[Question, Answer],
        before: Mapping[Question, Entry] | None = None,
        are_lists: bool = False,
        keep_long: bool = False,
        is_awaited: bool = True,
    ) -> None:
        """Keep {question: Answer} for all who have the same rights.

        ``before`` are the entries {question: Entry} where nobody else can have written them since they were read.
        That a row does not exist is cached only if the cache has known the row, or if no request waits for the answer
        any more: requests with invented ids must not fill the cache.
        """
        before = self.known(list(answers)) if before is None else before
        kept = {
            question: answer
            for question, answer in answers.items()
            if answer.value is not None or before[question].good or not is_awaited
        }
        named = {self.answer_key(question): answer for question, answer in kept.items()}
        known = {self.answer_key(question): entry for question, entry in before.items()}
        ttl_seconds = self._freshness.ttl_seconds
        slow_ttl_seconds = entries.SLOW_LIST_TTL_SECONDS if are_lists else ttl_seconds
        entries.write(named, known, slow_ttl_seconds if keep_long else ttl_seconds, slow_ttl_seconds)

    def lease_key(self, batch: Iterable[Hashable]) -> str:
        return f'lease:{_digest((self._rights, sorted(map(repr, batch))))}'

    def answer_key(self, question: Hashable) -> str:
        """Return the cache key of a question."""
        if question not in self._keys:
            self._keys[question] = f'answer:{_digest((self._rights, question))}'
        return self._keys[question]


class Lease(Generic[Question]):
    """One batch that this request asks; any thread may end it."""

    def __init__(self, answers: Answers, flight: _Flight[Question], batch: Batch[Question], are_lists: bool) -> None:
        self.batch = batch
        self._are_lists = are_lists
        #: What was known of the questions when the lease was got: {question: Entry}.
        self.before: Known[Question] = {}
        #: Whether the answers are kept for a day, however quick they were.
        self.keep_long = False
        #: In how many parts the answers of the batch come that have not come yet.
        self.parts = 1
        self._answers, self._flight = answers, flight
        self._key = answers.lease_key(batch)
        self._keys = [self._key]
        self._begun = self._ends = 0.0
        self._lock = threading.Lock()
        self._unwritten: Found[Question] = {}

    def acquire(self, seconds: float) -> float | None:
        """Try to get the lease; return when that was, or None where another has it."""
        self._begun = time.time()
        self._ends = time.monotonic() + seconds
        return self._begun if self._add(math.ceil(seconds)) or self._replace(math.ceil(seconds)) else None

    def _add(self, seconds: int) -> bool:
        return store.add(self._key, self._begun, seconds)

    def _replace(self, seconds: int) -> bool:
        """Overwrite a value that is no lease and would block all requests; return whether the lease is held now."""
        for _look in range(2):
            if is_lease(store.get(self._key)):
                return False
            # It may just have been released.
            if self._add(seconds):
                return True
        store.set_many({self._key: self._begun}, seconds)
        return True

    def keep(self, seconds: float) -> None:
        """Hold the lease for some seconds from now: a batch may wait for its turn, or take many calls.

        One that has been released stays so: a thread may keep what another has just ended.
        """
        with self._lock:
            if self._ends and self._ends - time.monotonic() < seconds:
                self._ends = time.monotonic() + seconds + LEASE_GRACE_SECONDS
                store.set_many(dict.fromkeys(self._keys, self._begun), math.ceil(seconds + LEASE_GRACE_SECONDS))

    def narrow(self, found: Collection[Question], before: Known[Question]) -> bool:
        """Leave out what has been found meanwhile; without anything left the lease ends. Say whether there is."""
        self.before = before
        self.batch = tuple(question for question in self.batch if question not in found)
        if not self.batch:
            self.release()
        return bool(self.batch)

    def cover(self, questions: Iterable[Question]) -> None:
        """Hold a lease on the missing questions of the batch as well: the page asks again for them alone."""
        key = self._answers.lease_key(questions)
        with self._lock:
            left = self._ends - time.monotonic()
            if left > 0 and key not in self._keys and store.add(key, self._begun, math.ceil(left)):
                self._keys.append(key)

    def take(self, values: Mapping[Question, Value], asked_at: float) -> None:
        """Take {question: value} of a part of the batch; the last part is cached before the request gets it."""
        answers = {question: Answer(value, asked_at, time.time()) for question, value in values.items()}
        with self._lock:
            self._unwritten |= answers
            self.parts -= 1
            is_last = not self.parts
        try:
            if is_last:
                self.end()
        finally:
            self._flight.land(answers)

    def flush(self) -> None:
        """Cache the answers that have come so far."""
        with self._lock:
            unwritten, self._unwritten = self._unwritten, {}
        if unwritten:
            # Nobody else asks for a list meanwhile; batches of rows may overlap.
            before = self.before if self._are_lists else None
            self._answers.write(unwritten, before, self._are_lists, self.keep_long, self._flight.is_awaited)

    def end(self) -> None:
        """Cache the answers that have come, and release the lease so that others can ask for the rest."""
        try:
            self.flush()
        finally:
            self.release()

    def refuse(self, refusal: BaseException) -> None:
        """End without answers: the calls were not made, or nobody may use them; the exception ``refusal`` says why."""
        with self._lock:
            self.parts -= 1
        self.release()
        self._flight.land({}, refusal)

    def release(self) -> None:
        """Delete the lease unless its time is over: another request may have it by now."""
        with self._lock:
            is_own, self._ends = time.monotonic() < self._ends, 0.0
        for key in self._keys if is_own else ():
            store.delete(key)


#: What begins the calls of the leases that a request has got.
Ask = Callable[[Sequence[Lease[Question]]], None]


class _Flight(Generic[Question]):
    """One fetch: what is found, what this request is asking, and what others are."""

    def __init__(
        self, answers: Answers, batches: Sequence[Batch[Question]], not_before: float, are_lists: bool
    ) -> None:
        self._answers = answers
        self._are_lists = are_lists
        self._batches = batches
        self._not_before = not_before
        self._found: Found[Question] = {}
        self._landed: Found[Question] = {}
        self._own: set[Question] = set()
        self._leases: list[Lease[Question]] = []
        self._refusal: BaseException | None = None
        self._changed = threading.Condition()
        #: Whether the request still waits.
        self.is_awaited = True
        #: {question: when the call began that this request waits for}, in seconds since 1970.
        self.leased_at: dict[Question, float] = {}

    def run(self, ask: Ask[Question], hold_seconds: float, known: Known[Question] | None = None) -> Found[Question]:
        """Return {question: Answer} of what is there in time.

        :raises Exception: what :meth:`Lease.refuse` was given
        """
        ends = time.monotonic() + hold_seconds
        pauses = itertools.chain(PAUSES_SECONDS, itertools.repeat(PAUSES_SECONDS[-1]))
        self._look(ask, known)
        while self._missing() and time.monotonic() < ends:
            left = ends - time.monotonic()
            self._wait(min(next(pauses), left) if self._foreign() else left)
            if self._foreign():
                self._look(ask)
        self.is_awaited = False
        self._collect()
        # A call of a batch that has not come must not keep what its other calls have brought from other requests.
        for lease in self._leases if self._missing() else ():
            lease.flush()
            rest = [question for question in lease.batch if question not in self._found]
            if rest:
                lease.cover(rest)
        return self._found

    def _wait(self, seconds: float) -> None:
        """Sleep, or wait until one of this request's own calls ends."""
        with self._changed:
            if not self._landed and self._refusal is None:
                self._changed.wait(seconds)
        self._collect()

    def land(self, answers: Found[Question], refusal: BaseException | None = None) -> None:
        """Take the answers of a batch; any thread may call it."""
        with self._changed:
            self._landed |= answers
            self._refusal = self._refusal or refusal
            self._changed.notify_all()

    def _collect(self) -> None:
        with self._changed:
            landed, self._landed = self._landed, {}
            if self._refusal:
                raise self._refusal
        self._found |= landed

    def _missing(self) -> list[Batch[Question]]:
        """Return the batches that are not complete, without what is found."""
        rest = [tuple(question for question in batch if question not in self._found) for batch in self._batches]
        return [batch for batch in rest if batch]

    def _foreign(self) -> list[Batch[Question]]:
        return [batch for batch in self._missing() if not self._own.issuperset(batch)]

    def _look(self, ask: Ask[Question], known: Known[Question] | None = None) -> None:
        """Take the answers that are in the cache, and ask for those that no other request is asking for."""
        leased: dict[Batch[Question], float] = {}
        if not known:
            known, leased = self._answers.look(self._foreign())
        self._found |= self._answers.accepted(known, self._not_before)
        free = [batch for batch in self._foreign() if not self._is_waited_for(batch, leased.get(batch))]
        leases = [lease for lease in map(self._acquired, free) if lease]
        if leases:
            self._ask_for(leases, ask, known)

    def _is_waited_for(self, batch: Batch[Question], leased_at: float | None) -> bool:
        if leased_at is not None and leased_at >= self._not_before:
            self.leased_at.update(dict.fromkeys(batch, leased_at))
        return leased_at is not None

    def _acquired(self, batch: Batch[Question]) -> Lease[Question] | None:
        lease = Lease(self._answers, self, batch, self._are_lists)
        acquired_at = lease.acquire(conf.get('time_limit') + LEASE_GRACE_SECONDS)
        if acquired_at is None:
            return None
        self.leased_at.update(dict.fromkeys(batch, acquired_at))
        return lease

    def _looked_again(self, leases: Sequence[Lease[Question]], known: Known[Question]) -> Known[Question]:
        # Another request may have released its lease between the look and the acquisition. Then its whole batch is new.
        first = self._answers.known([lease.batch[0] for lease in leases])
        if any(known[question] != entry for question, entry in first.items()):
            known = self._answers.known([question for lease in leases for question in lease.batch])
            self._found |= self._answers.accepted(known, self._not_before)
        return known

    def _ask_for(self, leases: Sequence[Lease[Question]], ask: Ask[Question], known: Known[Question]) -> None:
        known = self._looked_again(leases, known)
        due = [lease for lease in leases if lease.narrow(self._found, known)]
        self._own.update(question for lease in due for question in lease.batch)
        self._leases += due
        try:
            if due:
                ask(due)
        except BaseException as fault:
            for lease in due:
                lease.refuse(fault)
            raise


def is_lease(value: object) -> bool:
    """Say whether a value of the cache says when a lease was got."""
    return isinstance(value, float) and value <= time.time() + entries.MAX_SKEW_SECONDS


def _digest(something: object) -> str:
    # Clients of memcached take time for each letter of a key.
    return hashlib.sha256(repr(something).encode()).hexdigest()[:DIGEST_CHARACTERS]
