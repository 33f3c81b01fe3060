# SPDX-License-Identifier: Apache-2.0
"""What a search finds on a page, what that costs, and what is said where it finds nothing."""

import pytest

from gbp_status_ui.model import scope

from tests import markup

GROUPS, L2 = 'policy_target_groups', 'l2_policies'


def page(client, tab='groups', **parameters):
    return markup.page(client.get(scope.PROJECT.url('index'), {'tab': f'gbp_status_tabs__{tab}', **parameters}))


def follow(client, address):
    return markup.page(client.get(scope.PROJECT.url('index') + address))


def problems(client, **parameters):
    response = client.get(scope.PROJECT.url('lines'), {'kind': 'problems', **parameters})
    return markup.fragment(response.json()['fragments']['problems'])


def names(document):
    return sorted(badge.attrs['data-gbp-status-name'] for badge in document.query('.gbp-status-badge'))


def said(document):
    (unmatched,) = document.query('.gbp-status-unmatched')
    return markup.words(unmatched), {markup.words(link): link.attrs['href'] for link in unmatched.query('a')}


@pytest.fixture
def groups(gbp):
    """Two groups, on an L2 policy each."""
    for name in ('front', 'back'):
        gbp.make(GROUPS, f'web-{name[0]}', l2_policy_id=gbp.make(L2, name))


def test_a_tab_finds_groups_by_the_name_of_their_l2_policy_at_no_more_calls(gbp, member, groups):
    page(member)
    gbp.requests.clear()
    page(member)
    without_search = len(gbp.requests)
    gbp.requests.clear()

    assert names(page(member, q='front')) == ['web-f']
    assert len(gbp.requests) == without_search


def test_the_overview_finds_groups_by_the_name_of_their_l2_policy(gbp, member, groups):
    assert names(problems(member, q='front')) == ['front', 'web-f']


def test_an_export_has_what_the_page_finds(gbp, member, groups):
    asked = {'tab': 'gbp_status_tabs__groups', 'q': 'front', 'format': 'json'}

    assert [row['name'] for row in member.get(scope.PROJECT.url('export'), asked).json()] == ['web-f']


def test_a_tab_says_what_was_looked_for_and_leads_to_all_kinds(gbp, member, groups):
    words, links = said(page(member, q='corner'))

    assert words == 'Nothing matches “corner” in: Groups, External Groups. Search all kinds Show all'
    assert links['Search all kinds'] == '?tab=gbp_status_tabs__overview&q=corner'
    assert links['Show all'] == '?tab=gbp_status_tabs__groups'


def test_a_tab_says_what_the_search_finds_without_the_filter(gbp, member, groups):
    words, links = said(page(member, q='web', status='error'))

    assert words.startswith('Nothing matches “web” in: Groups, External Groups. Found without the filter: Groups (2).')
    assert names(follow(member, links['Groups'])) == ['web-b', 'web-f']


def test_the_overview_says_where_the_search_finds_something_without_the_filter(gbp, member, groups):
    words, links = said(problems(member, q='front', status='error'))

    assert words == 'Nothing matches “front”. Found without the filter: Groups (1), L2 Policies (1). Show all'
    assert names(follow(member, links['L2 Policies'])) == ['front']


def test_without_a_search_nothing_is_said_of_one(gbp, member, groups):
    words, links = said(page(member, status='error'))

    assert words == 'Nothing matches the filter in: Groups, External Groups. Show all'
    assert list(links) == ['Show all']


def test_of_a_long_search_the_beginning_is_said(gbp, member, groups):
    words, _links = said(page(member, q='x' * 500))

    assert words.startswith(f'Nothing matches “{"x" * 79}…” in:')
