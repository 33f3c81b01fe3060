# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem is remembered for all, for some days, as long as it is one."""

import pytest

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.health import sightings
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

from tests.unit import viewing

HERE, THERE = 'http://one.invalid', 'http://two.invalid'
DAY = 24 * 60 * 60


@pytest.fixture
def clock(monkeypatch):
    found = viewing.Clock()
    monkeypatch.setattr(sightings, 'time', found)
    return found


def seen(status='ERROR', id_='web', place=HERE, kind='policy_target_groups', fresh=True):
    """Look at a resource in a state; return since when it is said to be so."""
    row = Resource(registry.BY_COLLECTION[kind], {'id': id_, 'status': status}, fresh)
    sightings.note([row], place)
    return row.since


def test_what_was_seen_stays_since_then(clock):
    first = seen()
    clock.ahead += 3 * DAY

    assert seen() == first
    assert first < clock.time() - 2 * DAY


@pytest.mark.parametrize('between', ['ACTIVE', None, 'DEGRADED', 'BUILD'])
def test_another_state_ends_it(clock, between):
    first = seen()
    clock.ahead += 60
    seen(between)

    assert seen() > first + 59


@pytest.mark.parametrize('status', ['ACTIVE', None, 'DEGRADED'])
def test_only_problems_are_remembered(clock, status):
    assert seen(status) == 0


def test_a_status_that_is_only_as_last_reported_tells_nothing(clock):
    assert seen(fresh=False) == 0
    first = seen()
    seen('ACTIVE', fresh=False)

    assert seen() == first


def test_regions_and_kinds_have_nothing_in_common(clock):
    first = seen()
    clock.ahead += 60

    assert seen(place=THERE) > first + 59
    assert seen(kind='nat_pools') > first + 59


def test_what_nobody_has_looked_at_for_seven_days_is_forgotten(clock):
    first = seen()
    clock.ahead += conf.get('sightings_kept') + 1

    assert seen() > first + 7 * DAY - 1


def test_what_is_looked_at_is_remembered_for_longer_than_that(clock):
    first = seen()
    for _day in range(10):
        clock.ahead += DAY
        assert seen() == first


def test_of_too_many_those_seen_last_stay(clock, monkeypatch):
    monkeypatch.setattr(sightings, 'MOST', 2)
    first = [seen(id_=name) for name in ('a', 'b', 'c')]
    clock.ahead += 60

    assert seen(id_='c') == first[2]
    assert seen(id_='a') > first[0] + 59


def test_a_page_costs_one_read_and_no_write_where_nothing_is_new(clock, monkeypatch):
    seen()
    written = []
    monkeypatch.setattr(shared_cache, 'set_many', lambda values, seconds: written.extend(values))
    seen()

    assert written == []


def test_without_a_cache_it_is_since_now(clock, monkeypatch):
    monkeypatch.setattr(shared_cache, 'get_many', lambda keys: {})

    assert seen() < seen()
