# SPDX-License-Identifier: Apache-2.0
"""The overview: a line for each kind with true counts, each leading to what it counts."""

import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import building
from tests import hostile
from tests import markup
from tests.unit import population

GROUPS = 'policy_target_groups'
every_kind = pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)


def line(client, collection=GROUPS, panel_scope=scope.PROJECT, **parameters):
    return lines(client, collection, panel_scope=panel_scope, **parameters)[collection]


def lines(client, *collections, panel_scope=scope.PROJECT, **parameters):
    response = client.get(panel_scope.url('lines'), {'kind': collections, **parameters})
    assert response.status_code == 200
    assert response.headers['Server-Timing']
    return {collection: markup.fragment(text) for collection, text in response.json()['fragments'].items()}


def counts(document):
    return {
        markup.words(chip).rpartition(' ')[0]: int(markup.words(chip).rpartition(' ')[2])
        for chip in document.query('a.gbp-status-chip')
    }


@every_kind
def test_every_kind_has_a_line(gbp, member, kind):
    population.fill(gbp, 2, status='ERROR', details='x')
    document = line(member, kind.collection)

    assert counts(document) == {'Error': 2}
    assert not document.query('[data-gbp-status-empty]')


def test_a_count_of_a_line_says_of_which_kind_it_is_to_those_who_hear_the_links_alone(gbp, member):
    population.fill(gbp, 2, status='ERROR', details='x')
    (chip,) = line(member, 'nat_pools').query('a.gbp-status-chip')

    assert chip.attrs['aria-label'] == 'Error 2, NAT Pools'


@every_kind
def test_every_kind_without_resources_says_so(member, kind):
    assert line(member, kind.collection).query('[data-gbp-status-empty]')


def places(client):
    document = markup.page(client.get(scope.PROJECT.url('index')))
    return {place.attrs['data-gbp-status-fragment'] for place in document.query('[data-gbp-status-fragment]')}


def test_the_page_has_a_place_for_every_kind(member):
    assert places(member) == {'summary', 'problems', *registry.BY_COLLECTION}


def test_the_page_has_no_place_for_a_kind_that_the_api_has_not(gbp, member):
    gbp.extensions.discard('servicechain')

    policies = {kind.collection for kind in registry.KINDS if kind.extension == 'group-policy'}
    assert places(member) == {'summary', 'problems', *policies}


def test_the_states_are_counted_the_urgent_first(gbp, member):
    for number, status in enumerate((None, 'ACTIVE', 'ACTIVE', 'BUILD', 'ERROR', 'ODD')):
        gbp.make(GROUPS, f'web-{number}', status=status)

    assert list(counts(line(member)).items()) == [
        ('Error', 1),
        ('Building', 1),
        ('Active', 2),
        ('Not reported', 1),
        ('ODD', 1),
    ]


def test_a_count_leads_to_as_many_rows(gbp, member):
    for number, status in enumerate((None, 'ACTIVE', 'ACTIVE', 'BUILD', 'ERROR', 'ODD')):
        gbp.make('nat_pools', f'pool-{number}', status=status)
    for chip in line(member, 'nat_pools').query('a.gbp-status-chip'):
        document = markup.page(member.get(scope.PROJECT.url('index') + chip.attrs['href']))

        assert len(markup.statuses(document)) == int(markup.words(chip).rpartition(' ')[2])


@pytest.mark.parametrize(('status', 'folded'), [('ERROR', 0), ('BUILD', 0), ('ACTIVE', 1), ('ODD', 1), (None, 1)])
def test_a_line_is_folded_where_all_is_well(gbp, member, status, folded):
    gbp.make(GROUPS, 'web', status=status)

    assert len(line(member).query('[data-gbp-status-empty]')) == folded


def test_chains_are_counted_by_what_the_backend_says_now(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    chain = building.instance(gbp, 'edge', 'demo', parts).id
    building.show(member, 'servicechain_instances', chain)
    gbp.set(chain, 'ERROR')

    assert counts(line(member, 'servicechain_instances')) == {'Error': 1}


@pytest.mark.parametrize('fault', [403, 500, requests.ConnectionError('refused')], ids=str)
def test_a_kind_that_fails_says_so_and_counts_nothing(gbp, member, fault):
    gbp.make(GROUPS, 'web')
    gbp.fail('nat_pools', fault)
    found = lines(member, GROUPS, 'nat_pools')

    assert counts(found[GROUPS]) == {'Active': 1}
    assert found['nat_pools'].query('[data-gbp-status-failed]')
    assert markup.texts(found['nat_pools'], 'h2') == ['NAT Pools']


def test_a_line_of_a_kind_that_failed_leaves_the_reason_to_the_one_sentence(gbp, member):
    gbp.fail('nat_pools', requests.Timeout('late'))
    found = line(member, 'nat_pools')

    assert markup.texts(found, '[data-gbp-status-failed]') == ['could not be read']
    kind = found.query_one('[data-gbp-status-unread="nat_pools"]')
    assert (kind.attrs['data-gbp-status-reason'], kind.attrs['data-gbp-status-label']) == ('timeout', 'NAT Pools')


def test_a_kind_that_the_api_has_not_says_so(gbp, member):
    gbp.extensions.discard('servicechain')

    assert line(member, 'servicechain_nodes').query('[data-gbp-status-failed]')


def test_several_lines_come_together_from_side_by_side_lists(gbp, member):
    member.get(scope.PROJECT.url('index'))
    gbp.requests.clear()

    assert list(lines(member, GROUPS, 'nat_pools', 'l2_policies')) == [GROUPS, 'nat_pools', 'l2_policies']
    assert len(gbp.requests) == 3


def test_no_lines_are_no_calls(gbp, member):
    assert lines(member) == {}


@pytest.mark.parametrize('asked', ['routers', '../admin', '<b>'])
def test_an_unknown_kind_is_refused_by_name(member, asked):
    response = member.get(scope.PROJECT.url('lines'), {'kind': [GROUPS, asked]})

    assert response.status_code == 400
    assert asked in response.json()['error']


@pytest.mark.releases
def test_hostile_names_and_details_stay_text(gbp, administrator, keystone_projects):
    keystone_projects['demo'] = name = hostile.NAME
    gbp.make(GROUPS, name, status='ERROR', details=hostile.DETAILS)
    gbp.make(GROUPS, name, status=name)

    hostile.require_none(line(administrator, GROUPS, scope.ADMIN))
    hostile.require_none(line(administrator, 'problems', scope.ADMIN))


def test_administrators_count_all_projects(gbp, administrator):
    gbp.make(GROUPS, 'web', status='ERROR')
    gbp.make(GROUPS, 'tills', project='other', status='ERROR')

    assert counts(line(administrator, GROUPS, scope.ADMIN)) == {'Error': 2}


def test_administrators_count_one_project(gbp, administrator):
    gbp.make(GROUPS, 'web', status='ERROR')
    gbp.make(GROUPS, 'tills', project='other', status='BUILD')
    document = line(administrator, GROUPS, scope.ADMIN, project='other')

    assert counts(document) == {'Building': 1}
    assert all('project=other' in link.attrs['href'] for link in document.query('a.gbp-status-chip'))


def test_a_member_is_refused_in_the_scope_of_administrators(member):
    assert member.get(scope.ADMIN.url('lines'), {'kind': GROUPS}).status_code == 403
