# SPDX-License-Identifier: Apache-2.0
"""Of many requests with the same question one asks; how long the others wait for it, and what becomes of its lease."""

import concurrent.futures
import time
import types

import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests import markup
from tests.clients import Client
from tests.unit import sessions
from tests.unit.caching.reader import Reader
from tests.unit.caching.reader import WAIT_SECONDS
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

pytestmark = pytest.mark.usefixtures('often')


@pytest.mark.parametrize('seconds', [0, 6], ids=['soon', 'late'])
def test_a_stampede_is_one_call(gbp, group, clock, waiting, seconds):
    """Also where the answer comes later than an answer may be old."""
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(12)]
    gbp.requests.clear()
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        polls = [pool.submit(poll, client, group, cache_control='max-age=1') for client in clients]
        for _ in range(11):
            assert waiting.acquire(timeout=WAIT_SECONDS)
        clock.ahead += seconds
        gbp.release()
        found = [answer.result() for answer in polls]

    assert {answer.json()['rows'][GROUPS][group]['status'] for answer in found} == {'BUILD'}
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
    readers = [Reader(hold=WAIT_SECONDS) for _ in range(20)]
    found = [reader.fetch('other') for reader in readers]

    assert found == [[{'id': 'other', 'by': id(readers[0])}]] * 20
    assert sum(len(reader.asked) for reader in readers) == 1
    assert not waiting.acquire(blocking=False)


def test_of_two_batches_the_free_one_is_asked_at_once(slow, waiting):
    reader = Reader(hold=WAIT_SECONDS)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        found = pool.submit(reader.answers.fetch, [('question',), ('other',)], reader.ask, WAIT_SECONDS)
        assert waiting.acquire(timeout=WAIT_SECONDS)
        assert reader.asked == ['other']
        slow.end()

        assert [answer.value['by'] for answer in found.result(timeout=WAIT_SECONDS).values()] == [id(slow), id(reader)]
    assert reader.asked == ['other']


@pytest.mark.parametrize('questions', [['a'], ['a', 'b']], ids=' '.join)
def test_what_another_has_got_between_the_look_and_the_lease_is_not_asked_for(clock, monkeypatch, questions):
    quick, reader, add = Reader(), Reader(), store.add

    def add_later(*arguments):
        monkeypatch.setattr(store, 'add', add)
        quick.fetch(*questions)
        return add(*arguments)

    monkeypatch.setattr(store, 'add', add_later)
    found = reader.fetch(*questions)

    assert (quick.asked, reader.asked) == (questions, [])
    assert [row['by'] for row in found] == [id(quick)] * len(questions)


def test_a_request_that_waits_is_told_to_retry(slow, clock):
    reader = Reader()

    assert reader.fetch() == [answers.PENDING]
    assert (reader.asked, list(reader.answers.pending)) == ([], ['question'])
    # The call that it waits for began before it came.
    assert float(reader.answers.not_before) <= slow.asked_at
    clock.ahead += 5
    slow.end()
    again = Reader(not_before=reader.answers.not_before)

    assert (again.fetch(), again.asked, again.answers.pending) == ([{'id': 'question', 'by': id(slow)}], [], {})


def test_a_retry_gets_the_answer_of_the_call_of_its_own_page(slow, clock):
    clock.ahead += 5
    slow.end()
    again = Reader(max_age=0, not_before=slow.answers.not_before)

    assert (again.fetch(), again.asked) == ([{'id': 'question', 'by': id(slow)}], [])


def test_a_call_that_goes_on_for_long_is_waited_for_by_who_comes_late(slow, clock):
    """Its lease is renewed; the call began when it began."""
    clock.ahead += 20
    slow.leases[0].keep(60)
    late = Reader()
    late.fetch()
    clock.ahead += 20
    slow.end()
    again = Reader(not_before=late.answers.not_before)

    assert (again.fetch(), again.asked) == ([{'id': 'question', 'by': id(slow)}], [])


def test_who_needs_a_newer_answer_asks_when_the_running_call_has_ended(slow, clock):
    clock.ahead += 1
    reader = Reader(max_age=0)

    assert (reader.fetch(), reader.asked) == ([answers.PENDING], [])
    slow.end()
    again = Reader(max_age=0, not_before=reader.answers.not_before)

    assert (again.fetch(), again.asked) == ([{'id': 'question', 'by': id(again)}], ['question'])


def test_a_request_waits_no_longer_than_it_holds(slow, monkeypatch):
    rests, now = [], [100.0]
    monkeypatch.setattr(answers, 'PAUSES_SECONDS', (0.03, 0.1, 0.25, 0.6))
    monkeypatch.setattr(answers, 'time', types.SimpleNamespace(time=time.time, monotonic=lambda: now[0]))

    def rest(_flight, seconds):
        rests.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(answers._Flight, '_wait', rest)
    Reader(hold=2.0).fetch()

    assert rests == pytest.approx([0.03, 0.1, 0.25, 0.6, 0.6, 0.42])


def test_without_any_time_nobody_waits(slow, waiting):
    Reader(hold=0).fetch()

    assert not waiting.acquire(blocking=False)


def test_one_lease_is_for_all_rows_of_a_batch_in_any_order(clock):
    first, second = Reader(slow=True), Reader(slow=True)
    first.fetch('a', 'b', 'c')
    second.fetch('c', 'a', 'b')

    assert (first.asked, second.asked) == (['a', 'b', 'c'], [])


@pytest.mark.slow
def test_viewers_of_a_list_that_hangs_hold_no_threads(gbp, group, member, monkeypatch):
    """One asks; all are answered while it still does, and their pages retry."""
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.1)
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(8)]
    gbp.requests.clear()
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        done = [found.result(timeout=WAIT_SECONDS) for found in [pool.submit(page, client) for client in clients]]
    full = [asked for asked in gbp.requests if asked.collection == GROUPS and 'status' in asked.parameters['fields']]
    gbp.release()

    assert len([asked for asked in full if set(asked.parameters) == {'fields'}]) == 1
    assert all(int(answer.headers['Retry-After']) >= 1 for answer in done)
    assert all('Groups: all are being read.' in ' '.join(markup.page(answer).text().split()) for answer in done)


def test_a_poll_that_would_wait_names_the_rows_and_when_to_ask_again(group, member, colleague, monkeypatch, clock):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.05)
    monkeypatch.setattr(store, 'delete', lambda key: None)
    poll(member, group)
    clock.ahead = 10
    answer = poll(colleague, group, cache_control='max-age=1')

    assert answer.json() == {'rows': {}, 'gone': {}, 'unavailable': [], 'pending': {GROUPS: [group]}}
    assert (answer.headers['Retry-After'], calls(answer)) == ('2', 0)


def test_a_request_that_has_all_answers_is_not_told_to_retry(group, member):
    assert 'Retry-After' not in page(member).headers


def test_a_failure_of_a_call_reaches_the_page_that_retries_it(slow, clock):
    """However late: otherwise each retry would begin a new call."""
    clock.ahead += 10
    slow.end(Failure(Reason.ERROR, 'down'))
    clock.ahead += 20
    again = Reader(not_before=slow.answers.not_before)

    assert (again.fetch(), again.asked) == ([Failure(Reason.ERROR, 'down')], [])
    assert Reader(max_age=90).fetch() != [Failure(Reason.ERROR, 'down')]


def test_nobody_whose_token_is_not_proven_gets_what_others_have_fetched(clock):
    Reader().fetch()
    reader = Reader(max_age=60)
    reader.proven = False
    reader.fetch()

    assert reader.asked == ['question']


def test_an_entry_says_when_it_was_asked_for(clock):
    reader = Reader()
    reader.fetch()
    (entry,) = reader.answers.known(['question']).values()

    assert entry.good == Answer({'id': 'question', 'by': id(reader)}, reader.asked_at, entry.good.came_at)
