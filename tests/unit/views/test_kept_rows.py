# SPDX-License-Identifier: Apache-2.0
"""The row of a table is rendered once for as long as nothing changes in it, and anew whatever changes."""

import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils import translation
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

from tests import markup
from tests.asking import request_of
from tests.unit import viewing

RULES = registry.BY_COLLECTION['policy_rules']
L3_POLICIES = registry.BY_COLLECTION['l3_policies']

every_kind = pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
both_scopes = pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)


def attributes(kind, **more):
    own = {'id': 'id-0', 'name': 'web', 'description': 'Shop', 'tenant_id': 'other', 'shared': False}
    return own | {'status': 'ERROR', 'status_details': 'F0467'} | _columns(kind, 'fact', ['id-1', 'id-2']) | more


def others(kind, panel_scope):
    """Return {attribute: another value} of all that a table of a kind shows."""
    own = {'id': 'id-9', 'name': 'db', 'description': 'Bakery', 'status': 'BUILD', 'status_details': 'F0468'}
    whose = {'tenant_id': 'third'} if kind.shareable or panel_scope.all_projects else {}
    shared = {'shared': True} if kind.shareable else {}
    return own | whose | shared | _columns(kind, 'another', ['id-2', 'id-1'])


def _columns(kind, fact, related):
    return {column.attribute: fact if isinstance(column, Fact) else related for column in kind.columns}


def row(client, kind, own=None, panel_scope=scope.PROJECT, query=None, names=None, fresh=True, since=0.0, twins=()):
    """Return the HTML of one row of a table that begins with it."""
    first = Resource(kind, own or attributes(kind), fresh, since=since)
    section = Section(
        Listing(kind, [first, *twins]), query or Query(kind.tab), Paginator([first, *twins], 20).get_page(1)
    )
    known = projects.Names({'other': 'Bakery', 'third': 'Bank'})
    made = tables.table_class(kind, panel_scope)(request_of(client), section, panel_scope, names or {}, known)
    return made.get_rows()[0]


def told_apart(client, kind, first, second):
    """Say whether two rows differ; both must be what is rendered with nothing kept."""
    kept = [row(client, kind, **asked) for asked in (first, second)]
    cold = []
    for asked in (first, second):
        tables.ROWS.cache_clear()
        cold.append(row(client, kind, **asked))
    assert kept == cold
    return kept[0] != kept[1]


@pytest.mark.slow
@every_kind
@both_scopes
def test_a_row_follows_each_attribute_that_it_shows(member, kind, panel_scope):
    for attribute, value in others(kind, panel_scope).items():
        changed = {'own': attributes(kind, **{attribute: value}), 'panel_scope': panel_scope}

        assert told_apart(member, kind, {'panel_scope': panel_scope}, changed), attribute


@pytest.mark.parametrize(('one', 'other'), [(True, 1), (False, 0), (1, 1.0), (None, ''), (None, 'None'), (None, 0)])
def test_values_that_are_equal_for_python_are_not_taken_for_each_other(member, one, other):
    both = [{'own': attributes(RULES, enabled=value)} for value in (one, other)]

    assert told_apart(member, RULES, *both)


@pytest.mark.parametrize('value', [['a'], {'a': 'b'}, [{'a': ['b']}]])
def test_a_fact_of_any_form_is_shown(member, value):
    assert told_apart(member, L3_POLICIES, {}, {'own': attributes(L3_POLICIES, ip_pool=value)})


def test_a_row_follows_the_names_of_what_it_is_related_to(member):
    groups = registry.BY_COLLECTION['policy_target_groups']
    names = {relation.to: {'id-1': 'front'} for relation in groups.relations}

    assert told_apart(member, groups, {}, {'names': names})


def test_a_row_follows_what_the_table_says_beside_it(member):
    groups = registry.BY_COLLECTION['policy_target_groups']
    twin = Resource(groups, attributes(groups, id='id-1'))

    assert told_apart(member, groups, {}, {'fresh': False})
    assert told_apart(member, groups, {}, {'twins': [twin]})
    assert told_apart(member, groups, {}, {'query': Query(groups.tab, status=('error',))})
    assert told_apart(member, groups, {}, {'panel_scope': scope.ADMIN})


@pytest.mark.releases
def test_each_language_has_rows_of_its_own(member):
    stale = {'fresh': False, 'kind': RULES, 'own': attributes(RULES, enabled=True)}
    english = row(member, **stale)
    with translation.override('de'):
        assert row(member, **stale) != english


@pytest.mark.releases
def test_each_time_zone_and_each_day_has_rows_of_its_own(member, monkeypatch):
    noon = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.timezone.utc)
    monkeypatch.setattr(timezone, 'now', lambda: noon)
    stale = {'kind': RULES, 'since': noon.timestamp()}
    here = row(member, **stale)
    with timezone.override('Asia/Tokyo'):
        assert '9 p.m.' in row(member, **stale)
    monkeypatch.setattr(timezone, 'now', lambda: noon + datetime.timedelta(days=1))

    assert 'noon' in here
    assert '11/30/2026 noon' in row(member, **stale)


@pytest.mark.releases
def test_each_theme_has_rows_of_its_own(gbp, member):
    gbp.make('policy_target_groups', 'web')
    viewing.page(member)
    member.cookies[settings.THEME_COOKIE_NAME] = 'material'
    viewing.page(member)

    assert tables.ROWS.cache_info().misses == 2


def test_a_table_that_is_opened_again_renders_only_what_has_changed(gbp, member):
    ids = [gbp.make('policy_target_groups', f'web-{number}') for number in range(5)]
    first = markup.statuses(markup.page(viewing.page(member)))
    gbp.set(ids[2], 'ERROR')
    second = markup.statuses(markup.page(viewing.page(member)))

    assert second == first | {ids[2]: 'ERROR'}
    assert tables.ROWS.cache_info().misses == 5 + 1
