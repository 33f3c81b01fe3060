# SPDX-License-Identifier: Apache-2.0
"""A region with GBP 18, which has no service chains, beside one with GBP 16; each shows its own resources alone."""

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import markup
from tests.cloud.pages import GROUPS
from tests.cloud.pages import L3_POLICIES
from tests.cloud.pages import opened
from tests.cloud.pages import poll
from tests.cloud.world import World

SERVED = {kind.collection for kind in registry.KINDS if kind.extension == 'group-policy'}


@pytest.fixture
def second(cloud, gbp):
    """GBP 18 in the second region. The cloud has one file of statuses, which ``gbp`` puts in order again."""
    world = World(cloud, 'RegionTwo')
    yield world
    world.close()


def names(document):
    return markup.texts(document, 'td.gbp-status-column-name')


def test_without_service_chains_there_is_no_tab_of_them(in_second_region):
    document, _ = opened(in_second_region, 'overview')

    assert markup.texts(document, '.gbp-status-tabs a') == ['Overview', 'Groups', 'L3 Policies', 'Other']
    places = {place.attrs['data-gbp-status-fragment'] for place in document.query('[data-gbp-status-fragment]')}
    assert places == {'summary', 'problems', *SERVED}


def test_without_service_chains_the_tab_other_has_no_service_profiles(in_second_region):
    document, _ = opened(in_second_region, 'other')
    tables = {table.attrs['id'] for table in document.query('table.gbp-status-table')}

    assert tables == {kind.collection for kind in registry.in_tab('other')} & SERVED


def test_a_chain_is_not_found_there(in_second_region):
    answer, _ = poll(in_second_region, servicechain_instances=['an-id'])

    assert answer == {'rows': {}, 'gone': {}, 'unavailable': ['servicechain_instances']}
    assert in_second_region.get(scope.PROJECT.url('detail', 'servicechain_instances', 'an-id')).status_code == 404


def test_a_poll_follows_the_backend_there_too(second, in_second_region):
    wanted = {GROUPS: [second.make(GROUPS, 'oven', status='BUILD')], L3_POLICIES: []}
    states = []
    for status in ('BUILD', 'ACTIVE', 'ERROR'):
        second.set(wanted[GROUPS][0], status)
        answer, _ = poll(in_second_region, **wanted)
        states += [row['status'] for row in answer['rows'][GROUPS].values()]

    assert states == ['BUILD', 'ACTIVE', 'ERROR']


def test_each_region_shows_its_own_resources_alone(gbp, second, log_in, in_second_region):
    here, there = gbp.make(GROUPS, 'in-the-first'), second.make(GROUPS, 'in-the-second')
    first, _ = opened(log_in('demo'), 'groups', q='in-the-')
    other, _ = opened(in_second_region, 'groups', q='in-the-')
    answer, _ = poll(in_second_region, policy_target_groups=[here, there])

    assert (names(first), names(other)) == (['in-the-first'], ['in-the-second'])
    assert answer['gone'] == {GROUPS: [here]}
    assert list(answer['rows'][GROUPS]) == [there]


def test_a_page_tells_its_script_of_which_region_it_is(log_in, in_second_region):
    def of(client):
        document, _ = opened(client)
        return document.query_one('[data-gbp-status-scope]').attrs['data-gbp-status-scope']

    assert of(in_second_region) != of(log_in('demo'))


def test_the_columns_of_every_kind_are_attributes_of_the_api(gbp, second):
    """What a registry entry asks for is there, or a column is empty; not each backend makes rows by itself."""
    for kind in registry.KINDS:
        rows = gbp.truth(kind.collection).values()
        asked = {column.attribute for column in (*kind.facts, *kind.relations)} | set(kind.fields) - {kind.automatic}

        assert rows
        assert [asked - set(row) for row in rows if asked - set(row)] == []
