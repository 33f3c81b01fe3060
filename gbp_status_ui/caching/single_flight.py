# SPDX-License-Identifier: Apache-2.0
"""What one viewer was told, another with the same rights is told again, as long as it is new enough for the asker.

Stands between api.py, which knows the questions, and connection.py, which asks GBP. A question is anything hashable
with the same ``repr`` in every process.
"""

import dataclasses
import hashlib
import math
import pickle
import time
import zlib

from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model.answers import Failure

#: For how many seconds answers are kept: longer than the oldest that a poller accepts.
KEPT = 90

#: What memcached takes in one entry (1 MiB), less what is kept along with it. What is larger is asked for each time.
LARGEST = 1_000_000

#: How many seconds somebody waits for what another is asking, before an older answer will do.
PATIENCE = 1

#: How often is looked whether it has come, in seconds: at first, and later on.
LOOK, LAST_LOOK = 0.02, 0.2

#: To be changed with what is kept of an answer, so that no process reads what it does not understand.
_FORMAT = 3


@dataclasses.dataclass(frozen=True)
class Answer:
    """What GBP said, or the :class:`Failure` that there was instead.

    ``asked_at`` and ``got_at`` are seconds since 1970: nothing in it is newer than the one, ages count from the other.
    """

    value: object
    asked_at: float
    got_at: float

    @property
    def failed(self):
        return isinstance(self.value, Failure)


def rights_of(user, endpoint, scope):
    """Return what decides an answer besides the question: where, for which project and with which roles it is asked."""
    roles = sorted({role['name'] for role in user.roles})
    return user.services_region, endpoint, user.project_id, user.domain_id, roles, user.is_superuser, scope.all_projects


class Coalescer:
    """The answers for one request of the dashboard.

    ``age`` is how many seconds ago the oldest answer was asked for that another had got.
    """

    def __init__(self, rights, demand, connection):
        self._rights = _digest((_FORMAT, rights))
        self._demand = demand
        self._connection = connection
        self._claims = {}
        self.age = 0

    def tell(self, questions, ask, flight_of=lambda question: question, since=0.0):
        """Return {question: :class:`Answer`}, none from before the time ``since``.

        ``ask`` gets those questions that are to be asked now, and returns {question: value}. Of all questions with the
        same ``flight_of`` one reader asks at a time; others wait for what it brings, and then for no further one.
        """
        floors = self._floors(questions, since)
        told, others, patient_until = {}, {}, time.monotonic() + PATIENCE
        while missing := {question: floor for question, floor in floors.items() if question not in told}:
            told |= self._kept(missing, late=time.monotonic() > patient_until)
            left = [question for question in missing if question not in told]
            mine = self._mine(left, flight_of, since, others)
            if mine:
                # Another may have ended between the look and the claim.
                told |= self._kept({question: floors[question] for question in mine}, late=False)
                told |= self._asked([question for question in mine if question not in told], ask)
            elif left:
                self._wait_for({flight: others[flight] for flight in map(flight_of, left)}, patient_until)
        if not since:
            self._demand.note(told, self._answer_key)
        return told

    def _floors(self, questions, since):
        """Return {question: the time from before which no answer will do}."""
        told = {} if since else self._demand.told(questions, self._answer_key)
        floor = max(since, self._demand.floor)
        return {question: max(floor, told.get(question, 0.0)) for question in questions}

    def _kept(self, floors, late):
        keys = {self._answer_key(question): question for question in floors}
        answers = {keys[key]: Answer(*kept) for key, kept in shared_cache.get_many(list(keys)).items()}
        found = {
            question: _unpacked(answer)
            for question, answer in answers.items()
            if self._demand.accepts(answer, floors[question], late)
        }
        self.age = max([self.age, *(int(time.time() - answer.asked_at) for answer in found.values())])
        return found

    def _mine(self, questions, flight_of, since, others):
        """Return the questions that are for this reader to ask; ``others`` learns of {flight: begun} of other readers.

        What another began to ask before the time that counts here, or after one was waited for, is not waited for. When
        the time limit is over nothing is: whoever was asking has died.
        """
        if self._connection.time_left <= 0:
            return questions
        recent = max(since, self._demand.floor)
        begun = {flight: self._claim(flight) for flight in set(map(flight_of, questions))}
        free = {
            flight
            for flight, moment in begun.items()
            if moment <= recent or others.setdefault(flight, moment) != moment
        }
        return [question for question in questions if flight_of(question) in free]

    def _claim(self, flight):
        """Return when another began to ask; 0 where none did, and then others wait for this one."""
        key, now = self._flight_key(flight), time.time()
        if shared_cache.add(key, now, math.ceil(self._connection.time_left) + 1):
            self._claims[key] = now
            return 0.0
        return shared_cache.get(key) or 0.0

    def _release(self):
        """Let others ask; a claim that has ended by its time may be another's by now."""
        now = shared_cache.get_many(list(self._claims))
        shared_cache.delete_many([key for key, begun in self._claims.items() if now.get(key) == begun])
        self._claims = {}

    def _wait_for(self, flights, patient_until):
        """Wait until one of {flight: begun} ends, or the patience does, or the time limit."""
        keys = {self._flight_key(flight): begun for flight, begun in flights.items()}
        now, pause = time.monotonic(), LOOK
        until = now + self._connection.time_left
        if now < patient_until:
            until = min(until, patient_until)
        while time.monotonic() <= until and shared_cache.get_many(list(keys)) == keys:
            time.sleep(pause)
            pause = min(2 * pause, LAST_LOOK)

    def _asked(self, questions, ask):
        asked_at, may_fail = time.time(), self._connection.has_time
        try:
            values = ask(questions) if questions else {}
            answers = {question: Answer(value, asked_at, time.time()) for question, value in values.items()}
            self._keep({question: answer for question, answer in answers.items() if may_fail or not answer.failed})
        finally:
            self._release()
        return answers

    def _keep(self, answers):
        packed = {self._answer_key(question): _packed(answer) for question, answer in answers.items()}
        shared_cache.set_many({key: kept for key, kept in packed.items() if kept}, KEPT)

    def _answer_key(self, question):
        return f'answer:{_digest((self._rights, question))}'

    def _flight_key(self, flight):
        return f'flight:{_digest((self._rights, flight))}'


def _digest(something):
    return hashlib.sha256(repr(something).encode()).hexdigest()


def _packed(answer):
    """Lists are compressed, and not kept if they are too large even so, or of rows that differ in their attributes."""
    times = answer.asked_at, answer.got_at
    if not isinstance(answer.value, list):
        return answer.value, *times
    try:
        packed = zlib.compress(pickle.dumps(_columns(answer.value)), level=1)
    except KeyError:
        return None
    return (packed, *times) if len(packed) <= LARGEST else None


def _unpacked(answer):
    if not isinstance(answer.value, bytes):
        return answer
    # As trustworthy as the cache itself: Django pickles whatever it keeps.
    names, *columns = pickle.loads(zlib.decompress(answer.value))  # noqa: S301 # nosec B301
    rows = [dict(zip(names, values)) for values in zip(*columns)]
    return dataclasses.replace(answer, value=rows)


def _columns(rows):
    """Return the names of the attributes of a list and the values of each: half the work and the room of its dicts.

    All rows of an answer have the attributes that were asked for; KeyError says that one has not.
    """
    names = list(rows[0]) if rows else []
    if any(len(row) != len(names) for row in rows):
        raise KeyError
    return [names, *([row[name] for row in rows] for name in names)]
