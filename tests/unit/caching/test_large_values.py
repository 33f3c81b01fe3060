# SPDX-License-Identifier: Apache-2.0
"""Values that memcached takes in several entries, or not at all."""

import random
import uuid

from django.core.cache import caches
from django.urls import reverse
import pytest

from gbp_status_ui.caching import store

from tests.unit import cache_backends
from tests.unit.cache_backends import in_use
from tests.unit.cache_backends import noise


def test_a_value_that_is_too_large_is_left_out_and_the_others_are_kept(caplog):
    """A memcached refuses it with an error, and after an error the cache is left alone for a while."""
    with in_use(cache_backends.MemcachedLike):
        refused = store.set_many({'small': 1, 'large': noise(2_000_000), 'last': 'x' * 90_000}, 60)

        assert store.get_many(['small', 'large', 'last']) == {'small': 1, 'last': 'x' * 90_000}
    assert (refused, caplog.records) == ({'large'}, [])


@pytest.mark.parametrize('size', [0, 1, 3_990, 4_010, 1_290_000, 1_400_000, 4_000_000])
def test_a_value_comes_back_as_it_was_in_as_many_entries_as_it_takes(size, caplog):
    with in_use(cache_backends.MemcachedLike):
        assert store.set_large('value', [noise(size)], 60)

        assert store.get_large(['value', 'absent']) == {'value': [noise(size)]}
    assert caplog.records == []


def test_a_value_of_too_many_parts_is_not_kept(monkeypatch):
    monkeypatch.setattr(store, 'MAX_PARTS', 2)
    with in_use(cache_backends.MemcachedLike):
        assert not store.set_large('value', noise(3_000_000), 60)
        assert store.get_large(['value']) == {}
        assert len(caches['gbp_status_ui']._cache) == 0


def test_a_value_of_which_a_part_is_missing_is_a_miss():
    store.set_large('value', noise(3_000_000), 60)
    store.delete('value:1')

    assert store.get_large(['value']) == {}


def test_parts_of_two_values_never_come_together():
    store.set_large('value', noise(3_000_000), 60)
    older = store._raw([f'gbp_status_ui:value{part}' for part in ('', ':0', ':1', ':2')])
    for part in older:
        store.set_large('value', noise(2_900_000), 60)
        store.backend().set(part, older[part], 60)

        assert store.get_large(['value']) == {}
    store.backend().set_many(older, 60)

    assert store.get_large(['value']) == {'value': noise(3_000_000)}


def test_a_hundred_values_of_any_size_leave_no_more_than_the_last_one(monkeypatch):
    monkeypatch.setattr(store, 'MAX_ENTRY_BYTES', 10_000)
    numbers = random.Random(1)  # noqa: S311 - the same in each run.
    sizes = [numbers.randrange(1, 80_000) for _ in range(100)]
    with in_use(cache_backends.MemcachedLike):
        kept = caches['gbp_status_ui']._cache
        for size in sizes:
            store.set_large('value', noise(size), 60)
            left, whole = len(kept), store.get_large(['value'])
            caches['gbp_status_ui'].clear()
            store.set_large('value', noise(size), 60)

            assert (left, whole) == (len(kept), {'value': noise(size)}), size


@pytest.mark.slow
def test_the_names_of_very_many_projects_are_kept(gbp, administrator, keystone_projects, monkeypatch):
    keystone_projects.update({f'{number:032x}': f'Project {uuid.uuid4()}' for number in range(60_000)})
    address = reverse('horizon:admin:gbp_status:export') + '?format=json&tab=gbp_status_tabs__groups'
    with in_use(cache_backends.MemcachedLike):
        administrator.get(address)
        monkeypatch.setattr('openstack_dashboard.api.keystone.tenant_list', None)

        assert administrator.get(address).status_code == 200
        assert any(name.endswith(':1') for name in caches['gbp_status_ui']._cache)
