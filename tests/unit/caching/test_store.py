# SPDX-License-Identifier: Apache-2.0
"""A cache that fails costs calls, never an error and never a slow page."""

import pickle
import threading
import time
import types

from django.core.cache import cache
from django.core.cache import caches
from django.core.cache.backends import base
from django.core.cache.backends import locmem
from django.urls import reverse
import pytest

from gbp_status_ui import logs
from gbp_status_ui.caching import store

from tests.unit import cache_backends
from tests.unit import viewing
from tests.unit.cache_backends import BrokenCache
from tests.unit.cache_backends import in_use
from tests.unit.cache_backends import noise

pytestmark = pytest.mark.releases

DUMMY = 'django.core.cache.backends.dummy.DummyCache'
ABSENT = 'no.such.Cache'


@pytest.fixture(autouse=True)
def untried(monkeypatch):
    """Each test begins with a cache that nobody has tried."""
    monkeypatch.setattr(BrokenCache, 'tried', 0)


@pytest.fixture
def stopped(monkeypatch):
    """The clock by which a cache that failed is left alone, standing still."""
    clock = types.SimpleNamespace(monotonic=lambda: 1000.0, time=time.time)
    monkeypatch.setattr(store, 'time', clock)
    return clock


@pytest.mark.slow
@pytest.mark.parametrize('broken', [BrokenCache, DUMMY, ABSENT], ids=['down', 'dummy', 'not installed'])
@pytest.mark.parametrize('panel', ['project', 'admin'])
def test_pages_and_polls_are_answered_without_a_cache(gbp, administrator, panel, broken):
    group = gbp.make('policy_target_groups', 'dns', project='admin', status='ERROR')
    with in_use(broken):
        page = administrator.get(reverse(f'horizon:{panel}:gbp_status:index'), {'tab': 'gbp_status_tabs__groups'})
        poll = administrator.get(reverse(f'horizon:{panel}:gbp_status:statuses'), {'policy_target_groups': group})

    assert 'dns' in page.content.decode()
    assert poll.json()['rows']['policy_target_groups'][group]['status'] == 'ERROR'


@pytest.mark.parametrize('broken', [BrokenCache, DUMMY, ABSENT], ids=['down', 'dummy', 'not installed'])
def test_without_a_cache_each_process_keeps_answers_for_itself(broken):
    with in_use(broken):
        assert store.set_many({'a': 1}, 60) == set()
        assert store.set_large('large', [noise(2_000_000)], 60)
        assert [store.add('lease', 1, 60), store.add('lease', 2, 60)] == [True, False]
        assert (store.get('a'), store.get('lease'), store.get_large(['large'])) == (1, 1, {'large': [noise(2_000_000)]})
        store.delete('lease')
        assert store.get('lease') is None


def test_what_a_process_has_kept_for_itself_goes_on_when_the_cache_is_back(stopped):
    with in_use(BrokenCache):
        store.set_many({'a': 1, 'b': 1}, 60)
    stopped.monotonic = lambda: 1000.0 + store.CACHE_COOLDOWN_SECONDS
    with in_use(cache_backends.CountingCache):
        store.set_many({'b': 2}, 60)

        assert store.get_many(['a', 'b', 'c']) == {'a': 1, 'b': 2}
        store.delete('a')
        assert store.get('a') is None


def test_a_cache_that_failed_is_left_alone_for_a_while(stopped):
    with in_use(BrokenCache):
        assert [store.get('a'), store.get_many(['b']), store.add('c', 1, 9)] == [None, {}, True]
        tried = BrokenCache.tried
        assert store.get_many(['b']) == {}
        assert BrokenCache.tried == tried
        stopped.monotonic = lambda: 1000.0 + store.CACHE_COOLDOWN_SECONDS
        store.set_many({'a': 1}, 9)

    assert BrokenCache.tried == tried + store.MAX_TRIES


def test_a_cache_that_fails_is_logged_once_a_minute(stopped, caplog, monkeypatch):
    monkeypatch.setattr(logs, 'time', stopped)
    with in_use(BrokenCache):
        for seconds in range(0, 70, 7):
            stopped.monotonic = lambda moment=1000.0 + seconds: moment
            store.delete('a')

    line = (
        "The cache fails, so each process keeps answers for itself: ConnectionRefusedError('no cache at this address')"
    )
    assert BrokenCache.tried == 10 * store.MAX_TRIES
    assert caplog.messages == [line, line + ' (and 8 more since the last such line)']


def _acts():
    yield 'get', lambda: store.get('known') == 1
    yield 'get_many', lambda: store.get_many(['known', 'absent']) == {'known': 1}
    yield 'get_large', lambda: store.get_large(['known']) == {'known': 1}
    yield 'set_many', lambda: store.set_many({'new': 1}, 60) == set() and store.get('new') == 1
    yield 'set_large', lambda: store.set_large('new', noise(2_000_000), 60)
    yield 'add', lambda: store.add('new', 1, 60) and not store.add('known', 2, 60)
    yield 'delete', lambda: store.delete('known') is None and store.get('known') is None


@pytest.mark.parametrize('act', [act for _name, act in _acts()], ids=[name for name, _act in _acts()])
def test_a_connection_that_fails_once_is_not_felt(act, caplog):
    """After a restart of memcached each kept connection does."""
    with in_use(cache_backends.RestartedCache):
        cache_backends.RestartedCache.restart()
        assert store.set_many({'known': 1}, 60) == set()
        cache_backends.RestartedCache.generation += 1
        failures = cache_backends.RestartedCache.failures

        assert act()
        assert cache_backends.RestartedCache.failures == failures + 1
    assert (store._CircuitBreaker.usable_at, caplog.records) == (0.0, [])


def test_sessions_in_memory_are_not_crowded_out():
    """Django's cache in memory holds 300 entries, and Horizon's sessions may be among them."""
    cache.set('session', 'somebody')
    store.set_many({str(number): number for number in range(1000)}, 60)

    assert cache.get('session') == 'somebody'
    assert store.get('0') == 0


def test_an_operator_may_give_the_plugin_a_cache_of_its_own():
    with in_use('django.core.cache.backends.locmem.LocMemCache'):
        store.set_many({'a': 1}, 60)

        assert caches['gbp_status_ui'].get('gbp_status_ui:a') is not None


def test_what_is_cached_is_bytes_that_no_reader_has_to_unpickle():
    with in_use(cache_backends.CountingCache):
        store.set_many({'small': [1], 'long': 'x' * 10_000}, 60)
        store.set_large('large', noise(2_000_000), 60)
        store.add('lease', 1.5, 60)
        kept = [pickle.loads(one) for one in caches['gbp_status_ui']._cache.values()]  # noqa: S301 - our own

    assert len(kept) == 6
    assert {type(one) for one in kept} == {bytes}


def test_what_the_cache_refuses_the_process_keeps():
    with in_use(cache_backends.FullCache):
        assert store.set_many({'a': 1, 'b': 2}, 60) == set()

        assert caches['gbp_status_ui']._cache == {}
        assert store.get_many(['a', 'b']) == {'a': 1, 'b': 2}


def test_nothing_is_set_where_there_is_nothing_to_set():
    with in_use(BrokenCache):
        assert (store.set_many({}, 60), store.get_many([]), store.get_large([])) == (set(), {}, {})

    assert BrokenCache.tried == 0


#: What a cache may hold under a name of ours, and nobody of us has written.
HOSTILE = {
    'text': 'text',
    'number': 5,
    'list': [1, 2],
    'dict': {'a': 1},
    'no bytes of ours': b'\x00\xff',
    'empty': b'',
    'no JSON': b'gbp7j{',
    'no text': b'gbp7j"\xff"',
    'null': b'gbp7jnull',
    'nested': b'gbp7j' + b'[' * 100_000,
    'number of many digits': b'gbp7j' + b'1' * 10_000,
    'not compressed': b'gbp7zabc',
    'of another format': b'gbp6j1',
    'head alone': b'gbp7p',
    'head without parts': b'gbp7p\x03' + b'd' * 8,
    'head of no parts': b'gbp7p\x00' + b'd' * 8,
}


@pytest.mark.parametrize('value', HOSTILE.values(), ids=HOSTILE)
def test_what_the_store_has_not_written_is_a_miss(value, caplog):
    store.set_many({'good': 1}, 60)
    store.backend().set('gbp_status_ui:odd', value, 60)

    assert store.get_many(['odd', 'good']) == {'good': 1}
    assert store.get_large(['odd', 'good']) == {'good': 1}
    assert store.set_large('odd', 1, 60)
    assert store.get_large(['odd']) == {'odd': 1}
    assert caplog.records == []


def test_a_value_that_cannot_be_unpickled_is_a_miss_and_the_others_are_read():
    with in_use(cache_backends.PoisonedCache):
        store.set_many({'good': 1, 'odd': 1}, 60)
        cache_backends.PoisonedCache.poisoned.add('gbp_status_ui:odd')

        assert store.get_many(['odd', 'good']) == {'good': 1}
        assert store.get_large(['odd', 'good']) == {'good': 1}
        assert (store.set_many({'odd': 2}, 60), store.get('odd')) == (set(), 2)
    assert store._CircuitBreaker.usable_at == 0.0


def test_what_is_kept_ends(monkeypatch):
    store.set_many({'a': 1}, 60)
    now = time.time()
    monkeypatch.setattr(time, 'time', lambda: now + 61)

    assert store.get('a') is None


def test_the_first_to_add_is_told_so():
    assert [store.add('a', 1, 60), store.add('a', 2, 60)] == [True, False]
    store.delete('a')

    assert store.add('a', 3, 60)


def test_what_has_expired_leaves_the_memory(monkeypatch):
    clock = viewing.Clock()
    for module in (base, locmem, store):
        monkeypatch.setattr(module, 'time', clock)
    store.set_many({str(number): 'x' * 1000 for number in range(100)}, 60)
    clock.ahead = 61
    store.set_many({'later': 1}, 60)

    assert len(store.backend()._cache) == len(store.backend()._expire_info) == 1


def test_the_memory_is_bounded_and_keeps_what_was_asked_for_last(monkeypatch):
    monkeypatch.setattr(store, 'MAX_LOCAL_BYTES', 1_000_000)
    store.set_many({'first': 1}, 60)
    for number in range(20):
        store.set_many({str(number): noise(200_000)}, 60)

        assert store.get('first') == 1
    kept = store.backend()._cache

    assert sum(map(len, kept.values())) <= 1_000_000
    assert store.get('19') == noise(200_000)
    assert set(kept) == set(store.backend()._expire_info)


def test_threads_of_one_process_share_what_it_keeps_for_itself():
    with in_use(BrokenCache):
        threads = [threading.Thread(target=store.set_many, args=({str(number): number}, 60)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert store.get_many([str(number) for number in range(8)]) == {str(number): number for number in range(8)}
