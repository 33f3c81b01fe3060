# SPDX-License-Identifier: Apache-2.0
"""A cache that fails costs calls, never an error and never a slow page."""

import os
import random
import time
import types
import uuid

from django.core.cache import cache
from django.core.cache import caches
from django.core.cache.backends import base
from django.core.cache.backends import locmem
from django.test import override_settings
from django.urls import reverse
import pytest

from gbp_status_ui.caching import shared_cache

from tests import local_settings
from tests.unit import viewing
from tests.unit.broken_cache import BrokenCache

BROKEN = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': 'tests.unit.broken_cache.BrokenCache'}}
DUMMY = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}}
ABSENT = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': 'no.such.Cache'}}


@pytest.fixture(autouse=True)
def healthy(monkeypatch):
    """Each test begins with a cache that has not failed yet."""
    monkeypatch.setattr(shared_cache, '_Health', type('_Health', (), {'usable_at': 0.0, 'next_complaint': 0.0}))
    monkeypatch.setattr(BrokenCache, 'tried', 0)


@pytest.mark.parametrize('broken', [BROKEN, DUMMY, ABSENT], ids=['down', 'dummy', 'not installed'])
@pytest.mark.parametrize('panel', ['project', 'admin'])
def test_pages_and_polls_are_answered_without_a_cache(gbp, administrator, panel, broken):
    group = gbp.make('policy_target_groups', 'dns', project='admin', status='ERROR')
    with override_settings(CACHES=broken):
        page = administrator.get(reverse(f'horizon:{panel}:gbp_status:index'), {'tab': 'gbp_status_tabs__groups'})
        poll = administrator.get(reverse(f'horizon:{panel}:gbp_status:statuses'), {'policy_target_groups': group})

    assert 'dns' in page.content.decode()
    assert poll.json()['rows']['policy_target_groups'][group]['status'] == 'ERROR'


def test_each_answer_costs_calls_without_a_cache(gbp, member):
    group = gbp.make('policy_target_groups', 'web')
    for _ in range(2):
        with override_settings(CACHES=DUMMY):
            member.get(reverse('horizon:project:gbp_status:statuses'), {'policy_target_groups': group})

    assert [asked.collection for asked in gbp.requests].count('policy_target_groups') == 2


def test_a_cache_that_failed_is_left_alone_for_a_while(monkeypatch):
    clock = types.SimpleNamespace(monotonic=lambda: 1000.0)
    monkeypatch.setattr(shared_cache, 'time', clock)
    with override_settings(CACHES=BROKEN):
        assert [shared_cache.get('a'), shared_cache.get_many(['b']), shared_cache.add('c', 1, 9)] == [None, {}, True]
        assert BrokenCache.tried == 1
        clock.monotonic = lambda: 1000.0 + shared_cache.REST
        shared_cache.set_many({'a': 1}, 9)

    assert BrokenCache.tried == 2


def test_a_cache_that_fails_is_complained_about_once_a_minute(monkeypatch, caplog):
    clock = types.SimpleNamespace(monotonic=lambda: 1000.0)
    monkeypatch.setattr(shared_cache, 'time', clock)
    with override_settings(CACHES=BROKEN):
        for seconds in range(0, 70, 7):
            clock.monotonic = lambda moment=1000.0 + seconds: moment
            shared_cache.delete_many(['a'])

    assert BrokenCache.tried == 10
    assert [record.getMessage() for record in caplog.records] == [
        "The cache fails, so GBP is asked more often: ConnectionRefusedError('no cache at this address')"
    ] * 2


def test_sessions_in_memory_are_not_crowded_out():
    """Django's cache in memory holds 300 entries, and Horizon's sessions may be among them."""
    cache.set('session', 'somebody')
    shared_cache.set_many({str(number): number for number in range(1000)}, 60)

    assert cache.get('session') == 'somebody'
    assert shared_cache.get('0') == 0


def test_an_operator_may_give_the_plugin_a_cache_of_its_own():
    own = {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache', 'LOCATION': 'own'}
    with override_settings(CACHES={**local_settings.CACHES, 'gbp_status_ui': own}):
        shared_cache.set_many({'a': 1}, 60)

        assert caches['gbp_status_ui'].get('gbp_status_ui:a') == 1


def test_a_value_that_is_too_large_is_left_out_and_leaves_the_cache_alone(monkeypatch):
    """A memcached refuses it with an error, and after an error the cache rests for a while."""
    monkeypatch.setattr(shared_cache, 'LARGEST', 20_000)
    monkeypatch.setattr(shared_cache, 'MOST_PARTS', 1)

    assert shared_cache.set_many({'large': os.urandom(30_000), 'small': 1}, 60) == {'large'}
    assert shared_cache.get_many(['large', 'small']) == {'small': 1}


def test_a_cache_that_is_away_keeps_nothing_and_says_so():
    with override_settings(CACHES=BROKEN):
        assert shared_cache.set_many({'a': 1}, 60) == {'a'}
    assert shared_cache.set_many({}, 60) == set()


def test_the_names_of_twenty_thousand_projects_are_cached():
    names = {uuid.uuid4().hex: f'project-{number}' for number in range(20_000)}
    shared_cache.set_many({'names': names}, 60)

    assert shared_cache.get('names') == names
    assert len(shared_cache.compressed(names).pickled) < shared_cache.LARGEST


def test_what_is_kept_ends(monkeypatch):
    shared_cache.set_many({'a': 1}, 60)
    now = time.time()
    monkeypatch.setattr(time, 'time', lambda: now + 61)

    assert shared_cache.get('a') is None


def test_the_first_to_add_is_told_so():
    assert [shared_cache.add('a', 1, 60), shared_cache.add('a', 2, 60)] == [True, False]
    shared_cache.delete_many(['a'])

    assert shared_cache.add('a', 3, 60)


class MemcachedLike(locmem.LocMemCache):
    """Refuses an entry of more than a mebibyte, as memcached does; the client raises then."""

    def _set(self, key, value, *args, **options):
        if len(value) > 2**20:
            raise ValueError('object too large for cache')
        super()._set(key, value, *args, **options)


REFUSING = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': f'{__name__}.MemcachedLike', 'LOCATION': 'refusing'}}


def noise(size):
    """Bytes that cannot be compressed."""
    return random.Random(1).randbytes(size)  # noqa: S311 - the same in each run.


def test_a_value_that_is_too_large_is_left_out_and_the_others_are_kept(caplog, monkeypatch):
    monkeypatch.setattr(shared_cache, 'MOST_PARTS', 2)
    with override_settings(CACHES=REFUSING):
        refused = shared_cache.set_many({'small': 1, 'large': noise(2_100_000), 'last': 'x' * 90_000}, 60)

        assert shared_cache.get_many(['small', 'large', 'last']) == {'small': 1, 'last': 'x' * 90_000}
    assert (refused, caplog.records) == ({'large'}, [])


@pytest.mark.parametrize('size', [0, 99_000, 101_000, 990_000, 1_000_100, 3_000_000])
def test_a_value_comes_back_as_it_was_in_as_many_entries_as_it_takes(size):
    with override_settings(CACHES=REFUSING):
        assert shared_cache.set_many({'value': noise(size), 'small': 1}, 60) == set()

        assert shared_cache.get_many(['value', 'small', 'absent']) == {'value': noise(size), 'small': 1}


def test_a_value_of_which_a_part_is_missing_is_not_kept():
    shared_cache.set_many({'value': noise(2_500_000)}, 60)
    part = next(name for name in shared_cache.backend()._cache if ':part:' in name)
    shared_cache.delete_many([part.rpartition('gbp_status_ui:')[2]])

    assert shared_cache.get_many(['value']) == {}


def test_parts_of_two_values_never_come_together():
    shared_cache.set_many({'value': noise(2_500_000)}, 60)
    older = shared_cache._entries(['gbp_status_ui:value'])
    shared_cache.set_many({'value': noise(2_400_000)}, 60)
    shared_cache.backend().set_many(older, 60)

    assert shared_cache.get('value') == noise(2_500_000)


class FullCache(locmem.LocMemCache):
    """Refuses what is too much and says so, as a client of memcached does."""

    def set_many(self, data, *_args, **_options):
        return list(data)


def test_what_the_cache_refuses_is_said():
    full = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': f'{__name__}.FullCache', 'LOCATION': 'full'}}
    with override_settings(CACHES=full):
        assert shared_cache.set_many({'a': 1, 'b': 2}, 60) == {'a', 'b'}


def test_none_is_a_value():
    shared_cache.set_many({'value': None}, 60)

    assert shared_cache.get_many(['value']) == {'value': None}


def test_the_names_of_very_many_projects_are_kept(gbp, administrator, keystone_projects, monkeypatch):
    keystone_projects.update({f'{number:032x}': f'Project {number}' for number in range(20_000)})
    address = reverse('horizon:admin:gbp_status:lines')
    with override_settings(CACHES=REFUSING):
        administrator.get(address, {'kind': 'policy_target_groups'})
        monkeypatch.setattr('openstack_dashboard.api.keystone.tenant_list', None)

        assert administrator.get(address, {'kind': 'policy_target_groups'}).status_code == 200


def test_what_has_expired_leaves_the_memory(monkeypatch):
    clock = viewing.Clock()
    for module in (base, locmem, shared_cache):
        monkeypatch.setattr(module, 'time', clock)
    shared_cache.set_many({str(number): 'x' * 1000 for number in range(100)}, 60)
    clock.ahead = 61
    shared_cache.set_many({'later': 1}, 60)

    assert len(shared_cache.backend()._cache) == len(shared_cache.backend()._expire_info) == 1


def test_the_memory_is_bounded_and_keeps_what_was_asked_for_last(monkeypatch):
    monkeypatch.setattr(shared_cache, 'MOST_BYTES', 1_000_000)
    shared_cache.set_many({'first': 1}, 60)
    for number in range(20):
        shared_cache.set_many({str(number): noise(150_000)}, 60)

        assert shared_cache.get('first') == 1
    kept = shared_cache.backend()._cache

    assert sum(map(len, kept.values())) <= 1_000_000
    assert shared_cache.get('19') == noise(150_000)
    assert set(kept) == set(shared_cache.backend()._expire_info)
