# SPDX-License-Identifier: Apache-2.0
"""Of many who want the same at once one asks; how long the others wait for that, and what becomes of claims."""

import concurrent.futures
import threading
import time
import types

from django.test import override_settings
import pytest

from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching import single_flight

from tests.clients import Client
from tests.unit import sessions
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import poll


@pytest.fixture
def waiting(monkeypatch):
    """A semaphore that is released by each reader that begins to wait for another."""
    begun, plain = threading.Semaphore(0), single_flight.Coalescer._wait_for

    def wait_for(reader, *arguments):
        begun.release()
        plain(reader, *arguments)

    monkeypatch.setattr(single_flight.Coalescer, '_wait_for', wait_for)
    return begun


@pytest.mark.parametrize('seconds', [0, 6], ids=['soon', 'late'])
def test_a_stampede_is_one_call(gbp, group, clock, waiting, seconds):
    """Also where the answer comes later than an answer may be old."""
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(12)]
    gbp.requests.clear()
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(poll, client, group, cache_control='max-age=1') for client in clients]
        for _ in range(11):
            assert waiting.acquire(timeout=5)
        clock.ahead += seconds
        gbp.release()
        answers = [answer.result() for answer in asked]

    assert {answer.json()['rows'][GROUPS][group]['status'] for answer in answers} == {'BUILD'}
    assert len(gbp.requests) == 1


def test_an_answer_that_took_long_is_told_as_long_as_any_other(gbp, group, member, colleague, clock, monkeypatch):
    send = gbp.send

    def slow(*arguments, **options):
        clock.ahead += 6
        return send(*arguments, **options)

    monkeypatch.setattr(gbp, 'send', slow)
    poll(member, group, cache_control='max-age=1')
    answer = poll(colleague, group, cache_control='max-age=1')

    assert (calls(answer), answer.headers['Age']) == (0, '6')


class Reader:
    """A coalescer by itself, its questions and answers being plain words."""

    def __init__(self):
        request = types.SimpleNamespace(META={}, headers={'Cache-Control': 'max-age=1'})
        time_is_there = types.SimpleNamespace(time_left=5, has_time=True)
        self.coalescer = single_flight.Coalescer('rights', freshness.Demand(request), time_is_there)
        self.coalescer._demand.__dict__['floor'] = 0.0
        self.key = self.coalescer._flight_key('flight')
        self.asked = []

    def ask(self, questions):
        self.asked += questions
        return dict.fromkeys(questions, 'answer')

    def tell(self, question='question'):
        return self.coalescer.tell([question], self.ask, lambda _question: 'flight')[question].value


def test_who_waits_for_two_rests_between_looks_when_one_has_ended(monkeypatch, waiting):
    reader, rests, rest = Reader(), threading.Semaphore(0), time.sleep
    monkeypatch.setattr(time, 'sleep', lambda seconds: (rests.release(), rest(seconds)))
    first, second = (reader.coalescer._flight_key(name) for name in ('first', 'second'))
    shared_cache.set_many({first: 1.5, second: 1.5}, 9)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        told = pool.submit(reader.coalescer.tell, ['first', 'second'], reader.ask)
        assert waiting.acquire(timeout=5)
        shared_cache.delete_many([first])
        assert waiting.acquire(timeout=5)
        while rests.acquire(blocking=False):
            pass
        assert rests.acquire(timeout=5)
        shared_cache.delete_many([second])
        told.result(timeout=5)

    assert reader.asked == ['first', 'second']


def test_nobody_is_patient_beyond_the_limit(monkeypatch):
    reader = Reader()
    shared_cache.set_many({reader.key: 1.5}, 9)
    monkeypatch.setattr(single_flight, 'PATIENCE', 60)
    deadline = time.monotonic() + 0.2
    limit = type('Limit', (), {'time_left': property(lambda _self: deadline - time.monotonic()), 'has_time': False})
    reader.coalescer._connection = limit()

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        assert pool.submit(reader.tell).result(timeout=20) == 'answer'


def test_who_claims_looks_once_more(monkeypatch):
    first, second, add = Reader(), Reader(), shared_cache.add

    def late(*arguments):
        monkeypatch.setattr(shared_cache, 'add', add)
        first.tell()
        return add(*arguments)

    monkeypatch.setattr(shared_cache, 'add', late)

    assert (second.tell(), second.asked) == ('answer', [])
    assert shared_cache.get(second.key) is None


def test_who_is_late_does_not_end_the_claim_of_another():
    reader = Reader()
    reader.ask = lambda questions: shared_cache.set_many({reader.key: 1.5}, 9) or dict.fromkeys(questions, 'answer')
    reader.tell()

    assert shared_cache.get(reader.key) == 1.5


def test_who_has_waited_for_one_waits_for_no_other(waiting):
    reader = Reader()
    shared_cache.set_many({reader.key: 1.5}, 9)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        told = pool.submit(reader.tell)
        assert waiting.acquire(timeout=5)
        shared_cache.set_many({reader.key: 2.5}, 9)

        assert (told.result(timeout=5), reader.asked) == ('answer', ['question'])
    assert shared_cache.get(reader.key) == 2.5


def test_who_waits_too_long_is_told_what_is_a_little_older(gbp, group, member, colleague, clock, monkeypatch):
    monkeypatch.setattr(single_flight, 'PATIENCE', 0.05)
    poll(member, group)
    clock.ahead = 7
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked, answer = threading.Event(), gbp.send
        monkeypatch.setattr(gbp, 'send', lambda *args, **kwargs: (asked.set(), answer(*args, **kwargs))[1])
        gbp.hold(GROUPS)
        slow = pool.submit(poll, member, group, cache_control='max-age=5')
        asked.wait()
        meanwhile = poll(colleague, group, cache_control='max-age=5')
        gbp.release()

    assert (calls(meanwhile), meanwhile.headers['Age'], calls(slow.result())) == (0, '7', 1)


def test_a_reader_that_died_is_not_waited_for_longer_than_the_limit(group, member, colleague, clock, monkeypatch):
    monkeypatch.setattr(shared_cache, 'delete_many', lambda keys: None)
    poll(member, group)
    clock.ahead = 10
    with override_settings(GBP_STATUS_UI={'time_limit': 0.3}):
        answer = poll(colleague, group, cache_control='max-age=1')

    assert answer.json()['unavailable'] == [GROUPS]


def test_who_has_had_no_time_left_tells_nobody_that_it_failed(group, member, colleague, clock, monkeypatch):
    monkeypatch.setattr(shared_cache, 'delete_many', lambda keys: None)
    poll(member, group)
    clock.ahead = 10
    with override_settings(GBP_STATUS_UI={'time_limit': 0.3}):
        poll(colleague, group, cache_control='max-age=1')

    assert poll(member, group, cache_control='max-age=10').json()['rows'][GROUPS].keys() == {group}
