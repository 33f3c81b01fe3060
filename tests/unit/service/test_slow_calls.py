# SPDX-License-Identifier: Apache-2.0
"""Calls that go on without the request that has made them."""

import queue

from django.test import override_settings
import pytest

from horizon import exceptions

from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection
from gbp_status_ui.service.connection import Job

from tests import asking

GROUPS = Call('/grouppolicy/policy_target_groups', 'policy_target_groups')
POOLS = Call('/grouppolicy/nat_pools', 'nat_pools')
WAIT_SECONDS = 30
LIMIT_SECONDS = 10


class Told:
    """The outcomes of calls in the order in which they come, as (collection, outcome)."""

    def __init__(self):
        self._queue = queue.Queue()

    def jobs(self, *calls):
        return [Job(call, LIMIT_SECONDS, self._done(call)) for call in calls]

    def _done(self, call):
        return lambda outcome, _asked_at: self._queue.put((call.collection, outcome))

    def next(self):
        return self._queue.get(timeout=WAIT_SECONDS)

    @property
    def is_empty(self):
        return self._queue.empty()


@pytest.fixture
def user_connection(member):
    return Connection(asking.request_of(member))


@pytest.fixture
def told():
    return Told()


def test_what_takes_long_holds_up_nothing_else_and_comes_later(user_connection, gbp, told):
    gbp.make('policy_target_groups', 'web')
    gbp.hold('policy_target_groups')
    user_connection.start(told.jobs(GROUPS, POOLS))

    assert told.next() == ('nat_pools', [])
    assert told.is_empty
    gbp.release()
    collection, rows = told.next()

    assert (collection, [row['name'] for row in rows]) == ('policy_target_groups', ['web'])


def test_calls_that_wait_for_their_turn_are_made_later_in_their_order_and_counted(user_connection, gbp, told):
    gbp.hold('policy_target_groups')
    with override_settings(GBP_STATUS_UI={'parallel_calls': 1}):
        user_connection.start(told.jobs(GROUPS, POOLS))

    assert told.is_empty
    gbp.release()

    assert [told.next(), told.next()] == [('policy_target_groups', []), ('nat_pools', [])]
    assert user_connection.calls == 2


def test_calls_that_have_not_begun_can_be_withdrawn(user_connection, gbp, told):
    gbp.hold('policy_target_groups')
    with override_settings(GBP_STATUS_UI={'parallel_calls': 1}):
        withdraw = user_connection.start(told.jobs(GROUPS, POOLS))
    gbp.arrived('policy_target_groups')
    withdraw()
    gbp.release()

    assert told.next() == ('policy_target_groups', [])
    assert user_connection.gather({1: GROUPS}) == {1: []}
    assert [asked.collection for asked in gbp.requests] == ['policy_target_groups'] * 2


def test_what_fails_later_is_told_as_a_failure(user_connection, gbp, told):
    gbp.hold('policy_target_groups')
    user_connection.start(told.jobs(GROUPS))
    gbp.fail('policy_target_groups', 403)
    gbp.release()

    assert told.next()[1].reason is Reason.FORBIDDEN


def test_a_token_that_is_refused_later_says_nothing_of_the_calls(user_connection, gbp, told):
    gbp.hold('policy_target_groups')
    user_connection.start(told.jobs(GROUPS))
    gbp.people.clear()
    gbp.release()

    assert isinstance(told.next()[1], exceptions.NotAuthenticated)
    assert not user_connection.proves_token()


def test_a_token_that_is_refused_at_once_ends_the_request_and_no_other_call_is_waited_for(user_connection, gbp):
    gbp.hold('policy_target_groups')
    gbp.people.clear()
    with pytest.raises(exceptions.NotAuthenticated):
        user_connection.gather({'groups': GROUPS, 'pools': POOLS})
    gbp.release()


def test_a_call_without_an_answer_in_time_is_a_failure_that_is_not_retried(user_connection, gbp):
    gbp.hold('policy_target_groups')

    assert user_connection.gather({1: GROUPS, 2: POOLS}, seconds=0.2) == {1: Failure(Reason.TIMEOUT), 2: []}


def test_a_call_without_an_answer_in_time_is_pending_if_the_page_retries(user_connection, gbp):
    user_connection.deadline.will_retry = True
    gbp.hold('policy_target_groups')

    assert user_connection.gather({1: GROUPS, 2: POOLS}, seconds=0.2) == {1: Failure(Reason.BUSY), 2: []}
