# SPDX-License-Identifier: Apache-2.0
"""Calls that go on without the request that has made them."""

import threading

from django.test import override_settings
import pytest

from horizon import exceptions

from gbp_status_ui.caching import list_flight
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection

from tests import asking

GROUPS = Call('/grouppolicy/policy_target_groups', 'policy_target_groups')
POOLS = Call('/grouppolicy/nat_pools', 'nat_pools')
PATIENCE = 30


class Late:
    """What is told of the outcomes that came late."""

    def __init__(self):
        self.told = []
        self._heard = threading.Event()

    def __call__(self, outcomes):
        self.told.append(outcomes)
        self._heard.set()

    def wait(self):
        assert self._heard.wait(PATIENCE)
        return self.told


@pytest.fixture
def way(member):
    return Connection(asking.request_of(member))


@pytest.fixture
def late(monkeypatch):
    monkeypatch.setattr(list_flight, 'wait', lambda: 0.2)
    return Late()


def test_what_takes_longer_than_a_moment_comes_later(way, gbp, late):
    gbp.make('policy_target_groups', 'web')
    gbp.hold('policy_target_groups')
    answers = way.gather({'groups': GROUPS, 'pools': POOLS}, late=late)

    assert (answers, late.told) == ({'groups': Failure(Reason.BUSY), 'pools': []}, [])
    gbp.release()
    ((outcomes,), name) = late.wait(), 'web'

    assert [row['name'] for row in outcomes.pop('groups')] == [name]
    assert outcomes == {}


def test_what_is_soon_there_does_not_come_later(way, late):
    assert way.gather({'pools': POOLS}, late=late) == {'pools': []}
    assert late.told == []


def test_calls_that_wait_for_their_turn_are_made_later_and_counted(way, gbp, late):
    gbp.hold('policy_target_groups')
    with override_settings(GBP_STATUS_UI={'parallel_calls_of_a_request': 1}):
        answers = way.gather({'groups': GROUPS, 'pools': POOLS}, late=late)
    gbp.release()

    assert set(answers.values()) == {Failure(Reason.BUSY)}
    assert late.wait() == [{'groups': [], 'pools': []}]
    assert way.calls == 2


def test_what_fails_later_is_told_as_a_failure(way, gbp, late):
    gbp.hold('policy_target_groups')
    way.gather({'groups': GROUPS}, late=late)
    gbp.fail('policy_target_groups', 403)
    gbp.release()

    assert [outcomes['groups'].reason for outcomes in late.wait()] == [Reason.FORBIDDEN]


def test_a_token_that_is_refused_later_says_nothing_of_the_calls(way, gbp, late):
    gbp.hold('policy_target_groups')
    way.gather({'groups': GROUPS}, late=late)
    gbp.people.clear()
    gbp.release()

    assert late.wait() == [{}]
    assert not way.proves_token()


def test_a_token_that_is_refused_at_once_ends_the_request(way, gbp, late):
    gbp.hold('policy_target_groups')
    gbp.people.clear()
    with pytest.raises(exceptions.NotAuthenticated):
        way.gather({'groups': GROUPS, 'pools': POOLS}, late=late)
    gbp.release()
