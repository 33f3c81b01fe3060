# SPDX-License-Identifier: Apache-2.0
"""Groups that the backend made by itself: called by their L2 policy, folded away on demand, accepted by their ids."""

import pytest

from gbp_status_ui.model import scope

from tests import markup
from tests.unit.views.test_statuses_view import poll

GROUPS, L2 = 'policy_target_groups', 'l2_policies'
AUTOMATIC_ID = 'auto' + '0123456789abcdef' * 2
OWN_NAME = 'ptg-for-l2p-7d8e4a70'
TAB = {'tab': 'gbp_status_tabs__groups'}
SHOWN, TOGGLE = 'td.gbp-status-column-name a', '.gbp-status-toolbar > a'


@pytest.fixture
def groups(gbp):
    """An L2 policy with its automatic group, which is in error, and a group of the user's own."""
    storefront = gbp.make(L2, 'storefront')
    automatic = gbp.make(GROUPS, OWN_NAME, status='ERROR', l2_policy_id=storefront, is_auto_ptg=True)
    rows = gbp._rows[GROUPS]
    rows[AUTOMATIC_ID] = {**rows.pop(automatic), 'id': AUTOMATIC_ID}
    gbp.set(AUTOMATIC_ID, 'ERROR')
    gbp.make(GROUPS, 'web', l2_policy_id=storefront, is_auto_ptg=False)
    return gbp


def opened(client, **parameters):
    return markup.page(client.get(scope.PROJECT.url('index'), {**TAB, **parameters}))


def counts(document):
    """Return {state: number} of the chips, and the numbers beside the titles of tables."""
    chips = {one.attrs['data-gbp-status-count']: markup.words(one) for one in document.query('.gbp-status-chip-count')}
    return {state: number for state, number in chips.items() if number != '0'}, markup.texts(document, 'h2 .badge')


def test_an_automatic_group_is_called_by_its_l2_policy_with_its_own_name_beside(groups, member):
    page = opened(member)

    assert markup.texts(page, SHOWN) == ['Automatic group of storefront', 'web']
    assert markup.texts(page, 'td.gbp-status-column-name small') == [OWN_NAME]
    assert page.query_one('td .gbp-status-badge').attrs['data-gbp-status-name'] == 'Automatic group of storefront'
    assert markup.texts(page, 'td .gbp-status-badge .sr-only')[0] == 'Automatic group of storefront, show details'


def test_an_automatic_group_whose_l2_policy_cannot_be_named_has_its_own_name(groups, member):
    groups.fail(L2, 500)
    page = opened(member)

    assert markup.texts(page, SHOWN) == [OWN_NAME, 'web']
    assert markup.texts(page, 'td.gbp-status-column-name small') == []


def test_a_poll_takes_its_id_and_calls_it_the_same(groups, member):
    answer = poll(member, policy_target_groups=AUTOMATIC_ID).json()
    badge = markup.fragment(answer['rows'][GROUPS][AUTOMATIC_ID]['badge']).query_one('.gbp-status-badge')

    assert badge.attrs['data-gbp-status-name'] == 'Automatic group of storefront'


@pytest.mark.slow
@pytest.mark.parametrize('value', [None, '', 5, [], {}, ['a']], ids=repr)
def test_whatever_stands_in_place_of_its_l2_policy_is_no_fault(groups, member, value):
    groups.change(AUTOMATIC_ID, l2_policy_id=value)

    assert markup.texts(opened(member), SHOWN)[0] == OWN_NAME
    assert AUTOMATIC_ID in poll(member, policy_target_groups=AUTOMATIC_ID).json()['rows'][GROUPS]


def test_a_poll_of_other_groups_asks_for_no_names(groups, member):
    other = groups.make(GROUPS, 'db')
    groups.requests.clear()
    poll(member, policy_target_groups=other)

    assert L2 not in [one.collection for one in groups.requests]


@pytest.mark.parametrize('view', ['detail', 'explanation', 'fragments'])
def test_every_address_takes_its_id(groups, member, view):
    assert member.get(scope.PROJECT.url(view, GROUPS, AUTOMATIC_ID)).status_code == 200


def test_automatic_groups_are_folded_away_from_tables_and_counts_and_back(groups, member):
    page = opened(member)
    assert (counts(page)[0], markup.texts(page, TOGGLE)) == (
        {'ALL': '2', 'ERROR': '1', 'ACTIVE': '1'},
        ['Hide 1 automatic group'],
    )
    address = page.query_one(TOGGLE).attrs['href']
    assert address == '?tab=gbp_status_tabs__groups&auto=hide'
    folded = markup.page(member.get(scope.PROJECT.url('index') + address))
    assert markup.texts(folded, SHOWN) == ['web']
    assert counts(folded) == ({'ALL': '1', 'ACTIVE': '1'}, ['1', '0'])
    assert markup.texts(folded, TOGGLE) == ['Show 1 automatic group']
    assert folded.query_one(TOGGLE).attrs['href'] == '?tab=gbp_status_tabs__groups'


def test_the_fold_is_kept_by_other_tabs_and_by_the_search(groups, member):
    page = opened(member, auto='hide')

    assert all('auto=hide' in link.attrs['href'] for link in page.query('.gbp-status-tabs a'))
    assert page.query_one('form.gbp-status-search input[name="auto"]').attrs['value'] == 'hide'


def test_a_table_of_nothing_but_folded_groups_says_so(groups, member):
    page = opened(member, auto='hide', kind=GROUPS)
    assert markup.texts(page, 'tr.empty') == []
    for id_ in [id_ for id_ in groups._rows[GROUPS] if id_ != AUTOMATIC_ID]:
        groups.delete(id_)
    page = markup.page(
        member.get(scope.PROJECT.url('index'), {**TAB, 'auto': 'hide'}, headers={'cache-control': 'no-cache'})
    )

    assert markup.texts(page, 'tr.empty') == ['There are none but automatic ones, which are hidden.', 'There are none.']


def test_a_file_holds_what_the_page_shows(groups, member):
    names = [
        [row['name'] for row in member.get(scope.PROJECT.url('export'), {**TAB, 'format': 'json', **more}).json()]
        for more in ({}, {'auto': 'hide'}, {'auto': 'nonsense'})
    ]

    assert names == [[OWN_NAME, 'web'], ['web'], [OWN_NAME, 'web']]


@pytest.mark.parametrize('tab', ['l3_policies', 'other'])
def test_a_page_without_automatic_groups_offers_no_fold(groups, member, tab):
    assert markup.texts(opened(member, tab=f'gbp_status_tabs__{tab}'), TOGGLE) == []
