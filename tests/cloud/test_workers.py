# SPDX-License-Identifier: Apache-2.0
"""Two workers of Horizon share what viewers were told through a real memcached."""

import itertools
import time

import pytest

from tests import dashboards

GROUPS = 'policy_target_groups'
#: Of so many answers both workers have given some, whatever their luck.
ANSWERS = 200


@pytest.fixture(scope='module')
def viewers(horizon):
    return [dashboards.Viewer(horizon, 'demo') for _ in range(2)]


def asked(gbp, since, collection=GROUPS):
    """Return the calls to GBP for a collection since a time."""
    return [call for call in gbp.calls(since) if call['path'].endswith(collection)]


def of_both_workers(viewers, group):
    """Poll in turn, by a new connection each time, until each worker has answered each viewer; return the answers."""
    answers, seen = [], set()
    for viewer in itertools.islice(itertools.cycle(viewers), ANSWERS):
        answer = viewer.poll([group], **{'Cache-Control': 'max-age=30', 'Connection': 'close'})
        answers.append(answer)
        seen.add((viewer, answer.headers['X-Worker']))
        if len(seen) == 2 * len(viewers):
            break
    assert len(seen) == 2 * len(viewers)
    return answers


def states(answers, group):
    return {answer.json()['rows'][GROUPS][group]['status'] for answer in answers}


def test_many_polls_of_both_workers_are_one_call(gbp, viewers):
    group = gbp.make(GROUPS, 'shared', status='BUILD')
    since = time.time()
    answers = of_both_workers(viewers, group)

    assert states(answers, group) == {'BUILD'}
    assert len(asked(gbp, since)) == 1


def test_the_first_look_at_a_page_costs_nothing_where_a_colleague_had_one(gbp, viewers):
    gbp.make(GROUPS, 'shared')
    first, second = viewers
    address = 'project/gbp_status/?tab=gbp_status_tabs__groups'
    first.get(address)
    since = time.time()
    # A worker takes seconds for its first page.
    page = second.get(address, **{'Cache-Control': 'max-age=60'})

    assert 'shared' in page.text
    assert asked(gbp, since) == []


def test_an_action_is_known_to_both_workers(gbp, horizon, viewers):
    group = gbp.make(GROUPS, 'shared', status='BUILD')
    actor = dashboards.Viewer(horizon, 'demo')
    viewers[0].poll([group])
    actor.http.post(actor.url + 'project/gbp_status/statuses/')
    gbp.set(group, 'ACTIVE')

    assert states(of_both_workers([actor], group), group) == {'ACTIVE'}


def test_projects_are_not_told_of_each_other(gbp, horizon, viewers):
    group = gbp.make(GROUPS, 'secret', status='ERROR', details='of one project')
    viewers[0].poll([group])
    answers = [dashboards.Viewer(horizon, 'other').poll([group], **{'Cache-Control': 'max-age=30'}) for _ in range(2)]

    assert [answer.json()['gone'] for answer in answers] == [{GROUPS: [group]}] * 2
