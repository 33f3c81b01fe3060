# SPDX-License-Identifier: Apache-2.0
"""What one viewer was told, another with the same rights is told again, as long as it is new enough for the asker.

Stands between api.py, which knows the questions, and connection.py, which asks GBP. A question is anything hashable
with the same ``repr`` in every process.
"""

import dataclasses
import hashlib
import pickle
import time
import zlib

from gbp_status_ui import shared_cache
from gbp_status_ui.connection import Failure

#: For how many seconds answers are kept: longer than the oldest that a poller accepts.
KEPT = 90

#: What memcached takes in one entry (1 MiB), less what is kept along with it. What is larger is asked for each time.
LARGEST = 1_000_000

#: How many seconds somebody waits for what another is asking, before an older answer will do.
PATIENCE = 1

#: How often is looked whether it has come, in seconds.
LOOK = 0.02


@dataclasses.dataclass(frozen=True)
class Answer:
    """What GBP said, or the :class:`Failure` that there was instead, and when it was asked (seconds since 1970)."""

    value: object
    asked_at: float

    @property
    def failed(self):
        return isinstance(self.value, Failure)


def rights_of(user, endpoint, scope):
    """Return what decides an answer besides the question: where, for which project and with which roles it is asked."""
    roles = sorted({role['name'] for role in user.roles})
    return user.services_region, endpoint, user.project_id, user.domain_id, roles, user.is_superuser, scope.all_projects


class Coalescer:
    """The answers for one request of the dashboard.

    ``age`` is how many seconds ago the oldest answer was got that another had asked for.
    """

    def __init__(self, rights, demand, connection):
        self._rights = rights
        self._demand = demand
        self._connection = connection
        self._claimed = []
        self.age = 0

    def tell(self, questions, ask, flight_of=lambda question: question, since=0.0):
        """Return {question: :class:`Answer`}, none from before the time ``since``.

        ``ask`` gets those questions that are to be asked now, and returns {question: value}. Of all questions with the
        same ``flight_of`` one reader asks at a time; others wait for what it brings.
        """
        floors = self._floors(questions, since)
        told, patient_until = {}, time.monotonic() + PATIENCE
        while missing := {question: floors[question] for question in floors if question not in told}:
            told |= self._kept(missing, late=time.monotonic() > patient_until)
            mine = self._mine([question for question in missing if question not in told], flight_of, since)
            if mine:
                told |= self._asked(mine, ask)
            elif not told.keys() >= missing.keys():
                time.sleep(LOOK)
        if not since:
            self._demand.note({self._key('answer', question): answer.asked_at for question, answer in told.items()})
        return told

    def _floors(self, questions, since):
        """Return {question: the time from before which no answer will do}."""
        keys = {question: self._key('answer', question) for question in questions}
        told = {} if since else self._demand.told(keys.values())
        return {question: max(since, self._demand.floor, told.get(key, 0.0)) for question, key in keys.items()}

    def _kept(self, floors, late):
        keys = {self._key('answer', question): question for question in floors}
        answers = {keys[key]: Answer(*kept) for key, kept in shared_cache.get_many(list(keys)).items()}
        found = {
            question: _unpacked(answer)
            for question, answer in answers.items()
            if self._demand.accepts(answer, floors[question], late)
        }
        self.age = max([self.age, *(int(time.time() - answer.asked_at) for answer in found.values())])
        return found

    def _mine(self, questions, flight_of, since):
        """Return the questions that are for this reader to ask: no other is asking them recently enough.

        When the time limit is over all are: whoever was asking them has died.
        """
        if self._connection.time_left <= 0:
            return questions
        begun = {flight: self._claim(flight) for flight in set(map(flight_of, questions))}
        recent = max(since, self._demand.floor)
        return [question for question in questions if begun[flight_of(question)] <= recent]

    def _claim(self, flight):
        """Return when another began to ask; 0 where none did, and then others wait for this one."""
        key = self._key('flight', flight)
        if shared_cache.add(key, time.time(), max(1, int(self._connection.time_left))):
            self._claimed.append(key)
            return 0.0
        return shared_cache.get(key) or 0.0

    def _asked(self, questions, ask):
        asked_at = time.time()
        try:
            answers = {question: Answer(value, asked_at) for question, value in ask(questions).items()}
            self._keep(answers)
        finally:
            shared_cache.delete_many(self._claimed)
            self._claimed = []
        return answers

    def _keep(self, answers):
        """Only who asks for others, too, tells them of a failure: its own time may have been short."""
        good = {question: answer for question, answer in answers.items() if self._claimed or not answer.failed}
        packed = {self._key('answer', question): _packed(answer) for question, answer in good.items()}
        shared_cache.set_many({key: kept for key, kept in packed.items() if kept}, KEPT)

    def _key(self, what, question):
        return f'{what}:{hashlib.sha256(repr((self._rights, question)).encode()).hexdigest()}'


def _packed(answer):
    """Lists are compressed, and not kept if they are too large even so."""
    if not isinstance(answer.value, list):
        return answer.value, answer.asked_at
    packed = zlib.compress(pickle.dumps(answer.value), level=1)
    return (packed, answer.asked_at) if len(packed) <= LARGEST else None


def _unpacked(answer):
    if not isinstance(answer.value, bytes):
        return answer
    # As trustworthy as the cache itself: Django pickles whatever it keeps.
    return Answer(pickle.loads(zlib.decompress(answer.value)), answer.asked_at)  # noqa: S301
