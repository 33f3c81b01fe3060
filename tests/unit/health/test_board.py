# SPDX-License-Identifier: Apache-2.0
"""Counts and rows derive from the same lists: what a chip says is what it leads to."""

import urllib.parse

from django.http import QueryDict
from django.test import override_settings
import pytest

from gbp_status_ui.health import board
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses
from gbp_status_ui.service import projects

from tests import building
from tests.asking import gbp_of

NAMES = projects.Names({'demo': 'Shop', 'other': 'Bakery'})
STATES = ('ERROR', 'ERROR', 'error', 'BUILD', 'ACTIVE', None, '', 'BANANA', 'Banana')


@pytest.fixture
def mixed(gbp):
    """Groups and external groups in all states."""
    for number, status in enumerate(STATES):
        gbp.make('policy_target_groups', f'web-{number}', status=status)
        gbp.make('external_policies', f'outside-{number}', project='other', shared=True, status=status)


def of(client, address='', tab='groups', panel_scope=scope.PROJECT):
    query = Query.of(QueryDict(address.removeprefix('?')), tab)
    return board.Board(gbp_of(client, panel_scope), query, NAMES)


def rows(shown):
    return [row for kind in shown.kinds for row in shown.ordered(kind)]


@pytest.mark.parametrize('narrowed', ['', 'q=web', 'q=bakery', 'kind=external_policies', 'q=-0&status=error'])
def test_each_chip_leads_to_as_many_rows_as_it_says(member, mixed, narrowed):
    for chip in of(member, narrowed).chips:
        alone = urllib.parse.urlencode({'status': chip.status.slug})
        address = '&'.join(part for part in narrowed.split('&') if not part.startswith('status'))

        assert len(rows(of(member, f'{address}&{alone}'))) == chip.count


def test_the_chips_together_count_all_that_is_found(member, mixed):
    shown = of(member)

    assert sum(chip.count for chip in shown.chips) == len(shown.all_found) == 2 * len(STATES)


def test_there_is_a_chip_for_each_state_and_for_unknown_values_that_occur(member, mixed):
    counts = {'error': 6, 'build': 2, 'active': 2, 'none': 4}
    chips = [(status.slug, counts.get(status.slug, 0)) for status in statuses.KNOWN]

    assert [(chip.status.slug, chip.count) for chip in of(member).chips] == [*chips, ('banana', 4)]


def test_an_empty_board_still_has_the_chips_of_the_states(member):
    assert [(chip.status, chip.count) for chip in of(member).chips] == [(status, 0) for status in statuses.KNOWN]


def test_words_of_an_address_that_occur_nowhere_make_no_chips(member, mixed):
    words = ','.join(['banana', *(f'banana{number}' for number in range(1332))])
    chips = of(member, f'status={words}').chips

    assert [chip.status.slug for chip in chips if chip.active] == ['banana']
    assert len(chips) == len(of(member).chips)


def test_of_very_many_states_the_frequent_ones_have_chips(gbp, member):
    for number in range(board.MAX_OTHER_CHIPS + 5):
        gbp.make('policy_target_groups', 'web', status=f'banana{number}')
    gbp.make('policy_target_groups', 'web', status=f'banana{board.MAX_OTHER_CHIPS + 4}')
    slugs = [chip.status.slug for chip in of(member).chips]

    assert len(slugs) == board.MAX_OTHER_CHIPS + 4
    assert f'banana{board.MAX_OTHER_CHIPS + 4}' in slugs


def test_several_states_are_shown_together(member, mixed):
    assert {row.status.slug for row in rows(of(member, 'status=error,banana'))} == {'error', 'banana'}


def test_a_chosen_chip_is_on_and_its_address_takes_it_off(member, mixed):
    (chosen,) = [chip for chip in of(member, 'status=error').chips if chip.active]

    assert (chosen.status.value, chosen.url) == ('ERROR', '?tab=gbp_status_tabs__groups')


def test_the_search_finds_the_name_of_a_project(member, mixed):
    assert {row.kind.collection for row in rows(of(member, 'q=bakery'))} == {'external_policies'}


def test_one_kind_of_the_tab_is_listed_alone(member, gbp, mixed):
    gbp.requests.clear()
    shown = of(member, 'kind=external_policies')

    assert [kind.collection for kind in shown.kinds] == ['external_policies']
    assert 'policy_target_groups' not in {request.collection for request in gbp.requests}


def test_kinds_that_the_api_has_not_are_left_out(member, gbp):
    gbp.extensions.discard('servicechain')

    assert 'service_profiles' not in {kind.collection for kind in of(member, tab='other').kinds}


def test_a_kind_that_fails_has_no_rows_and_says_so(member, gbp, mixed):
    gbp.fail('external_policies', 500)
    shown = of(member)

    assert shown.listings['external_policies'].failure
    assert {row.kind.collection for row in rows(shown)} == {'policy_target_groups'}


def test_rows_that_are_to_be_shown_are_read_where_that_was_not_done(member, gbp):
    parts = building.parts(gbp, member, 'edge', 'demo')
    for name in ('first', 'second'):
        building.instance(gbp, name, 'demo', parts, status='ERROR')
    kind = registry.BY_COLLECTION['servicechain_instances']
    with override_settings(GBP_STATUS_UI={'chain_shows': 1}):
        shown = of(member, tab='service_chains')

    assert sorted(row.status.value for row in shown.ordered(kind)) == ['ERROR', 'NONE']
    assert shown.freshen(shown.ordered(kind))
    assert [row.status.value for row in shown.ordered(kind)] == ['ERROR', 'ERROR']
    assert not shown.freshen(shown.ordered(kind))


def test_an_administrator_counts_every_project(administrator, mixed):
    assert len(of(administrator, panel_scope=scope.ADMIN).all_found) == 2 * len(STATES)
    assert {row.project_id for row in rows(of(administrator, 'project=other', panel_scope=scope.ADMIN))} == {'other'}


@pytest.mark.parametrize('address', ['', 'q=edge'])
def test_what_turns_out_to_be_gone_is_found_no_longer(gbp, member, address):
    parts = building.parts(gbp, member, 'edge', 'demo')
    kind = registry.BY_COLLECTION['servicechain_instances']
    for name in ('first', 'second'):
        building.instance(gbp, f'edge-{name}', 'demo', parts)
    with override_settings(GBP_STATUS_UI={'chain_shows': 1}):
        shown = of(member, address, tab='service_chains')
    kept, gone = sorted(shown.found(kind), key=lambda row: not row.fresh)
    gbp.delete(gone.id)
    shown.freshen([gone])

    assert shown.found(kind) == [kept]
