# SPDX-License-Identifier: Apache-2.0
"""Lists that take GBP long: nobody waits for them, everybody gets them, and they are remembered."""

import math
import time
import types
import uuid

from django.test import override_settings
import pytest

from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import list_flight
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching import single_flight
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows

from tests import local_settings

BUSY, TIMEOUT = Failure(Reason.BUSY), Failure(Reason.TIMEOUT)
DUMMY = {**local_settings.CACHES, 'gbp_status_ui': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}}
LONG = 1.5


class Reader:
    """One request for one list; GBP takes longer than a moment for it, until :meth:`end`."""

    def __init__(self, cache_control='', after=None, has_time=True):
        """``after`` is the reader after which this one comes back."""
        headers = {'Cache-Control': cache_control, 'Gbp-Status-Came-First': after.flight.came_first if after else ''}
        cookie = {'HTTP_COOKIE': 'sessionid=one'}
        connection = types.SimpleNamespace(time_left=10, elapsed=0, has_time=has_time, proves_token=lambda: True)
        fresh = freshness.Freshness(types.SimpleNamespace(META=cookie, GET={}, headers=headers))
        self.flight = list_flight.ListFlight('rights', fresh, connection)
        self.late = self.value = None
        self.asked = 0

    def ask(self, questions, late):
        self.asked += 1
        self.late = late
        return dict.fromkeys(questions, BUSY if self.value is None else self.value)

    def end(self, value):
        self.late({'list': value})

    def fetch(self, **options):
        return self.flight.fetch_lists(['list'], self.ask, **options)['list'].value

    def remembered(self):
        found = self.flight.remembered('list')
        return found and found.value


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Who would wait for another looks once."""
    monkeypatch.setattr(single_flight, 'PAUSES', ())
    monkeypatch.setattr(list_flight, 'wait', lambda: LONG - 1)


@pytest.fixture
def known(clock):
    """A list of which is known that it takes long; the answer is too old for others."""
    reader = Reader()
    reader.fetch()
    clock.ahead += LONG
    reader.end(Rows([{'id': 'old'}]))
    clock.ahead += 60
    return reader


def test_who_asks_does_not_wait_and_comes_back_for_the_answer(clock):
    first = Reader()

    assert (first.fetch(), first.flight.busy) == (BUSY, True)
    clock.ahead += LONG
    first.end(Rows([{'id': 'a'}]))
    again = Reader(after=first)

    assert (again.fetch(), again.asked, again.flight.busy) == ([{'id': 'a'}], 0, False)
    assert again.flight.age == int(LONG)


def test_nobody_asks_for_what_is_on_its_way(clock):
    Reader().fetch()
    other = Reader()

    assert (other.fetch(), other.asked) == (BUSY, 0)


def test_who_wants_it_anew_asks_once_and_gets_no_older_one(clock):
    before = Reader()
    before.fetch()
    clock.ahead += 1
    wish = Reader('max-age=0')
    wish.fetch()
    clock.ahead += 1
    before.end(Rows([{'id': 'before'}]))
    meanwhile = Reader('max-age=0', after=wish)

    assert (meanwhile.fetch(), meanwhile.asked, wish.asked) == (BUSY, 0, 1)
    clock.ahead += 1
    wish.end(Rows([{'id': 'wished'}]))

    assert Reader('max-age=0', after=meanwhile).fetch() == [{'id': 'wished'}]


def test_of_one_page_each_part_gets_the_same_list(clock):
    """Also the part that comes back after another of the same session has seen it."""
    one, other = Reader(), Reader()
    one.fetch()
    clock.ahead += 0.1
    late = Reader()
    for reader in (other, late):
        reader.fetch()
    clock.ahead += LONG
    one.end(Rows([{'id': 'a'}]))
    again = [Reader(after=reader) for reader in (one, other, late)]

    assert [(reader.fetch(), reader.asked) for reader in again] == [([{'id': 'a'}], 0)] * 3


def test_a_page_that_comes_ahead_does_not_ask_for_what_takes_long(known):
    page = Reader()

    assert (page.fetch(ahead=True), page.asked, page.flight.busy) == (BUSY, 0, True)
    assert page.remembered() == [{'id': 'old'}]


def test_a_page_that_comes_ahead_gets_what_is_new_enough(known, clock):
    reader = Reader('max-age=0')
    reader.fetch()
    clock.ahead += LONG
    reader.end(Rows([{'id': 'new'}]))

    assert Reader().fetch(ahead=True) == [{'id': 'new'}]


def test_a_page_that_comes_ahead_asks_for_what_is_not_known_to_take_long():
    page = Reader()
    page.value = Rows([{'id': 'a'}])

    assert (page.fetch(ahead=True), page.asked, page.remembered()) == ([{'id': 'a'}], 1, None)


def test_a_list_that_takes_long_is_remembered_for_a_day(known, clock):
    clock.ahead += list_flight.REMEMBERED - 120

    assert Reader().remembered() == [{'id': 'old'}]


def test_what_did_not_come_in_time_is_left_alone_for_a_while(clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)
    clock.ahead += 10 * list_flight.REST - 1

    assert (Reader().fetch(), Reader('max-age=40').fetch()) == (TIMEOUT, TIMEOUT)
    wish = Reader('max-age=0')
    assert (wish.fetch(), wish.asked) == (BUSY, 1)


def test_what_did_not_come_in_time_is_asked_for_again_later(clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)
    clock.ahead += 10 * list_flight.REST + 1
    ahead, behind = Reader(), Reader()

    assert (ahead.fetch(ahead=True), ahead.asked) == (BUSY, 0)
    assert (behind.fetch(), behind.asked) == (BUSY, 1)


def test_a_failure_forgets_no_list_and_a_list_ends_a_failure(known, clock):
    late = Reader()
    late.fetch()
    clock.ahead += 10
    late.end(TIMEOUT)

    assert Reader().remembered() == [{'id': 'old'}]
    reader = Reader('max-age=0')
    reader.fetch()
    clock.ahead += LONG
    reader.end(Rows([{'id': 'new'}]))

    assert Reader('max-age=5').fetch() == [{'id': 'new'}]


def test_another_failure_is_shared_while_it_is_new(clock):
    failing = Reader()
    failing.fetch()
    failing.end(Failure(Reason.ERROR, 'down'))

    assert Reader().fetch() == Failure(Reason.ERROR, 'down')
    clock.ahead += 3
    assert Reader().fetch() == BUSY


def test_without_a_cache_that_works_a_request_waits_itself():
    reader = Reader()
    reader.value = Rows([{'id': 'a'}])
    with override_settings(CACHES=DUMMY):
        assert reader.fetch() == [{'id': 'a'}]
    assert (reader.asked, reader.late) == (1, None)


def test_who_comes_back_for_a_list_that_the_cache_does_not_take_is_told_so(clock, monkeypatch, caplog):
    monkeypatch.setattr(shared_cache, 'COMPRESSED', 10)
    monkeypatch.setattr(shared_cache, 'LARGEST', 2000)
    monkeypatch.setattr(shared_cache, 'MOST_PARTS', 1)
    reader = Reader()
    reader.fetch()
    clock.ahead += LONG
    reader.end(Rows([{'id': str(uuid.uuid4())} for _ in range(200)]))
    again = Reader(after=reader)

    assert (again.fetch().reason, again.asked) == (Reason.ERROR, 0)
    assert [record.getMessage() for record in caplog.records] == ['The cache does not take 1 lists that GBP has sent.']


def test_a_request_that_fails_lets_others_ask():
    failing, other = Reader(), Reader()
    failing.ask = lambda _questions, _late: 1 / 0
    with pytest.raises(ZeroDivisionError):
        failing.fetch()

    assert (other.fetch(), other.asked) == (BUSY, 1)


def test_a_call_whose_token_was_refused_lets_others_ask(clock):
    reader, other = Reader(), Reader()
    reader.fetch()
    reader.late({})

    assert (other.fetch(), other.asked) == (BUSY, 1)


def test_nobody_whose_token_is_not_proven_gets_what_is_remembered(known):
    page = Reader()
    page.flight._connection.proves_token = lambda: False

    assert page.remembered() is None


def test_only_a_list_that_is_late_puts_a_request_in_a_hurry():
    reader = Reader()
    reader.flight.busy = True

    assert math.isinf(reader.flight.until())
    reader.fetch()
    until = reader.flight.until()

    assert until == reader.flight.until() <= time.monotonic() + list_flight.HELD * list_flight.wait()
