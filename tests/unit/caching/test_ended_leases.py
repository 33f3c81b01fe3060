# SPDX-License-Identifier: Apache-2.0
"""What becomes of a lease: released, ended by its time, refused, or never one."""

import concurrent.futures
import threading
import time
import types

import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import store

from tests.unit.caching.reader import Reader
from tests.unit.caching.reader import WAIT_SECONDS

pytestmark = pytest.mark.usefixtures('often')


def test_where_an_asker_ends_without_an_answer_one_of_the_others_asks(slow, waiting):
    readers = [Reader(hold=WAIT_SECONDS) for _ in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = [pool.submit(reader.fetch) for reader in readers]
        for _ in readers:
            assert waiting.acquire(timeout=WAIT_SECONDS)
        slow.leases[0].refuse(ValueError('the token is refused'))
        values = [answer.result(timeout=WAIT_SECONDS) for answer in found]

    (asker,) = [reader for reader in readers if reader.asked]
    assert values == [[{'id': 'question', 'by': id(asker)}]] * 8


def test_a_refusal_reaches_the_one_who_asks(clock):
    reader = Reader()
    reader.ask = lambda leases: leases[0].refuse(KeyError('refused'))
    with pytest.raises(KeyError, match='refused'):
        reader.fetch()

    assert store.get(reader.lease_key()) is None


def test_a_request_that_fails_lets_others_ask(clock):
    failing, other = Reader(), Reader()
    failing.ask = lambda _leases: 1 / 0
    with pytest.raises(ZeroDivisionError):
        failing.fetch()

    assert (other.is_answered(), other.asked) == (True, ['question'])


def test_a_call_that_goes_on_after_another_of_its_batch_was_refused_ends_no_lease_of_others(clock):
    first, second, third = Reader(slow=True), Reader(slow=True), Reader(slow=True)
    first.fetch('a', 'b')
    (lease,) = first.leases
    lease.refuse(ValueError('the token is refused'))
    second.fetch('a', 'b')
    lease.end()
    third.fetch('a', 'b')

    assert (second.asked, third.asked) == (['a', 'b'], [])


def test_the_lease_of_a_process_that_was_killed_ends_with_its_time(slow, clock, monkeypatch):
    monkeypatch.setattr('django.core.cache.backends.locmem.time', clock)
    monkeypatch.setattr('django.core.cache.backends.base.time', clock)
    slow.leases[0].keep(10)
    clock.ahead += 10
    assert Reader().fetch() == [answers.PENDING]
    clock.ahead += 2 * answers.LEASE_GRACE_SECONDS + 1
    reader = Reader()

    assert (reader.is_answered(), reader.asked) == (True, ['question'])


def test_a_thread_that_is_late_keeps_no_lease_that_another_has_ended(slow, clock):
    """Each thread keeps all that was waiting when it looked; others do that meanwhile."""
    (lease,) = slow.leases
    slow.end()
    lease.keep(60)
    reader = Reader(max_age=0)

    assert (reader.is_answered(), reader.asked) == (True, ['question'])


def test_a_lease_that_ends_while_it_is_kept_has_ended(slow, clock, monkeypatch):
    keep, ending = store.set_many, threading.Thread(target=slow.leases[0].release)

    def end_meanwhile(*arguments):
        ending.start()
        # Where it does not wait for this write it has ended by then.
        ending.join(0.2)
        keep(*arguments)

    monkeypatch.setattr(store, 'set_many', end_meanwhile)
    slow.leases[0].keep(60)
    ending.join()

    assert store.get(slow.lease_key()) is None


def test_who_is_late_does_not_release_the_lease_of_another(slow, clock, monkeypatch):
    key = slow.lease_key()
    store.set_many({key: 1.5}, 9)
    late = time.monotonic() + 60
    monkeypatch.setattr(answers, 'time', types.SimpleNamespace(time=clock.time, monotonic=lambda: late))
    slow.end()

    assert store.get(key) == 1.5


@pytest.mark.parametrize('asked', [('b', 'c'), ('c', 'b'), ('a', 'b', 'c')], ids='-'.join)
def test_the_missing_part_of_a_batch_is_asked_once_for_a_page_that_retries_that_part_alone(clock, asked):
    first, again, later = Reader(slow=True), Reader(slow=True, max_age=60), Reader(max_age=60)
    ask = first.ask

    def ask_and_get_one(leases):
        ask(leases)
        leases[0].parts = 2
        leases[0].take({'a': {'id': 'a'}}, answers.time.time())

    first.ask = ask_and_get_one
    first.fetch('a', 'b', 'c')

    assert (answers.PENDING in again.fetch(*asked), again.asked) == (True, [])
    clock.ahead += 1
    first.end()
    assert (later.is_answered(*asked), later.asked) == (True, [])
    assert [name for name in store.backend()._cache if 'lease:' in name] == []


def test_what_has_come_of_a_batch_is_there_for_others_before_all_has_come(clock):
    reader, other = Reader(slow=True), Reader(slow=True)

    def ask_and_get_one(leases):
        leases[0].parts = 2
        leases[0].take({'a': {'id': 'a'}}, answers.time.time())

    reader.ask = ask_and_get_one

    assert reader.fetch('a', 'b') == [{'id': 'a'}, answers.PENDING]
    assert other.fetch('a') == [{'id': 'a'}]


@pytest.mark.parametrize(
    'value',
    [None, 'text', [1], {'a': 1}, True, 7, float('inf'), float('nan'), 4e9],
    ids=['null', 'text', 'list', 'dict', 'true', 'whole number', 'endless', 'nothing', 'in the future'],
)
def test_what_is_no_lease_keeps_nobody_from_asking(clock, value):
    first, second = Reader(slow=True), Reader(slow=True)
    store.set_many({first.lease_key(): value}, 600)
    first.fetch()
    second.fetch()

    assert (first.asked, second.asked) == (['question'], [])
    first.end()
    assert store.get(first.lease_key()) is None


def test_a_lease_that_was_just_released_is_got_by_one(clock, monkeypatch):
    """Between the try to get it and the look at who has it."""
    slow, second, third = Reader(slow=True), Reader(slow=True), Reader(slow=True)
    slow.fetch()
    get = store.get

    def released(key):
        monkeypatch.setattr(store, 'get', get)
        slow.leases[0].release()
        third.fetch()
        return get(key)

    monkeypatch.setattr(
        second.answers, 'look', lambda batches: (dict.fromkeys(batches[0], answers.entries.Entry()), {})
    )
    monkeypatch.setattr(store, 'get', released)
    second.fetch()

    assert (second.asked, third.asked) == ([], ['question'])


def test_who_gets_the_lease_looks_once_more(clock, monkeypatch):
    first, second, add = Reader(), Reader(), store.add

    def late(*arguments):
        monkeypatch.setattr(store, 'add', add)
        first.fetch()
        return add(*arguments)

    monkeypatch.setattr(store, 'add', late)

    assert (second.is_answered(), second.asked, first.asked) == (True, [], ['question'])
    assert store.get(second.lease_key()) is None
