# SPDX-License-Identifier: Apache-2.0
"""Requests of several processes side by side: nobody goes back in time, and one asks."""

import concurrent.futures
import itertools
import random
import threading

import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import store
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests.unit.caching.reader import Reader
from tests.unit.caching.reader import WAIT_SECONDS

pytestmark = pytest.mark.usefixtures('often')


@pytest.mark.parametrize('names', [('a',), ('a', 'b')], ids=['one', 'two'])
def test_of_batches_that_overlap_the_newer_answer_stays_whichever_comes_first(clock, names):
    for order in itertools.permutations(range(2)):
        store.backend().clear()
        readers = [Reader(slow=True), Reader(slow=True)]
        for reader, more in zip(readers, ([], ['c'])):
            reader.fetch(*names, *more)
            clock.ahead += 1
        for number in order:
            readers[number].end()

        assert Reader(max_age=60).fetch('a') == [{'id': 'a', 'by': id(readers[1])}], order


class Simulation:
    """Two Horizon processes that share a cache, and the pages of some viewers of one session.

    Calls are made side by side, and take up to ten seconds: GBP's time limit.
    """

    def __init__(self, clock, seed):
        self.clock, self.numbers = clock, random.Random(seed)  # noqa: S311 - the same in each run.
        self.running = {'one': [], 'other': []}
        self.rounds, self.seen = {}, {}
        self.calls = self.answered = 0

    def step(self):
        self.clock.ahead += self.numbers.choice((0.0, 0.1, 1.0))
        self.numbers.choices((self.look, self.end, self.kill), weights=(70, 29, 1))[0]()
        late = [one for calls in self.running.values() for one in calls if one.asked_at < self.clock.time() - 9]
        for reader in late:
            self._end(reader, Failure(Reason.TIMEOUT))

    def look(self):
        """Somebody opens a page, reads it again, or retries what was pending."""
        names = self.numbers.choice((('a',), ('a', 'b'), ('a', 'b', 'c')))
        viewer = self.numbers.randrange(5), names
        began, max_age = self.rounds.get(viewer, ('', self.numbers.choice((0, 2, 5, 60))))
        reader = Reader(slow=True, max_age=max_age, not_before=began)
        found = reader.answers.fetch([names], reader.ask, 0.0)
        self.rounds.pop(viewer, None)
        if reader.answers.pending:
            self.rounds[viewer] = reader.answers.not_before, max_age
        if reader.leases:
            self.calls += 1
            self.numbers.choice(list(self.running.values())).append(reader)
        self._check(found, float(began or 0) if max_age == 0 else 0.0)
        keys = [lease._key for calls in self.running.values() for one in calls for lease in one.leases]
        assert len(keys) == len(set(keys)), 'two ask the same'

    def _check(self, found, began):
        for question, answer in found.items():
            if answer.value == answers.PENDING:
                continue
            assert answer.asked_at >= self.seen.get(question, 0.0), 'older than what the session has seen'
            assert answer.asked_at >= began or began < self.clock.time() - 90, 'older than the round'
            assert answer.failed or answer.value['id'] == question
            self.seen[question] = answer.asked_at
            self.answered += 1

    def end(self):
        calls = self.numbers.choice(list(self.running.values()))
        if calls:
            self._end(self.numbers.choice(calls), self.numbers.choice((None, None, Failure(Reason.ERROR))))

    def _end(self, reader, value):
        for readers in self.running.values():
            if reader in readers:
                readers.remove(reader)
        reader.end(value)

    def kill(self):
        self.numbers.choice(list(self.running.values())).clear()


@pytest.mark.slow
@pytest.mark.parametrize('seed', range(12))
def test_whatever_order_requests_come_in_no_session_goes_back_in_time(clock, monkeypatch, seed):
    """And of one batch no two calls run at once, unless the process of the first was killed."""
    for module in ('locmem', 'base'):
        monkeypatch.setattr(f'django.core.cache.backends.{module}.time', clock)
    simulated = Simulation(clock, seed)
    for _step in range(400):
        simulated.step()

    assert (simulated.calls > 40, simulated.answered > 100) == (True, True)


def test_thirty_viewers_on_two_processes_ask_once(clock, monkeypatch, waiting):
    """They share one cache, and nothing else: each has threads of its own."""
    began = threading.Barrier(30, timeout=WAIT_SECONDS)
    slow, askers = threading.Event(), []

    def view(number):
        reader = Reader(slow=True, hold=WAIT_SECONDS)

        def ask(leases):
            askers.append(number)
            Reader.ask(reader, leases)
            threading.Thread(target=lambda: (slow.wait(WAIT_SECONDS), reader.end())).start()

        reader.ask = ask
        began.wait()
        return reader.fetch(are_lists=True)

    with concurrent.futures.ThreadPoolExecutor(15) as one, concurrent.futures.ThreadPoolExecutor(15) as other:
        found = [pool.submit(view, number) for number, pool in enumerate([one, other] * 15)]
        for _ in range(29):
            assert waiting.acquire(timeout=WAIT_SECONDS)
        slow.set()
        values = [answer.result(timeout=WAIT_SECONDS) for answer in found]

    assert (len(askers), len({value[0]['by'] for value in values})) == (1, 1)
