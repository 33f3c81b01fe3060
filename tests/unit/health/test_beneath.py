# SPDX-License-Identifier: Apache-2.0
"""What is beneath resources: the objects, the worst of their states, and whether that is a problem of its own."""

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.health import beneath
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.resource import Resource

from tests.asking import gbp_of

L2_POLICIES = registry.BY_COLLECTION['l2_policies']
L3_POLICIES = registry.BY_COLLECTION['l3_policies']
GROUPS = registry.BY_COLLECTION['policy_target_groups']
TARGETS = registry.BY_COLLECTION['policy_targets']
SEGMENTS = registry.BY_COLLECTION['external_segments']
POOLS = registry.BY_COLLECTION['nat_pools']
KINDS = (GROUPS, L2_POLICIES, L3_POLICIES, TARGETS, SEGMENTS, POOLS)


def l2_policy(gbp, status='ACTIVE', name='inner', **network):
    """Make an L2 policy with its network; return the ids of both."""
    net = gbp.neutron.make('networks', f'l2p_{name}', **network)
    return gbp.make(L2_POLICIES.collection, name, status=status, network_id=net), net


def listed(gbp, way, *kinds):
    rows = [row for listing in way.listings(kinds or KINDS).values() for row in listing.rows]
    gbp.requests.clear()
    return rows


def on_page(gbp, client, *kinds):
    """Return {name: Beneath} of all rows of some kinds, and the person's Gbp."""
    way = gbp_of(client)
    assert way.extensions
    rows = listed(gbp, way, *kinds)
    found = beneath.of(way, rows)
    assert list(found.values()) == [row.beneath for row in rows if row.beneath]
    return {one.resource.name: one for one in found.values()}, way


def told(found):
    return {name: [(one.kind.member, one.state.value) for one in below.objects] for name, below in found.items()}


def asked(gbp):
    return sorted(one.collection for one in gbp.requests)


def test_each_kind_has_its_objects(aim, member):
    outside = aim.neutron.make('networks', 'outside', sync='error')
    subnet = aim.neutron.make('subnets', 'outer', network_id=outside)
    l2_policy(aim, name='l2')
    aim.make(GROUPS.collection, 'group', subnets=[aim.neutron.make('subnets', 'inner', sync='build')])
    routers = [aim.neutron.make('routers', 'l3p_1'), aim.neutron.make('routers', 'l3p_2', sync='error')]
    scopes = {f'address_scope_{ip}_id': aim.neutron.make('address_scopes', ip) for ip in ('v4', 'v6')}
    aim.make(L3_POLICIES.collection, 'l3', routers=routers, **scopes)
    aim.make(TARGETS.collection, 'target', port_id=aim.neutron.make('ports', 'port', status='DOWN'))
    aim.make(SEGMENTS.collection, 'segment', status=None, subnet_id=subnet)
    aim.make(POOLS.collection, 'pool', status=None, subnet_id=subnet)
    found, _way = on_page(aim, member)

    assert told(found) == {
        'l2': [('network', 'ok')],
        'group': [('subnet', 'build')],
        'l3': [('router', 'ok'), ('router', 'error'), ('address_scope', 'ok'), ('address_scope', 'ok')],
        'target': [('port', 'down')],
        'segment': [('subnet', 'ok'), ('network', 'error')],
        'pool': [('subnet', 'ok'), ('network', 'error')],
    }
    assert asked(aim) == ['address_scopes', 'networks', 'networks', 'ports', 'routers', 'subnets']


def test_calls_grow_with_the_networks_alone(aim, member):
    for number in range(20):
        l2_policy(aim, name=f'l2-{number}')
        aim.make(L3_POLICIES.collection, f'l3-{number}', routers=[aim.neutron.make('routers', 'edge')])
        aim.make(GROUPS.collection, f'group-{number}', subnets=[aim.neutron.make('subnets', 'inner')])
    on_page(aim, member)

    assert asked(aim) == [*['networks'] * 20, 'routers', 'subnets']


def test_without_the_extensions_calls_do_not_grow(gbp, member):
    for number in range(20):
        l2_policy(gbp, name=f'l2-{number}')
    on_page(gbp, member, L2_POLICIES)

    assert asked(gbp) == ['networks']


@pytest.mark.parametrize(
    ('status', 'sync', 'worse', 'problem'),
    [
        ('ACTIVE', 'error', True, True),
        ('BUILD', 'error', True, True),
        (None, 'error', True, True),
        ('BANANA', 'error', True, True),
        ('ERROR', 'error', False, False),
        ('ACTIVE', 'build', True, False),
        (None, 'build', True, False),
        ('BUILD', 'build', False, False),
        ('ERROR', 'build', False, False),
        ('ACTIVE', 'synced', False, False),
        ('BANANA', 'synced', False, False),
        (None, 'N/A', False, False),
    ],
)
def test_what_is_worse_than_gbps_word_is_said_and_an_error_is_a_problem(aim, member, status, sync, worse, problem):
    l2_policy(aim, status, sync=sync)
    below = on_page(aim, member, L2_POLICIES)[0]['inner']

    assert (below.is_worse, below.is_problem) == (worse, problem)


def test_a_stopped_machine_is_no_problem_though_nothing_else_is_reported(aim, member):
    aim.make(TARGETS.collection, 'web', status=None, port_id=aim.neutron.make('ports', 'port', status='DOWN'))
    below = on_page(aim, member, TARGETS)[0]['web']

    assert (below.state, below.is_worse, below.is_problem, below.words) == (neutron.DOWN, False, False, '')


def test_nothing_is_worse_than_what_has_not_been_read(aim, member):
    net = aim.neutron.make('networks', 'net', sync='error')
    row = Resource(L2_POLICIES, {'id': 'a', 'network_id': net})
    way = gbp_of(member)

    assert not beneath.of(way, [row])['l2_policies', 'a'].is_worse
    row.renew({'status': 'ACTIVE'})
    assert row.beneath.is_worse


def test_the_most_urgent_is_what_a_sentence_says(aim, member):
    routers = [aim.neutron.make('routers', 'one', sync='build'), aim.neutron.make('routers', 'two')]
    scope = aim.neutron.make('address_scopes', 'vrf', sync='error')
    aim.make(L3_POLICIES.collection, 'l3', routers=routers, address_scope_v4_id=scope)
    below = on_page(aim, member, L3_POLICIES)[0]['l3']

    assert [one.name for one in below.unwell] == ['vrf', 'one']
    assert (below.state, str(below.words)) == (neutron.ERROR, 'address scope in error')


def test_what_neutron_reports_no_error_of_is_named_by_kind(aim, member):
    routers = [aim.neutron.make('routers', 'one'), aim.neutron.make('routers', 'two', sync='N/A', status='DOWN')]
    scope = aim.neutron.make('address_scopes', 'vrf', sync='N/A')
    aim.make(L3_POLICIES.collection, 'l3', routers=routers, address_scope_v4_id=scope)
    below = on_page(aim, member, L3_POLICIES)[0]['l3']

    assert [kind.member for kind in below.without_error] == ['router']


def test_the_names_of_the_fabric_are_those_of_the_resource_and_of_what_is_beneath(aim, member):
    subnet = aim.neutron.make('subnets', 'inner', names={'10.0.0.1/24': 'uni/tn-a/BD-b/subnet-c'})
    names = {'apic:distinguished_names': {'EndpointGroup': 'uni/tn-a/ap-b/epg-c'}}
    aim.make(GROUPS.collection, 'web', subnets=[subnet], **names)
    below = on_page(aim, member, GROUPS)[0]['web']

    assert below.fabric_names == [('EndpointGroup', 'uni/tn-a/ap-b/epg-c'), ('10.0.0.1/24', 'uni/tn-a/BD-b/subnet-c')]


def test_what_the_user_may_not_see_is_not_there(aim, member):
    routers = [aim.neutron.make('routers', 'theirs', project='other', sync='error')]
    scope = aim.neutron.make('address_scopes', 'vrf', project='other', shared=True)
    aim.make(L3_POLICIES.collection, 'l3', project='other', shared=True, routers=routers, address_scope_v4_id=scope)
    found, way = on_page(aim, member, L3_POLICIES)

    assert told(found) == {'l3': [('address_scope', 'ok')]}
    assert (found['l3'].is_problem, found['l3'].unread, way.unread) == (False, (), {})


def test_what_could_not_be_read_leaves_gbps_word_and_is_said_in_one_place(aim, member):
    aim.fail('networks', 500)
    l2_policy(aim, sync='error')
    aim.make(GROUPS.collection, 'web', subnets=[aim.neutron.make('subnets', 'inner')])
    found, way = on_page(aim, member, L2_POLICIES, GROUPS)

    assert [kind.collection for kind in found['inner'].unread] == ['networks']
    assert (found['inner'].is_problem, found['inner'].without_error, found['web'].unread) == (False, [], ())
    assert {name: failure.reason for name, failure in way.unread.items()} == {'networks': Reason.ERROR}


def test_a_hidden_state_is_no_claim_that_all_is_well(aim, member):
    aim.neutron.hides = lambda _person, _collection: {neutron.SYNC_STATE}
    l2_policy(aim)
    below = on_page(aim, member, L2_POLICIES)[0]['inner']

    assert (below.without_error, [kind.collection for kind in below.unread]) == ([], ['networks'])


def test_what_is_still_being_read_is_pending(aim, member, monkeypatch):
    l2_policy(aim)
    aim.make(SEGMENTS.collection, 'segment', subnet_id=aim.neutron.make('subnets', 'outer', network_id='net'))
    way = gbp_of(member)
    rows = listed(aim, way, L2_POLICIES, SEGMENTS, GROUPS)
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.3)
    aim.hold('networks')
    aim.hold('subnets')
    found = {one.resource.name: one for one in beneath.of(way, rows).values()}

    assert {name: (below.is_pending, below.objects) for name, below in found.items()} == {
        'inner': (True, ()),
        'segment': (True, ()),
    }


@pytest.mark.parametrize('value', [None, '', 5, True, ['a', None, 5, {}], {}, 'no/id', {'a': 1}, [['a']]], ids=repr)
def test_an_attribute_that_names_nothing_is_no_error(aim, member, value):
    aim.make(L2_POLICIES.collection, 'inner', network_id=value)
    aim.make(L3_POLICIES.collection, 'l3', routers=value, address_scope_v4_id=value)

    assert told(on_page(aim, member, L2_POLICIES, L3_POLICIES)[0]) == {'inner': [], 'l3': []}


def test_the_setting_turns_it_off(aim, member):
    l2_policy(aim, sync='error')
    with override_settings(GBP_STATUS_UI={'neutron_states': False}):
        way = gbp_of(member)
        rows = way.listings([L2_POLICIES])['l2_policies'].rows
        found = beneath.of(way, rows), beneath.in_scope(way, rows).problems

    assert found == ({}, {})
    assert rows[0].beneath is None
    assert {one.collection for one in aim.requests} == {'l2_policies'}
    assert 'network_id' not in aim.requests[0].parameters['fields']


def test_a_scope_has_the_problems_beneath_all_of_its_resources_in_one_list_a_kind(aim, member):
    """A failed VRF is told by the address scope; a list of networks may say so of one network alone."""
    scope = aim.neutron.make('address_scopes', 'vrf', sync='error')
    aim.make(L3_POLICIES.collection, 'l3', address_scope_v4_id=scope)
    l2_policy(aim, name='l2-silent', sync='error', listed_as='build')
    l2_policy(aim, name='l2-told', sync='error')
    l2_policy(aim, name='l2-known', status='ERROR', sync='error')
    l2_policy(aim, name='l2-well')
    aim.make(TARGETS.collection, 'target', status=None, port_id=aim.neutron.make('ports', 'port', status='ERROR'))
    outside = aim.neutron.make('networks', 'outside', sync='error')
    subnet = aim.neutron.make('subnets', 'outer', network_id=outside)
    aim.make(SEGMENTS.collection, 'segment', status=None, subnet_id=subnet)
    way = gbp_of(member)
    rows = listed(aim, way)
    found = beneath.in_scope(way, rows)
    words = {below.resource.name: str(below.words) for below in found.problems.values()}

    assert words == {
        'l3': 'address scope in error',
        'l2-told': 'network in error',
        'target': 'port in error',
        'segment': 'network in error',
    }
    assert {row.name for row in rows if row.beneath} == {*words, 'l2-known'}
    assert asked(aim) == sorted(['extensions', *neutron.BY_COLLECTION])


def test_what_is_shown_of_a_scope_is_read_truly(aim, member):
    policy, net = l2_policy(aim, sync='error')
    way = gbp_of(member)
    rows = listed(aim, way, L2_POLICIES)
    assert list(beneath.in_scope(way, rows).problems) == [('l2_policies', policy)]
    aim.neutron.set(net, sync='synced')

    assert not beneath.of(way, rows)['l2_policies', policy].is_problem


@pytest.mark.slow
def test_a_scope_says_what_is_pending_and_what_could_not_be_read(aim, member, monkeypatch):
    way = gbp_of(member)
    assert way.extensions
    aim.fail('routers', 500)
    aim.hold('networks')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    found = beneath.in_scope(way, [])

    assert found.is_pending
    assert [kind.collection for kind in found.unread] == ['routers']
