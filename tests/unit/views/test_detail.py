# SPDX-License-Identifier: Apache-2.0
"""The page of one resource: every kind has one, with all attributes, what it is built from and what uses it."""

import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import building
from tests import hostile
from tests import markup
from tests.unit import population

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
every_kind = pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)


def ask(client, collection, id_, panel_scope=scope.PROJECT):
    return client.get(panel_scope.url('detail', collection, id_))


def opened(client, collection, id_, panel_scope=scope.PROJECT):
    response = ask(client, collection, id_, panel_scope)
    assert response.status_code == 200
    assert response.headers['Server-Timing']
    return markup.page(response)


def related(document, title):
    """Return (relation, name, state) of each row of one of the two tables."""
    (table,) = [
        table for table in document.query('table') if title in [markup.words(head) for head in table.query('caption')]
    ]
    return [
        (
            markup.words(row.query('td')[0]),
            markup.words(row.query('td')[1]),
            row.query_one('[data-gbp-status]').attrs['data-gbp-status'],
        )
        for row in table.query('tr[data-object-id]')
    ]


def attributes(document):
    terms, values = (markup.texts(document, f'.gbp-status-attributes > {what}') for what in ('dt', 'dd'))
    return dict(zip(terms, values))


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_every_kind_has_a_page(gbp, member, administrator, kind, panel_scope):
    ids = population.fill(gbp, 1, status='ERROR', details='leaf-203 is down')
    client = administrator if panel_scope.all_projects else member
    document = opened(client, kind.collection, ids[kind.collection][0], panel_scope)

    assert document.query_one('.gbp-status-badge').attrs['data-gbp-status'] == 'ERROR'
    assert markup.texts(document, 'title') == [f'{kind.label} {kind.collection}-0 - OpenStack Dashboard']


@pytest.mark.slow
@every_kind
def test_a_resource_without_relations_and_status_has_a_page(gbp, member, kind):
    document = opened(member, kind.collection, gbp.make(kind.collection, '', status=None, details=None))

    assert document.query_one('.gbp-status-badge').attrs['data-gbp-status'] == 'NONE'


@pytest.mark.releases
def test_hostile_names_and_details_stay_text(gbp, administrator, keystone_projects):
    keystone_projects['demo'] = name = hostile.NAME
    ids = population.fill(gbp, 1, status='ERROR', details=hostile.DETAILS)
    for (id_,) in ids.values():
        gbp.change(id_, name=name, description=name, more={name: [name]})

    for collection in (GROUPS, CHAINS, 'policy_rule_sets'):
        document = opened(administrator, collection, ids[collection][0], scope.ADMIN)
        hostile.require_none(document)
        assert ' '.join(hostile.DETAILS.split()) in markup.texts(document, '.gbp-status-details')


def test_every_attribute_of_the_api_is_shown(gbp, member):
    id_ = gbp.make('l3_policies', 'core', description='of the shop', ip_version=4, routers=['r1'], nothing=None)
    document = opened(member, 'l3_policies', id_)
    shown = attributes(document)

    assert (shown['ID'], shown['Kind'], shown['Project'], shown['Shared']) == (id_, 'L3 Policy', 'demo', 'No')
    assert (shown['IP Version'], shown['Routers'], shown['nothing']) == ('4', 'r1', '–')
    assert 'of the shop' in document.text()


def test_lists_and_mappings_are_shown_as_such(gbp, member):
    document = opened(
        member,
        'external_segments',
        gbp.make(
            'external_segments',
            'internet',
            port_address_translation=False,
            external_routes=[
                {'destination': '0.0.0.0/0', 'nexthop': None},
                {'destination': '10.0.0.0/8', 'nexthop': '::1'},
            ],
            banana='{"a": [true]}',
            seeds=[[1, 2], {}],
        ),
    )
    shown = attributes(document)

    assert shown['Port Address Translation'] == 'No'
    assert shown['External Routes'] == 'Destination 0.0.0.0/0 Next Hop – Destination 10.0.0.0/8 Next Hop ::1'
    assert markup.texts(document, '.gbp-status-attributes > dd > ul > li > dl > dd')[:2] == ['0.0.0.0/0', '–']
    assert (shown['banana'], shown['seeds']) == ('{"a": [true]}', '1 2 –')


def test_the_addresses_of_an_l3_policy_stand_with_its_external_segments(gbp, member):
    segment = gbp.make('external_segments', 'internet')
    id_ = gbp.make('l3_policies', 'core', external_segments={segment: ['192.0.2.5', '192.0.2.6']})

    shown = attributes(opened(member, 'l3_policies', id_))

    assert shown['External Segments'] == 'internet 192.0.2.5 192.0.2.6'


def test_how_it_is_and_what_that_harms_stand_before_what_it_is(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR')
    document = opened(member, GROUPS, gbp.make(GROUPS, 'web', status='ERROR', details='full', l2_policy_id=l2_policy))
    page = document.text()
    order = [
        'Do not expect it to work',
        'full',
        'Related resources in error',
        'Affects',
        'Built from',
        'Used by',
        'Attributes',
    ]

    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_what_it_is_built_from_stands_with_its_states_the_errors_first(gbp, member):
    sets = [gbp.make('policy_rule_sets', name, status=status) for name, status in (('a', 'ACTIVE'), ('b', 'ERROR'))]
    l2_policy = gbp.make('l2_policies', 'front', status='BUILD')
    id_ = gbp.make(GROUPS, 'web', provided_policy_rule_sets=sets, l2_policy_id=l2_policy)

    assert related(opened(member, GROUPS, id_), 'Built from') == [
        ('Provided Rule Sets', 'b', 'ERROR'),
        ('L2 Policy', 'front', 'BUILD'),
        ('Provided Rule Sets', 'a', 'ACTIVE'),
    ]


def test_a_rule_set_that_is_provided_and_consumed_stands_under_both(gbp, member):
    rule_set = gbp.make('policy_rule_sets', 'https')
    id_ = gbp.make(GROUPS, 'web', provided_policy_rule_sets=[rule_set], consumed_policy_rule_sets=[rule_set])

    assert [relation for relation, _, _ in related(opened(member, GROUPS, id_), 'Built from')] == [
        'Consumed Rule Sets',
        'Provided Rule Sets',
    ]


def test_what_uses_it_stands_with_its_states(gbp, member):
    chain = building.chain(gbp, member, status='ERROR')

    assert related(opened(member, 'servicechain_specs', chain.spec), 'Used by') == [('Chain Instance', 'edge', 'ERROR')]


def test_an_error_is_explained(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR', details='VLAN in use')
    id_ = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)

    assert markup.texts(opened(member, GROUPS, id_), '.gbp-status-causes li') == ['Error: L2 Policy front VLAN in use']


@pytest.mark.releases
def test_a_chain_is_drawn_as_a_path(gbp, member):
    chain = building.chain(gbp, member, nodes=('fw', 'lb'), status='ERROR')
    gbp.set(chain.nodes[1], 'ERROR')
    stops = opened(member, CHAINS, chain.id).query('.gbp-status-path li')

    assert [
        (markup.words(stop.query_one('a')), stop.query_one('[data-gbp-status]').attrs['data-gbp-status'])
        for stop in stops
    ] == [('edge-consumer', 'ACTIVE'), ('edge-fw', 'ACTIVE'), ('edge-lb', 'ERROR'), ('edge-provider', 'ACTIVE')]


def test_other_kinds_have_no_path(gbp, member):
    assert not opened(member, GROUPS, gbp.make(GROUPS, 'web')).query('.gbp-status-path')


def test_a_page_is_as_of_now(gbp, member):
    chain = building.chain(gbp, member).id
    opened(member, CHAINS, chain)
    gbp.set(chain, 'ERROR')

    assert opened(member, CHAINS, chain).query_one('.gbp-status-badge').attrs['data-gbp-status'] == 'ERROR'


@pytest.mark.releases
@pytest.mark.parametrize('collection', ['routers', GROUPS])
def test_what_there_is_not_is_not_found(member, collection):
    assert ask(member, collection, 'some-id').status_code == 404


def test_what_is_another_projects_is_not_found(gbp, member, administrator):
    tills = gbp.make(GROUPS, 'tills', project='other')

    assert ask(member, GROUPS, tills).status_code == 404
    assert ask(administrator, GROUPS, tills).status_code == 404
    assert ask(administrator, GROUPS, tills, scope.ADMIN).status_code == 200


@pytest.mark.releases
def test_a_member_is_refused_in_the_scope_of_administrators(gbp, member):
    assert ask(member, GROUPS, gbp.make(GROUPS, 'web'), scope.ADMIN).status_code == 403


@pytest.mark.parametrize(
    ('fault', 'status', 'said'),
    [(403, 403, 'does not allow you'), (500, 503, 'no usable answer'), (requests.Timeout('late'), 503, 'within 10')],
)
def test_what_could_not_be_read_says_why(gbp, member, fault, status, said):
    id_ = gbp.make(GROUPS, 'web')
    gbp.fail(GROUPS, fault)
    response = ask(member, GROUPS, id_)

    assert response.status_code == status
    assert said in markup.page(response).query_one('[role=alert]').text()


def test_relations_that_could_not_be_read_leave_the_page(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front')
    gbp.fail('l2_policies', 500)
    document = opened(member, GROUPS, gbp.make(GROUPS, 'web', l2_policy_id=l2_policy))

    assert markup.texts(document, '.gbp-status-unread strong') == ['L2 Policies could not be read.']
    assert 'There are none.' not in document.text()


def test_a_chain_kind_is_not_found_where_the_api_has_none(gbp, member):
    gbp.extensions.discard('servicechain')

    assert ask(member, CHAINS, 'some-id').status_code == 404


@pytest.mark.parametrize('id_', ['%2e%2e', 'a%20b', 'a%22b', '%00'])
def test_an_id_that_is_none_is_not_found_and_not_asked_for(gbp, member, id_):
    response = member.get(scope.PROJECT.url('index') + f'{GROUPS}/{id_}/')

    assert response.status_code == 404
    assert GROUPS not in {asked.collection for asked in gbp.requests}


def test_the_most_urgent_of_many_users_are_shown_and_the_others_counted(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front')
    groups = [gbp.make(GROUPS, f'group-{number:03}', l2_policy_id=l2_policy) for number in range(130)]
    gbp.change(l2_policy, policy_target_groups=groups)
    gbp.set(groups[-1], 'ERROR')
    document = opened(member, 'l2_policies', l2_policy)

    assert related(document, 'Used by')[0] == ('Group', 'group-129', 'ERROR')
    assert len(related(document, 'Used by')) == 100
    assert 'and 30 more' in markup.words(document.query_one('.gbp-status-detail'))


def test_a_kind_that_cannot_be_read_is_named(gbp, member):
    classifier = gbp.make('policy_classifiers', 'https')
    gbp.fail('policy_rules', 403)
    document = opened(member, 'policy_classifiers', classifier)

    assert markup.texts(document, '.gbp-status-unread strong') == ['Rules could not be read.']
    assert 'There are none.' not in document.text()


def crumbs(client, id_, referer):
    """Return {text: address} of the links of the breadcrumb, on the page that a link on ``referer`` has led to."""
    response = client.get(scope.PROJECT.url('detail', GROUPS, id_), headers={'referer': referer})
    links = markup.page(response).query('.breadcrumb a, .page-breadcrumb a')
    return {markup.words(link): link.attrs['href'] for link in links}


@pytest.mark.parametrize(
    ('tab', 'label'), [('overview', 'Overview'), ('groups', 'Groups'), ('service_chains', 'Service Chains')]
)
def test_the_breadcrumb_leads_back_to_search_and_filter(gbp, member, tab, label):
    came_from = f'{scope.PROJECT.url("index")}?tab=gbp_status_tabs__{tab}&status=error&q=web&page=2'

    assert crumbs(member, gbp.make(GROUPS, 'web'), f'http://testserver{came_from}')[label] == came_from


@pytest.mark.releases
@pytest.mark.parametrize(
    'referer',
    [
        'http://elsewhere.invalid{index}?tab=gbp_status_tabs__groups',
        'http://testserver/admin/?tab=gbp_status_tabs__groups',
        'http://testserver{index}?tab=banana',
        'http://[',
        'banana',
        '',
    ],
)
def test_from_elsewhere_the_breadcrumb_is_horizons(gbp, member, referer):
    found = crumbs(member, gbp.make(GROUPS, 'web'), referer.format(index=scope.PROJECT.url('index')))

    assert not set(found) & {'Overview', 'Groups'}
