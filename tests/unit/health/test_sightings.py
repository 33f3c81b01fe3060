# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem is remembered for all, for some days, as long as it is one."""

import pytest

from gbp_status_ui import conf
from gbp_status_ui.caching import store
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


def group(id_='web', status='ERROR', project='demo', kind='policy_target_groups', fresh=True):
    return Resource(registry.BY_COLLECTION[kind], {'id': id_, 'status': status, 'tenant_id': project}, fresh)


def seen(status='ERROR', id_='web', place=HERE, **options):
    """Look at a resource in a state; return since when it is said to be so."""
    row = group(id_, status, **options)
    sightings.note([row], place)
    return row.since


@pytest.fixture
def trips(monkeypatch):
    """The keys of each read and write of the cache, as (what, keys)."""
    found, get_many, set_many = [], store.get_many, store.set_many
    monkeypatch.setattr(store, 'get_many', lambda keys: found.append(('read', keys)) or get_many(keys))
    monkeypatch.setattr(
        store,
        'set_many',
        lambda values, seconds: found.append(('write', [*values])) or set_many(values, seconds),
    )
    return found


def test_what_was_seen_stays_since_then(clock):
    first = seen()
    clock.ahead += 3 * DAY

    assert seen() == first
    assert first < clock.time() - 2 * DAY


@pytest.mark.parametrize('between', ['ACTIVE', 'active', 'BUILD'])
def test_another_state_ends_it(clock, between):
    first = seen()
    clock.ahead += 60
    seen(between)

    assert seen() > first + 59


@pytest.mark.parametrize('between', [None, '', 'BANANA'])
def test_who_is_told_no_known_status_changes_nothing(clock, trips, between):
    first = seen()
    trips.clear()
    seen(between)

    assert trips == []
    assert seen() == first


@pytest.mark.parametrize('status', ['ACTIVE', None, 'DEGRADED'])
def test_only_problems_are_remembered(clock, status):
    assert seen(status) == 0


def test_a_status_that_is_only_as_last_reported_tells_nothing(clock):
    assert seen(fresh=False) == 0
    first = seen()
    seen('ACTIVE', fresh=False)

    assert seen() == first


def test_regions_projects_and_kinds_have_nothing_in_common(clock):
    first = seen()
    clock.ahead += 60

    assert seen(project='other') > first + 59
    assert seen(project=None) > first + 59
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
    monkeypatch.setattr(sightings, 'MAX_SIGHTINGS', 2)
    first = [seen(id_=name) for name in ('a', 'b', 'c')]
    clock.ahead += 60

    assert seen(id_='c') == first[2]
    assert seen(id_='a') > first[0] + 59


def test_where_a_page_has_too_many_the_same_ones_stay(clock, monkeypatch):
    monkeypatch.setattr(sightings, 'MAX_SIGHTINGS', 2)
    first = [seen(id_=name) for name in 'ab']
    for _page in range(3):
        clock.ahead += 60
        page = [group(name) for name in 'cdba']
        sightings.note(page, HERE)

        assert [row.since for row in page[:1:-1]] == first


def test_many_problems_of_one_project_leave_those_of_others(clock, monkeypatch):
    monkeypatch.setattr(sightings, 'MAX_SIGHTINGS', 2)
    first = seen(project='other')
    sightings.note([group(str(number)) for number in range(9)], HERE)
    clock.ahead += 60

    assert seen(project='other') == first


def test_a_page_of_many_projects_costs_one_read_and_one_write(clock, trips):
    rows = [group(str(number), status, str(number % 7)) for number in range(60) for status in ('ERROR', 'ACTIVE')]
    sightings.note(rows, HERE)

    assert [(what, len(set(keys))) for what, keys in trips] == [('read', 7), ('write', 7)]


def test_only_projects_in_which_something_has_changed_are_written(clock, trips):
    seen(project='demo')
    seen(project='other')
    trips.clear()
    sightings.note([group(), group('web', 'ACTIVE', 'other')], HERE)
    (_, read), (_, written) = trips

    assert len(read) == 2
    assert len(written) == 1


def test_a_page_costs_one_read_and_no_write_where_nothing_is_new(clock, trips):
    rows = [group(), group('till', 'ACTIVE'), group('bar', None)]
    sightings.note(rows, HERE)
    trips.clear()
    sightings.note(rows, HERE)

    assert [what for what, _keys in trips] == ['read']


@pytest.mark.parametrize(
    'value',
    [
        7,
        'text',
        [],
        {'policy_target_groups/web': None},
        {'policy_target_groups/web': 'ERR'},
        {'policy_target_groups/web': ['ERROR', 1, 2, 3]},
        {'policy_target_groups/web': ['ERROR', 'a', 'b']},
        {'policy_target_groups/web': ['ERROR', float('nan'), float('nan')]},
        {'policy_target_groups/web': ['ERROR', -1e300, 1e300]},
        {'policy_target_groups/web': [7, 1, 1]},
        {'policy_target_groups/web': {}},
        {7: 'x', 'a': ['ERROR', 1, 1e300]},
    ],
    ids=repr,
)
def test_whatever_the_cache_says_is_a_sighting_or_nothing(clock, trips, value):
    seen()
    (entry,) = trips[0][1]
    store.set_many({entry: value}, 60)
    clock.ahead += 60
    first = seen()

    assert first > clock.time() - 1
    assert seen() == first
    assert list(store.get_many([entry])[entry]) == ['policy_target_groups/web']


def test_the_clock_of_another_host_may_be_ahead(clock):
    clock.ahead += 30
    first = seen()
    clock.ahead -= 30

    assert seen() == first


def test_without_a_cache_it_is_since_now(clock, monkeypatch):
    monkeypatch.setattr(store, 'get_many', lambda keys: {})

    assert seen() < seen()


@pytest.mark.parametrize('order', [1, -1])
def test_a_word_that_says_nothing_of_one_kind_is_a_sighting_of_others(order):
    """Cisco's AIM driver says BUILD of every rule."""
    rule, built = group(kind='policy_rules', status='BUILD'), group(status='BUILD')
    rule.extensions = ('cisco-apic-gbp',)
    sightings.note([rule, built][::order], HERE)

    assert (rule.since, built.since > 0) == (0, True)
