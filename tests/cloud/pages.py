# SPDX-License-Identifier: Apache-2.0
"""What the panels answer, as the tests of the cloud ask for it."""

import re

from gbp_status_ui.model import scope

from tests import markup

GROUPS = 'policy_target_groups'
L3_POLICIES = 'l3_policies'
HEADERS = {'x-requested-with': 'XMLHttpRequest', 'cache-control': 'no-cache'}
CHAINS = 'servicechain_instances'


def opened(client, tab='groups', panel_scope=scope.PROJECT, **parameters):
    """Return (valid page, its number of GBP calls); as a reload asks for it, so that nothing in it is from before."""
    query = {'tab': f'gbp_status_tabs__{tab}', **parameters}
    response = client.get(panel_scope.url('index'), query, headers={'cache-control': 'no-cache'})
    assert response.status_code == 200
    return markup.page(response), cost(response)


def cost(response):
    return int(re.fullmatch(r'gbp;dur=[\d.]+;desc="(\d+)"', response.headers['Server-Timing']).group(1))


def poll(client, panel_scope=scope.PROJECT, **wanted):
    """Return (answer, number of GBP calls) of one poll of {collection: ids} that takes nothing from before it."""
    query = {collection: ','.join(ids) for collection, ids in wanted.items()}
    response = client.get(panel_scope.url('statuses'), query, headers=HEADERS)
    assert response.status_code == 200
    return response.json(), cost(response)


def every_row(client, tab, panel_scope=scope.PROJECT, **parameters):
    """Return {id: status} of all pages of all tables that an address leads to."""
    first, _ = opened(client, tab, panel_scope, **parameters)
    found = markup.statuses(first)
    for kind in [table.attrs['id'] for table in first.query('table.gbp-status-table')]:
        page, number = first, 1
        while page.query(f'table#{kind} a[rel=next]'):
            number += 1
            page, _ = opened(client, tab, panel_scope, **parameters, kind=kind, page=number)
            found |= markup.statuses(page)
    return found


def chips(document):
    """Return {state: count} of the bar of filters, and the number of all as ALL."""
    return {
        count.attrs['data-gbp-status-count']: int(markup.words(count))
        for count in document.query('.gbp-status-chip [data-gbp-status-count]')
    }
