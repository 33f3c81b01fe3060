# SPDX-License-Identifier: Apache-2.0
"""Of many requests with the same question one asks; how long the others wait for it, and what becomes of its lease."""

import concurrent.futures
import itertools
import threading
import time
import types

from django.test import override_settings
import pytest

from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching import single_flight
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests.clients import Client
from tests.unit import sessions
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

#: For a test that ends the waiting itself.
LONG = (0.02,) * 3000


@pytest.fixture
def waiting(monkeypatch):
    """A semaphore that each thread releases once, when it begins to wait for another request."""
    begun, known, plain = threading.Semaphore(0), set(), time.sleep

    def rest(seconds):
        if threading.get_ident() not in known:
            known.add(threading.get_ident())
            begun.release()
        plain(seconds)

    monkeypatch.setattr(time, 'sleep', rest)
    return begun


class Reader:
    """A single-flight by itself, its questions and answers being plain words."""

    def __init__(self, time_left=5, has_time=True):
        request = types.SimpleNamespace(META={}, GET={}, headers={'Cache-Control': 'max-age=1'})
        connection = types.SimpleNamespace(time_left=time_left, has_time=has_time, proves_token=lambda: True)
        self.flight = single_flight.SingleFlight('rights', freshness.Freshness(request), connection)
        self.flight._freshness.__dict__['not_before'] = 0.0
        self.asked = []
        self.value = 'answer'

    def ask(self, questions):
        self.asked += questions
        return dict.fromkeys(questions, self.value)

    def fetch(self, *questions, **options):
        found = self.flight.fetch(questions or ['question'], self.ask, **options)
        return [answer.value for answer in found.values()]

    def key(self, question='question'):
        return self.flight._lease_key(question)


@pytest.fixture
def slow():
    """A reader that is asking ``question`` until its event ``may_end`` is set."""
    reader = Reader()
    reader.began, reader.may_end, ask = threading.Event(), threading.Event(), reader.ask

    def ask_slowly(questions):
        reader.began.set()
        reader.may_end.wait()
        return ask(questions)

    reader.ask = ask_slowly
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        reader.future = pool.submit(reader.fetch)
        reader.began.wait()
        yield reader
        reader.may_end.set()


@pytest.mark.parametrize('seconds', [0, 6], ids=['soon', 'late'])
def test_a_stampede_is_one_call(gbp, group, clock, waiting, monkeypatch, seconds):
    """Also where the answer comes later than an answer may be old."""
    monkeypatch.setattr(single_flight, 'PAUSES', LONG)
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(12)]
    gbp.requests.clear()
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        polls = [pool.submit(poll, client, group, cache_control='max-age=1') for client in clients]
        for _ in range(11):
            assert waiting.acquire(timeout=30)
        clock.ahead += seconds
        gbp.release()
        answers = [answer.result() for answer in polls]

    assert {answer.json()['rows'][GROUPS][group]['status'] for answer in answers} == {'BUILD'}
    assert len(gbp.requests) == 1


def test_an_answer_that_took_long_is_shared_as_long_as_any_other(gbp, group, member, colleague, clock, monkeypatch):
    send = gbp.send

    def slow(*arguments, **options):
        clock.ahead += 6
        return send(*arguments, **options)

    monkeypatch.setattr(gbp, 'send', slow)
    poll(member, group, cache_control='max-age=1')
    answer = poll(colleague, group, cache_control='max-age=1')

    assert (calls(answer), answer.headers['Age']) == (0, '6')


def test_other_questions_do_not_wait_and_are_asked_once(slow, waiting):
    readers = [Reader() for _ in range(20)]
    answers = [reader.fetch('other') for reader in readers]

    assert (answers, sum(len(reader.asked) for reader in readers)) == ([['answer']] * 20, 1)
    assert not waiting.acquire(blocking=False)


def test_of_two_questions_the_free_one_is_asked_at_once(slow, waiting, monkeypatch):
    monkeypatch.setattr(single_flight, 'PAUSES', LONG)
    reader = Reader()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        answers = pool.submit(reader.fetch, 'question', 'other')
        assert waiting.acquire(timeout=30)
        assert reader.asked == ['other']
        slow.may_end.set()

        assert answers.result(timeout=30) == ['answer', 'answer']
    assert reader.asked == ['other']


def test_who_waits_is_told_to_come_back(slow, monkeypatch):
    monkeypatch.setattr(single_flight, 'PAUSES', (0.01,) * 3)
    reader = Reader()

    assert reader.fetch() == [Failure(Reason.BUSY)]
    assert (reader.asked, reader.flight.busy) == ([], True)


def test_nobody_else_gets_the_answer_that_another_is_asking(slow, monkeypatch):
    monkeypatch.setattr(single_flight, 'PAUSES', (0.01,) * 3)
    Reader().fetch()
    slow.may_end.set()
    slow.future.result()

    assert Reader().fetch() == ['answer']


def test_waiting_has_as_many_looks_as_pauses_whatever_the_clock_says(monkeypatch):
    rests = []
    monkeypatch.setattr(time, 'sleep', rests.append)
    reader = Reader()
    shared_cache.set_many({reader.key(): 1.5}, 9)
    reader.fetch()

    assert (tuple(rests), sum(rests) <= 2) == (single_flight.PAUSES, True)


def test_nobody_waits_beyond_the_time_limit(monkeypatch):
    rests = []
    monkeypatch.setattr(time, 'sleep', rests.append)
    reader = Reader(time_left=0)
    shared_cache.set_many({reader.key(): 1.5}, 9)
    reader.fetch()

    assert rests == []


def test_where_an_asker_ends_without_an_answer_one_of_the_others_asks(slow, waiting, monkeypatch):
    monkeypatch.setattr(single_flight, 'PAUSES', LONG)
    slow.flight._connection.has_time = False
    slow.value = Failure(Reason.TIMEOUT)
    # What has no time left is not cached.
    monkeypatch.setattr(slow.flight, '_cache', lambda _answers: None)
    readers = [Reader() for _ in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(reader.fetch) for reader in readers]
        for _ in readers:
            assert waiting.acquire(timeout=30)
        slow.may_end.set()
        values = [answer.result(timeout=30) for answer in answers]

    assert (values, sum(len(reader.asked) for reader in readers)) == ([['answer']] * 8, 1)


def test_a_failure_without_time_is_nobody_elses():
    reader, other = Reader(has_time=False), Reader()
    reader.value = Failure(Reason.TIMEOUT)

    assert (reader.fetch(), other.fetch()) == ([Failure(Reason.TIMEOUT)], ['answer'])


def test_a_lease_from_before_the_time_that_counts_is_not_waited_for(slow, waiting):
    reader = Reader()

    assert reader.fetch(not_before=time.time()) == ['answer']
    assert not waiting.acquire(blocking=False)


def test_who_gets_the_lease_looks_once_more(monkeypatch):
    first, second, add = Reader(), Reader(), shared_cache.add

    def late(*arguments):
        monkeypatch.setattr(shared_cache, 'add', add)
        first.fetch()
        return add(*arguments)

    monkeypatch.setattr(shared_cache, 'add', late)

    assert (second.fetch(), second.asked) == (['answer'], [])
    assert shared_cache.get(second.key()) is None


def test_who_is_second_at_one_question_leaves_the_others_to_the_first(monkeypatch):
    second = Reader()
    tried = []
    monkeypatch.setattr(shared_cache, 'add', lambda key, *_: tried.append(key) or False)
    monkeypatch.setattr(single_flight, 'PAUSES', ())
    second.fetch('a', 'b', 'c')

    assert tried == [second.key('a')]


def test_who_is_late_does_not_release_the_lease_of_another():
    reader = Reader()
    reader.ask = lambda questions: shared_cache.set_many({reader.key(): 1.5}, 9) or dict.fromkeys(questions, 'answer')
    reader.fetch()

    assert shared_cache.get(reader.key()) == 1.5


def test_who_has_waited_for_a_second_gets_what_is_a_little_older(gbp, group, member, colleague, clock, monkeypatch):
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


def test_viewers_of_a_list_that_hangs_hold_no_threads(gbp, group, member, monkeypatch):
    """One asks; the others are answered while it still does, and their pages come back."""
    monkeypatch.setattr(single_flight, 'PAUSES', (0.01,) * 3)
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(8)]
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        pages = [pool.submit(page, client) for client in clients]
        done = [found.result() for found in itertools.islice(concurrent.futures.as_completed(pages), 7)]
        asking = [found for found in pages if not found.done()]
        gbp.release()

    assert len(asking) == 1
    assert {answer.headers['Retry-After'] for answer in done} == {'2'}
    assert all('Groups: all are being read.' in answer.content.decode() for answer in done)


def test_a_poll_that_would_wait_names_the_kind_and_when_to_ask_again(group, member, colleague, monkeypatch, clock):
    monkeypatch.setattr(single_flight, 'PAUSES', (0.01,) * 3)
    monkeypatch.setattr(shared_cache, 'delete_many', lambda keys: None)
    poll(member, group)
    clock.ahead = 10
    answer = poll(colleague, group, cache_control='max-age=1')

    assert (answer.json()['unavailable'], answer.headers['Retry-After'], calls(answer)) == ([GROUPS], '2', 0)


def test_who_has_everything_need_not_come_back(group, member):
    assert 'Retry-After' not in page(member).headers


def test_who_has_had_no_time_left_shares_no_failure(group, member, colleague, clock, monkeypatch):
    monkeypatch.setattr(shared_cache, 'delete_many', lambda keys: None)
    poll(member, group)
    clock.ahead = 10
    with override_settings(GBP_STATUS_UI={'time_limit': 0.3}):
        poll(colleague, group, cache_control='max-age=1')

    assert poll(member, group, cache_control='max-age=10').json()['rows'][GROUPS].keys() == {group}
