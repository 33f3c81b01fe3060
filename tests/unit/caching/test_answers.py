# SPDX-License-Identifier: Apache-2.0
"""What one request has fetched, another with the same rights gets without a call; and when not."""

import dataclasses
import types

from django.test import override_settings
import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import store
from gbp_status_ui.model import scope

from tests.clients import Client
from tests.unit import sessions
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

CHAINS = 'servicechain_instances'

# Answers age by what a test adds alone, however slow the machine is.
pytestmark = pytest.mark.usefixtures('clock')


def test_a_colleague_gets_the_same_without_a_call(gbp, group, member, colleague):
    first = poll(member, group)
    gbp.set(group, 'ACTIVE')
    second = poll(colleague, group)

    assert (calls(first), calls(second)) == (1, 0)
    assert first.json() == second.json()


def test_an_answer_says_how_old_it_is(group, member, colleague, clock):
    poll(member, group)
    clock.ahead = 2

    assert (poll(colleague, group, cache_control='max-age=5').headers['Age'], page(member).headers['Age']) == ('2', '0')


def test_an_unchanged_answer_says_how_old_it_is(group, member, colleague, clock):
    etag = poll(member, group).headers['ETag']
    clock.ahead = 2
    unchanged = poll(colleague, group, cache_control='max-age=5', if_none_match=etag)

    assert (unchanged.status_code, unchanged.headers['Age']) == (304, '2')


def test_viewers_of_different_pages_share_the_rows_of_both(gbp, group, member, colleague):
    shared, own = gbp.make(GROUPS, 'shared'), gbp.make(GROUPS, 'own')
    poll(member, group, shared)
    gbp.requests.clear()
    answer = poll(colleague, shared, own)

    assert [asked.parameters['id'] for asked in gbp.requests] == [[own]]
    assert list(answer.json()['rows'][GROUPS]) == [shared, own]


def test_a_resource_that_is_gone_is_not_looked_for_again(gbp, group, member, colleague):
    poll(member, group)
    gbp.delete(group)
    poll(member, group, cache_control='max-age=0')
    answer = poll(colleague, group)

    assert (answer.json()['gone'], calls(answer)) == ({GROUPS: [group]}, 0)


def answer_entries():
    return {name for name in store.backend()._cache if ':answer:' in name}


def test_invented_ids_leave_nothing(gbp, group, member):
    poll(member, group)
    known = answer_entries()
    answer = poll(member, *(f'invented-{number}' for number in range(150)))

    assert len(answer.json()['gone'][GROUPS]) == 150
    assert answer_entries() == known


def test_an_answer_says_its_rows_in_the_order_of_the_question(gbp, group, member, colleague, clock):
    """Otherwise an unchanged answer would be another text, and no 304."""
    ids = [gbp.make(GROUPS, f'web-{number}') for number in range(5)]
    poll(member, ids[3], ids[1])
    first = poll(member, *ids)
    again = poll(member, *ids)

    assert list(first.json()['rows'][GROUPS]) == list(again.json()['rows'][GROUPS]) == ids
    assert first.headers['ETag'] == again.headers['ETag']


def test_the_true_status_of_a_chain_is_shared(gbp, group, member, colleague):
    chain = gbp.make(CHAINS, 'edge', status='ERROR')
    poll(member, chain, kind=CHAINS)
    answer = poll(colleague, chain, kind=CHAINS)

    assert (answer.json()['rows'][CHAINS][chain]['status'], calls(answer)) == ('ERROR', 0)


def test_another_project_does_not_share(group, member):
    poll(member, group)

    assert GROUPS not in poll(sessions.OTHER.log_in(Client()), group).json()['rows']


@pytest.mark.releases
def test_other_roles_do_not_share(gbp, group, member):
    reader = dataclasses.replace(sessions.COLLEAGUE, name='reader', roles=('reader',))
    gbp.people['token-of-reader'] = reader
    poll(member, group)

    assert calls(poll(reader.log_in(Client()), group)) == 1


def test_the_two_panels_do_not_share(gbp, group, administrator):
    id_ = gbp.make(GROUPS, 'dns', project='admin')
    poll(administrator, id_)

    assert calls(poll(administrator, id_, panel='admin')) == 1


@pytest.mark.releases
@pytest.mark.parametrize(
    'change',
    [
        {'project_id': 'other'},
        {'domain_id': 'other'},
        {'roles': [{'name': 'reader'}]},
        {'services_region': 'RegionTwo'},
        {'is_superuser': True},
        {'user_domain_id': 'other'},
        {'system_scoped': True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_decides_an_answer_is_part_of_the_rights(change):
    one = {
        'id': 'demo',
        'user_domain_id': 'default',
        'system_scoped': False,
        'project_id': 'demo',
        'domain_id': 'default',
        'roles': [{'name': 'member'}, {'name': 'reader'}],
        'services_region': 'RegionOne',
        'is_superuser': False,
    }
    mine, theirs = (types.SimpleNamespace(**user) for user in (one, one | change))

    assert answers.rights_of(mine, 'url', scope.PROJECT) != answers.rights_of(theirs, 'url', scope.PROJECT)
    elsewhere = answers.rights_of(mine, 'other url', scope.PROJECT)
    assert answers.rights_of(mine, 'url', scope.PROJECT) != elsewhere
    assert answers.rights_of(mine, 'url', scope.PROJECT) != answers.rights_of(mine, 'url', scope.ADMIN)


def test_the_order_of_roles_does_not_count():
    rest = {'project_id': 'demo', 'domain_id': '', 'services_region': '', 'is_superuser': False}
    rest |= {'id': 'demo', 'user_domain_id': 'default', 'system_scoped': False}
    roles = [{'name': 'member'}, {'name': 'reader'}]
    one, two = (types.SimpleNamespace(roles=some, **rest) for some in (roles, roles[::-1]))

    assert answers.rights_of(one, 'url', scope.PROJECT) == answers.rights_of(two, 'url', scope.PROJECT)


def test_where_the_operator_turns_sharing_off_each_user_asks(group, member, colleague):
    with override_settings(GBP_STATUS_UI={'share_between_users': False}):
        poll(member, group)
        another = poll(colleague, group, cache_control='max-age=5')
        again = poll(colleague, group, cache_control='max-age=5')

    assert (calls(another), calls(again)) == (1, 0)


def test_the_first_look_at_a_page_costs_nothing_where_a_colleague_had_one(gbp, group, member, colleague):
    page(member)
    gbp.requests.clear()
    answer = page(colleague)

    assert gbp.requests == []
    assert 'web' in answer.content.decode()


def test_a_reload_of_a_page_is_read_anew(gbp, group, member, colleague):
    page(colleague)
    page(member)
    gbp.set(group, 'ERROR')
    (table, _external) = page(member, cache_control='max-age=0').context['tables']

    assert {row.name: row.status.value for row in table.data}['web'] == 'ERROR'


def test_a_reload_of_chains_reads_each_anew(gbp, group, member):
    chain = gbp.make(CHAINS, 'edge', status='BUILD')
    page(member, 'service_chains')
    gbp.set(chain, 'ACTIVE')
    table = page(member, 'service_chains', cache_control='max-age=0').context['tables'][0]

    assert [row.status.value for row in table.data] == ['ACTIVE']


def test_the_first_look_at_chains_costs_nothing_where_a_colleague_had_one(gbp, group, member, colleague):
    gbp.make(CHAINS, 'edge')
    page(member, 'service_chains')

    assert calls(page(colleague, 'service_chains')) == 0


def test_a_list_that_memcached_would_refuse_is_asked_for_each_time(gbp, group, member, colleague, monkeypatch):
    for number in range(50):
        gbp.make(GROUPS, f'web-{number}')
    monkeypatch.setattr(store, 'MAX_ENTRY_BYTES', 1_000)
    monkeypatch.setattr(store, 'MAX_PARTS', 1)
    page(member)
    answer = page(colleague)

    assert (answer.status_code, calls(answer) > 0) == (200, True)
    assert 'web-0' in answer.content.decode()


def test_a_long_list_that_is_too_old_is_not_unpacked(gbp, member, colleague, clock, monkeypatch):
    for number in range(200):
        gbp.make(GROUPS, f'web-{number}')
    page(member)
    clock.ahead += 300
    loaded, get_large = [], store.get_large

    def load(keys):
        loaded.extend(key for key in keys if key.startswith('answer:'))
        return get_large(keys)

    monkeypatch.setattr(store, 'get_large', load)

    assert calls(page(colleague)) > 0
    assert loaded == []
    assert calls(page(member)) == 0
    assert len(loaded) == 1


def test_a_failure_is_shared_while_it_is_new(gbp, group, member, colleague, clock):
    gbp.fail(GROUPS, 500)
    poll(member, group)
    gbp.fail(GROUPS, None)
    soon = poll(colleague, group, cache_control='max-age=20')
    clock.ahead = 2.6
    later = poll(colleague, group, cache_control='max-age=20')

    assert (soon.json()['unavailable'], calls(soon)) == ([GROUPS], 0)
    assert (later.json()['unavailable'], calls(later)) == ([], 1)
