# SPDX-License-Identifier: Apache-2.0
"""Single-flight for lists, which may take GBP long: they go on without the request that has asked for them.

A request waits for a list a moment at most. A thread puts the answer into the cache when it is there, so a request that
comes later finds it; until then the list is BUSY. A list that took long is remembered for a day, and so is that one did
not come in time: a page can show its rows, or leave it alone, without asking.
"""

import dataclasses
import logging
import math
import time

from gbp_status_ui import conf
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching import single_flight
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

LOG = logging.getLogger(__name__)

#: For how many seconds a list that took long is remembered.
REMEMBERED = 24 * 60 * 60

#: How long a list that did not come in time is left alone, as a multiple of the time that it took for nothing.
REST = 3

#: For how long a request holds its worker in all where its page comes back for a list anyway, as a multiple of the
#: setting ``list_wait``. The first read after lists that are late has a moment in any case, a part of ``list_wait``.
HELD, MOMENT = 2, 0.5

#: The value of a list that is on its way.
BUSY = Failure(Reason.BUSY)
_NOWHERE = Failure(Reason.ERROR, 'The cache does not take the list.')


def wait():
    """Return for how many seconds a request holds its worker for a list."""
    return conf.get('list_wait')


def unless_late(answer):
    """Return an answer, or BUSY for one that did not come in time: its page comes back."""
    return BUSY if isinstance(answer, Failure) and answer.reason is Reason.TIMEOUT else answer


class ListFlight(single_flight.SingleFlight):
    """The answers for one request of the dashboard, to questions of rows and of lists."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: Answers and failures of lists that the cache holds, of any age, as they are kept.
        self._lists, self._failed = {}, {}
        #: Whether the page of this request comes back for a list.
        self.late = False
        self._until = None

    def fetch_lists(self, questions, ask, ahead=False):
        """As :meth:`fetch`, for lists. What takes GBP longer than a moment is BUSY.

        ``ask`` gets a second argument: a function that takes {question: value} of what was BUSY, later and from any
        thread; or None where nobody could get that. ``ahead``: what is known to take long is not even asked for.
        """
        oldest = self._oldest(questions, 0.0)
        answers = self._failures(oldest)
        if ahead:
            self._lists = self._recalled(oldest, self._answer_key)
            answers |= self._accepted(self._lists, oldest, late=False)
            oldest = {question: time for question, time in oldest.items() if not self._takes_long(question)}
        rest = {question: time for question, time in oldest.items() if question not in answers}
        answers |= self._fetched(rest, lambda new: self._begun(new, ask), time.monotonic() + wait())
        answers = {question: answer for question, answer in answers.items() if answer.value != BUSY}
        self._freshness.note_seen(answers, self._answer_key)
        return answers | self._comes_back_for([question for question in questions if question not in answers])

    def _comes_back_for(self, questions):
        self.late = self.late or bool(questions)
        return self._busy(questions)

    def until(self):
        """Return until when this request may hold its worker for its next read, on the monotonic clock."""
        if not self.late:
            return math.inf
        if self._until is None:
            left = max(HELD * wait() - self._connection.elapsed, MOMENT * wait())
            self._until = time.monotonic() + left
        return self._until

    def remembered(self, question):
        """Return the last :class:`Answer` to a list that takes long, however old, or None."""
        kept = self._lists.get(question) or self._recalled([question], self._answer_key).get(question)
        if kept is None or kept.seconds <= wait() or not self._connection.proves_token():
            return None
        return entries.unpacked(kept)

    def _takes_long(self, question):
        kept, failed = self._lists.get(question), self._failed.get(question)
        return bool((kept and kept.seconds > wait()) or (failed and failed.value.reason is Reason.TIMEOUT))

    def _failures(self, oldest):
        """Return the failures of lists that are so new that these are not asked for again."""
        self._failed = self._recalled(oldest, self._failure_key)
        found = self._accepted(self._failed, oldest, late=False)
        resting = {question: answer for question, answer in self._failed.items() if self._rests(answer)}
        return found | (resting if resting and self._connection.proves_token() else {})

    def _rests(self, failure):
        is_wished = failure.asked_at <= self._freshness.not_before
        is_over = time.time() - failure.got_at > REST * failure.seconds
        return failure.value.reason is Reason.TIMEOUT and not (is_wished or is_over)

    def _begun(self, questions, ask):
        """Ask for lists, and return the answers that are there after a moment; the others are BUSY, and go on."""
        asked_at, may_fail, leases = time.time(), self._connection.has_time, self._hand_over_leases()

        def end(values):
            """Keep what has come, and let others ask for the rest."""
            answers = {question: Answer(value, asked_at, time.time()) for question, value in values.items()}
            try:
                self._keep({question: answer for question, answer in answers.items() if answer.value != BUSY}, may_fail)
            finally:
                going_on = {self._lease_key(question) for question, value in values.items() if value == BUSY}
                self._release({key: begun for key, begun in leases.items() if key not in going_on})
            return answers

        try:
            values = ask(questions, end if self._is_shared(leases) else None) if questions else {}
        except BaseException:
            end({})
            raise
        return end(values)

    def _is_shared(self, leases):
        """Say whether what goes on would be found by others: whether the cache works."""
        return shared_cache.get_many(list(leases)) == leases

    def _keep(self, answers, may_fail):
        lists = {question: answer for question, answer in answers.items() if not answer.failed}
        failures = {question: answer for question, answer in answers.items() if answer.failed and may_fail}
        self._keep_failures(failures | self._keep_lists(lists), gone=[one for one in lists if one in self._failed])

    def _keep_lists(self, answers):
        """Keep lists, and return {question: failure} of those that nobody could come back for: they are nowhere."""
        long = {question: answer for question, answer in answers.items() if answer.seconds > wait()}
        self._cache({question: answer for question, answer in answers.items() if question not in long})
        refused = self._cache(long, REMEMBERED)
        if refused:
            LOG.warning('The cache does not take %s lists that GBP has sent.', len(refused))
        return {question: dataclasses.replace(answer, value=_NOWHERE) for question, answer in refused.items()}

    def _keep_failures(self, failures, gone):
        kept = {self._failure_key(question): entries.packed(answer) for question, answer in failures.items()}
        if kept:
            shared_cache.set_many(kept, REMEMBERED)
        if gone:
            shared_cache.delete_many(list(map(self._failure_key, gone)))

    def _failure_key(self, question):
        return f'failure:{self._answer_key(question)}'
