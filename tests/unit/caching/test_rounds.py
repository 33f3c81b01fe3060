# SPDX-License-Identifier: Apache-2.0
"""A page that retries what was pending: which answers count for all of its round."""

import pytest

from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import ANSWER_TTL_SECONDS
from gbp_status_ui.model import scope
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests.unit import viewing
from tests.unit.caching.reader import freshness_of
from tests.unit.caching.reader import send
from tests.unit.viewing import calls

# Answers age by what a test adds alone, however slow the machine is.
pytestmark = pytest.mark.usefixtures('clock')


def test_a_round_accepts_what_was_asked_for_since_it_began(clock):
    """However long that took, and whatever max-age says."""
    began = clock.time()
    clock.ahead += 80
    asked = freshness_of(cache_control='max-age=0', gbp_status_not_before=repr(began))

    assert (asked.not_before, asked.forces_refresh) == (began, True)
    assert asked.accepts(Answer([], began + 1, began + 79), asked.not_before)
    assert asked.accepts(Answer([], began, began + 10), asked.not_before)
    assert not asked.accepts(Answer([], began - 1, began + 79), asked.not_before)


def test_a_retry_belongs_to_the_same_round(clock):
    first = freshness_of(cache_control='max-age=0')
    began = first.round([clock.time()])
    clock.ahead += 5
    again = freshness_of(cache_control='max-age=0', gbp_status_not_before=repr(began))

    assert again.round([clock.time() - 4]) == began == first.requested_at


def test_a_round_begins_with_the_oldest_of_the_calls_that_it_waits_for(clock):
    clock.ahead += 10
    now = clock.time()

    assert freshness_of(cache_control='max-age=30').round([now - 3, now - 7, now - 5]) == now - 7


@pytest.mark.parametrize(('age', 'accepted'), [(4.9, True), (6.1, False)])
def test_what_was_there_when_a_round_began_counts_for_all_of_it(clock, age, accepted):
    """A part that comes late must not have the others be read again."""
    began = clock.time()
    clock.ahead += 40
    asked = freshness_of(cache_control='max-age=5', gbp_status_not_before=repr(began))

    assert asked.accepts(Answer([], began - age, began - age), asked.not_before) is accepted


def test_a_failure_from_before_the_round_counts_for_one_interval_of_polls(clock):
    began = clock.time()
    asked = freshness_of(cache_control='max-age=60', gbp_status_not_before=repr(began))
    failures = [Answer(Failure(Reason.ERROR), began - age, began - age) for age in (2.4, 2.6)]

    assert [asked.accepts(failure, asked.not_before) for failure in failures] == [True, False]


def test_a_failure_of_the_round_counts_for_all_of_it(clock):
    began = clock.time()
    clock.ahead += 40
    asked = freshness_of(gbp_status_not_before=repr(began))

    assert asked.accepts(Answer(Failure(Reason.ERROR), began + 1, began + 2), asked.not_before)


def test_a_round_begins_no_earlier_than_what_an_answer_may_be(clock):
    asked = freshness_of(cache_control='max-age=90')

    assert asked.round([1.0]) == asked.requested_at - ANSWER_TTL_SECONDS


def test_a_round_begins_no_earlier_than_the_action_before(session, clock):
    clock.ahead += 20
    send('POST', session)
    asked = freshness_of(session, cache_control='max-age=30')

    assert asked.round([clock.time() - 10]) == asked.not_before > clock.time() - 1


def test_an_action_during_a_round_counts(session, clock):
    began = clock.time()
    clock.ahead += 5
    send('POST', session)

    assert freshness_of(session, gbp_status_not_before=repr(began)).not_before > began + 4


@pytest.mark.parametrize('ago', [0.5, 5, 89])
def test_a_round_is_believed(clock, ago):
    began = clock.time() - ago

    assert freshness_of(gbp_status_not_before=repr(began), cache_control='max-age=0').not_before == began


@pytest.mark.parametrize('ahead', [1, 1e6])
def test_a_round_does_not_begin_in_the_future(clock, ahead):
    asked = freshness_of(gbp_status_not_before=repr(clock.time() + ahead), cache_control='max-age=0')

    assert (asked.not_before, asked.is_retry) == (asked.requested_at, False)


@pytest.mark.parametrize('ago', [91, 3000])
def test_of_a_round_that_is_over_only_what_may_be_an_answer_counts(clock, ago):
    asked = freshness_of(gbp_status_not_before=repr(clock.time() - ago), cache_control='max-age=0')

    assert (asked.not_before, asked.is_retry) == (asked.requested_at - ANSWER_TTL_SECONDS, False)


@pytest.mark.parametrize('said', ['', 'x', '-1', 'nan', 'inf', '1e9', '0x10', '1' * 400, '１７', '1.', ' ', '1 1'])
def test_what_is_no_time_begins_no_round(said):
    asked = freshness_of(gbp_status_not_before=said, cache_control='max-age=0')
    linked = freshness_of(said=said, cache_control='max-age=0')

    assert (asked.not_before, asked.is_retry) == (asked.requested_at, False)
    assert (linked.not_before, linked.is_retry) == (linked.requested_at, False)


def test_an_address_may_say_the_round_and_the_header_counts_more(clock):
    earlier, later = clock.time() - 9, clock.time() - 5

    assert freshness_of(said=repr(earlier), cache_control='no-cache').not_before == earlier
    both = freshness_of(said=repr(earlier), gbp_status_not_before=repr(later), cache_control='no-cache')
    assert both.not_before == later


def test_a_link_does_not_say_when_a_page_began_to_read(gbp, group, member, colleague, clock):
    """It would show as new what somebody else has read long ago."""
    viewing.page(member)
    clock.ahead += 20
    said = {'tab': 'gbp_status_tabs__groups', 'not_before': repr(clock.time() - 20)}

    assert calls(colleague.get(scope.PROJECT.url('index'), said)) > 0
