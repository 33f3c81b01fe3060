# SPDX-License-Identifier: Apache-2.0
"""What the cache holds of one question: written and read by one function each, and a miss whatever else it is."""

from django.core.cache.backends import base
from django.core.cache.backends import locmem
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import entries
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Entry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows

from tests.unit import viewing
from tests.unit.caching.entry import KEY
from tests.unit.caching.entry import NOW_SECONDS
from tests.unit.caching.entry import read
from tests.unit.caching.entry import rows
from tests.unit.caching.entry import write

pytestmark = pytest.mark.usefixtures('standing')


#: How many rows stand in the head of an entry.
INLINE = entries.MAX_INLINE_ATTRIBUTES // len(rows(1)[0])

ERROR, TIMEOUT = Failure(Reason.ERROR, 'down'), Failure(Reason.TIMEOUT)


def names():
    return {name.partition('gbp_status_ui:')[2] for name in store.backend()._cache}


@pytest.mark.parametrize(
    'value',
    [
        None,
        {'id': 'a', 'name': None, 'subnets': ['b', {'c': 1}]},
        Rows(),
        rows(INLINE),
        rows(INLINE + 1),
        rows(3000),
        Rows([{'alias': 'group-policy'}]),
        Rows([rows(1)[0], {'id': 'another'}], unreadable=3),
        Rows([{'id': 'another'}, *rows(50)], unreadable=1),
    ],
    ids=['gone', 'row', 'no rows', 'inline', 'one more', 'many', 'extensions', 'fewer attributes', 'more attributes'],
)
def test_an_answer_comes_back_as_it_was(value):
    found = write(Answer(value, 1.5, 2.5))

    assert found.good == found.outcome == Answer(value, 1.5, 2.5)
    assert (type(found.good.value), found.seconds, found.timed_out) == (type(value), 1.0, False)
    assert getattr(found.good.value, 'unreadable', None) == getattr(value, 'unreadable', None)


@pytest.mark.parametrize('reason', [Reason.GONE, Reason.FORBIDDEN, Reason.TIMEOUT, Reason.ERROR])
def test_a_failure_comes_back_as_it_was(reason):
    found = write(Answer(Failure(reason, 'why'), 1.5, 2.5))

    assert (found.good, found.failure) == (None, Answer(Failure(reason, 'why'), 1.5, 2.5))
    assert found.timed_out is (reason is Reason.TIMEOUT)


def test_a_failure_leaves_the_last_answer_and_an_answer_ends_a_failure():
    good = Answer(rows(30), 1.0, 2.0)
    found = write(good, Answer(TIMEOUT, 3.0, 13.0))

    assert (found.good, found.outcome, found.seconds, found.timed_out) == (good, Answer(TIMEOUT, 3.0, 13.0), 10.0, True)
    assert write(Answer(None, 14.0, 15.0)) == Entry(Answer(None, 14.0, 15.0), None, 1)


@pytest.mark.parametrize(
    'newer', [None, {'id': 'new'}, rows(30), rows(5), ERROR], ids=['gone', 'row', 'body', 'rows', 'failure']
)
@pytest.mark.parametrize(
    'older', [None, {'id': 'old'}, rows(40), rows(5), ERROR], ids=['gone', 'row', 'body', 'rows', 'failure']
)
def test_the_newer_of_two_outcomes_is_the_outcome_in_whichever_order_they_are_kept(older, newer):
    late, early = Answer(newer, 5.0, 6.0), Answer(older, 1.0, 9.0)

    assert write(early, late).outcome == late
    store.backend().clear()
    assert write(late, early).outcome == late


def test_rows_are_never_those_of_another_answer():
    """Also where a process ends between the two entries, or another writes at the same time."""
    write(Answer(rows(30, name='old'), 1.0, 2.0))
    head = store.get(KEY)
    write(Answer(rows(30, name='new'), 3.0, 4.0))
    store.set_many({KEY: head}, 60)

    assert entries.read([KEY])[KEY].good.asked_at == 1.0
    assert read() == Entry()


def test_an_answer_whose_rows_are_not_kept_leaves_what_there_was(monkeypatch):
    before = write(Answer(rows(30), 1.0, 2.0))
    monkeypatch.setattr(store, 'MAX_ENTRY_BYTES', 100)
    monkeypatch.setattr(store, 'MAX_PARTS', 1)
    entries.write({KEY: Answer(rows(60), 3.0, 4.0)}, entries.read([KEY]))

    assert read() == before


def test_rows_that_are_lost_are_a_miss():
    write(Answer(rows(30), 1.0, 2.0))
    store.delete(f'{KEY}:body')

    assert read() == Entry()


def test_what_is_too_old_is_known_without_its_rows(monkeypatch):
    write(Answer(rows(200), 1.0, 2.0))
    monkeypatch.setattr(store, 'get_large', None)
    (entry,) = entries.read([KEY]).values()

    assert (entry.good.asked_at, entry.rows, entry.is_loaded) == (1.0, 200, False)


def test_a_list_of_ten_thousand_fits_into_one_entry_of_memcached():
    write(Answer(rows(10_000), 1.0, 2.0))

    assert names() == {KEY, f'{KEY}:body'}


def test_a_hundred_lists_of_any_size_leave_what_the_last_one_does(monkeypatch):
    monkeypatch.setattr(store, 'MAX_ENTRY_BYTES', 5_000)
    sizes, all_rows, parts = [(number * 7919) % 400 for number in range(100)], rows(400), set()
    for number, size in enumerate(sizes):
        answer = Answer(Rows(all_rows[:size]), number, number + 0.5)
        write(answer)
        left = names()
        store.backend().clear()
        write(answer)

        assert left == names(), size
        parts.add(len(left))
    assert parts >= {1, 2, 4, 5, 6}


def kept(seconds, answer, monkeypatch, **options):
    """Say whether an answer is still kept after some seconds."""
    clock = viewing.Clock()
    for module in (base, locmem, store):
        monkeypatch.setattr(module, 'time', clock)
    write(answer, **options)
    clock.ahead = seconds
    return read().outcome == answer


@pytest.mark.parametrize(
    'value', [None, {'id': 'a'}, rows(5), rows(50), TIMEOUT], ids=['gone', 'row', 'rows', 'body', 'failure']
)
@pytest.mark.parametrize(
    ('took', 'options', 'seconds'),
    [
        (0.5, {}, entries.ANSWER_TTL_SECONDS),
        (0.5, {'slow_ttl_seconds': 86400}, entries.ANSWER_TTL_SECONDS),
        (1.5, {}, entries.ANSWER_TTL_SECONDS),
        (1.5, {'slow_ttl_seconds': 86400}, 86400),
        (1.5, {'ttl_seconds': 300, 'slow_ttl_seconds': 300}, 300),
        (0.5, {'ttl_seconds': 300, 'slow_ttl_seconds': 300}, 300),
    ],
)
def test_how_long_an_answer_is_kept(value, took, options, seconds, monkeypatch):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1)
    answer = Answer(value, 1.0, 1.0 + took)

    assert kept(seconds - 2, answer, monkeypatch, **options)
    assert not kept(seconds + 2, answer, monkeypatch, **options)


def test_a_host_whose_clock_is_ahead_keeps_nobody_from_writing():
    store.set_many(
        {KEY: [entries.FORMAT_VERSION, [NOW_SECONDS + 3600, NOW_SECONDS + 3601, 1], {'row': {'id': 'a'}}, None]}, 60
    )

    assert write(Answer(None, NOW_SECONDS - 1, NOW_SECONDS)).outcome == Answer(None, NOW_SECONDS - 1, NOW_SECONDS)


def test_clocks_may_be_a_little_apart():
    assert write(Answer(None, NOW_SECONDS + 0.5, NOW_SECONDS + 0.9)).good == Answer(
        None, NOW_SECONDS + 0.5, NOW_SECONDS + 0.9
    )


def test_entries_are_read_in_one_trip_and_written_in_one(monkeypatch):
    answers = {str(number): Answer({'id': 'a'}, 1.0, 2.0) for number in range(100)}
    trips = []
    for name in ('get_many', 'set_many'):
        act = getattr(store, name)
        monkeypatch.setattr(store, name, lambda *args, name=name, act=act: trips.append(name) or act(*args))
    entries.write(answers, entries.read(list(answers)))
    entries.load(entries.read(list(answers)))

    assert trips == ['get_many', 'set_many', 'get_many']
