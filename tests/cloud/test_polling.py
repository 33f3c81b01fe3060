# SPDX-License-Identifier: Apache-2.0
"""Polls follow the real backend, for every way that a status is read, and cost what they should."""

import time

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import building
from tests import hostile
from tests import markup
from tests.cloud.pages import CHAINS
from tests.cloud.pages import GROUPS
from tests.cloud.pages import L3_POLICIES
from tests.cloud.pages import opened
from tests.cloud.pages import poll


def states(client, **wanted):
    answer, _ = poll(client, **{collection: [id_] for collection, id_ in wanted.items()})
    return {collection: rows[wanted[collection]]['status'] for collection, rows in answer['rows'].items()}


@pytest.fixture
def three(gbp, cook):
    """A group, an L3 policy and a chain: {collection: id}."""
    return {
        GROUPS: gbp.make(GROUPS, 'kitchen', 'bistro'),
        L3_POLICIES: gbp.make(L3_POLICIES, 'house', 'bistro', ip_pool='10.1.0.0/16', subnet_prefix_length=24),
        CHAINS: building.chain(gbp, cook, project='bistro').id,
    }


def test_a_poll_follows_a_group_an_l3_policy_and_a_chain(gbp, cook, three):
    for status in ('BUILD', 'ACTIVE', 'ERROR', 'BUILD'):
        gbp.report(dict.fromkeys(three.values(), (status, 'as lifecycle.json says')))

        assert states(cook, **three) == dict.fromkeys(three, status)


def test_what_is_settled_is_no_longer_transient(gbp, cook, three):
    gbp.report(dict.fromkeys(three.values(), ('BUILD', '')))
    before, _ = poll(cook, **{collection: [id_] for collection, id_ in three.items()})
    gbp.report(dict.fromkeys(three.values(), ('ACTIVE', '')))
    after, _ = poll(cook, **{collection: [id_] for collection, id_ in three.items()})

    assert transient(before) == {True}
    assert transient(after) == {False}


def transient(answer):
    return {row['transient'] for rows in answer['rows'].values() for row in rows.values()}


def test_a_chain_without_a_status_is_not_polled_for_ever(gbp, cook, three):
    gbp.set(three[CHAINS], None, None)
    document, _ = opened(cook, 'service_chains')

    assert markup.statuses(document)[three[CHAINS]] == 'NONE'
    assert not document.query(f'tr[data-object-id="{three[CHAINS]}"] [data-gbp-status-transient]')


def test_a_deleted_resource_is_gone(gbp, cook, three):
    gbp.delete(three[CHAINS])
    gbp.delete(three[L3_POLICIES])
    answer, _ = poll(cook, **{collection: [id_] for collection, id_ in three.items()})

    assert answer['gone'] == {CHAINS: [three[CHAINS]], L3_POLICIES: [three[L3_POLICIES]]}
    assert list(answer['rows'][GROUPS]) == [three[GROUPS]]


def test_another_projects_resources_are_gone(log_in, three):
    answer, _ = poll(log_in('depot'), **{collection: [id_] for collection, id_ in three.items()})

    assert answer == {'rows': {}, 'gone': {collection: [id_] for collection, id_ in three.items()}, 'unavailable': []}


def test_hostile_details_come_through_as_text(gbp, cook, three):
    gbp.set(three[GROUPS], 'ERROR', hostile.DETAILS)
    answer, _ = poll(cook, policy_target_groups=[three[GROUPS]])
    row = answer['rows'][GROUPS][three[GROUPS]]

    assert row['details'] == hostile.DETAILS
    hostile.require_none(markup.fragment(row['badge']))
    hostile.require_none(opened(cook)[0])


@pytest.mark.parametrize('status', [403, 500])
def test_a_kind_that_fails_leaves_the_others(gbp, cook, three, status):
    gbp.fail(L3_POLICIES, status)
    answer, _ = poll(cook, **{collection: [id_] for collection, id_ in three.items()})

    assert (answer['unavailable'], answer['gone']) == ([L3_POLICIES], {})
    assert set(answer['rows']) == {GROUPS, CHAINS}


def test_a_poll_of_30_groups_is_one_list_and_their_page_four_calls(gbp, cook, administrator):
    """The page's cost is the same for five groups, and six for an administrator in the project."""
    l2_policy = gbp.make('l2_policies', 'floor', 'bistro')
    rule_set = gbp.make('policy_rule_sets', 'orders', 'bistro')
    related = {'l2_policy_id': l2_policy, 'provided_policy_rule_sets': {rule_set: ''}}
    ids = [gbp.make(GROUPS, f'table-{number}', 'bistro', **related) for number in range(5)]
    _, few = opened(cook)
    ids += [gbp.make(GROUPS, f'table-{number}', 'bistro', **related) for number in range(5, 30)]
    gbp.report(dict.fromkeys(ids, ('BUILD', '')))
    since = time.time()
    answer, polled = poll(cook, policy_target_groups=ids)
    made = gbp.calls(since)
    document, many = opened(cook)

    assert {row['status'] for row in answer['rows'][GROUPS].values()} == {'BUILD'}
    assert (len(answer['rows'][GROUPS]), polled) == (30, 1)
    assert [call['path'] for call in made] == ['/v2.0/grouppolicy/policy_target_groups']
    assert few == many <= 6
    assert len(markup.statuses(document)) == 20
    assert opened(administrator)[1] <= 6


def test_twelve_chains_show_their_true_states_and_a_poll_reads_only_those_in_build(gbp, cook):
    parts = building.parts(gbp, cook, 'edge', 'bistro')
    ids = [building.instance(gbp, f'chain-{number}', 'bistro', parts).id for number in range(12)]
    for id_ in ids[:11]:
        building.show(cook, CHAINS, id_)
    building_now = ids[:5]
    gbp.report({**dict.fromkeys(building_now, ('BUILD', '')), ids[5]: ('ERROR', ''), ids[11]: ('ERROR', '')})
    document, _ = opened(cook, 'service_chains', kind=CHAINS)
    since = time.time()
    answer, polled = poll(cook, servicechain_instances=building_now)

    assert markup.statuses(document) == {
        **dict.fromkeys(building_now, 'BUILD'),
        **dict.fromkeys(ids[6:11], 'ACTIVE'),
        ids[5]: 'ERROR',
        ids[11]: 'ERROR',
    }
    assert {row['status'] for row in answer['rows'][CHAINS].values()} == {'BUILD'}
    assert polled == len(gbp.calls(since)) == 5


@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
def test_every_kind_is_polled(gbp, administrator, kind):
    ids = list(gbp.truth(kind.collection))[:3]
    answer, _ = poll(administrator, scope.ADMIN, **{kind.collection: ids})

    assert {row['status'] for row in answer['rows'][kind.collection].values()} == {'ACTIVE'}
    assert list(answer['rows'][kind.collection]) == ids
