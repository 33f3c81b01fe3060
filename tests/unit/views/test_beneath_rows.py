# SPDX-License-Identifier: Apache-2.0
"""What is beneath the rows of tables: the page does not wait for it, a poll and a heartbeat bring it."""

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.model import scope

from tests import markup
from tests.unit import looking_beneath
from tests.unit.views.test_statuses_view import poll

L2, L3, GROUPS, RULES = 'l2_policies', 'l3_policies', 'policy_target_groups', 'policy_rules'
TAB = {'tab': 'gbp_status_tabs__l3_policies'}
FRAGMENT = {'Gbp-Status-Fragment': 'list', 'X-Requested-With': 'XMLHttpRequest'}
FAILED = {'status': 'ACTIVE', 'sync': 'error'}


def l2_policy(aim, name='inner', status='ACTIVE', sync='synced', **network):
    """Make an L2 policy with its network; return its id."""
    net = aim.neutron.make('networks', f'l2p_{name}', sync=sync, **network)
    return aim.make(L2, name, status=status, network_id=net)


def opened(client, panel=scope.PROJECT, headers=None, **parameters):
    return client.get(panel.url('index'), {**TAB, **parameters}, headers=headers or {})


def below(document):
    """Return [(name, data-gbp-below, words of the mark)] of the badges in a table."""
    found = [(one.attrs, markup.texts(one, '.gbp-status-mark')) for one in document.query('td .gbp-status-badge')]
    return [(attrs['data-gbp-status-name'], attrs.get('data-gbp-below'), words) for attrs, words in found]


def first_poll(client, page, panel=scope.PROJECT, **wanted):
    """Poll as the script of a page does that was just opened."""
    (root,) = markup.page(page).query('[data-gbp-status-not-before]')
    return poll(client, panel, headers={NOT_BEFORE: root.attrs['data-gbp-status-not-before']}, **wanted)


def test_a_page_does_not_ask_neutron_for_its_objects(aim, member):
    l2_policy(aim, **FAILED)
    page = markup.page(opened(member))

    assert below(page) == [('inner', None, [])]
    assert not {'networks', 'routers', 'address_scopes'} & {one.collection for one in aim.requests}
    assert L2 in page.query_one('[data-gbp-status-beneath]').attrs['data-gbp-status-beneath'].split(' ')


@pytest.mark.parametrize('tab', ['overview', 'l3_policies'])
@override_settings(GBP_STATUS_UI={'neutron_states': False})
def test_a_page_has_nothing_asked_where_the_setting_is_off(aim, member, tab):
    l2_policy(aim, **FAILED)

    assert not markup.page(opened(member, tab=f'gbp_status_tabs__{tab}')).query('[data-gbp-status-beneath]')
    assert below(markup.fragment(opened(member, headers=FRAGMENT).content.decode())) == [('inner', None, [])]


def test_a_row_of_a_poll_says_what_is_beneath(aim, member):
    id_ = l2_policy(aim, names={'BridgeDomain': 'uni/tn-demo/BD-inner'}, **FAILED)
    row = poll(member, l2_policies=id_).json()['rows'][L2][id_]

    assert [(one['kind'], one['name'], one['state'], one['dn']) for one in row['below']] == [
        ('networks', 'l2p_inner', 'error', ['uni/tn-demo/BD-inner'])
    ]
    badge = markup.fragment(row['badge']).query_one('.gbp-status-badge')
    assert badge.attrs['data-gbp-below'] == 'error'
    assert markup.texts(badge, '.gbp-status-mark') == ['network in error']


def test_a_row_of_a_kind_without_parts_in_neutron_says_nothing(aim, member):
    id_ = aim.make(RULES, 'web')

    assert 'below' not in poll(member, policy_rules=id_).json()['rows'][RULES][id_]


@override_settings(GBP_STATUS_UI={'neutron_states': False})
def test_a_poll_says_nothing_where_the_setting_is_off(aim, member):
    id_ = l2_policy(aim, **FAILED)

    assert 'below' not in poll(member, l2_policies=id_).json()['rows'][L2][id_]
    assert looking_beneath.asked(aim)[-1] == (L2, 1)


@pytest.mark.slow
def test_a_row_does_not_wait_for_what_is_beneath_and_the_page_retries(aim, member, monkeypatch):
    slow, quick = l2_policy(aim, **FAILED), aim.make(L2, 'empty', network_id=None)
    poll(member, l2_policies=aim.make(L2, 'other'))
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    aim.hold('networks')
    response = poll(member, l2_policies=[slow, quick])
    answer = response.json()

    assert answer['pending'] == {L2: [slow]}
    assert (answer['rows'][L2][slow]['status'], 'below' in answer['rows'][L2][slow]) == ('ACTIVE', False)
    assert 'data-gbp-below' not in answer['rows'][L2][slow]['badge']
    assert answer['rows'][L2][quick]['below'] == []
    assert int(response.headers['Retry-After']) > 0
    aim.release()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    again = poll(member, headers={NOT_BEFORE: response.headers[NOT_BEFORE]}, l2_policies=slow).json()
    assert ('pending' in again, again['rows'][L2][slow]['below'][0]['state']) == (False, 'error')
    assert looking_beneath.asked(aim).count(('networks', 'show')) == 1


@pytest.mark.parametrize('fault', [500, 404, b'[]', b'{"network": null}', b'nonsense'], ids=repr)
def test_gbps_word_stands_where_what_is_beneath_cannot_be_read(aim, member, fault):
    id_ = l2_policy(aim, **FAILED)
    aim.fail('networks', fault)
    answer = poll(member, l2_policies=id_).json()
    row = answer['rows'][L2][id_]

    assert (row['status'], answer['unavailable'], 'pending' in answer) == ('ACTIVE', [], False)
    assert 'network in error' not in row['badge']
    assert 'below' not in row


def test_what_the_user_may_not_see_is_no_failure(aim, member):
    id_ = l2_policy(aim, project='other', **FAILED)

    assert poll(member, l2_policies=id_).json()['rows'][L2][id_]['below'] == []


@pytest.mark.parametrize('rows', [1, 20])
def test_the_first_poll_of_a_page_reads_no_status_again(aim, member, rows):
    ids = [l2_policy(aim, f'inner-{number:02}') for number in range(rows)]
    page = opened(member)
    aim.requests.clear()
    answer = first_poll(member, page, l2_policies=ids).json()

    assert {len(row['below']) for row in answer['rows'][L2].values()} == {1}
    assert looking_beneath.asked(aim) == [('networks', 'show')] * rows


def test_the_first_poll_of_a_page_with_all_kinds_costs_three_lists_and_20_shows(aim, member):
    l2 = [l2_policy(aim, f'l2-{number:02}') for number in range(20)]
    scopes = [aim.neutron.make('address_scopes', f'scope-{number}') for number in range(20)]
    l3 = [
        aim.make(L3, f'l3-{number}', routers=[aim.neutron.make('routers', 'edge')], address_scope_v4_id=scopes[number])
        for number in range(20)
    ]
    page = opened(member)
    aim.requests.clear()
    first_poll(member, page, l2_policies=l2, l3_policies=l3)

    assert looking_beneath.asked(aim) == [('address_scopes', 20), *[('networks', 'show')] * 20, ('routers', 20)]


def test_who_comes_after_a_change_by_the_user_reads_statuses_again(aim, member):
    id_ = l2_policy(aim)
    page = opened(member)
    member.post(scope.PROJECT.url('statuses'))
    aim.requests.clear()
    first_poll(member, page, l2_policies=id_)

    assert (L2, 1) in looking_beneath.asked(aim)


def test_rows_of_a_page_are_kept_for_nobody_with_other_rights(aim, member, administrator):
    id_ = l2_policy(aim)
    opened(member)
    aim.requests.clear()
    poll(administrator, scope.ADMIN, l2_policies=id_)

    assert (L2, 1) in looking_beneath.asked(aim)


def test_an_administrators_page_of_one_project_is_read_once(aim, administrator):
    id_ = l2_policy(aim, **FAILED)
    page = opened(administrator, scope.ADMIN, project='demo')
    aim.requests.clear()
    row = first_poll(administrator, page, scope.ADMIN, l2_policies=id_).json()['rows'][L2][id_]

    assert row['below'][0]['state'] == 'error'
    assert looking_beneath.asked(aim) == [('networks', 'show')]


def test_a_heartbeat_says_what_is_beneath(aim, member):
    l2_policy(aim, **FAILED)
    l2_policy(aim, 'outer')
    fragment = markup.fragment(opened(member, headers=FRAGMENT).content.decode())

    assert below(fragment) == [('inner', 'error', ['network in error']), ('outer', 'ok', [])]


@pytest.mark.slow
def test_a_heartbeat_does_not_wait_for_what_is_beneath_and_its_page_retries(aim, member, monkeypatch):
    id_ = l2_policy(aim, **FAILED)
    opened(member)
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.5)
    aim.hold('networks')
    response = opened(member, headers={**FRAGMENT, 'Cache-Control': 'max-age=0'})

    assert response.status_code == 200
    assert below(markup.fragment(response.content.decode())) == [('inner', None, [])]
    assert int(response.headers['Retry-After']) > 0
    aim.release()
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    aim.requests.clear()
    headers = {NOT_BEFORE: response.headers[NOT_BEFORE], 'Cache-Control': 'max-age=0'}
    row = poll(member, headers=headers, l2_policies=id_).json()['rows'][L2][id_]
    assert row['below'][0]['state'] == 'error'
    assert looking_beneath.asked(aim) == []


def test_a_heartbeat_follows_what_changes_beneath(aim, member):
    net = aim.neutron.make('networks', 'l2p_inner')
    aim.make(L2, 'inner', network_id=net)
    found = []
    for sync in ('synced', 'error', 'build', 'synced'):
        aim.neutron.set(net, sync=sync)
        fragment = opened(member, headers={**FRAGMENT, 'Cache-Control': 'max-age=0'})
        found += below(markup.fragment(fragment.content.decode()))

    assert [(state, words) for _name, state, words in found] == [
        ('ok', []),
        ('error', ['network in error']),
        ('build', ['network being built']),
        ('ok', []),
    ]
