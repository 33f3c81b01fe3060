# SPDX-License-Identifier: Apache-2.0
"""Every kind of the registry has a table that renders, with the columns of its entry, in both scopes."""

from django.core.paginator import Paginator
import pytest

from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.service import projects
from gbp_status_ui.service.api import Listing
from gbp_status_ui.service.api import Resource
from gbp_status_ui.views import tables
from gbp_status_ui.views.section import Section

from tests import hostile
from tests import markup
from tests.asking import request_of

pytestmark = pytest.mark.releases

every_kind = pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
both_scopes = pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
GROUPS = registry.BY_COLLECTION['policy_target_groups']
L3_POLICIES = registry.BY_COLLECTION['l3_policies']


def attributes(kind, name='web', **more):
    """One row's attributes as the API would give them, with something in every column."""
    facts = {fact.attribute: '<i>fact</i>' for fact in kind.facts}
    related = {relation.attribute: ['id-1', 'id-2', 'id-3', 'id-4'] for relation in kind.relations}
    own = {'id': f'id-of-{name}', 'name': name, 'tenant_id': 'other', 'status': 'ERROR', 'status_details': name}
    return own | facts | related | more


def table(client, kind, rows, panel_scope=scope.PROJECT, query=None, page=1, size=20, names=None):
    section = Section(Listing(kind, rows), query or Query(kind.tab), Paginator(rows, size).get_page(page))
    known = projects.Names({'other': 'Bakery <b>'})
    return tables.table_class(kind, panel_scope)(request_of(client), section, panel_scope, names or {}, known)


def rendered(*arguments, **options):
    return markup.fragment(table(*arguments, **options).render())


def cells(document, column):
    return markup.texts(document, f'td.gbp-status-column-{column}')


@every_kind
@both_scopes
def test_every_kind_has_a_table(member, kind, panel_scope):
    document = rendered(member, kind, [Resource(kind, attributes(kind))], panel_scope)

    assert markup.statuses(document) == {'id-of-web': 'ERROR'}
    assert len(document.query('thead th')) == len(document.query('tbody td'))
    assert bool(cells(document, 'project')) == panel_scope.all_projects


@every_kind
def test_hostile_names_and_details_stay_text(member, kind):
    rows = [
        Resource(kind, attributes(kind, name, description=name, status_details=hostile.DETAILS, id=f'id-{number}'))
        for number, name in enumerate(hostile.NAMES)
    ]
    names = {relation.to: dict.fromkeys(['id-1'], hostile.NAMES[0]) for relation in kind.relations}
    # Administrators have all columns of users, and one more.
    document = rendered(member, kind, rows, scope.ADMIN, names=names)

    hostile.require_none(document)
    assert cells(document, 'name') == [' '.join(name.split()) for name in hostile.NAMES]


@every_kind
def test_the_columns_are_those_of_the_registry(member, kind):
    document = rendered(member, kind, [])
    heads = markup.texts(document, 'thead th')

    assert [str(column.label) for column in kind.columns] == [head for head in heads if head in map(str, labels(kind))]
    assert ('Shared' in heads) == kind.shareable


def labels(kind):
    return [column.label for column in kind.columns]


def test_a_name_leads_to_the_page_of_the_resource(member):
    document = rendered(member, GROUPS, [Resource(GROUPS, attributes(GROUPS))], scope.ADMIN)

    assert document.query_one('td.gbp-status-column-name a').attrs['href'] == scope.ADMIN.url(
        'detail', 'policy_target_groups', 'id-of-web'
    )


def test_an_administrators_table_names_the_project(member):
    assert cells(rendered(member, GROUPS, [Resource(GROUPS, attributes(GROUPS))], scope.ADMIN), 'project') == [
        'Bakery <b>'
    ]


def test_related_resources_are_named_and_the_others_counted(member):
    row = Resource(GROUPS, attributes(GROUPS, l2_policy_id='l2', consumed_policy_rule_sets=[]))
    names = {'l2_policies': {'l2': 'front'}, 'policy_rule_sets': {'id-1': 'https'}}
    document = rendered(member, GROUPS, [row], names=names)

    assert cells(document, 'l2_policy_id') == ['front']
    assert cells(document, 'provided_policy_rule_sets') == ['https id-2 id-3 and 1 more']
    assert cells(document, 'consumed_policy_rule_sets') == ['–']


def test_facts_are_shown_as_they_are_and_truth_as_a_word(member):
    rules = registry.BY_COLLECTION['policy_rules']
    document = rendered(member, rules, [Resource(rules, attributes(rules, enabled=False))])

    assert cells(document, 'enabled') == ['No']


def test_networks_stand_apart_so_that_none_is_broken(member):
    row = Resource(L3_POLICIES, attributes(L3_POLICIES, ip_pool='10.0.0.0/8,fd00::/48, 192.0.2.0/24'))

    assert cells(rendered(member, L3_POLICIES, [row]), 'ip_pool') == ['10.0.0.0/8, fd00::/48, 192.0.2.0/24']


def test_nothing_is_shown_as_a_dash_or_empty_but_zero_as_zero(member):
    row = Resource(L3_POLICIES, attributes(L3_POLICIES, ip_pool=None, subnet_prefix_length=0))
    document = rendered(member, L3_POLICIES, [row])

    assert cells(document, 'ip_pool') == ['-']
    assert cells(document, 'subnet_prefix_length') == ['0']


def test_a_heading_sorts_and_sorts_again_the_other_way(member):
    def heading(sort):
        document = rendered(member, GROUPS, [], query=Query('groups', sort=sort))
        (cell,) = [cell for cell in document.query('thead th') if markup.words(cell) == 'Name']
        return cell.attrs.get('aria-sort'), cell.query_one('a').attrs['href'].rpartition('sort=')[2]

    assert heading('') == (None, 'name')
    assert heading('name') == ('ascending', '-name')
    assert heading('-name') == ('descending', 'name')


def test_only_what_can_be_sorted_has_a_heading_that_does(member):
    document = rendered(member, L3_POLICIES, [], scope.ADMIN)
    sortable = [markup.words(cell) for cell in document.query('thead th') if cell.query('a')]

    facts = [str(fact.label) for fact in L3_POLICIES.facts]
    assert sortable == ['Name', 'Project', 'Description', *facts, 'Shared', 'Status']


@every_kind
def test_a_sort_key_is_a_column(kind):
    made = tables.table_class(kind, scope.ADMIN)
    facts = {column.attribute for column in kind.columns if isinstance(column, Fact)}

    assert facts | {'name', 'project', 'status'} <= made.sort_keys
    assert made.sort_keys - {'shared'} <= set(made.base_columns)


def test_a_class_is_made_once_for_a_kind_and_scope():
    assert tables.table_class(GROUPS, scope.ADMIN) is tables.table_class(GROUPS, scope.ADMIN)
    assert tables.table_class(GROUPS, scope.ADMIN) is not tables.table_class(GROUPS, scope.PROJECT)


def test_a_middle_page_leads_on_and_back(member):
    rows = [Resource(GROUPS, attributes(GROUPS, f'web-{number}')) for number in range(5)]
    document = rendered(member, GROUPS, rows, page=2, size=2)
    links = {link.attrs['rel']: link.attrs['href'] for link in document.query('nav a')}

    assert list(markup.statuses(document)) == ['id-of-web-2', 'id-of-web-3']
    assert links['next'].endswith('kind=policy_target_groups&page=3')
    assert links['prev'].endswith('kind=policy_target_groups')


def test_an_empty_table_says_that_there_are_none(member):
    assert markup.texts(rendered(member, GROUPS, []), 'tr.empty td') == ['There are none.']


def test_horizon_does_not_sort_the_rows_of_one_page(member):
    document = rendered(member, L3_POLICIES, [])

    assert document.query('table.gbp-status-table')
    # Horizon's script takes the tables of this class.
    assert not document.query('table.datatable')
