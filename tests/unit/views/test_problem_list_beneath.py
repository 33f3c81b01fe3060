# SPDX-License-Identifier: Apache-2.0
"""The overview and its exports say what Neutron reports in error beneath what GBP calls active."""

import csv
import io
import json

import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import scope

from tests import markup
from tests.unit.health.test_problems_beneath import front
from tests.unit.health.test_problems_beneath import neutron_calls
from tests.unit.health.test_problems_beneath import SHORT_WAIT_SECONDS
from tests.unit.views.test_problem_list import complete
from tests.unit.views.test_problem_list import headings
from tests.unit.views.test_problem_list import page

GROUPS = 'policy_target_groups'


def fragments(client, *kinds, panel_scope=scope.PROJECT, **parameters):
    answer = client.get(panel_scope.url('lines'), {'kind': kinds, **parameters})
    return answer, answer.json()


def line_of_problem(document, **_parameters):
    (problem,) = document.query('.gbp-status-problem')
    return markup.words(problem)


def chips(document):
    return [markup.words(chip) for chip in document.query('.gbp-status-chip')]


def exported(client, format_, tab='overview', **parameters):
    asked = {'tab': f'gbp_status_tabs__{tab}', 'format': format_, **parameters}
    response = client.get(scope.PROJECT.url('export'), asked)
    assert response.status_code == 200, response.content
    text = response.content.decode('utf-8-sig')
    return json.loads(text) if format_ == 'json' else list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def brief(monkeypatch):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: SHORT_WAIT_SECONDS)


def test_a_line_says_what_is_in_error_and_its_name(aim, member):
    front(aim)

    assert 'network in error: l2p_front' in line_of_problem(complete(member))


def test_an_error_of_gbp_says_so_too(aim, member):
    front(aim, status='ERROR')
    document = complete(member)

    assert 'network in error: l2p_front' in line_of_problem(document)
    assert 'Error only beneath 0' in chips(document)


def test_what_belongs_to_another_project_is_said(aim, member):
    net = aim.neutron.make('networks', 'outside', 'other', sync='error', shared=True)
    aim.make('l2_policies', 'front', network_id=net)

    assert 'network in error: outside of the project other' in line_of_problem(complete(member))


def test_of_many_failed_objects_three_are_named(aim, member):
    subnets = [aim.neutron.make('subnets', f'inner-{number}', sync='error') for number in range(5)]
    aim.make(GROUPS, 'web', subnets=subnets)

    assert line_of_problem(complete(member)).count('subnet in error: inner-') == 3
    assert 'and 2 more' in line_of_problem(complete(member))


def test_chips_count_it_and_lead_to_it(aim, member):
    front(aim)
    document = complete(member)

    assert chips(document) == [
        'Problems',
        'Error 0',
        'Error only beneath 1',
        'Building 0',
        'Active 2',
        'Not reported 0',
    ]
    assert headings(complete(member, status='below')) == headings(document)


def test_a_fault_is_called_by_its_words(aim, member):
    front(aim)
    front(aim, name='other')
    (summary,) = markup.texts(complete(member, group='fault'), '.gbp-status-group summary')

    assert summary == 'network in error 2 (L2 Policies: 2)'


def test_the_line_of_a_kind_counts_it_and_leads_to_a_table_of_it(aim, member):
    policy, _net, _group = front(aim)
    front(aim, 'synced', name='well')
    _answer, body = fragments(member, 'problems', 'l2_policies')
    line = markup.fragment(body['fragments']['l2_policies'])
    (chip,) = [chip for chip in line.query('.gbp-status-chip') if 'beneath' in markup.words(chip)]

    assert chips(line) == ['Error only beneath 1', 'Active 2']
    assert len(line.query('rect')) == 1
    assert not line.query('[data-gbp-status-empty]')
    table = markup.page(member.get(scope.PROJECT.url('index') + chip.attrs['href']))
    assert [row.attrs['data-object-id'] for row in table.query('tbody tr[data-object-id]')] == [policy]
    assert chips(table)[2].startswith('Error only beneath 1 ')


def test_a_kind_leads_to_a_table_of_all_its_problems(aim, member):
    for number in range(25):
        front(aim, name=f'front-{number}')
    document = complete(member, group='kind')
    (more,) = [link for link in document.query('.gbp-status-members a') if 'more' in markup.words(link)]

    assert 'status=below' in more.attrs['href']
    table = markup.page(member.get(scope.PROJECT.url('index') + more.attrs['href']))
    assert len(table.query('tbody tr[data-object-id]')) == 20


def test_tables_without_that_filter_list_nothing_of_neutron(aim, member):
    front(aim)
    member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__other', 'status': 'error'})

    assert neutron_calls(aim) == []


def test_the_page_retries_what_is_pending(aim, member, brief):
    front(aim)
    assert page(member).query('.gbp-status-problems')
    aim.hold('networks')
    answer, body = fragments(member, 'problems')
    text = markup.words(markup.fragment(body['fragments']['problems']))

    assert body['pending'] == ['problems']
    assert 'Retry-After' in answer.headers
    assert 'What Neutron reports of what is beneath is still being read.' in text
    assert 'no error, and' not in text
    aim.release()


@pytest.mark.slow
@pytest.mark.parametrize('is_missing', [True, False], ids=['late', 'failed'])
def test_a_table_makes_no_claim_of_what_could_not_be_read(aim, member, brief, is_missing):
    front(aim)
    if is_missing:
        aim.hold('networks')
    else:
        aim.fail('networks', 500)
    asked = {'tab': 'gbp_status_tabs__l3_policies', 'status': 'below'}
    document = markup.page(member.get(scope.PROJECT.url('index'), asked))

    assert len(document.query('[data-gbp-status-listing="beneath"]')) == is_missing
    assert len(document.query('[data-gbp-status-unread="networks"]')) == (not is_missing)
    assert not document.query('.gbp-status-unmatched')
    fragment = member.get(scope.PROJECT.url('index'), asked, headers={'Gbp-Status-Fragment': 'list'})
    assert fragment.status_code == (202 if is_missing else 200)
    aim.release()


@pytest.mark.parametrize('fault', [500, 403, 404, b'banana'], ids=repr)
def test_what_could_not_be_read_is_said_once_and_gbps_word_stands(aim, member, fault):
    front(aim)
    aim.make('nat_pools', 'pool', status='ERROR')
    aim.fail('networks', fault)
    _answer, body = fragments(member, 'problems')
    document = markup.fragment(body['fragments']['problems'])

    assert body['pending'] == []
    assert markup.words(document).count('Networks could not be read.') == 1
    assert len(document.query('[data-gbp-status-unread="networks"]')) == 1
    assert not document.query('[data-gbp-status-failed]')
    assert len(headings(document)) == 1


def test_no_claim_is_made_of_what_could_not_be_read(aim, member):
    aim.fail('networks', 500)

    assert 'no error, and' not in markup.words(complete(member))


def test_where_all_is_well_both_are_said_to_report_no_error(aim, member):
    front(aim, 'synced')

    assert 'GBP and Neutron report no error, and GBP is building nothing.' in markup.words(complete(member, 'summary'))


def test_the_overview_is_exported_with_what_is_beneath(aim, member):
    _policy, net, _group = front(aim)
    (group,) = exported(member, 'json')['groups']
    (row,) = group['resources']

    assert row['below'] == [{'kind': 'networks', 'id': net, 'name': 'l2p_front', 'state': 'error', 'dn': []}]
    assert [one['below'] for one in exported(member, 'csv')] == ['network error: l2p_front']
    (by_fault,) = exported(member, 'json', group='fault')['groups']
    assert by_fault['group'] == 'BELOW: network in error'


def test_a_table_is_exported_with_what_is_beneath(aim, member):
    front(aim)
    front(aim, 'synced', name='well')
    found = {row['name']: [one['state'] for one in row['below']] for row in exported(member, 'json', 'l3_policies')}

    assert found == {'front': ['error'], 'well': ['ok']}
    assert {row['name']: row['below'] for row in exported(member, 'csv', 'l3_policies')} == {
        'front': 'network error: l2p_front',
        'well': '',
    }
    assert [row['name'] for row in exported(member, 'json', 'l3_policies', status='below')] == ['front']


def test_of_a_long_table_what_failed_is_exported_at_the_cost_of_a_list_a_kind(aim, member):
    for number in range(160):
        front(aim, 'error' if number == 7 else 'synced', name=f'front-{number}')
    aim.requests.clear()
    rows = exported(member, 'json', 'l3_policies')

    assert [row['name'] for row in rows if row['below']] == ['front-7']
    assert len(neutron_calls(aim)) == 5


def test_an_export_of_rows_says_that_what_is_beneath_them_is_not_known(aim, member):
    front(aim)
    aim.fail('networks', 500)

    assert [row['below'] for row in exported(member, 'json', 'l3_policies')] == [None]


@pytest.mark.parametrize('asked', [{'tab': 'overview'}, {'tab': 'l3_policies', 'status': 'below'}], ids=str)
def test_no_export_leaves_out_problems_that_could_not_be_read(aim, member, asked):
    front(aim)
    aim.fail('networks', 500)
    address = {**asked, 'tab': f'gbp_status_tabs__{asked["tab"]}', 'format': 'json'}
    answer = member.get(scope.PROJECT.url('export'), address)

    assert (answer.status_code, answer.content.decode()) == (503, 'Networks could not be read.')


def test_a_list_of_which_a_row_is_missing_is_said_and_takes_no_page_down(aim, member):
    front(aim)
    bad = {'id': 5}
    aim.rewrite = lambda _asked, answer: {
        name: [*rows, bad] if name == 'networks' else rows for name, rows in answer.items()
    }
    for tab in ('overview', 'l3_policies'):
        answer = member.get(scope.PROJECT.url('index'), {'tab': f'gbp_status_tabs__{tab}', 'status': 'below'})
        assert answer.status_code == 200
    _answer, body = fragments(member, 'problems')
    assert 'report no error' not in body['fragments']['problems']


def test_a_line_that_is_read_alone_has_its_problems_beneath(aim, member):
    front(aim)
    alone = markup.fragment(fragments(member, 'l2_policies')[1]['fragments']['l2_policies'])
    beside = markup.fragment(fragments(member, 'problems', 'l2_policies')[1]['fragments']['l2_policies'])

    assert chips(alone) == chips(beside)
    assert not alone.query('[data-gbp-status-empty]')


def test_a_rule_that_is_built_for_ever_is_counted_as_not_reported(aim, member):
    aim.make('policy_rules', 'allow', status='BUILD')
    _answer, body = fragments(member, 'problems', 'policy_rules')
    line = markup.fragment(body['fragments']['policy_rules'])

    assert chips(line) == ['Not reported 1']
    assert line.query('[data-gbp-status-empty]')
    table = member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__other', 'kind': 'policy_rules'})
    (badge,) = markup.page(table).query('.gbp-status-badge')
    assert badge.attrs['data-gbp-status'] == 'BUILD'
    assert badge.attrs['data-gbp-status-counted-as'] == 'none'
    assert 'data-gbp-status-transient' not in badge.attrs
