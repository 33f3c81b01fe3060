# SPDX-License-Identifier: Apache-2.0
"""What each page costs, pinned in calls.json: {page: calls to GBP}, the same in both panels, for one row and for 50.

``make calls`` writes calls.json anew.

A page of service chains also makes one show for each of them, side by side: the only way to a true status.
"""

import json
from pathlib import Path

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.views import ways_over

from tests import asking
from tests.unit import population

FILE = Path(__file__).parent / 'calls.json'
SHOWN = {kind.collection for kind in registry.KINDS if kind.read_by is ReadBy.SHOW}
WITH_WAYS = ('policy_target_groups', 'external_policies')
TABS = [tab.slug for tab in registry.TABS]

both_scopes = pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)


def pages(panel, ids):
    """Return {page: address} of all that a panel answers, for resources of the ids {collection: ids}."""
    slugs = ('overview', *TABS)
    tabs = {slug: panel.url('index') + f'?tab=gbp_status_tabs__{slug}' for slug in slugs}
    exports = {f'export of {slug}': panel.url('export') + f'?tab=gbp_status_tabs__{slug}&format=csv' for slug in slugs}
    lines = {f'overview line of {kind}': panel.url('lines') + f'?kind={kind}' for kind in ('problems', *ids)}
    polls = {f'poll of {kind}': panel.url('statuses') + f'?{kind}={",".join(ids[kind][:150])}' for kind in ids}
    details = {f'detail of {kind}': panel.url('detail', kind, ids[kind][0]) for kind in ids}
    explanations = {f'explanation of {kind}': panel.url('explanation', kind, ids[kind][0]) for kind in ids}
    affected = {f'affected by {kind}': panel.url('fragments', kind, ids[kind][0]) + '?kind=affected' for kind in ids}
    ways = {f'ways of {kind}': panel.url('fragments', kind, ids[kind][0]) + '?kind=ways' for kind in WITH_WAYS}
    first, second = (f'{kind}/{ids[kind][0]}' for kind in WITH_WAYS)
    pair = {'ways between two groups': panel.url('pair_fragment') + f'?from={first}&to={second}'}
    return tabs | exports | lines | polls | details | explanations | affected | ways | _over(panel, ids) | pair


def _over(panel, ids):
    """Return {page: address} of the fragments that name the ways over a resource."""
    kinds = [kind for kind in ids if ways_over.has_fragment(registry.BY_COLLECTION[kind])]
    return {f'ways over {kind}': panel.url('fragments', kind, ids[kind][0]) + '?kind=carried' for kind in kinds}


def cost(gbp, client, address):
    """Return (calls, of which shows of chains and their parts) of a page, once the extensions are known."""
    asking.gbp_of(client).has('servicechain')
    gbp.requests.clear()
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer.headers['Server-Timing'].endswith(f';desc="{len(gbp.requests)}"')
    return len(gbp.requests), sum(asked.collection in SHOWN and bool(asked.resource_id) for asked in gbp.requests)


def cost_but_for_rows(gbp, client, page, address):
    """One resource's own page shows that one and what it is built from, which does not grow with the rows."""
    calls, shows = cost(gbp, client, address)
    return calls if page.startswith(('detail', 'explanation')) else calls - shows


@pytest.mark.slow
@pytest.mark.parametrize(
    ('panel_scope', 'rows'),
    [(scope.PROJECT, 1), (scope.PROJECT, 50), (scope.ADMIN, 5)],
    ids=['project-1', 'project-50', 'admin-5'],
)
def test_a_page_costs_what_is_pinned(pinned, gbp, administrator, member, panel_scope, rows):
    client = administrator if panel_scope.all_projects else member
    ids = population.fill(gbp, rows)
    for first, *_others in ids.values():
        # What works is not explained.
        gbp.set(first, 'ERROR')
    addresses = pages(panel_scope, ids)
    costs = {page: cost_but_for_rows(gbp, client, page, address) for page, address in addresses.items()}

    assert pinned.agrees(FILE, json.dumps(costs, indent=2, sort_keys=True) + '\n'), 'make calls writes it anew'


@pytest.mark.slow
@both_scopes
def test_each_row_of_the_chains_is_shown_once(gbp, administrator, member, panel_scope):
    ids = population.fill(gbp, 10)
    client = administrator if panel_scope.all_projects else member
    _, shows = cost(gbp, client, pages(panel_scope, ids)['service_chains'])

    assert shows == 10 * len(registry.in_tab('service_chains'))


def pinned_cost(page):
    return json.loads(FILE.read_text())[page]


def test_the_page_of_groups_costs_six_calls_at_most(gbp, administrator):
    """Also for an administrator in the scope of one project, where the own and the shared are asked for apart."""
    addresses = pages(scope.PROJECT, population.fill(gbp, 20, project='admin'))

    assert pinned_cost('groups') == 4
    assert cost(gbp, administrator, addresses['groups']) == (6, 0)


@pytest.mark.slow
@pytest.mark.parametrize('tab', TABS)
def test_an_administrator_in_a_project_asks_twice_a_kind_and_no_more(gbp, administrator, tab):
    addresses = pages(scope.PROJECT, population.fill(gbp, 20, project='admin'))
    twice = sum(kind.shareable for kind in registry.in_tab(tab))

    assert cost_but_for_rows(gbp, administrator, tab, addresses[tab]) == pinned_cost(tab) + twice
