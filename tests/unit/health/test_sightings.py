# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem is remembered for all, for some days, as long as it is one."""

import secrets
import types
import uuid

import pytest

from gbp_status_ui.caching import store
from gbp_status_ui.health import sightings
from gbp_status_ui.model import history as history_of
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource

from tests.unit import viewing

HERE, THERE = 'http://one.invalid', 'http://two.invalid'
HOUR_SECONDS = 60 * 60
DAY_SECONDS = 24 * HOUR_SECONDS


@pytest.fixture
def clock(monkeypatch):
    found = viewing.Clock()
    for module in (sightings, history_of):
        monkeypatch.setattr(module, 'time', found)
    return found


def group(id_='web', status='ERROR', project='demo', kind='policy_target_groups', fresh=True):
    return Resource(registry.BY_COLLECTION[kind], {'id': id_, 'status': status, 'tenant_id': project}, fresh)


def seen(status='ERROR', id_='web', place=HERE, **options):
    """Look at a resource in a state; return since when it is said to be so."""
    row = group(id_, status, **options)
    sightings.note_of([row], place)
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
    clock.ahead += 3 * DAY_SECONDS

    assert seen() == first
    assert first < clock.time() - 2 * DAY_SECONDS


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


def history(*states, **options):
    """Look at a resource in states, an hour after each other; return its changes as (before, after), newest first."""
    clock, row = options.pop('clock'), None
    for status in states:
        clock.ahead += HOUR_SECONDS
        row = group(status=status, **options)
        sightings.note_of([row], HERE)
    changes = row.history.changes if row.history else ()
    return row, [(change.before and change.before.value, change.after.value) for change in changes]


def test_changes_are_remembered_newest_first(clock):
    row, changes = history('ERROR', 'ERROR', 'ACTIVE', 'BUILD', 'ACTIVE', clock=clock)

    assert changes == [('BUILD', 'ACTIVE'), ('ACTIVE', 'BUILD'), ('ERROR', 'ACTIVE'), (None, 'ERROR')]
    times = [change.at for change in row.history.changes]
    assert [round((later - earlier) / HOUR_SECONDS) for later, earlier in zip(times, times[1:])] == [1, 1, 2]
    assert row.since == 0


def test_what_works_all_the_time_has_no_history(clock, trips):
    assert history('ACTIVE', 'ACTIVE', clock=clock)[0].history is None
    assert [what for what, _keys in trips] == ['read', 'read']


def test_of_one_resource_20_changes_are_remembered(clock):
    _row, changes = history(*['ERROR', 'ACTIVE'] * 12, clock=clock)

    assert len(changes) == 20


def test_changes_of_more_than_seven_days_ago_are_forgotten(clock):
    history('ERROR', 'ACTIVE', clock=clock)
    clock.ahead += 6 * DAY_SECONDS
    history('ERROR', clock=clock)
    clock.ahead += 2 * DAY_SECONDS

    assert history('ACTIVE', clock=clock)[1] == [('ERROR', 'ACTIVE'), ('ACTIVE', 'ERROR')]


def test_what_works_again_is_remembered_for_seven_days(clock):
    history('ERROR', 'ACTIVE', clock=clock)
    clock.ahead += 7 * DAY_SECONDS - 2 * HOUR_SECONDS
    assert history('ACTIVE', clock=clock)[1] == [('ERROR', 'ACTIVE'), (None, 'ERROR')]
    clock.ahead += 2 * HOUR_SECONDS

    assert history('ACTIVE', clock=clock)[1] == []


@pytest.mark.parametrize(
    ('states', 'errors'),
    [
        (('ERROR',), 0),
        (('ERROR', 'ACTIVE'), 0),
        (('ERROR', 'ACTIVE', 'ERROR'), 2),
        (('ERROR', 'BUILD', 'ERROR', 'ACTIVE'), 2),
        (('ERROR', 'ACTIVE') * 3, 3),
        (('BUILD', 'ACTIVE') * 3, 0),
    ],
    ids=repr,
)
def test_errors_of_a_day_are_counted_where_there_are_several(clock, states, errors):
    assert history(*states, clock=clock)[0].errors == errors


def test_errors_of_more_than_a_day_ago_do_not_count(clock):
    history('ERROR', 'ACTIVE', 'ERROR', 'ACTIVE', clock=clock)
    clock.ahead += DAY_SECONDS
    assert history('ERROR', clock=clock)[0].errors == 0

    assert history('ACTIVE', 'ERROR', clock=clock)[0].errors == 2


def hours_ago(clock, at):
    return at and round((clock.time() - at) / HOUR_SECONDS)


@pytest.mark.parametrize(
    ('states', 'hours'),
    [
        (('ACTIVE',), 0),
        (('ERROR',), 0),
        (('BUILD', 'ACTIVE'), 0),
        (('ERROR', 'ACTIVE', 'ACTIVE'), 1),
        (('ERROR', 'BUILD', 'ACTIVE', 'ACTIVE', 'ACTIVE'), 2),
        (('ERROR', 'ACTIVE', 'BUILD', 'ACTIVE'), 2),
        (('ERROR', 'ACTIVE', 'BUILD'), 0),
        (('ERROR', 'ACTIVE', 'ERROR', 'ACTIVE', 'ACTIVE'), 1),
    ],
    ids=repr,
)
def test_a_recovery_is_when_it_first_worked_after_its_last_error(clock, states, hours):
    row, _changes = history(*states, clock=clock)

    assert hours_ago(clock, row.history.recovered_at if row.history else 0) == hours


def test_what_recovered_more_than_a_day_ago_has_no_recovery(clock):
    history('ERROR', 'ACTIVE', clock=clock)
    clock.ahead += 23 * HOUR_SECONDS + 59 * 60
    assert group_seen('ACTIVE').history.recovered_at
    clock.ahead += 60

    assert not group_seen('ACTIVE').history.recovered_at


def group_seen(status, age_seconds=0.0):
    row = group(status=status)
    sightings.note_of([row], HERE, age_seconds)
    return row


def test_an_answer_from_before_a_change_does_not_undo_it(clock, trips):
    """It may come later: a list takes some seconds, while a poll of the same resource takes none."""
    group_seen('ERROR')
    clock.ahead += 60
    group_seen('ACTIVE')
    trips.clear()
    clock.ahead += 5
    late = group_seen('ERROR', age_seconds=10)

    assert (late.since, late.errors) == (0, 0)
    assert [what for what, _keys in trips] == ['read']
    assert group_seen('ERROR', age_seconds=3).errors == 2


def test_who_is_told_no_status_learns_nothing(clock):
    history('ERROR', 'ACTIVE', 'ERROR', clock=clock)
    row = group_seen(None)

    assert (row.since, row.errors, row.history) == (0, 0, None)


def test_the_word_that_a_backend_says_of_all_rules_ends_an_error(clock):
    rule = group(kind='policy_rules', status='BUILD')
    rule.extensions = ('cisco-apic-gbp',)
    first = seen(kind='policy_rules')
    clock.ahead += HOUR_SECONDS
    sightings.note_of([rule], HERE)

    assert [change.after for change in rule.history.changes] == [statuses.NONE, statuses.ERROR]
    assert seen(kind='policy_rules') > first + HOUR_SECONDS - 1


def below(status='ACTIVE'):
    row = group(status=status)
    row.beneath = types.SimpleNamespace(is_problem=True)
    return row


def test_a_build_that_says_nothing_of_what_is_beneath_does_not_end_an_error_there(clock):
    sightings.note_of([below()], HERE)
    clock.ahead += HOUR_SECONDS
    built = group_seen('BUILD')
    again = below('BUILD')
    sightings.note_of([again], HERE)

    assert (built.since, [change.after for change in again.history.changes]) == (0, [statuses.BENEATH])
    assert again.since < clock.time() - HOUR_SECONDS


def test_changes_of_a_project_are_bounded(clock, monkeypatch, trips):
    monkeypatch.setattr(sightings, 'MAX_PROJECT_CHANGES', 6)
    for status in ['ERROR', 'ACTIVE'] * 4:
        clock.ahead += HOUR_SECONDS
        rows = [group(name, status) for name in 'abc']
        sightings.note_of(rows, HERE)
    for row in rows:
        row.history = None
    sightings.note_of(rows, HERE)

    assert [len(row.history.changes) for row in rows] == [2, 2, 2]


def test_a_full_entry_fits_into_memcached():
    """As bad as it gets: all resources that are remembered, and as many changes, none like another."""
    name = lambda: f'policy_target_groups/{uuid.uuid4()}'  # noqa: E731
    change = lambda: [10**9 + secrets.randbelow(10**9), 'ERROR']  # noqa: E731
    each = sightings.MAX_PROJECT_CHANGES // sightings.MAX_SIGHTINGS
    time_ = lambda: secrets.randbelow(10**15) / 1e6  # noqa: E731
    full = {
        name(): ['ACTIVE', time_(), time_(), *(change() for _ in range(each))] for _ in range(sightings.MAX_SIGHTINGS)
    }

    assert store.set_many({'full': full}, 60) == set()
    assert len(store._encode(full)) < store.MAX_ENTRY_BYTES / 4


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
    clock.ahead += 7 * DAY_SECONDS + 1

    assert seen() > first + 7 * DAY_SECONDS - 1


def test_what_is_looked_at_is_remembered_for_longer_than_that(clock):
    first = seen()
    for _day in range(10):
        clock.ahead += DAY_SECONDS
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
        sightings.note_of(page, HERE)

        assert [row.since for row in page[:1:-1]] == first


def test_many_problems_of_one_project_leave_those_of_others(clock, monkeypatch):
    monkeypatch.setattr(sightings, 'MAX_SIGHTINGS', 2)
    first = seen(project='other')
    sightings.note_of([group(str(number)) for number in range(9)], HERE)
    clock.ahead += 60

    assert seen(project='other') == first


def test_a_page_of_many_projects_costs_one_read_and_one_write(clock, trips):
    rows = [group(str(number), status, str(number % 7)) for number in range(60) for status in ('ERROR', 'ACTIVE')]
    sightings.note_of(rows, HERE)

    assert [(what, len(set(keys))) for what, keys in trips] == [('read', 7), ('write', 7)]


def test_only_projects_in_which_something_has_changed_are_written(clock, trips):
    seen(project='demo')
    seen(project='other')
    trips.clear()
    sightings.note_of([group(), group('web', 'ACTIVE', 'other')], HERE)
    (_, read), (_, written) = trips

    assert len(read) == 2
    assert len(written) == 1


def test_a_page_costs_one_read_and_no_write_where_nothing_is_new(clock, trips):
    rows = [group(), group('till', 'ACTIVE'), group('bar', None)]
    sightings.note_of(rows, HERE)
    trips.clear()
    sightings.note_of(rows, HERE)

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


def test_changes_that_are_yet_to_come_are_none(clock, trips):
    seen()
    (entry,) = trips[0][1]
    now = clock.time()
    store.set_many({entry: {'policy_target_groups/web': ['ERROR', now - 50, now + 50, [now + 40, '']]}}, 60)

    assert seen('BUILD') > now


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
    sightings.note_of([rule, built][::order], HERE)

    assert (rule.since, built.since > 0) == (0, True)
