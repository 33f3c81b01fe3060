# SPDX-License-Identifier: Apache-2.0
"""Why something does not work, in the popover and on its page, by what the real services tell."""

from gbp_status_ui.model import scope

from tests import building
from tests import markup
from tests.cloud.pages import CHAINS
from tests.cloud.pages import GROUPS


def explained(client, collection, id_):
    response = client.get(scope.PROJECT.url('explanation', collection, id_))
    assert response.status_code == 200
    return markup.fragment(response.content.decode())


def opened(client, collection, id_):
    response = client.get(scope.PROJECT.url('detail', collection, id_))
    assert response.status_code == 200
    return markup.page(response)


def causes(document):
    return [cause.attrs['data-gbp-status-cause'] for cause in document.query('[data-gbp-status-cause]')]


def test_a_group_in_error_without_details_names_its_l2_policy(gbp, cook):
    l2_policy = gbp.make('l2_policies', 'floor', 'bistro', status='ERROR', details='VLAN vlan-1187 is in use')
    group = gbp.make(GROUPS, 'tables', 'bistro', status='ERROR', l2_policy_id=l2_policy)
    popover, page = explained(cook, GROUPS, group), opened(cook, GROUPS, group)

    assert causes(popover) == causes(page) == [l2_policy]
    assert markup.texts(popover, '[data-gbp-status-cause]') == ['Error: L2 Policy floor VLAN vlan-1187 is in use']


def test_the_ticket_names_region_project_cause_and_address(gbp, cook):
    l2_policy = gbp.make('l2_policies', 'floor', 'bistro', status='ERROR')
    group = gbp.make(GROUPS, 'tables', 'bistro', status='ERROR', l2_policy_id=l2_policy)
    ticket = explained(cook, GROUPS, group).query_one('[data-gbp-status-ticket]').text()

    for said in ('Region: RegionOne', 'Project: bistro (', f'ID: {group}', l2_policy, f'{GROUPS}/{group}/'):
        assert said in ticket


def test_a_chain_in_error_because_of_one_node_names_that_node(gbp, cook):
    """GBP says of each node that it is active, and of the chain that a node has failed."""
    chain = building.chain(gbp, cook, project='bistro')
    gbp.set(chain.nodes[0], 'ERROR')
    popover, page = explained(cook, CHAINS, chain.id), opened(cook, CHAINS, chain.id)

    assert page.query_one('.gbp-status-badge').attrs['data-gbp-status'] == 'ERROR'
    assert causes(popover) == causes(page) == [chain.nodes[0]]


def test_a_chain_of_several_nodes_names_them_for_gbp_does_not_say_which(gbp, cook):
    chain = building.chain(gbp, cook, project='bistro', nodes=('z-fw', 'a-lb'))
    gbp.set(chain.nodes[1], 'ERROR')
    popover = explained(cook, CHAINS, chain.id)

    assert causes(popover) == list(chain.nodes)
    assert 'does not say which one' in popover.text()


def test_a_chain_is_drawn_from_consumer_to_provider(gbp, cook):
    chain = building.chain(gbp, cook, project='bistro', nodes=('z-fw', 'a-lb'))
    page = opened(cook, CHAINS, chain.id)

    assert markup.texts(page, '.gbp-status-path li > a') == ['edge-consumer', 'edge-z-fw', 'edge-a-lb', 'edge-provider']


def test_what_uses_a_resource_stands_on_its_page(gbp, cook):
    l2_policy = gbp.make('l2_policies', 'floor', 'bistro')
    group = gbp.make(GROUPS, 'tables', 'bistro', status='ERROR', l2_policy_id=l2_policy)
    target = gbp.make('policy_targets', 'table-1', 'bistro', policy_target_group_id=group)

    assert group in markup.statuses(opened(cook, 'l2_policies', l2_policy))
    assert markup.statuses(opened(cook, GROUPS, group)) == {l2_policy: 'ACTIVE', target: 'ACTIVE'}
