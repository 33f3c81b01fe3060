# SPDX-License-Identifier: Apache-2.0
"""What is known of problems while lists are late: what GBP has stored, of the kinds that take longest."""

import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import registry
from gbp_status_ui.service import costs

from tests import building
from tests.unit.health.test_problems import GROUPS
from tests.unit.health.test_problems import headings
from tests.unit.health.test_problems import problems
from tests.unit.health.test_problems import tree


@pytest.fixture
def hold(gbp, monkeypatch):
    """hold(collection, …): from now on the full lists of kinds are late."""

    def held(*collections):
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
        for collection in collections:
            gbp.hold_full_lists(collection)
        gbp.requests.clear()

    return held


def stored(gbp):
    """Return {collection: states} of what GBP was asked for that it has stored."""
    return {
        asked.collection: asked.parameters['status']
        for asked in gbp.requests
        if 'status' in asked.parameters and asked.collection in registry.BY_COLLECTION
    }


@pytest.mark.slow
def test_what_is_stored_as_a_problem_is_there_without_the_full_list_and_fresh(gbp, member, hold, monkeypatch):
    tree(gbp, groups=1)
    failed = gbp.make(GROUPS, 'failed')
    healed = gbp.make(GROUPS, 'healed', status='ERROR')
    problems(member)
    gbp.set(failed, 'ERROR')
    gbp.set(healed, 'ACTIVE')
    hold(GROUPS)

    assert headings(member) == {'core': ['core-a', 'core-a-0', 'core-b', 'core-b-0']}
    assert stored(gbp) == {GROUPS: ['ERROR', 'error', 'BUILD', 'build']}
    gbp.release()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    assert list(headings(member)) == ['core', 'failed']


@pytest.mark.slow
def test_of_many_late_kinds_the_stored_problems_of_the_costliest_are_asked_for(gbp, member, hold, monkeypatch):
    costliest = ['l3_policies', 'nat_pools']
    monkeypatch.setattr(costs.Cost, 'seconds', property(lambda cost: 9 * (cost.call.collection in costliest)))
    hold(*(kind.collection for kind in registry.KINDS))
    found = problems(member)

    assert len(found.pending) == len(registry.KINDS)
    assert sorted(stored(gbp)) == costliest
    assert found.previewed == []


@pytest.mark.slow
def test_a_chain_that_was_stored_as_a_problem_is_read_again(gbp, member, hold):
    chain = building.chain(gbp, member, status='ERROR')
    building.show(member, 'servicechain_instances', chain.id)
    gbp.set(chain.id, 'BUILD')
    hold('servicechain_instances')
    (group,) = problems(member).groups

    assert (group.about.status.value, group.about.fresh) == ('BUILD', True)


@pytest.mark.slow
@pytest.mark.parametrize('late', [[], [GROUPS]])
def test_calls_do_not_grow_with_the_rows(gbp, member, hold, late):
    spent = []
    for groups in (1, 40):
        tree(gbp, f'core-{groups}', groups=groups)
        problems(member)
        hold(*late)
        gbp.requests.clear()
        found = problems(member)
        assert found.groups
        spent.append(len([one for one in gbp.requests if one.collection in registry.BY_COLLECTION]))
        gbp.release()

    assert spent[1] <= spent[0] <= 18 + len(late)
