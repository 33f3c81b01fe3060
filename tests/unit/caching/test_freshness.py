# SPDX-License-Identifier: Apache-2.0
"""How old the answer may be that somebody gets, and whose action counts."""

from django.conf import settings
from django.core.signals import request_finished
from django.core.signals import request_started
from django.test import override_settings
import pytest

from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import ANSWER_TTL_SECONDS
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests.clients import Client
from tests.unit import sessions
from tests.unit import viewing
from tests.unit.caching.reader import freshness_of
from tests.unit.caching.reader import send
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import poll

# Answers age by what a test adds alone, however slow the machine is.
pytestmark = [pytest.mark.releases, pytest.mark.usefixtures('clock')]


def entries():
    return list(store.backend()._cache)


@pytest.mark.parametrize('method', ['POST', 'PUT', 'PATCH', 'DELETE'])
def test_an_action_counts_for_its_session(session, method):
    send(method, session)

    assert freshness_of(session).not_before > 0
    assert freshness_of('sessionid=other').not_before == 0


@pytest.mark.parametrize('method', ['GET', 'HEAD', 'OPTIONS', 'TRACE'])
def test_a_read_is_no_action(session, method):
    send('POST', 'sessionid=invented')
    send(method, session)

    assert freshness_of(session).not_before == 0


def test_an_action_counts_from_its_end(session, clock):
    request_started.send(None, environ={'REQUEST_METHOD': 'POST', 'HTTP_COOKIE': session})
    meanwhile = freshness_of(session).not_before
    clock.ahead += 20
    ended_at = clock.time()
    request_finished.send(None)

    assert meanwhile == 0
    assert ended_at < freshness_of(session).not_before < clock.time()


def test_nothing_that_counts_lies_in_the_future(session, clock):
    send('POST', session)
    asked = freshness_of(session)

    assert asked.not_before < asked.requested_at < clock.time()


def test_an_action_ends_once(session, clock):
    send('POST', session)
    acted = freshness_of(session).not_before
    clock.ahead += 5
    request_finished.send(None)

    assert freshness_of(session).not_before == acted


@pytest.mark.parametrize('cookie', ['', 'other=1', 'sessionid=', 'sessionid=invented', 'sessionid=\udcff'])
def test_an_action_of_nobody_leaves_nothing(cookie):
    send('POST', cookie)

    assert entries() == []


def test_a_post_with_an_invented_session_leaves_nothing():
    for number in range(20):
        client = Client()
        client.cookies['sessionid'] = f'invented{number}'
        viewing.act(client)

    assert [name for name in entries() if 'acted' in name] == []


def test_a_session_store_that_fails_leaves_the_request_alone(session, monkeypatch):
    def fail(*_arguments):
        raise ConnectionRefusedError

    monkeypatch.setattr(f'{settings.SESSION_ENGINE}.SessionStore.exists', fail)
    send('POST', session)

    assert freshness_of(session).not_before == 0


@pytest.mark.parametrize('environ', [{}, {'scope': {'type': 'http'}}], ids=['nothing', 'ASGI'])
def test_a_server_that_says_nothing_of_the_request_is_none_of_our_business(environ):
    assert request_started.send(None, **environ)
    assert request_finished.send(None)
    assert entries() == []


def test_the_key_of_a_session_is_not_kept(session):
    send('POST', session)

    assert len(entries()) == 1
    assert session.partition('=')[2] not in entries()[0]


def test_with_sessions_in_cookies_everything_is_read_anew(clock):
    """Their key changes with all that they hold: an action would not be recognised."""
    now = clock.time()
    with override_settings(SESSION_ENGINE='django.contrib.sessions.backends.signed_cookies'):
        asked = freshness_of()
        send('POST', 'sessionid=abc')

    assert not asked.accepts(Answer(None, now, now), asked.not_before)
    assert entries() == []


@pytest.mark.parametrize('acted', ['text', [1], {'a': 1}, float('nan')], ids=repr)
def test_what_is_no_time_is_no_action(session, acted):
    send('POST', session)
    (name,) = entries()
    store.set_many({name.partition('gbp_status_ui:')[2]: acted}, 60)

    assert freshness_of(session).not_before == 0


def test_a_page_that_says_a_time_in_the_future_is_not_believed(session, clock):
    asked = freshness_of(session, gbp_status_not_before=repr(clock.time() + 60), cache_control='max-age=0')

    assert asked.not_before == asked.requested_at


def test_an_action_on_a_host_whose_clock_is_ahead_counts_once(session, clock):
    """Otherwise each retry would ask for everything again."""
    send('POST', session)
    (name,) = entries()
    store.set_many({name.partition('gbp_status_ui:')[2]: clock.time() + 50}, 60)
    first = freshness_of(session)
    clock.ahead += 2
    again = freshness_of(session, gbp_status_not_before=repr(first.requested_at))

    assert (first.not_before, again.not_before) == (first.requested_at, 0)
    anew = freshness_of(session, gbp_status_not_before=repr(first.requested_at), cache_control='max-age=0')
    assert anew.not_before == first.requested_at


def test_after_an_action_a_session_gets_what_is_true_now(gbp, group, member, colleague, clock):
    poll(member, group)
    viewing.act(colleague)
    gbp.set(group, 'ACTIVE')

    assert poll(colleague, group, cache_control='max-age=90').json()['rows'][GROUPS][group]['status'] == 'ACTIVE'
    clock.ahead = 30
    # Its own answer is from after that.
    assert calls(poll(colleague, group, cache_control='max-age=90')) == 0


def test_an_action_does_not_count_for_other_sessions(group, member, colleague):
    poll(member, group)
    viewing.act(colleague)

    assert calls(poll(sessions.COLLEAGUE.log_in(Client()), group)) == 0


@pytest.mark.parametrize('cache_control', ['max-age=0', 'no-cache', 'no-store', 'private, MAX-AGE=0', 'max-age = "0"'])
def test_max_age_zero_is_read_anew(group, member, colleague, cache_control):
    poll(member, group)

    assert calls(poll(colleague, group, cache_control=cache_control)) == 1


def test_pragma_does_not_count(group, member, colleague):
    """Browsers add it to each request of a script that sends If-None-Match."""
    poll(member, group)

    assert calls(poll(colleague, group, cache_control='max-age=1', pragma='no-cache')) == 0


@pytest.mark.parametrize(('ahead', 'cost'), [(0, 0), (4.9, 0), (6.1, 1)])
def test_an_answer_is_at_most_as_old_as_max_age(group, member, colleague, clock, ahead, cost):
    poll(member, group)
    clock.ahead = ahead

    assert calls(poll(colleague, group, cache_control='max-age=5')) == cost


@pytest.mark.parametrize(('ahead', 'cost'), [(2.4, 0), (2.6, 1)])
def test_without_max_age_an_answer_is_as_old_as_the_interval_of_polls(group, member, colleague, clock, ahead, cost):
    poll(member, group)
    clock.ahead = ahead

    assert calls(poll(colleague, group)) == cost


@pytest.mark.parametrize(('age', 'accepted'), [(1.0, True), (1.9, True), (2.0, False)])
def test_ages_count_in_whole_seconds(clock, age, accepted):
    """One of 1.9 s is 1 (RFC 9111, 1.2.2)."""
    now = clock.time()

    assert freshness_of(cache_control='max-age=1').accepts(Answer([], now - age, now - age), 0.0) is accepted


@pytest.mark.parametrize(('age', 'accepted'), [(ANSWER_TTL_SECONDS - 1, True), (ANSWER_TTL_SECONDS, False)])
@pytest.mark.parametrize('cache_control', ['max-age=90', 'max-age=86400', 'max-age=999999999'])
def test_nothing_older_than_ninety_seconds_is_an_answer_whatever_is_accepted(clock, cache_control, age, accepted):
    now = clock.time()

    assert freshness_of(cache_control=cache_control).accepts(Answer([], now - age, now - age), 0.0) is accepted


@pytest.mark.parametrize(('age', 'accepted'), [(2.4, True), (2.6, False)])
def test_a_failure_counts_for_one_interval_of_polls(clock, age, accepted):
    now = clock.time()
    failure = Answer(Failure(Reason.ERROR), now - age, now - age)

    assert freshness_of(cache_control='max-age=90').accepts(failure, 0.0) is accepted


def test_what_is_read_first_is_read_in_one_trip(monkeypatch):
    store.set_many({'a': 1, 'b': 2}, 60)
    early, trips, get_many = freshness.Prefetch(), [], store.get_many
    monkeypatch.setattr(store, 'get_many', lambda keys: trips.append(list(keys)) or get_many(keys))
    for key in ('a', 'b', None, ''):
        early.want(key)

    assert [early.get('a'), early.get('b'), early.get('a')] == [1, 2, 1]
    assert trips == [['a', 'b']]
    assert (early.get('c'), early.get('c'), trips) == (None, None, [['a', 'b'], ['c']])


def test_what_a_request_has_written_it_does_not_read_again(monkeypatch):
    early = freshness.Prefetch()
    early.note('a', 1)
    monkeypatch.setattr(store, 'get_many', None)

    assert early.get('a') == 1
