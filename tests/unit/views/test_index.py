# SPDX-License-Identifier: Apache-2.0
"""The index page of both panels: valid markup, the tabs that there are, and rows as the address asks for them."""

import datetime
import itertools
import time

from django.test import override_settings
import pytest
import requests

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import building
from tests import hostile
from tests import markup
from tests.unit import population

GROUPS = 'policy_target_groups'
TABS = ('overview', *(tab.slug for tab in registry.TABS))
EVERY_TAB = pytest.mark.parametrize('tab', TABS)


def address(tab='groups', panel_scope=scope.PROJECT, **parameters):
    more = ''.join(f'&{name}={value}' for name, value in parameters.items())
    return panel_scope.url('index') + f'?tab=gbp_status_tabs__{tab}{more}'


def opened(client, *arguments, **parameters):
    response = client.get(address(*arguments, **parameters))
    assert response.status_code == 200
    return markup.page(response)


def chips(document):
    return {
        count.attrs['data-gbp-status-count']: int(markup.words(count))
        for count in document.query('.gbp-status-toolbar [data-gbp-status-count]')
    }


def names(document):
    return markup.texts(document, 'td.gbp-status-column-name')


def alerts(document):
    return markup.texts(document, '.gbp-status .alert:not([hidden])')


@pytest.mark.slow
@EVERY_TAB
@pytest.mark.parametrize('rows', [0, 30])
def test_every_page_of_a_project_is_valid(gbp, member, tab, rows):
    population.fill(gbp, rows, status='ERROR', details='x')

    assert opened(member, tab).query('.gbp-status[data-gbp-status-poll-url="/project/gbp_status/statuses/"]')


@pytest.mark.slow
@EVERY_TAB
def test_every_page_of_administrators_is_valid(gbp, administrator, tab):
    population.fill(gbp, 3, status='ERROR', details='x')

    assert opened(administrator, tab, scope.ADMIN).query('[data-gbp-status-poll-url="/admin/gbp_status/statuses/"]')


@pytest.mark.slow
@pytest.mark.releases
@EVERY_TAB
def test_hostile_names_stay_text(gbp, administrator, keystone_projects, tab):
    keystone_projects['demo'] = name = hostile.NAME
    ids = population.fill(gbp, 1, status=name, details=hostile.DETAILS)
    for (id_,) in ids.values():
        gbp.change(id_, name=name, description=name)
    document = opened(
        administrator, tab, scope.ADMIN, q='', sort='%3Cimg%20onerror%3E', status='%3Cimg%20onerror%3E,build'
    )

    hostile.require_none(document)


def test_a_hostile_search_stays_text(gbp, member):
    gbp.make(GROUPS, 'web')
    document = opened(member, q='%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E')

    hostile.require_none(document)
    assert document.query_one('#gbp-status-q').attrs['value'] == '"><img src=x onerror=alert(1)>'


def test_the_overview_is_opened_first(member):
    document = markup.page(member.get(scope.PROJECT.url('index')))

    assert markup.texts(document, '.gbp-status-tabs [aria-current]') == ['Overview']


def test_an_unknown_tab_is_the_overview(member):
    for tab in ('nonsense', '', '<b>'):
        assert markup.texts(opened(member, tab), '.gbp-status-tabs [aria-current]') == ['Overview']


def test_the_tabs_are_those_of_the_contract(member):
    document = opened(member)
    tabs = [link.attrs['href'] for link in document.query('.gbp-status-tabs a')]

    assert tabs == [f'?tab=gbp_status_tabs__{tab}' for tab in TABS]


def test_without_service_chains_there_is_no_tab_of_them(gbp, member):
    gbp.extensions.discard('servicechain')
    document = opened(member, 'other')

    assert 'Service Chains' not in markup.texts(document, '.gbp-status-tabs a')
    assert not document.query('table#service_profiles')
    assert markup.texts(opened(member, 'service_chains'), '.gbp-status-tabs [aria-current]') == ['Overview']


@EVERY_TAB
def test_a_page_says_what_it_cost(member, tab):
    assert member.get(address(tab)).headers['Server-Timing'].startswith('gbp;dur=')


def test_errors_come_first(gbp, member):
    for name, status in (('a', 'ACTIVE'), ('b', None), ('c', 'BUILD'), ('d', 'ERROR')):
        gbp.make(GROUPS, name, status=status)

    assert names(opened(member)) == ['d', 'c', 'a', 'b']


def test_the_filter_shows_its_states_and_counts_all(gbp, member):
    for number, status in enumerate(('ERROR', 'ERROR', 'BUILD', 'ACTIVE', None)):
        gbp.make(GROUPS, f'web-{number}', status=status)
    document = opened(member, status='error,build')

    assert names(document) == ['web-0', 'web-1', 'web-2']
    assert len(document.query('.gbp-status-chip[aria-current="true"]')) == 2
    assert len(document.query('[data-gbp-status-live][role="status"]')) == 1
    assert chips(document).items() >= {'ALL': 5, 'ERROR': 2, 'BUILD': 1, 'ACTIVE': 1, 'NONE': 1}.items()


def test_the_filter_compares_what_the_backend_says_now(gbp, member):
    healed, failed = gbp.make(GROUPS, 'healed', status='ERROR'), gbp.make(GROUPS, 'failed')
    opened(member)
    gbp.set(healed, 'ACTIVE')
    gbp.set(failed, 'ERROR')

    assert names(opened(member, status='error')) == ['failed']


def test_a_search_narrows_rows_and_counts(gbp, member):
    gbp.make(GROUPS, 'Web-Frontend', status='ERROR')
    gbp.make(GROUPS, 'database', status='ERROR')
    document = opened(member, q='front')

    assert names(document) == ['Web-Frontend']
    assert chips(document)['ERROR'] == chips(document)['ALL'] == 1


@pytest.mark.releases
def test_a_page_holds_as_many_rows_as_the_users_setting_says(gbp, member):
    for number in range(45):
        gbp.make(GROUPS, f'web-{number:02}')
    pages = [names(opened(member, kind=GROUPS, page=page)) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert list(itertools.chain(*pages)) == [f'web-{number:02}' for number in range(45)]


@pytest.mark.parametrize('page', ['99', '0', '-1', 'x', '9' * 5000])
def test_a_page_that_there_is_not_is_the_nearest(gbp, member, page):
    gbp.make(GROUPS, 'web')

    assert names(opened(member, page=page)) == ['web']


@pytest.mark.releases
def test_the_page_number_counts_for_the_main_table_of_the_tab(gbp, member):
    for number in range(25):
        gbp.make(GROUPS, f'web-{number:02}')
        gbp.make('external_policies', f'out-{number:02}')
    document = opened(member, page=2)

    assert names(document) == [*(f'web-{number}' for number in range(20, 25)), *(f'out-{n:02}' for n in range(20))]


def test_related_resources_are_called_by_their_names(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front')
    gbp.make(GROUPS, 'web', l2_policy_id=l2_policy)

    assert markup.texts(opened(member), 'td.gbp-status-column-l2_policy_id') == ['front']


def test_chains_show_their_true_states(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    failed = building.instance(gbp, 'failed', 'demo', parts).id
    building.show(member, 'servicechain_instances', failed)
    gbp.set(failed, 'ERROR')
    building.instance(gbp, 'never-shown', 'demo', parts, status='BUILD')
    shown = markup.statuses(opened(member, 'service_chains', kind='servicechain_instances'))

    assert sorted(shown.values()) == ['BUILD', 'ERROR']


def test_beyond_the_limit_the_page_is_true_and_says_that_the_rest_may_not_be(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    for number in range(30):
        chain = building.instance(gbp, f'chain-{number:02}', 'demo', parts, status='ACTIVE')
        building.show(member, 'servicechain_instances', chain.id)
    with override_settings(GBP_STATUS_UI={'chain_shows': 2}):
        document = opened(member, 'service_chains', kind='servicechain_instances', sort='-name')

    assert any('of 8 resources are as they were last reported' in text for text in alerts(document))


def test_a_chain_that_could_not_be_read_is_shown_as_last_reported_and_says_so(gbp, member):
    chains = [building.chain(gbp, member, name).id for name in ('edge', 'core')]
    for chain in chains:
        building.show(member, 'servicechain_instances', chain)
        gbp.set(chain, 'ERROR')
    gbp.fail(f'servicechain_instances/{chains[0]}', 500)
    document = opened(member, 'service_chains', kind='servicechain_instances')
    rows = {
        row.attrs['data-object-id']: markup.texts(row, '.gbp-status-note')
        for row in document.query('tr[data-object-id]')
    }

    assert markup.statuses(document) == dict(zip(chains, ('ACTIVE', 'ERROR')))
    assert rows == dict(zip(chains, (['as last reported'], [])))
    assert any('The status of 1 resource is as it was last reported' in text for text in alerts(document))


@pytest.mark.parametrize(
    ('fault', 'said'), [(403, 'does not allow you'), (500, 'no usable answer'), (404, 'no usable answer')]
)
def test_a_kind_that_fails_says_so_and_leaves_the_others(gbp, member, fault, said):
    gbp.make(GROUPS, 'web')
    gbp.fail('external_policies', fault)
    document = opened(member)

    assert names(document) == ['web']
    assert [
        said in text and 'External Groups could not be read' in text
        for text in markup.texts(document, '.gbp-status-unread')
    ] == [True]


def test_a_kind_that_takes_too_long_says_so_and_leaves_the_others(gbp, member):
    gbp.make(GROUPS, 'web')
    gbp.fail('external_policies', requests.Timeout('late'))
    with override_settings(GBP_STATUS_UI={'time_limit': 1}):
        document = opened(member)

    assert names(document) == ['web']
    assert ['within 1 second' in text for text in markup.texts(document, '.gbp-status-unread')] == [True]


@pytest.mark.slow
def test_a_kind_that_hangs_is_being_read_and_leaves_the_others(gbp, member, monkeypatch):
    gbp.make(GROUPS, 'web')
    opened(member, 'overview')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    gbp.hold('external_policies')
    document = opened(member)

    assert names(document) == ['web']
    assert not document.query('[data-gbp-status-unread]')
    assert [one.attrs['data-gbp-status-listing'] for one in document.query('[data-gbp-status-listing]')] == [
        'external_policies'
    ]


def test_names_that_cannot_be_read_are_ids(gbp, member):
    gbp.make(GROUPS, 'web', l2_policy_id='some-id')
    gbp.fail('l2_policies', 500)

    assert markup.texts(opened(member), 'td.gbp-status-column-l2_policy_id') == ['some-id']


@pytest.mark.slow
@pytest.mark.releases
def test_an_expired_token_leads_to_the_log_in(gbp, member):
    opened(member, 'overview')
    gbp.people.clear()
    response = member.get(address())

    assert response.status_code == 302
    assert '/auth/login/' in response.headers['Location']


def test_the_script_is_told_where_and_how_often_to_poll(member):
    root = opened(member).query_one('[data-gbp-status-poll-url]').attrs
    said = {name.removeprefix('data-gbp-status-'): value for name, value in root.items() if name.startswith('data-')}

    assert 0 <= time.time() - float(said.pop('not-before')) < 60
    assert 0 <= time.time() - datetime.datetime.fromisoformat(said.pop('now')).timestamp() < 60
    assert len(said.pop('muted-by')) == 16
    assert said == {
        'poll-url': '/project/gbp_status/statuses/',
        'interval': '2500',
        'max-ids': '100',
        'long-build': '600',
        'time-zone': 'UTC',
        'heartbeat': '60',
        'wait': '30',
        'kinds': '2',
        'beneath': 'policy_target_groups l3_policies l2_policies policy_targets external_segments nat_pools',
        'filter': '',
        'time-limit': '10',
        'scope': member.get(address()).headers['Gbp-Status-Scope'],
    }


@pytest.mark.releases
def test_numbers_for_the_script_are_written_as_scripts_read_them(member):
    with override_settings(GBP_STATUS_UI={'long_build': 0.5, 'time_limit': 2.5}):
        answer = member.get(address(), headers={'accept-language': 'de'})
    root = markup.page(answer).query_one('[data-gbp-status-poll-url]').attrs

    assert answer.headers['content-language'] == 'de'
    assert (root['data-gbp-status-long-build'], root['data-gbp-status-time-limit']) == ('0.5', '2.5')


def test_the_exports_ask_for_the_same_rows(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    links = [link.attrs['href'] for link in opened(member, status='error', q='web').query('.gbp-status-export li a')]

    assert [link.rpartition('format=')[2] for link in links] == ['csv', 'json']
    assert all('status=error' in link and 'q=web' in link for link in links)
