# SPDX-License-Identifier: Apache-2.0
"""How old the answer may be that somebody gets, and whose action counts."""

from django.core.signals import request_started
from django.test import override_settings
import pytest

from gbp_status_ui.caching import freshness
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.caching.single_flight import Answer
from gbp_status_ui.model import scope

from tests.clients import Client
from tests.clients import RequestFactory
from tests.unit import sessions
from tests.unit import viewing
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import poll

# Answers age by what a test adds alone, however slow the machine is.
pytestmark = pytest.mark.usefixtures('clock')


def send(method, cookie='sessionid=abc'):
    request_started.send(None, environ={'REQUEST_METHOD': method, 'HTTP_COOKIE': cookie})


def freshness_of(cookie='sessionid=abc', **headers):
    return freshness.Freshness(RequestFactory().get('/', headers={'cookie': cookie, **headers}))


@pytest.mark.parametrize('method', ['POST', 'PUT', 'PATCH', 'DELETE'])
def test_an_action_counts_for_its_session(method):
    send(method)

    assert freshness_of().not_before > 0
    assert freshness_of('sessionid=other').not_before == 0


@pytest.mark.parametrize('method', ['GET', 'HEAD', 'OPTIONS'])
def test_a_read_is_no_action(method):
    send(method)

    assert freshness_of().not_before == 0


def test_an_action_of_nobody_counts_for_nobody():
    send('POST', cookie='')

    assert freshness_of().not_before == 0


def test_a_server_that_says_nothing_of_the_request_is_none_of_our_business():
    assert request_started.send(None, scope={'type': 'http'})


def test_the_key_of_a_session_is_not_kept():
    send('POST')

    assert shared_cache.backend()._cache
    assert not any('abc' in key for key in shared_cache.backend()._cache)


def test_with_sessions_in_cookies_everything_is_read_anew(clock):
    """Their key changes with all that they hold: an action would not be recognised."""
    now = clock.time()
    with override_settings(SESSION_ENGINE='django.contrib.sessions.backends.signed_cookies'):
        asked = freshness_of()

    assert not asked.accepts(Answer(None, now, now), asked.not_before, late=True)


def test_an_answer_of_a_host_whose_clock_is_ahead_does_not_count(clock):
    now = clock.time()

    assert freshness_of().accepts(Answer(None, now, now), 0.0, late=False)
    assert not freshness_of().accepts(Answer(None, now + 5, now + 5), 0.0, late=False)


def test_after_an_action_a_session_gets_what_is_true_now(gbp, group, member, colleague, clock):
    poll(member, group)
    viewing.act(colleague)
    gbp.set(group, 'ACTIVE')

    assert poll(colleague, group).json()['rows'][GROUPS][group]['status'] == 'ACTIVE'
    clock.ahead = freshness.SETTLING - 1
    assert calls(poll(colleague, group, cache_control='max-age=90')) == 1


def test_an_action_does_not_count_for_other_sessions(group, member, colleague):
    poll(member, group)
    viewing.act(colleague)

    assert calls(poll(sessions.COLLEAGUE.log_in(Client()), group)) == 0


@pytest.mark.parametrize('cache_control', ['max-age=0', 'no-cache', 'no-store', 'private, MAX-AGE=0'])
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


def test_without_max_age_an_answer_is_as_old_as_the_interval_of_polls(group, member, colleague, clock):
    poll(member, group)
    clock.ahead = 2.6

    assert calls(poll(colleague, group)) == 1


def test_a_session_gets_no_answer_twice_unless_it_sends_max_age(group, member):
    poll(member, group)

    assert calls(poll(member, group, cache_control='max-age=1')) == 0
    assert calls(poll(member, group)) == 1


@pytest.mark.parametrize(('age', 'accepted'), [(1.0, True), (1.9, True), (2.0, False)])
def test_ages_count_in_whole_seconds(clock, age, accepted):
    """One of 1.9 s is 1 (RFC 9111, 1.2.2)."""
    now = clock.time()
    answer = Answer([], now - age, now - age)

    assert freshness_of(cache_control='max-age=1').accepts(answer, not_before=0.0, late=False) is accepted


@pytest.mark.parametrize(('waited', 'believed'), [(5, True), (40 - 1, True), (40 + 1, False), (3000, False)])
def test_nobody_has_waited_longer_than_an_answer_may_take(clock, waited, believed):
    """Ten seconds are the time limit, and thirty are added."""
    said = clock.time() - waited

    assert (freshness_of(gbp_status_came_first=repr(said)).requested_at == said) is believed


def test_a_link_does_not_say_when_a_page_came_first(gbp, group, member, colleague, clock):
    """It would show as new what somebody else has read long ago."""
    viewing.page(member)
    clock.ahead += 20
    said = {'tab': 'gbp_status_tabs__groups', 'came_first': repr(clock.time() - 20)}

    assert calls(colleague.get(scope.PROJECT.url('index'), said)) > 0
