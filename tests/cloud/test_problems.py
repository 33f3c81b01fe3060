# SPDX-License-Identifier: Apache-2.0
"""Problems of three projects by cause: an L3 policy that has broken twelve resources, and one fault of three."""

import pytest

from gbp_status_ui.model import scope

from tests import building
from tests import markup
from tests.cloud.conftest import PROJECTS
from tests.cloud.pages import CHAINS
from tests.cloud.pages import cost
from tests.cloud.pages import GROUPS
from tests.cloud.pages import HEADERS

# Each list once, and what it has stored as broken once more where it took longer than a second before.
MAX_CALLS = 2 * 25
ERROR = ('ERROR', 'F0467: port-configuration-failed')


@pytest.fixture
def broken(gbp, cook):
    """{name: id} of all that is in error."""
    top = gbp.make('l3_policies', 'logistics-vrf', 'bistro', ip_pool='10.66.0.0/16', subnet_prefix_length=26)
    fronts = {name: gbp.make('l2_policies', name, 'bistro', l3_policy_id=top) for name in ('bar', 'kitchen')}
    groups = {
        f'{name}-{number}': gbp.make(GROUPS, f'{name}-{number}', 'bistro', l2_policy_id=id_)
        for name, id_ in fronts.items()
        for number in range(4)
    }
    made_of = building.parts(gbp, cook, 'edge', 'bistro')
    provider, consumer = (groups[name] for name in ('bar-0', 'kitchen-0'))
    of_groups = {**made_of, 'provider': provider, 'consumer': consumer}
    chains = {name: building.instance(gbp, name, 'bistro', of_groups).id for name in ('edge-in', 'edge-out')}
    alone = {name: gbp.make('policy_rule_sets', f'{name}-rules', name) for name in PROJECTS}
    found = {'logistics-vrf': top, **fronts, **groups, **chains, **alone}
    gbp.report(dict.fromkeys(found.values(), ERROR))
    for chain in chains.values():
        building.show(cook, CHAINS, chain)
    return found


def part(client):
    """Return (list of problems as an administrator sees it, number of GBP calls)."""
    response = client.get(scope.ADMIN.url('lines'), {'kind': 'problems', 'status': 'error'}, headers=HEADERS)
    assert response.status_code == 200
    return markup.fragment(response.json()['fragments']['problems']), cost(response)


def headings(document):
    """Return {id of what explains: ids of what it explains}."""
    found = {}
    for group in document.query('.gbp-status-group'):
        about, *members = [place.attrs['data-object-id'] for place in group.query('.gbp-status-problem')]
        found[about] = set(members)
    return found


def expected(broken):
    """Chains say for themselves that a node has failed; what has the fault of its cause stands under that."""
    names = ('bar', 'kitchen', *(f'{name}-{n}' for name in ('bar', 'kitchen') for n in range(4)))
    first, *others = sorted(PROJECTS)
    return {
        broken['logistics-vrf']: {broken[name] for name in names},
        broken[first]: {broken[name] for name in others},
        broken['edge-in']: set(),
        broken['edge-out']: set(),
    }


def test_a_cause_has_beneath_it_what_is_broken_with_it_and_equal_faults_are_one(gbp, administrator, broken):
    document, _ = part(administrator)
    summaries = markup.texts(document, '.gbp-status-group summary strong')

    assert headings(document) == expected(broken)
    assert summaries == ['12 broken with it, of 12 that depend on it', 'Error: F0467: port-configuration-failed']


def test_the_page_has_them_in_few_calls(gbp, administrator, broken):
    part(administrator)
    response = administrator.get(scope.ADMIN.url('index'), {'tab': 'gbp_status_tabs__overview', 'status': 'error'})

    assert headings(markup.page(response)) == expected(broken)
    assert cost(response) <= MAX_CALLS


def test_a_change_behind_the_api_is_there_at_the_next_read(gbp, administrator, broken):
    part(administrator)
    gbp.report({broken['logistics-vrf']: ('ACTIVE', ''), broken['kitchen']: ('ACTIVE', '')})
    document, _ = part(administrator)
    found = headings(document)

    first, *others = (*sorted(PROJECTS), 'kitchen-1', 'kitchen-2', 'kitchen-3')
    assert set(found) == {broken[name] for name in ('bar', 'kitchen-0', 'edge-in', 'edge-out', first)}
    assert found[broken['bar']] == {broken[f'bar-{number}'] for number in range(4)}
    assert found[broken[first]] == {broken[name] for name in others}


def test_the_export_groups_the_same_way(gbp, administrator, broken):
    address = {'tab': 'gbp_status_tabs__overview', 'status': 'error', 'format': 'json'}
    exported = administrator.get(scope.ADMIN.url('export'), address).json()
    groups = {one['resources'][0]['id']: {row['id'] for row in one['resources'][1:]} for one in exported['groups']}

    assert groups == expected(broken)


def test_a_search_over_all_kinds_finds_a_fault_in_group_policy(gbp, administrator, broken):
    """The details of the two chains are the node composition plugin's own."""
    response = administrator.get(scope.ADMIN.url('lines'), {'kind': 'problems', 'q': 'f0467', 'group': 'fault'})
    document = markup.fragment(response.json()['fragments']['problems'])

    assert markup.texts(document, '.gbp-status-group summary strong') == ['F0467: port-configuration-failed']
    assert markup.texts(document, '.gbp-status-group summary .badge') == ['14']


@pytest.fixture
def terrace(gbp):
    """The id of an L2 policy whose network is in error."""
    network = gbp.make_network('l2p_terrace', 'bistro')
    gbp.report_beneath({network: 'error'})
    return gbp.make('l2_policies', 'terrace', 'bistro', network_id=network)


def below(client):
    """Return the list of what has an error only beneath, as a member sees it."""
    response = client.get(scope.PROJECT.url('lines'), {'kind': 'problems', 'status': 'below'}, headers=HEADERS)
    assert response.json()['pending'] == []
    return markup.fragment(response.json()['fragments']['problems'])


def test_a_failed_network_is_a_problem_of_its_l2_policy_until_it_is_well(gbp, cook, terrace):
    document = below(cook)
    (line,) = [one for one in document.query('.gbp-status-problem') if one.attrs['data-object-id'] == terrace]

    assert 'network in error: l2p_terrace' in markup.words(line)
    gbp.report_beneath({})
    assert terrace not in headings(below(cook))


def test_it_is_exported_with_the_object_that_is_in_error(gbp, cook, terrace):
    address = {'tab': 'gbp_status_tabs__overview', 'status': 'below', 'group': 'none', 'format': 'json'}
    exported = cook.get(scope.PROJECT.url('export'), address).json()
    found = {row['id']: row['below'] for group in exported['groups'] for row in group['resources']}

    assert [(one['kind'], one['name'], one['state']) for one in found[terrace]] == [
        ('networks', 'l2p_terrace', 'error')
    ]
