# SPDX-License-Identifier: Apache-2.0
"""A request whose page comes back for a list anyway does not hold its worker for what else is slow."""

import math

import pytest

from gbp_status_ui.caching import list_flight
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service.connection import Connection

from tests import asking
from tests import markup

GROUPS = 'policy_target_groups'
MOMENT = 0.3


@pytest.fixture
def groups(gbp, member, monkeypatch):
    """Groups whose list GBP is still making; one of them is stored as a problem."""
    ids = {name: gbp.make(GROUPS, name, l2_policy_id='l2') for name in ('web', 'db')}
    gbp.set(ids['web'], 'ERROR', 'no VLAN left')
    # What is seen in a status is stored as well.
    member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'})
    gbp.hold_full_lists(GROUPS)
    monkeypatch.setattr(list_flight, 'wait', lambda: MOMENT)
    return ids


@pytest.fixture
def limits(monkeypatch):
    """How long calls were waited for, as {path: seconds}; math.inf is the rest of the request's time."""
    found = {}
    gather = Connection.gather

    def noting(self, calls, seconds=math.inf, late=None):
        found.update({call.path: seconds for call in calls.values() if late is None})
        return gather(self, calls, seconds, late)

    monkeypatch.setattr(Connection, 'gather', noting)
    return found


def problems(client, **headers):
    """Return the answer to the list of problems: {fragments, reading}."""
    return client.get(scope.PROJECT.url('lines'), {'kind': 'problems'}, headers=headers).json()


def stored(gbp):
    """How often GBP was asked for the groups that it has stored as problems."""
    return sum(asked.collection == GROUPS and 'status' in asked.parameters for asked in gbp.requests)


def overview(client):
    return markup.page(client.get(scope.PROJECT.url('index')))


def opened(document):
    return document.query_one('[data-gbp-status-opened]').attrs['data-gbp-status-opened']


def in_error(answer):
    found = markup.fragment(answer['fragments']['problems']).query('.gbp-status-problem')
    return [problem.attrs['data-object-id'] for problem in found]


def test_a_part_asks_for_nothing_that_its_page_has_just_seen(gbp, groups, member, monkeypatch):
    monkeypatch.setattr(list_flight, 'HELD', 100)
    document = overview(member)
    gbp.requests.clear()
    answer = problems(member, gbp_status_opened=opened(document))

    assert (in_error(answer), answer['reading'], stored(gbp)) == ([groups['web']], ['problems'], 0)
    problems(member)
    assert stored(gbp) == 1


@pytest.mark.parametrize('said', ['', 'BANANA', '1e400', '99999999999', '-1', '0', 'nan'])
def test_what_cannot_be_the_time_of_a_page_is_none(gbp, groups, member, said, monkeypatch):
    monkeypatch.setattr(list_flight, 'HELD', 100)
    overview(member)
    gbp.requests.clear()
    problems(member, gbp_status_opened=said)

    assert stored(gbp) == 1


def test_where_not_even_the_stored_problems_come_the_page_keeps_its_own(gbp, groups, member):
    gbp.hold(GROUPS)

    assert problems(member) == {'fragments': {}, 'reading': ['problems']}


@pytest.fixture
def too_large(gbp, groups, member, monkeypatch):
    """The list of L2 policies did not come in time, so it is left alone; nothing else of them comes either."""
    gbp.late_in_full = {'l2_policies'}
    problems(member)
    gbp.hold('l2_policies')
    return groups


def test_where_a_kind_that_is_left_alone_is_not_known_yet_the_page_keeps_its_own(gbp, too_large, member):
    assert problems(member) == {'fragments': {}, 'reading': ['problems']}


def test_what_one_has_not_waited_for_is_no_failure_on_its_own_page(gbp, too_large, member):
    gbp.hold_full_lists('l3_policies')
    document = markup.page(member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__l3_policies'}))

    assert 'could not be read.' not in document.text()


def test_causes_elsewhere_are_not_waited_for_either(gbp, groups, member):
    way = asking.door(member)
    way.listings([registry.BY_COLLECTION[GROUPS]])
    gbp.hold(GROUPS)
    found = way.read({GROUPS: [groups['web']]})

    assert found.unavailable == {GROUPS: Failure(Reason.BUSY)}


def test_what_one_has_not_waited_for_is_no_failure_of_another(gbp, groups, member, monkeypatch):
    gbp.hold(GROUPS)
    problems(member)
    gbp.release()
    gbp.hold_full_lists(GROUPS)
    monkeypatch.setattr(list_flight, 'HELD', 100)

    assert in_error(problems(member)) == [groups['web']]


def test_a_page_that_comes_back_for_its_list_waits_for_nothing_else_as_long(gbp, groups, member, limits, monkeypatch):
    # The list of the chains comes within that on a machine that is busy, too.
    moment = 2
    monkeypatch.setattr(list_flight, 'wait', lambda: moment)
    chain = gbp.make('servicechain_instances', 'checkout')
    member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'})
    problems(member)

    asked = [f'/grouppolicy/{GROUPS}', '/grouppolicy/l2_policies', f'/servicechain/servicechain_instances/{chain}']
    assert [limits[path] <= list_flight.HELD * moment for path in asked] == [True] * 3


def test_a_page_that_has_its_lists_waits_for_the_rest(gbp, groups, member, limits, monkeypatch):
    monkeypatch.setattr(list_flight, 'wait', lambda: 30)
    gbp.release()
    member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'})

    assert math.isinf(limits['/grouppolicy/l2_policies'])
