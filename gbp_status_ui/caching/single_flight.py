# SPDX-License-Identifier: Apache-2.0
"""Single-flight: of all requests with the same rights and question one asks GBP, and the others get its answer.

Stands between api.py, which knows the questions, and connection.py, which asks GBP. A question is anything hashable
with the same ``repr`` in every process. Whoever asks it holds a lease on it in the cache; a request that finds a lease
waits a moment for the answer, and then has its user's page come back later, so that it holds no thread.
"""

import hashlib
import itertools
import math
import time

from gbp_status_ui import conf
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

#: For how many seconds answers are cached: longer than the oldest that a poller accepts.
CACHED = 90

#: How long a request sleeps between looks at the cache, in seconds. Less than a second in all: they are the limit.
PAUSES = (0.02, 0.04, 0.08, 0.16, *[0.2] * 3)

#: After how many seconds of waiting an answer of twice the age will do.
PATIENCE = 0.5

#: How many seconds later a page asks again for what another request is just asking.
RETRY_AFTER = 2

#: To be changed with what is cached of an answer, so that no process reads what it does not understand.
_FORMAT = 6


def rights_of(user, endpoint, scope):
    """Return what decides an answer besides the question: which service is asked, for which project, by whom.

    By whom means what Neutron's policies look at: roles, domains and system scope. One that looks at the user's id
    needs the setting ``share_between_users`` to be off.
    """
    roles = sorted({role['name'] for role in user.roles})
    token_scope = user.project_id, user.domain_id, user.system_scoped
    single = '' if conf.get('share_between_users') else user.id
    place = user.services_region, endpoint, scope.all_projects
    return *place, *token_scope, user.user_domain_id, roles, user.is_superuser, single


class SingleFlight:
    """The answers for one request of the dashboard.

    ``age`` is how many seconds ago the oldest answer was fetched that another request had fetched, ``busy`` whether
    others are still fetching what this request needed.
    """

    def __init__(self, rights, freshness, connection):
        self._rights = _digest((_FORMAT, rights))
        self._freshness = freshness
        self._connection = connection
        self._leases = {}
        self.age = 0
        self.busy = False

    @property
    def came_first(self):
        """When this request came first, for the one that comes back for what was busy."""
        return repr(self._freshness.requested_at)

    def fetch(self, questions, ask, not_before=0.0, until=math.inf):
        """Return {question: :class:`Answer`}, none fetched before the time ``not_before``.

        ``ask`` gets those questions that this request has to ask, and returns {question: value}. What others have not
        fetched after a moment is a failure, :attr:`Reason.BUSY`. A request in a hurry waits until ``until``, on the
        monotonic clock; what fails for it by that is nobody else's failure.
        """
        oldest = self._oldest(questions, not_before)
        answers = self._fetched(oldest, lambda new: self._asked(new, ask, math.isinf(until)), until)
        if not not_before:
            self._freshness.note_seen(answers, self._answer_key)
        return answers | self._busy(question for question in oldest if question not in answers)

    def _fetched(self, oldest, asked, until=math.inf):
        """Return {question: :class:`Answer`} of those that have one after a moment; ``asked`` asks GBP for some.

        Others that are asking GBP already are waited for no longer than ``until``, on the monotonic clock.
        """
        answers = self._look(oldest, asked)
        waited = 0.0
        for pause in PAUSES:
            missing = {question: oldest[question] for question in oldest if question not in answers}
            if not missing or time.monotonic() >= until or self._connection.time_left <= 0:
                break
            time.sleep(pause)
            waited += pause
            answers |= self._look(missing, asked, late=waited >= PATIENCE)
        return answers

    def _busy(self, questions):
        now = time.time()
        answers = {question: Answer(Failure(Reason.BUSY), now, now) for question in questions}
        self.busy = self.busy or bool(answers)
        return answers

    def _oldest(self, questions, not_before):
        """Return {question: the time before which no answer may have been fetched}."""
        seen = {} if not_before else self._freshness.seen(questions, self._answer_key)
        common = max(not_before, self._freshness.not_before)
        return {question: max(common, seen.get(question, 0.0)) for question in questions}

    def _look(self, oldest, asked, late=False):
        """Return the answers that are cached, and those to the questions that nobody is asking: they are asked now."""
        answers = self._cached(oldest, late)
        own = self._acquire_leases({question: oldest[question] for question in oldest if question not in answers})
        if own:
            # Another may have released its lease between the look and the acquisition.
            answers |= self._cached({question: oldest[question] for question in own}, late=False)
            answers |= asked([question for question in own if question not in answers])
        return answers

    def _cached(self, oldest, late):
        return self._accepted(self._recalled(oldest, self._answer_key), oldest, late)

    def _recalled(self, questions, key_of):
        """Return what the cache holds of some questions, of any age, and as it is kept."""
        keys = {key_of(question): question for question in questions}
        return {keys[key]: Answer(*kept) for key, kept in shared_cache.get_many(list(keys)).items()}

    def _accepted(self, recalled, oldest, late):
        found = {
            question: answer
            for question, answer in recalled.items()
            if self._freshness.accepts(answer, oldest[question], late)
        }
        if found and not self._connection.proves_token():
            return {}
        self.age = max([self.age, *(int(time.time() - answer.asked_at) for answer in found.values())])
        return {question: entries.unpacked(answer) for question, answer in found.items()}

    def _acquire_leases(self, oldest):
        """Return the questions that this request has to ask.

        Those on which it got the lease, and those that another began to ask so early that its answer will not do. When
        the time limit is over all of them: the connection then fails them without asking.
        """
        if self._connection.time_left <= 0:
            return list(oldest)
        keys = {question: self._lease_key(question) for question in oldest}
        begun = shared_cache.get_many(list(keys.values()))
        early = [question for question, key in keys.items() if key in begun and begun[key] <= oldest[question]]
        self._take_over([keys[question] for question in early])
        free = [question for question, key in keys.items() if key not in begun]
        # Whoever is second at one question leaves the rest to the first: they want the same, and one call is enough.
        return early + list(itertools.takewhile(lambda question: self._acquire(keys[question]), free))

    def _take_over(self, keys):
        """From now on others wait for the answer of this request, which is newer."""
        own = dict.fromkeys(keys, time.time())
        shared_cache.set_many(own, self._lease_seconds)
        self._leases |= own

    def _acquire(self, key):
        now = time.time()
        acquired = shared_cache.add(key, now, self._lease_seconds)
        if acquired:
            self._leases[key] = now
        return acquired

    @property
    def _lease_seconds(self):
        return math.ceil(self._connection.time_left) + 1

    def _release(self, leases):
        """Let others ask; a lease that has ended by its time may be another's by now."""
        now = shared_cache.get_many(list(leases))
        shared_cache.delete_many([key for key, begun in leases.items() if now.get(key) == begun])

    def _asked(self, questions, ask, may_fail):
        asked_at, may_fail, leases = time.time(), may_fail and self._connection.has_time, self._hand_over_leases()
        try:
            values = ask(questions) if questions else {}
            answers = {question: Answer(value, asked_at, time.time()) for question, value in values.items()}
            self._cache({question: answer for question, answer in answers.items() if may_fail or not answer.failed})
        finally:
            self._release(leases)
        return answers

    def _hand_over_leases(self):
        leases, self._leases = self._leases, {}
        return leases

    def _cache(self, answers, seconds=CACHED):
        """Keep answers; return those that the cache does not take."""
        kept = {self._answer_key(question): entries.packed(answer) for question, answer in answers.items()}
        refused = shared_cache.set_many(kept, seconds)
        return {question: answer for question, answer in answers.items() if self._answer_key(question) in refused}

    def _answer_key(self, question):
        return f'answer:{_digest((self._rights, question))}'

    def _lease_key(self, question):
        return f'lease:{_digest((self._rights, question))}'


def _digest(something):
    return hashlib.sha256(repr(something).encode()).hexdigest()
