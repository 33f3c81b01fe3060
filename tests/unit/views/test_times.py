# SPDX-License-Identifier: Apache-2.0
"""Since when, and what has happened: the same on all pages, whoever has seen it."""

import re

import pytest

from gbp_status_ui.health import sightings
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import markup
from tests.clients import Client
from tests.unit import sessions
from tests.unit import viewing
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

AT_ONCE = {'cache_control': 'max-age=0'}


@pytest.fixture
def other_project():
    return sessions.OTHER.log_in(Client())


def detail(client, id_):
    return markup.page(client.get(scope.PROJECT.url('detail', GROUPS, id_)))


def badge_of(document, id_):
    return document.query_one(f'.gbp-status-badge[data-gbp-status-id="{id_}"]')


def reported(gbp, client, id_, *states):
    """Have somebody see a resource in states, one after the other."""
    for status in states:
        gbp.set(id_, status)
        assert poll(client, id_, **AT_ONCE).json()['rows'][GROUPS][id_]['status'] == status


def test_what_one_has_seen_is_said_to_all_who_may_see_it(gbp, member, colleague, other_project):
    id_ = gbp.make(GROUPS, 'web', status='ERROR', shared=True)
    since = poll(member, id_, **AT_ONCE).json()['rows'][GROUPS][id_]['since']
    table = markup.page(page(colleague))
    row = table.query_one(f'tr[data-object-id="{id_}"]')

    assert badge_of(table, id_).attrs['data-gbp-status-since'] == since
    assert row.query_one('.gbp-status-since time').attrs['datetime'].startswith(since[:10])
    for client in (colleague, other_project):
        assert badge_of(detail(client, id_), id_).attrs['data-gbp-status-since'] == since


def test_the_same_row_is_written_anew_when_its_since_is_another(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='ACTIVE')

    assert 'hidden' in markup.page(page(member)).query_one(f'tr[data-object-id="{id_}"] .gbp-status-since').attrs
    reported(gbp, member, id_, 'ERROR')
    since = markup.page(page(member)).query_one(f'tr[data-object-id="{id_}"] .gbp-status-since')
    assert 'hidden' not in since.attrs
    assert since.query_one('time')


def test_a_page_says_what_has_happened_newest_first(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='ERROR')
    reported(gbp, member, id_, 'ERROR', 'ACTIVE', 'ERROR')
    section = detail(member, id_).query_one('[data-gbp-status-key="history"]')

    lines = [markup.words(line) for line in section.query('li')]
    ends = ['Active → then Error', 'Error → then Active', 'Error (first seen)']
    assert [line[-len(end) :] for line, end in zip(lines, ends)] == ends
    assert len(lines) == 3
    assert all(line.query('time') for line in section.query('li'))


def test_what_was_always_well_has_no_history(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='ACTIVE')

    assert not detail(member, id_).query('[data-gbp-status-key="history"]')


@pytest.mark.releases
@pytest.mark.parametrize('now', ['ERROR', 'ACTIVE'])
def test_what_flaps_says_so_in_its_row(gbp, member, now):
    id_ = gbp.make(GROUPS, 'web', status='ERROR')
    reported(gbp, member, id_, 'ERROR', 'ACTIVE', 'ERROR', now)
    row = markup.page(page(member)).query_one(f'tr[data-object-id="{id_}"]')

    assert markup.words(row.query_one('.gbp-status-errors')) == '2 errors since yesterday'
    assert badge_of(row, id_).attrs['data-gbp-status-errors'] == '2'


def test_who_may_not_read_a_resource_learns_nothing_of_it(gbp, member, other_project):
    id_ = gbp.make(GROUPS, 'web', status='ERROR')
    reported(gbp, member, id_, 'ERROR', 'ACTIVE', 'ERROR')

    assert poll(other_project, id_, **AT_ONCE).json()['gone'] == {GROUPS: [id_]}
    assert other_project.get(scope.PROJECT.url('detail', GROUPS, id_)).status_code == 404


def test_what_works_has_no_since(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='ERROR')
    reported(gbp, member, id_, 'ERROR', 'ACTIVE')
    row = poll(member, id_).json()['rows'][GROUPS][id_]

    assert 'since' not in row
    assert 'data-gbp-status-well' in markup.fragment(row['badge']).query_one('.gbp-status-badge').attrs


@pytest.mark.parametrize('kind', [kind.collection for kind in registry.KINDS if kind.read_by.name == 'LIST'])
def test_each_kind_has_it(gbp, member, kind):
    id_ = gbp.make(kind, 'web', status='ERROR')

    assert poll(member, id_, kind=kind, **AT_ONCE).json()['rows'][kind][id_]['since']


def recovered(client, **parameters):
    """Return the overview's list of what has recovered."""
    asked = {'kind': 'problems', 'show': 'recovered', **parameters}
    return markup.fragment(client.get(scope.PROJECT.url('lines'), asked).json()['fragments']['problems'])


def names(document):
    return [markup.words(one.query_one('a')) for one in document.query('.gbp-status-problem')]


def test_the_overview_lists_what_has_recovered_and_when(gbp, member):
    gbp.make(GROUPS, 'always', status='ACTIVE')
    ids = {name: gbp.make(GROUPS, name, status='ERROR') for name in ('api', 'broken', 'web')}
    for name, states in {'api': ['ERROR', 'ACTIVE'], 'broken': ['ERROR'], 'web': ['ERROR', 'BUILD', 'ACTIVE']}.items():
        reported(gbp, member, ids[name], *states)
    document = recovered(member)

    assert sorted(names(document)) == ['api', 'web']
    for said in markup.texts(document, '.gbp-status-problem .gbp-status-recovered'):
        assert re.fullmatch('recovered at .* or earlier', said)
    assert names(recovered(member, q='api')) == ['api']


def test_what_was_seen_last_to_recover_comes_first(gbp, member, monkeypatch):
    found = viewing.Clock()
    monkeypatch.setattr(sightings, 'time', found)
    for id_ in [gbp.make(GROUPS, name, status='ERROR') for name in ('a', 'b', 'c')]:
        for status in ('ERROR', 'ACTIVE'):
            found.ahead += 60
            reported(gbp, member, id_, status)
    found.ahead += 60

    assert names(recovered(member)) == ['c', 'b', 'a']


def test_nobody_sees_what_has_recovered_of_others(gbp, member, other_project):
    reported(gbp, member, gbp.make(GROUPS, 'web', status='ERROR'), 'ERROR', 'ACTIVE')
    document = recovered(other_project)

    assert names(document) == []
    assert 'Nothing that works now was seen in error' in markup.words(document.query_one('.gbp-status-unmatched'))


def test_what_is_broken_again_has_not_recovered(gbp, member):
    id_ = gbp.make(GROUPS, 'web', status='ERROR')
    reported(gbp, member, id_, 'ERROR', 'ACTIVE')
    gbp.set(id_, 'ERROR')

    assert names(recovered(member)) == []


def test_a_filter_is_one_of_problems(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')

    assert names(recovered(member, status='error')) == ['web']
    assert names(recovered(member, since='1h')) == ['web']


def test_the_export_has_what_has_recovered(gbp, member):
    reported(gbp, member, gbp.make(GROUPS, 'web', status='ERROR'), 'ERROR', 'ACTIVE')
    asked = {'tab': 'gbp_status_tabs__overview', 'show': 'recovered', 'format': 'json'}
    groups = member.get(scope.PROJECT.url('export'), asked).json()['groups']
    ((row,),) = [group['resources'] for group in groups]

    assert (row['name'], row['since']) == ('web', '')
    assert row['recovered'].endswith('Z')


@pytest.mark.parametrize('filtered', [{'status': 'error'}, {'since': '1h'}])
def test_where_problems_are_shown_the_menu_says_so(gbp, member, filtered):
    gbp.make(GROUPS, 'web', status='ERROR')
    address = {'tab': 'gbp_status_tabs__overview', 'show': 'recovered', **filtered}
    document = markup.page(member.get(scope.PROJECT.url('index'), address))

    assert 'Show: Problems' in markup.texts(document, '.gbp-status-menu summary')
    assert 'Recovered in the last 24 hours' not in markup.texts(document, '.gbp-status-menu [aria-current="true"]')
