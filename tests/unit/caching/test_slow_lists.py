# SPDX-License-Identifier: Apache-2.0
"""Lists that take GBP long: nobody waits for them, everybody gets them, and they are remembered."""

import types

from django.core.cache import caches
from django.core.signals import request_finished
from django.core.signals import request_started
import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import store
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows

from tests.unit import cache_backends
from tests.unit.cache_backends import in_use

TIMEOUT = Failure(Reason.TIMEOUT)
#: How many seconds GBP takes; a request waits for half a second.
LIST_SECONDS = 1.5
DUMMY = 'django.core.cache.backends.dummy.DummyCache'


class Reader:
    """One request for one list; GBP takes longer than a moment for it, until :meth:`end`."""

    def __init__(self, cache_control='', after=None, proven=True):
        """``after`` is the reader after which this one retries."""
        began = after.answers.not_before if after else ''
        headers = {'Cache-Control': cache_control, freshness.NOT_BEFORE: began}
        request = types.SimpleNamespace(META={'HTTP_COOKIE': 'sessionid=one'}, headers=headers)
        self.answers = answers.Answers('rights', freshness.Freshness(request), lambda: proven)
        self.leases = []
        self.asked = 0

    def ask(self, leases):
        self.asked += 1
        self.began = answers.time.time()
        self.leases = leases

    def end(self, value):
        (lease,) = self.leases
        lease.take({'list': value}, self.began)

    def fetch(self):
        return self.answers.fetch([('list',)], self.ask, 0.0, are_lists=True)['list'].value

    def remembered(self):
        loaded = self.answers.loaded(self.answers.known(['list']))
        return loaded['list'].good.value if loaded else None


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: LIST_SECONDS - 1)


@pytest.fixture
def known(clock):
    """A list of which is known that it takes long; the answer is too old for others."""
    reader = Reader()
    reader.fetch()
    clock.ahead += LIST_SECONDS
    reader.end(Rows([{'id': 'old'}]))
    clock.ahead += 60
    return reader


def test_a_request_does_not_wait_and_its_retry_gets_the_answer(clock):
    first = Reader()

    assert (first.fetch(), list(first.answers.pending)) == (answers.PENDING, ['list'])
    clock.ahead += LIST_SECONDS
    first.end(Rows([{'id': 'a'}]))
    again = Reader(after=first)

    assert (again.fetch(), again.asked, again.answers.pending) == ([{'id': 'a'}], 0, {})
    assert again.answers.age == int(LIST_SECONDS)


def test_nobody_asks_for_what_is_on_its_way(clock):
    Reader().fetch()
    other = Reader()

    assert (other.fetch(), other.asked) == (answers.PENDING, 0)


@pytest.mark.parametrize('cache_control', ['', 'max-age=0', 'max-age=60'])
def test_twenty_retries_after_an_action_have_one_list_made(clock, member, cache_control):
    environ = {'REQUEST_METHOD': 'POST', 'HTTP_COOKIE': f'sessionid={member.session.session_key}'}
    request_started.send(None, environ=environ)
    request_finished.send(None)
    request = types.SimpleNamespace(META=environ, headers={'Cache-Control': cache_control})
    first = Reader(cache_control)
    first.answers._freshness = freshness.Freshness(request)
    readers = [first]
    first.fetch()
    for _retry in range(20):
        clock.ahead += 1
        again = Reader(cache_control, after=readers[-1])
        again.answers._freshness = freshness.Freshness(
            types.SimpleNamespace(META=environ, headers={freshness.NOT_BEFORE: readers[-1].answers.not_before})
        )
        assert again.fetch() == answers.PENDING
        readers.append(again)
    first.end(Rows([{'id': 'a'}]))

    assert sum(reader.asked for reader in readers) == 1
    assert Reader(cache_control, after=readers[-1]).fetch() == [{'id': 'a'}]


def test_who_wants_it_anew_asks_once_the_running_call_has_ended_and_gets_no_older_one(clock):
    before = Reader()
    before.fetch()
    clock.ahead += 1
    wish = Reader('max-age=0')

    assert (wish.fetch(), wish.asked) == (answers.PENDING, 0)
    clock.ahead += 1
    before.end(Rows([{'id': 'before'}]))
    again = Reader('max-age=0', after=wish)

    assert (again.fetch(), again.asked) == (answers.PENDING, 1)
    clock.ahead += 1
    meanwhile = Reader('max-age=0', after=again)
    assert (meanwhile.fetch(), meanwhile.asked) == (answers.PENDING, 0)
    again.end(Rows([{'id': 'wished'}]))

    assert Reader('max-age=0', after=meanwhile).fetch() == [{'id': 'wished'}]


def test_of_one_page_each_part_gets_the_same_list(clock):
    """Also the part that is retried after another request of the session has seen it."""
    one, other = Reader(), Reader()
    one.fetch()
    clock.ahead += 0.1
    late = Reader()
    for reader in (other, late):
        reader.fetch()
    clock.ahead += LIST_SECONDS
    one.end(Rows([{'id': 'a'}]))
    again = [Reader(after=reader) for reader in (one, other, late)]

    assert [(reader.fetch(), reader.asked) for reader in again] == [([{'id': 'a'}], 0)] * 3


@pytest.mark.parametrize('cache_control', ['', 'max-age=60', 'max-age=86400', 'max-age=999999999'])
def test_what_is_remembered_is_no_answer_whatever_age_is_accepted(known, clock, cache_control):
    clock.ahead += 30
    reader = Reader(cache_control)

    assert (reader.fetch(), reader.asked) == (answers.PENDING, 1)
    assert reader.remembered() == [{'id': 'old'}]


def test_a_list_that_takes_long_is_remembered_for_a_day(known, clock, monkeypatch):
    for module in ('locmem', 'base'):
        monkeypatch.setattr(f'django.core.cache.backends.{module}.time', clock)
    clock.ahead += entries.SLOW_LIST_TTL_SECONDS - 120

    assert Reader().remembered() == [{'id': 'old'}]
    clock.ahead += 120
    assert Reader().remembered() is None


def test_a_list_that_is_quick_is_not_remembered(clock, monkeypatch):
    for module in ('locmem', 'base'):
        monkeypatch.setattr(f'django.core.cache.backends.{module}.time', clock)
    reader = Reader()
    reader.fetch()
    reader.end(Rows([{'id': 'a'}]))
    clock.ahead += entries.ANSWER_TTL_SECONDS + 1

    assert store.backend().get_many(store.backend()._cache) == {}
    assert Reader().remembered() is None


def test_rows_that_take_long_are_not_remembered(clock, monkeypatch):
    """Each row would be an entry that stays for a day."""
    for module in ('locmem', 'base'):
        monkeypatch.setattr(f'django.core.cache.backends.{module}.time', clock)
    reader = Reader()
    reader.answers.fetch([('list',)], reader.ask, 0.0)
    clock.ahead += LIST_SECONDS
    reader.end({'id': 'a'})
    clock.ahead += entries.ANSWER_TTL_SECONDS + 1

    assert Reader().remembered() is None


def test_what_did_not_come_in_time_is_left_alone_for_a_while(clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)
    clock.ahead += 10 * answers.BACKOFF_FACTOR - 1

    assert (Reader().fetch(), Reader('max-age=40').fetch()) == (TIMEOUT, TIMEOUT)
    wish = Reader('max-age=0')
    assert (wish.fetch(), wish.asked) == (answers.PENDING, 1)


def test_what_did_not_come_in_time_is_asked_for_again_later(clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)
    clock.ahead += 10 * answers.BACKOFF_FACTOR + 1
    reader = Reader()

    assert (reader.fetch(), reader.asked) == (answers.PENDING, 1)


def test_a_failure_forgets_no_list_and_a_list_ends_a_failure(known, clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)

    assert (Reader().fetch(), Reader().remembered()) == (TIMEOUT, [{'id': 'old'}])
    reader = Reader('max-age=0')
    reader.fetch()
    clock.ahead += LIST_SECONDS
    reader.end(Rows([{'id': 'new'}]))

    assert Reader('max-age=5').fetch() == [{'id': 'new'}]


def test_another_failure_is_shared_while_it_is_new(clock):
    failing = Reader()
    failing.fetch()
    failing.end(Failure(Reason.ERROR, 'down'))

    assert Reader().fetch() == Failure(Reason.ERROR, 'down')
    clock.ahead += 3
    assert Reader().fetch() == answers.PENDING


def test_a_list_that_the_cache_does_not_take_is_kept_as_it_was(known, monkeypatch):
    monkeypatch.setattr(store, 'MAX_ENTRY_BYTES', 2000)
    monkeypatch.setattr(store, 'MAX_PARTS', 1)
    reader = Reader()
    reader.fetch()
    reader.end(Rows([{'id': f'{number:064x}'} for number in range(900)]))

    assert reader.remembered() == [{'id': 'old'}]
    # And others may ask.
    assert store.get(reader.answers.lease_key(('list',))) is None


def test_nobody_whose_token_is_not_proven_gets_what_is_remembered(known):
    assert Reader(proven=False).remembered() is None


@pytest.mark.parametrize('backend', [cache_backends.BrokenCache, DUMMY, 'no.such.Cache'], ids=['down', 'dummy', 'none'])
def test_without_a_cache_a_slow_list_goes_on_without_a_request(clock, backend, caplog):
    """One call, however many retries there are, and one line in the log."""
    with in_use(backend):
        first = Reader()
        readers = [first]
        assert first.fetch() == answers.PENDING
        for _retry in range(10):
            clock.ahead += 1
            readers.append(Reader(after=readers[-1]))
            assert readers[-1].fetch() == answers.PENDING
        first.end(Rows([{'id': f'{number}'} for number in range(100)]))
        last = Reader(after=readers[-1])

        assert len(last.fetch()) == 100
    assert sum(reader.asked for reader in [*readers, last]) == 1
    assert len(caplog.records) == (backend != DUMMY)


def test_a_restart_of_memcached_loses_no_list_that_is_on_its_way(clock, caplog):
    """Each connection fails once, and the lease is lost; the retry asks again, and once."""
    with in_use(cache_backends.RestartedCache):
        first = Reader()
        first.fetch()
        cache_backends.RestartedCache.restart()
        clock.ahead += LIST_SECONDS
        first.end(Rows([{'id': 'a'}]))
        again = Reader(after=first)

        assert (again.fetch(), again.asked) == ([{'id': 'a'}], 0)
        assert cache_backends.RestartedCache.failures > 0
        assert any(':answer:' in name for name in caches['gbp_status_ui']._cache)
    assert (store._CircuitBreaker.usable_at, caplog.records) == (0.0, [])
