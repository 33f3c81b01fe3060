# SPDX-License-Identifier: Apache-2.0
"""Chains that have changed between the list and the page: the page filters and sorts them anew."""

from django.test import override_settings

from gbp_status_ui.model import scope

from tests import building
from tests import markup


def test_what_the_page_finds_gone_or_changed_is_not_shown_as_it_was_listed(gbp, member):
    """Beyond the limit, chains of the page are read when the list has already been filtered and sorted."""
    parts = building.parts(gbp, member, 'edge', 'demo')
    chains = [building.instance(gbp, f'chain-{number}', 'demo', parts, status='ERROR').id for number in range(4)]
    for chain in chains:
        building.show(member, 'servicechain_instances', chain)
    for chain in chains[:2]:
        gbp.set(chain, 'ACTIVE')
    gone = b'{"NeutronError": {"type": "ServiceChainInstanceNotFound"}}'
    gbp.fail(f'servicechain_instances/{chains[3]}', (404, gone))
    with override_settings(GBP_STATUS_UI={'chain_shows': 1}):
        asked = {'tab': 'gbp_status_tabs__service_chains', 'kind': 'servicechain_instances', 'status': 'error'}
        document = markup.page(member.get(scope.PROJECT.url('index'), asked))

    assert markup.statuses(document) == {chains[2]: 'ERROR'}
