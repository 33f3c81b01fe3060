# SPDX-License-Identifier: Apache-2.0
"""The fragment of a page that its script reads again: the same address, without Horizon's frame, and kept by nobody."""

import pytest

from gbp_status_ui.model import scope

from tests import markup

GROUPS = 'policy_target_groups'
FRAGMENT = {'Gbp-Status-Fragment': 'list', 'X-Requested-With': 'XMLHttpRequest'}


@pytest.fixture
def addresses(gbp):
    group = gbp.make(GROUPS, 'web', status='ERROR')
    index = scope.PROJECT.url('index') + '?tab=gbp_status_tabs__groups'
    return {'list': index, 'resource': scope.PROJECT.url('detail', GROUPS, group)}


def but_beneath(badge):
    """Return the attributes of a badge; a page of tables does not wait for what is beneath."""
    return {name: value for name, value in badge.attrs.items() if name != 'data-gbp-below'}


@pytest.mark.parametrize('name', ['list', 'resource'])
def test_a_fragment_is_what_the_page_has_and_no_more(member, addresses, name):
    page = markup.page(member.get(addresses[name]))
    answer = member.get(addresses[name], headers=FRAGMENT)
    fragment = markup.fragment(answer.content.decode())

    assert b'<html' not in answer.content
    assert not fragment.query('[data-gbp-status-strip]')
    badges = '[data-gbp-status-list] .gbp-status-badge'
    assert (
        [but_beneath(one) for one in fragment.query(badges)] == [but_beneath(one) for one in page.query(badges)] != []
    )


@pytest.mark.parametrize('name', ['list', 'resource'])
def test_no_browser_shows_a_fragment_in_place_of_its_page(member, addresses, name):
    fragment = member.get(addresses[name], headers=FRAGMENT)
    page = member.get(addresses[name])

    assert 'no-store' in fragment.headers['Cache-Control']
    assert 'Gbp-Status-Fragment' in fragment.headers['Vary']
    assert 'Gbp-Status-Fragment' in page.headers['Vary']


def test_a_fragment_names_the_kinds_that_it_lacks(member, gbp, addresses):
    gbp.fail(GROUPS, 500)
    fragment = markup.fragment(member.get(addresses['list'], headers=FRAGMENT).content.decode())

    assert [one.attrs['data-gbp-status-unread'] for one in fragment.query('[data-gbp-status-unread]')] == [GROUPS]


def test_a_fragment_says_whose_it_is_also_where_the_resource_is_gone(member):
    answer = member.get(scope.PROJECT.url('detail', GROUPS, 'no-such'), headers=FRAGMENT)

    assert answer.status_code == 404
    assert answer.headers['Gbp-Status-Scope']
