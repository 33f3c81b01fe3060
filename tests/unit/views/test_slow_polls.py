# SPDX-License-Identifier: Apache-2.0
"""Rows that GBP takes long for: a poll says at once which are pending, and the page retries them."""

import pytest

from gbp_status_ui.caching import deadline

from tests.unit.browser import Browser
from tests.unit.views.test_statuses_view import poll

GROUPS = 'policy_target_groups'


@pytest.fixture
def slow(member, gbp, monkeypatch):
    """A group that is read at once, and an L3 policy that GBP is still being asked for."""
    wanted = {GROUPS: gbp.make(GROUPS, 'web'), 'l3_policies': gbp.make('l3_policies', 'core')}
    poll(member, policy_target_groups='known')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    gbp.hold('l3_policies')
    return wanted


@pytest.mark.slow
def test_rows_that_take_long_are_pending_and_leave_the_others(member, slow):
    response = poll(member, **slow)
    answer = response.json()

    assert (list(answer['rows']), answer['unavailable']) == ([GROUPS], [])
    assert answer['pending'] == {'l3_policies': [slow['l3_policies']]}
    assert response.headers['Retry-After'] == '2'
    assert float(response.headers['Gbp-Status-Not-Before']) > 0


@pytest.mark.slow
def test_a_retry_for_pending_rows_gets_the_answer_to_the_same_call(member, gbp, slow, monkeypatch):
    first = poll(member, l3_policies=slow['l3_policies'])
    gbp.release()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    headers = {'Gbp-Status-Not-Before': first.headers['Gbp-Status-Not-Before']}
    answer = poll(member, headers=headers, l3_policies=slow['l3_policies']).json()

    assert (list(answer['rows']), 'pending' in answer) == (['l3_policies'], False)
    assert sum(asked.collection == 'l3_policies' for asked in gbp.requests) == 1


def test_a_row_that_is_gone_is_said_to_be_gone_however_long_the_call_takes(gbp, member, simulated):
    core = gbp.make('l3_policies', 'core')
    gbp.delete(core)
    gbp.takes = lambda asked, _rows: 3 * (asked.collection == 'l3_policies')

    assert Browser(member, simulated).poll({'l3_policies': [core]}, wait_seconds=30) == {core: None}
    assert sum(asked.collection == 'l3_policies' for asked in gbp.requests) == 1


@pytest.mark.slow
def test_the_failure_of_a_call_that_took_long_arrives_at_a_later_poll(member, gbp, slow, monkeypatch):
    first = poll(member, **slow)
    gbp.fail('l3_policies', 500)
    gbp.release()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    headers = {'Gbp-Status-Not-Before': first.headers['Gbp-Status-Not-Before']}
    answer = poll(member, headers=headers, l3_policies=slow['l3_policies']).json()

    assert (answer['unavailable'], answer['rows'], 'pending' in answer) == (['l3_policies'], {}, False)
