# SPDX-License-Identifier: Apache-2.0
"""The overview of the seeded cloud: every kind is there with true counts, and one that fails leaves the others."""

import collections

import pytest

from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses
from gbp_status_ui.model.kinds import ReadBy

from tests import building
from tests import markup
from tests.cloud.pages import CHAINS
from tests.cloud.pages import cost
from tests.cloud.pages import GROUPS
from tests.cloud.pages import opened

LABELS = {'ERROR': 'Error', 'BUILD': 'Building', 'ACTIVE': 'Active', 'NONE': 'Not reported'}


def lines(client, *collections_, panel_scope=scope.ADMIN):
    """Return ({collection: line}, number of GBP calls)."""
    response = client.get(panel_scope.url('lines'), {'kind': collections_}, headers={'cache-control': 'no-cache'})
    assert response.status_code == 200
    return {name: markup.fragment(text) for name, text in response.json()['fragments'].items()}, cost(response)


def counts(line):
    return {
        markup.words(chip).rpartition(' ')[0]: int(markup.words(chip).rpartition(' ')[2])
        for chip in line.query('a.gbp-status-chip')
    }


def true_counts(gbp, collection, project='admin'):
    states = [statuses.read(row['status']).value for row in gbp.truth(collection, project).values()]
    return {LABELS.get(state, state): count for state, count in collections.Counter(states).items()}


def places(client, panel_scope):
    document, _ = opened(client, 'overview', panel_scope)
    return [place.attrs['data-gbp-status-fragment'] for place in document.query('[data-gbp-status-fragment]')]


def shows(gbp, kinds):
    """Return how many resources there are that are shown one by one."""
    shown = [kind for kind in kinds if registry.BY_COLLECTION[kind].read_by is ReadBy.SHOW]
    return sum(len(gbp.truth(kind)) for kind in shown)


def test_every_kind_of_the_cloud_is_there_with_true_counts(gbp, administrator):
    for status in ('ERROR', 'BUILD', None, 'BANANA'):
        gbp.make(GROUPS, 'oven', 'bistro', status=status)
    summary, problems, *kinds = places(administrator, scope.ADMIN)
    found, calls = lines(administrator, *kinds)

    assert (summary, problems) == ('summary', 'problems')
    assert set(kinds) == set(registry.BY_COLLECTION)
    assert {kind: counts(line) for kind, line in found.items()} == {kind: true_counts(gbp, kind) for kind in kinds}
    assert counts(found[GROUPS]).items() >= {'Error': 1, 'Building': 1, 'Not reported': 1, 'BANANA': 1}.items()
    assert calls == len(kinds) + shows(gbp, kinds) + sum(kind.has_status for kind in neutron.KINDS)


@pytest.mark.parametrize('status', [403, 500])
def test_a_kind_that_fails_says_so_and_leaves_the_others(gbp, member, status):
    gbp.fail(GROUPS, status)
    found, _ = lines(member, GROUPS, 'l2_policies', panel_scope=scope.PROJECT)

    assert found[GROUPS].query('[data-gbp-status-failed]')
    assert not counts(found[GROUPS])
    assert counts(found['l2_policies']) == true_counts(gbp, 'l2_policies', 'demo')


@pytest.mark.parametrize('status', [403, 500])
def test_a_kind_that_fails_leaves_the_other_tables_of_its_tab(gbp, member, status):
    gbp.fail('external_policies', status)
    document, _ = opened(member)

    assert markup.statuses(document)
    assert 'External Groups could not be read.' in document.query_one('.gbp-status-unread').text()


def test_chains_are_counted_by_what_the_backend_says_now(gbp, cook):
    """Also one that nobody has ever shown, and one that has failed since."""
    parts = building.parts(gbp, cook, 'edge', 'bistro')
    failed = building.instance(gbp, 'failed', 'bistro', parts).id
    building.show(cook, CHAINS, failed)
    gbp.set(failed, 'ERROR')
    building.instance(gbp, 'new', 'bistro', parts, status='BUILD')
    found, _ = lines(cook, CHAINS, panel_scope=scope.PROJECT)

    assert counts(found[CHAINS]) == {'Error': 1, 'Building': 1}


def test_a_member_is_refused_in_the_scope_of_administrators(member):
    for view in ('index', 'lines', 'statuses', 'export'):
        assert member.get(scope.ADMIN.url(view)).status_code == 403
