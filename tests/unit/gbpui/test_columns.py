# SPDX-License-Identifier: Apache-2.0
"""The status column: where it stands in a table of another plugin, what it shows, and that it breaks nothing."""

import logging
import sys
import types

from django.test import override_settings
from django.utils.safestring import SafeString
import pytest

from horizon import tables
from openstack_dashboard.api import neutron

from gbp_status_ui.gbpui import columns
from gbp_status_ui.model import registry

from tests import asking
from tests import markup
from tests.clients import RequestFactory

pytestmark = pytest.mark.releases

GROUPS = registry.BY_COLLECTION['policy_target_groups']
CHAINS = registry.BY_COLLECTION['servicechain_instances']
TABLES = """
from horizon import tables

class PTGsTable(tables.DataTable):
    name = tables.Column('name')
    status = tables.Column('status')

    class Meta:
        name = 'groups'

class ExternalPTGsTable(PTGsTable):
    class Meta:
        name = 'external'
"""
BROKEN = 'from django.utils.translation import no_such_name\n'


def group():
    """A row as group-based-policy-ui wraps what the API says."""
    return neutron.NeutronAPIDictWrapper(
        {'id': 'g1', 'name': 'web', 'status': 'ERROR', 'status_details': 'no VLAN left', 'tenant_id': 'demo'}
    )


def request():
    user = types.SimpleNamespace(
        services_region='RegionOne', id='demo', project_id='demo', is_superuser=False, is_authenticated=False
    )
    made = RequestFactory().get('/project/policytargets/')
    made.user, made.session = user, {}
    return made


def table_class():
    class Edit(tables.LinkAction):
        name = 'edit'
        verbose_name = 'Edit'
        url = '/edit/'

    class Groups(tables.DataTable):
        name = tables.Column('name')
        status = tables.Column('status')
        size = tables.Column('size')

        def render(self):
            return SafeString('the table')

        class Meta:
            name = 'groups'
            multi_select = True
            row_actions = (Edit,)

    return Groups


def decorated(kind=GROUPS):
    table = table_class()
    columns.add_status(table, kind)
    return table


def cell(row, kind=GROUPS):
    """Return the markup of a row's status."""
    shown = decorated(kind)(request(), data=[row]).get_rows()[0].cells['status'].value
    assert isinstance(shown, SafeString)
    return markup.fragment(shown)


def test_the_column_stands_before_the_actions_in_place_of_the_bare_word():
    assert list(decorated()._columns) == ['multi_select', 'name', 'size', 'status', 'actions']


def test_a_table_without_actions_has_the_column_last():
    table = table_class()
    del table._columns['actions']
    columns.add_status(table, GROUPS)

    assert list(table._columns)[-1] == 'status'


def test_a_table_that_was_not_asked_for_stays_as_it_was():
    decorated()

    assert list(table_class()._columns) == ['multi_select', 'name', 'status', 'size', 'actions']


def test_a_cell_is_the_badge_of_its_row():
    (badge,) = cell(group()).query('.gbp-status-badge')

    assert badge.attrs['data-gbp-status'] == 'ERROR'
    assert badge.attrs['data-gbp-status-kind'] == 'policy_target_groups'
    assert badge.attrs['data-gbp-status-kind-label'] == 'Groups'
    assert badge.attrs['data-gbp-status-id'] == 'g1'
    assert badge.attrs['data-gbp-status-details'] == 'no VLAN left'
    assert badge.attrs['data-gbp-status-url'] == '/project/gbp_status/policy_target_groups/g1/'


def test_texts_are_cleaned_as_those_of_our_own_calls():
    hostile = group()
    hostile.to_dict()['status_details'] = 'one\x00two\r\nthree'
    (badge,) = cell(hostile).query('.gbp-status-badge')

    assert badge.attrs['data-gbp-status-details'] == 'one\N{REPLACEMENT CHARACTER}two\nthree'


def test_a_row_costs_no_call(gbp):
    cell(group())

    assert gbp.requests == []


def test_the_cell_is_not_for_angularjs():
    shown = cell(group())

    assert len(shown.query('.gbp-status-badge')) == 1
    assert len(shown.query('[ng-non-bindable] .gbp-status-badge')) == 1


def test_a_listed_group_is_as_fresh_as_can_be():
    assert not cell(group()).query('[data-gbp-status-stored]')


def test_a_listed_chain_is_only_as_last_reported():
    (note,) = cell(group(), CHAINS).query('[data-gbp-status-stored]')

    assert markup.words(note) == 'as last reported'


def test_a_row_that_is_not_understood_keeps_the_bare_word(caplog):
    odd = types.SimpleNamespace(id='g1', name='web', status='ERROR', size=1)
    with caplog.at_level(logging.WARNING):
        rows = decorated()(request(), data=[odd, odd]).get_rows()

    assert [row.cells['status'].value for row in rows] == ['ERROR', 'ERROR']
    assert len(caplog.messages) == 1


def test_the_first_table_of_a_page_brings_what_the_script_needs():
    page = markup.fragment(decorated()(request(), data=[]).render())
    (host,) = page.query('template[data-gbp-status-host]')
    (root,) = host.query('.gbp-status-host')

    assert root.attrs['data-gbp-status-poll-url'] == '/project/gbp_status/statuses/'
    assert host.query('[ng-non-bindable] [data-gbp-status-strip]')


def test_the_further_tables_of_a_page_come_as_they_are():
    shared = request()
    first, second = (decorated()(shared, data=[group()]).render() for _ in range(2))

    assert 'data-gbp-status-host' in first
    assert second == 'the table'
    assert isinstance(first, SafeString)
    assert isinstance(second, SafeString)


def rendered(member, rows):
    """Return a table as a member gets it, and what stands above it in the page."""
    shown = decorated()(asking.request_of(member), data=rows).render()
    return shown, markup.words(markup.fragment(shown.rpartition('</template>')[2]))


def test_an_empty_table_whose_list_cannot_be_read_says_so(gbp, member):
    gbp.fail('policy_target_groups', 503)
    shown, words = rendered(member, [])

    assert words == 'The network service gave no usable answer. Groups could not be read. the table'
    assert isinstance(shown, SafeString)
    assert markup.fragment(shown).query_one('.alert').attrs.get('ng-non-bindable') is not None


def test_an_empty_table_whose_list_is_empty_says_nothing(gbp, member):
    assert rendered(member, [])[1] == 'the table'


def test_a_table_with_rows_is_not_asked_for_again(gbp, member):
    gbp.fail('policy_target_groups', 503)

    assert rendered(member, [group()])[1] == 'the table'
    assert not [one for one in gbp.requests if 'policy_target_groups' in str(one)]


def test_a_page_without_our_panel_comes_as_it_was(monkeypatch, caplog):
    def missing(*_arguments):
        raise LookupError('no such address')

    monkeypatch.setattr(columns, 'page_settings', missing)

    assert decorated()(request(), data=[group()]).render() == 'the table'
    assert 'no such address' in caplog.text


def find(name, panel='policytargets'):
    return getattr(sys.modules[f'gbpui.panels.{panel}.tables'], name)


def test_the_tables_of_an_installed_gbpui_are_decorated(package):
    package.write('policytargets', TABLES)
    columns.decorate()

    assert isinstance(find('PTGsTable')._columns['status'], columns.StatusColumn)
    assert find('ExternalPTGsTable')._columns['status'].kind.collection == 'external_policies'


def test_a_setting_turns_it_off(package, caplog):
    package.write('policytargets', BROKEN)
    with override_settings(GBP_STATUS_UI={'gbpui_tables': False}):
        columns.decorate()

    assert caplog.messages == []
    assert 'gbpui.panels.policytargets.tables' not in sys.modules


def test_without_gbpui_nothing_is_said(caplog):
    columns.decorate()

    assert caplog.messages == []


@pytest.mark.parametrize('fault', [BROKEN, 'raise KeyError("of a release to come")\n', 'PTGsTable = None\n'])
def test_what_cannot_be_decorated_stays_as_it_was_with_one_line_in_the_log(package, caplog, fault):
    package.write('policytargets', fault)
    package.write('network_policy', TABLES.replace('PTGsTable', 'L3PolicyTable'))
    columns.decorate()
    (line,) = caplog.messages

    assert 'PTGsTable' in line
    assert 'L2PolicyTable' in line
    assert 'L3PolicyTable,' not in line
    assert isinstance(find('L3PolicyTable', 'network_policy')._columns['status'], columns.StatusColumn)


def test_a_word_that_says_nothing_says_so_here_too(gbp, member):
    gbp.extensions.add('cisco-apic-gbp')
    rules, asked = registry.BY_COLLECTION['policy_rules'], asking.request_of(member)
    row = neutron.NeutronAPIDictWrapper({'id': 'r1', 'name': 'web', 'status': 'BUILD', 'tenant_id': 'demo'})
    rows = decorated(rules)(asked, data=[row, row]).get_rows()
    badges = [markup.fragment(one.cells['status'].value).query_one('.gbp-status-badge') for one in rows]

    assert {badge.attrs['data-gbp-status'] for badge in badges} == {'BUILD'}
    assert not any('data-gbp-status-transient' in badge.attrs for badge in badges)
    assert len(gbp.requests) == 1
