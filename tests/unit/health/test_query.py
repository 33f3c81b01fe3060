# SPDX-License-Identifier: Apache-2.0
"""An address and what it asks for: read, written, filtered by, sorted by."""

from django.http import QueryDict
from django.utils import translation
import pytest

from gbp_status_ui.health.query import Query
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.service.api import Resource
from gbp_status_ui.service.projects import Names

L3_POLICIES = registry.BY_COLLECTION['l3_policies']


def read(address, tab='groups'):
    return Query.of(QueryDict(address.removeprefix('?')), tab)


def row(name='web', status='ACTIVE', **attributes):
    known = {'id': f'id-of-{name}', 'name': name, 'status': status, 'tenant_id': 'demo'}
    return Resource(L3_POLICIES, known | attributes)


def ordered(rows, sort=''):
    query = Query('l3_policies', sort=sort)
    return [found.name for found in query.ordered(rows, L3_POLICIES, {'demo': 'Shop', 'other': 'Bakery'})]


def test_nothing_asked_for_is_the_first_page_of_all():
    assert read('') == Query('groups')


@pytest.mark.parametrize(
    'address',
    [
        '?tab=gbp_status_tabs__groups',
        '?tab=gbp_status_tabs__groups&kind=external_policies&status=error,build&q=web+%26+db&sort=-name&page=3',
        '?tab=gbp_status_tabs__groups&project=p1&q=%F0%9F%94%A5',
        '?tab=gbp_status_tabs__groups&auto=hide&page=2',
    ],
)
def test_an_address_that_is_read_is_written_the_same(address):
    query = read(address)

    assert query.address(page=query.page) == address


def test_a_fault_belongs_to_the_overview_and_is_left_behind_on_a_tab():
    address = '?tab=gbp_status_tabs__overview&group=none&fault=0123456789ab&size=20&page=2'
    query = read(address, 'overview')

    assert query.address(page=query.page) == address
    assert read(address).fault == ''
    assert 'fault' not in query.for_other_tab.address(tab='groups')
    assert 'fault' not in query.unfiltered


def test_states_are_read_in_any_case_and_once():
    assert read('status=ERROR, build,error,').status == ('error', 'build')


@pytest.mark.parametrize('kind', ['l3_policies', 'nonsense', '../admin'])
def test_a_kind_of_another_tab_is_ignored(kind):
    assert read(f'kind={kind}').kind == ''


@pytest.mark.parametrize(
    ('text', 'page'), [('2', 2), ('0', 1), ('-1', 1), ('x', 1), ('', 1), ('\N{SUPERSCRIPT TWO}', 1), ('9' * 5000, 1)]
)
def test_a_page_that_there_is_not_is_the_first(text, page):
    assert read(f'page={text}').page == page


def test_a_change_of_the_rows_starts_at_page_one():
    assert 'page' not in read('page=4').address(sort='name')


def test_a_state_is_added_to_the_filter_and_taken_from_it():
    both = read(read('status=error').toggled(statuses.BUILD))

    assert both.status == ('error', 'build')
    assert read(both.toggled(statuses.ERROR)).status == ('build',)


def test_an_unknown_state_is_filtered_by_its_own_word():
    banana = statuses.read('Banana \u202b&')

    assert read(Query('groups').toggled(banana)).shows(row(status=banana.value))


@pytest.mark.parametrize('word', ['Degraded, slow', '100%', '%2C', 'a%2cb', '%2500'])
def test_a_state_with_any_character_is_filtered_by_its_own_word(word):
    odd = statuses.read(word)
    query = read(Query('groups').toggled(odd))

    assert query.shows(row(status=word))
    assert query.status == (odd.slug,)
    assert read(query.toggled(odd)).status == ()


def test_a_state_in_an_address_is_not_decoded_twice():
    assert read('status=%2500').status == ('%00',)


def test_no_filter_shows_every_state():
    assert all(Query('groups').shows(row(status=status.value)) for status in statuses.KNOWN)


@pytest.mark.parametrize('text', ['WEB', 'id-of', 'demo', 'shop', 'payments', 'F0467', 'f0467 web -db', ''])
def test_the_search_looks_at_name_id_description_details_and_project(text):
    searched = row('Web-Frontend', description='For payments', status_details='Fault F0467')

    assert Query('groups', q=text).found([searched], Names(demo='Shop'))


COLUMNS = [
    ('l3_policies', {'ip_pool': '10.9.0.0/16', 'ip_version': 4, 'subnet_prefix_length': 26}, ['10.9.0', '26']),
    ('l3_policies', {'external_segments': {'seg-1': ['']}}, ['Internet', 'seg-1x']),
    ('policy_classifiers', {'protocol': 'tcp', 'port_range': '8080:8090', 'direction': 'bi'}, ['TCP', '8080', 'bi']),
    ('policy_actions', {'action_type': 'redirect'}, ['redirect']),
    ('service_profiles', {'service_type': 'LOADBALANCERV2', 'vendor': 'haproxy'}, ['loadbalancer', 'haproxy']),
    ('policy_target_groups', {'l2_policy_id': 'l2-1'}, ['front', 'policy target group', 'group']),
    ('nat_pools', {'status': 'BUILD'}, ['building', 'build', 'nat pool']),
    ('nat_pools', {'status': None}, ['not reported']),
    ('nat_pools', {'status': 'ERROR'}, ['error']),
]


@pytest.mark.parametrize(('collection', 'attributes', 'texts'), COLUMNS)
def test_the_search_looks_at_all_that_the_columns_show(collection, attributes, texts):
    searched = Resource(registry.BY_COLLECTION[collection], {'id': 'r1', 'name': 'x1', 'status': 'ACTIVE'} | attributes)
    names = {'seg-1': 'Internet', 'l2-1': 'front'}
    found = [text for text in texts if Query('overview', q=text).found([searched], Names(), names)]

    assert found == [text for text in texts if text != 'seg-1x']


def test_the_words_for_kinds_and_states_are_those_of_the_page():
    searched = row(status='ERROR')
    with translation.override('de'):
        words = [str(statuses.ERROR.label), str(L3_POLICIES.label), 'ERROR', 'l3 policies']
        found = [text for text in words if Query('groups', q=f'"{text}"').found([searched], Names())]

    assert found == words
    assert words[0] != 'Error'


@pytest.mark.parametrize('text', ['uni/tn-a/ap-b/epg-web', 'epg-web', 'BD-front'])
def test_the_search_looks_at_the_names_in_the_fabric_of_what_is_beneath_where_that_is_known(text):
    searched = row('web', **{neutron.DISTINGUISHED_NAMES: {'EndpointGroup': 'uni/tn-a/ap-b/epg-web'}})
    names = {neutron.DISTINGUISHED_NAMES: {'BridgeDomain': ['uni/tn-a/BD-front']}}
    net = neutron.NeutronObject(neutron.BY_COLLECTION['networks'], {'id': 'b', **names}, has_extension=True)
    found = [Query('groups', q=text).found([searched], Names())]
    searched.beneath = Beneath(searched, (net,))
    found.append(Query('groups', q=text).found([searched], Names()))

    assert found == [[searched] if 'epg' in text else [], [searched]]


def test_the_search_leaves_out_what_has_the_text_nowhere():
    assert not Query('groups', q='invoices').found([row('web', description='payments')], Names(demo='Shop'))


def test_an_address_keeps_the_words_of_a_search_that_do_not_count_and_the_page_says_so():
    long = ' '.join(map(str, range(33)))
    query = read(Query('groups', q=long).address())

    assert (query.q, query.counted_terms) == (long, 32)
    assert read('q=web+shop').counted_terms == 0


def test_a_row_without_a_project_is_searched_too():
    assert not Query('groups', q='payments').found([row(tenant_id=None)], Names())


def test_the_most_urgent_come_first_and_then_the_names():
    rows = [
        row('d', 'ACTIVE'),
        row('c', None),
        row('B', 'error'),
        row('a', 'ERROR'),
        row('e', 'BUILD'),
        row('f', 'ODD'),
    ]

    assert ordered(rows) == ['a', 'B', 'e', 'f', 'd', 'c']


def test_the_order_can_be_turned_round():
    rows = [row('a', 'ERROR'), row('b', 'BUILD'), row('c', None)]

    assert ordered(rows, '-status') == ['c', 'b', 'a']
    assert ordered(rows, '-name') == ['c', 'b', 'a']


def test_names_are_ordered_without_case():
    assert ordered([row('beta'), row('Alpha'), row('gamma')], 'name') == ['Alpha', 'beta', 'gamma']


def test_projects_are_ordered_by_their_names():
    assert ordered([row('a'), row('b', tenant_id='other')], 'project') == ['b', 'a']


def test_networks_are_ordered_by_their_numbers():
    rows = [row('a', ip_pool='10.10.0.0/16'), row('b', ip_pool='10.9.0.0/16'), row('c', ip_pool=None)]

    assert ordered(rows, 'ip_pool') == ['c', 'b', 'a']
    assert ordered(rows, '-ip_pool') == ['a', 'b', 'c']


def test_descriptions_are_ordered_naturally():
    assert ordered([row('a', description='site 10'), row('b', description='site 9')], 'description') == ['b', 'a']


def test_numbers_are_ordered_by_size_and_nothing_comes_first():
    rows = [row('a', subnet_prefix_length=100), row('b', subnet_prefix_length=24), row('c')]

    assert ordered(rows, 'subnet_prefix_length') == ['c', 'b', 'a']


def test_an_order_that_there_is_not_is_that_by_urgency():
    assert ordered([row('a'), row('b', 'ERROR')], 'nonsense') == ['b', 'a']


def test_the_filter_is_cleared_alone_or_with_the_search():
    query = read('status=error&q=web&sort=name')

    assert read(query.all_states) == read('q=web&sort=name')
    assert read(query.unfiltered) == read('sort=name')
