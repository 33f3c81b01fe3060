# SPDX-License-Identifier: Apache-2.0
"""Each address of both panels, on each release of Horizon: it answers, and what it answers is valid."""

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.base import FRAGMENT

from tests import markup
from tests.unit import addresses
from tests.unit import population
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS

pytestmark = pytest.mark.releases

#: Kinds that differ in what the page of one resource has: ways, a path, objects beneath, what it carries, an end.
KINDS = (GROUPS, CHAINS, 'l2_policies', 'policy_rule_sets', 'external_policies')
#: Without a group there is no way between two, and nothing to poll.
WITHOUT_IDS = ('index', 'export', 'lines')


def require_valid(response):
    """Hold an answer, whatever it is, to valid HTML."""
    kind = response.headers['Content-Type']
    if 'html' in kind:
        text = response.content.decode()
        markup.page(response) if '<html' in text else markup.fragment(text)
    elif 'json' in kind and 'attachment' not in response.headers.get('Content-Disposition', ''):
        for text in response.json().get('fragments', {}).values():
            markup.fragment(text)


def opened(client, by_view):
    """Return {address: HTTP status} of the addresses of some views.

    The first of each view is asked for with Horizon's frame, which is the same on all and takes long.
    """
    found = {}
    for asked in by_view.values():
        for number, address in enumerate(asked):
            response = client.get(address, headers={FRAGMENT: 'list'} if number else {})
            require_valid(response)
            found[address] = response.status_code
    return found


@pytest.mark.parametrize('panel', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_each_address_answers(gbp, administrator, panel):
    ids = population.fill(gbp, 2, project='admin', status='ERROR', details='leaf-203 is down')
    found = opened(administrator, addresses.by_view(panel, {name: ids[name] for name in KINDS}))

    assert len(found) > 30
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_each_address_answers_where_there_is_nothing(administrator):
    by_view = addresses.by_view(scope.ADMIN, {GROUPS: ['a'], CHAINS: ['a']})
    found = opened(administrator, {view: by_view[view] for view in WITHOUT_IDS})

    assert {address: status for address, status in found.items() if status != 200} == {}


def test_each_address_answers_where_nothing_can_be_read(gbp, administrator):
    ids = population.fill(gbp, 2, project='admin')
    for kind in registry.KINDS:
        gbp.fail(kind.collection, 503)
    found = opened(administrator, addresses.by_view(scope.PROJECT, {name: ids[name] for name in (GROUPS, CHAINS)}))

    assert set(found.values()) == {200, 503}
