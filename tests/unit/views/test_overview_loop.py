# SPDX-License-Identifier: Apache-2.0
"""What the overview asks for, from its opening until all of it is there, and at each heartbeat; in simulated time."""

import collections

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.service import costs

from tests import markup
from tests.unit.browser import Browser
from tests.unit.stand_in import is_full_list

GROUPS = 'policy_target_groups'
KINDS = [kind.collection for kind in registry.KINDS]
#: A show each makes those of service chains true; here there are none.
POLICIES = [kind.collection for kind in registry.KINDS if kind.read_by is ReadBy.LIST]
CHAINS = [kind.collection for kind in registry.KINDS if kind.read_by is ReadBy.SHOW]
LATE_SECONDS = 8


@pytest.fixture
def page(gbp, member, simulated):
    """A browser on a cloud with a resource in error of every kind of which a list says how they are."""
    for collection in POLICIES:
        gbp.make(collection, 'web', status='ERROR')
    return Browser(member, simulated)


@pytest.fixture
def slow(gbp):
    """late(collection, …): from now on their full lists take some seconds."""

    def set_slow(*collections):
        gbp.takes = lambda asked, _rows: LATE_SECONDS * (asked.collection in collections and is_full_list(asked))

    return set_slow


def views(page):
    return [asked.view for asked in page.asked]


def full_lists(gbp):
    """Return the collections of the full lists that GBP was asked for, in their order."""
    return [asked.collection for asked in gbp.requests if is_full_list(asked) and asked.path != '/extensions']


def test_where_all_is_quick_the_page_has_all_fragments_after_21_calls_and_one_request(gbp, page):
    page.open()

    assert page.pending_fragments() == []
    assert len(page.document.query('.gbp-status-problem')) == len(POLICIES)
    assert sorted(full_lists(gbp)) == sorted(KINDS)
    assert len(gbp.requests) == 21
    assert page.retry_fragments() == []
    assert views(page) == ['index']


def test_of_one_late_list_the_fragments_come_after_22_calls_and_8_requests_at_most(gbp, page, slow):
    slow(GROUPS)
    page.open()

    assert page.pending_fragments() == ['summary', 'problems', GROUPS]
    assert page.retry_fragments() == []
    assert markup.fragment(page.fragments[GROUPS]).query('a.gbp-status-chip')
    assert len(markup.fragment(page.fragments['problems']).query('.gbp-status-problem')) == len(POLICIES)
    assert sorted(full_lists(gbp)) == sorted(KINDS)
    assert len(gbp.requests) <= 22
    assert len(page.asked) <= 8


@pytest.mark.slow
def test_where_all_lists_are_late_the_fragments_come_after_23_calls_and_12_requests_at_most(gbp, page, slow):
    slow(*KINDS)
    page.open()

    assert page.pending_fragments() == ['summary', 'problems', *KINDS]
    assert page.retry_fragments() == []
    assert page.fragments.keys() == {'summary', 'problems', *KINDS}
    assert sorted(full_lists(gbp)) == sorted(KINDS)
    assert len(gbp.requests) <= 23
    assert len(page.asked) <= 12


@pytest.mark.slow
def test_nothing_is_asked_for_twice_however_many_retries_it_takes(gbp, page, slow):
    chains = [gbp.make(collection, f'chain-{number}') for collection in CHAINS for number in range(3)]
    slow(*KINDS)
    page.open()
    page.retry_fragments()
    asked = collections.Counter((one.path, str(one.parameters)) for one in gbp.requests)

    assert [one for one, number in asked.items() if number > 1] == []
    assert {one.resource_id for one in gbp.requests} - {None} == set(chains)


def test_a_retry_sends_the_time_of_the_page_and_asks_only_for_what_is_pending(page, slow):
    slow(GROUPS, 'l3_policies')
    page.open()
    page.retry_fragments()
    asked = [one.parameters['kind'] for one in page.asked if one.view == 'lines']

    assert asked[0] == ['summary', 'problems', GROUPS, 'l3_policies']
    assert all(set(after) <= set(before) for before, after in zip(asked, asked[1:]))


@pytest.mark.slow
def test_the_stored_problems_of_two_kinds_are_there_until_their_lists_come(gbp, page, slow):
    costliest = {'l3_policies', 'nat_pools'}
    slow(*costliest)
    page.open()
    page.retry_fragments()
    slow(*KINDS)
    gbp.requests.clear()
    page.open({'Cache-Control': 'max-age=0'})
    known = {one.attrs['data-object-id'] for one in page.document.query('.gbp-status-problem')}
    stored = {asked.collection for asked in gbp.requests if 'status' in asked.parameters} & set(KINDS)
    page.retry_fragments(wait_seconds=5)
    shown = {
        one.attrs['data-object-id'] for one in markup.fragment(page.fragments['problems']).query('.gbp-status-problem')
    }

    assert (stored, len(known)) == (costliest, 2)
    assert shown == known


@pytest.mark.slow
def test_a_heartbeat_is_one_request_that_says_when_all_is_read_again(gbp, page, simulated):
    """Of 200 badges, too."""
    for number in range(200):
        gbp.make(GROUPS, f'web-{number}', status='ERROR')
    page.open(group='none', size='200')
    simulated.run(60)
    page.asked.clear()
    gbp.requests.clear()

    assert page.heartbeat() == []
    assert views(page) == ['lines']
    assert page.fragments.keys() == {'summary', 'problems', *KINDS}
    assert page.asked[0].answer.json()['heartbeat'] == 0
    # Networks, routers and ports that are in error, too.
    assert len(gbp.requests) == len(KINDS) + 3


def test_the_heartbeat_of_lists_that_cost_much_is_20_times_what_they_cost(page, slow):
    slow(GROUPS, 'l3_policies')
    page.open()
    page.retry_fragments()
    page.heartbeat()
    document = page.open()
    said = document.query_one('[data-gbp-status-fragments-url]').attrs['data-gbp-status-heartbeat']
    cost = costs.COOLDOWN_FACTOR * LATE_SECONDS

    # Both were asked for side by side.
    assert cost <= page.asked[-2].answer.json()['heartbeat'] < 2 * cost
    assert cost <= int(said) < 2 * cost


@pytest.mark.slow
def test_no_request_of_it_is_held_for_longer_than_a_second(page, slow):
    slow(*KINDS)
    page.open()
    page.retry_fragments()

    # The first request of all waits for the extensions as well.
    assert max(asked.seconds for asked in page.asked) <= 1.0
