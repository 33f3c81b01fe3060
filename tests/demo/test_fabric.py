# SPDX-License-Identifier: Apache-2.0
"""Who says what of a fabric, without a cloud: the table of matrix.py, and what is pending or has no record."""

from gbp_demo import apic_words as words
from gbp_demo import below
from gbp_demo import fabric
import pytest

from tests.demo import matrix

DN = {'id': '1', 'name': 'core', 'tenant_id': 't', 'project_id': 't'}
ROUTER = {**DN, 'id': '2'}
NETWORKS = {name: {'id': name, 'name': f'l2p_{name}', 'tenant_id': 't'} for name in ('web', 'shop')}
SUBNETS = {name: {'id': name, 'name': name, 'cidr': '10.0.0.0/24'} for name in NETWORKS}
RULE_SET = {'id': '3', 'name': 'access', 'tenant_id': 't'}
RULE = {'id': '4', 'name': 'allow', 'tenant_id': 't'}
VRF = fabric.vrf(DN)
STORE = fabric.application_profile('t', {'id': '5', 'name': 'store'})
ENDPOINTS = {
    'api': fabric.endpoint_group({'id': '6', 'name': 'api'}, STORE),
    'plain': fabric.endpoint_group({'id': '7', 'name': 'plain'}, fabric.default_profile('t')),
}
OUTSIDE = fabric.outside_network('uni/tn-common/out-edge/instP-all')
GATEWAYS = {name: fabric.gateway(NETWORKS[name], SUBNETS[name], '10.0.0.1') for name in NETWORKS}
SERVICES = fabric.service_objects(DN)
CONTRACT = fabric.contract(RULE_SET)
PARTS = [list(fabric.network_objects(network, VRF).values()) for network in NETWORKS.values()]
OBJECTS = {
    'bridge domain of web': fabric.bridge_domain(NETWORKS['web']),
    'endpoint group of api': ENDPOINTS['api'],
    'endpoint group of web': fabric.default_endpoint_group(NETWORKS['web']),
    'VRF of core': VRF,
    'subnet of web': GATEWAYS['web'],
    'application profile of store': STORE,
    'application profile of the tenant': fabric.default_profile('t'),
    'contract of access': CONTRACT,
    'subject of access': fabric.subject(CONTRACT),
    'filter of allow': fabric.filters(RULE)['Forward'],
    'filter entry of allow': fabric.entry(fabric.filters(RULE)['Forward'], 'os-entry-0'),
    'implicit contract of core': SERVICES[0]._replace(dn=SERVICES[0].dn.replace('Svc', 'implicit')),
    'service contract of core': SERVICES[0],
    'contract of the router of core': fabric.router_contract(ROUTER),
    'outside network': OUTSIDE,
}


@pytest.fixture
def state_of(tmp_path):
    """Return a function that sets states by hand and returns what tells the state of each object."""

    def _state_of(**states):
        known = below.Below(str(tmp_path))
        by_dn = {OBJECTS[name.replace('_', ' ')].dn: state for name, state in states.items()}
        known._by_hand.read = lambda: {'*': 'synced', **by_dn}
        return known.state_of

    return _state_of


def gbp(state_of):
    return {
        'core': words.of_l3_policy(state_of, [VRF]),
        **{name: words.of_l2_policy(state_of, DN, 'ACTIVE') for name in NETWORKS},
        **{
            f'automatic group of {name}': words.of_group(state_of, fabric.default_endpoint_group(network))
            for name, network in NETWORKS.items()
        },
        **{name: words.of_group(state_of, endpoints) for name, endpoints in ENDPOINTS.items()},
        'store': words.of_application(state_of, [STORE]),
        'allow': words.of_rule(state_of, RULE),
        'access': words.of_rule_set(state_of, RULE_SET),
    }


def networks(state_of, listed=False):
    """Return the states of the networks in one list, or in a show of each."""
    answers = [PARTS] if listed else [[parts] for parts in PARTS]
    states = [state for answer in answers for state in fabric.networks_synchronization(answer, state_of)]
    return dict(zip(('network of web', 'network of shop'), states))


def neutron(state_of, listed=False):
    routers = fabric.router_objects(ROUTER).values()
    return {
        **networks(state_of, listed),
        **{f'subnet of {name}': fabric.synchronization([state_of(one)]) for name, one in GATEWAYS.items()},
        'address scope of core': fabric.scope_synchronization(state_of(VRF)),
        'router of core': fabric.synchronization([state_of(one) for one in routers]),
        'outside network': fabric.networks_synchronization([[OUTSIDE]], state_of)[0],
    }


def of(said, word):
    return {name for name, one in said.items() if one == word}


@pytest.mark.parametrize('failure', matrix.FAILURES, ids=lambda failure: failure.what)
def test_what_fails_is_in_error_where_the_driver_says_so_and_nowhere_else(state_of, failure):
    known = state_of(**{failure.what.replace(' ', '_'): 'error'})
    assert of(gbp(known), 'ERROR') == failure.gbp
    assert of(neutron(known), 'error') == failure.neutron


def test_everybody_of_the_table_is_somebody_of_the_world(state_of):
    known = state_of()
    assert {name for failure in matrix.FAILURES for name in failure.gbp} <= set(gbp(known))
    assert {name for failure in matrix.FAILURES for name in failure.neutron} <= set(neutron(known))
    assert set(OBJECTS) == {failure.what for failure in matrix.FAILURES}


def test_a_rule_is_being_built_for_ever_and_all_else_is_active(state_of):
    said = gbp(state_of())
    assert of(said, 'BUILD') == matrix.ALWAYS_BUILD
    assert of(said, 'ACTIVE') == set(said) - matrix.ALWAYS_BUILD


@pytest.mark.parametrize('state', ['build', None])
@pytest.mark.parametrize(
    # What is pending takes nothing along, so the groups of a profile do not wait for it.
    'failure',
    [failure for failure in matrix.FAILURES if not failure.what.startswith('application profile')],
    ids=lambda failure: failure.what,
)
def test_what_is_pending_or_unrecorded_is_being_built_in_the_same_places(state_of, failure, state):
    known = state_of(**{failure.what.replace(' ', '_'): state})
    scope = {'address scope of core'} if state is None else set()
    taken_along = {'bridge domain of web': {'subnet of web'}}.get(failure.what, set())
    assert of(gbp(known), 'BUILD') == failure.gbp | matrix.ALWAYS_BUILD
    assert of(neutron(known), 'build') == failure.neutron - scope - taken_along


def test_an_address_scope_is_synchronised_without_a_record(state_of):
    assert neutron(state_of(VRF_of_core=None))['address scope of core'] == 'synced'


def test_of_the_networks_of_a_vrf_a_list_knows_only_the_last(state_of):
    assert networks(state_of(), listed=True) == {'network of web': 'build', 'network of shop': 'synced'}
    assert networks(state_of()) == {'network of web': 'synced', 'network of shop': 'synced'}


def test_a_failed_vrf_is_an_error_of_one_network_in_a_list(state_of):
    known = state_of(VRF_of_core='error')
    assert networks(known, listed=True) == {'network of web': 'build', 'network of shop': 'error'}


def test_a_failed_bridge_domain_is_an_error_in_a_list_too(state_of):
    known = state_of(bridge_domain_of_web='error')
    assert networks(known, listed=True) == {'network of web': 'error', 'network of shop': 'synced'}


def test_a_network_without_a_name_in_the_fabric_waits_for_ever(state_of):
    assert fabric.networks_synchronization([[]], state_of()) == ['build']


def test_to_a_subnet_without_a_router_no_state_applies():
    assert fabric.synchronization([]) == 'N/A'


@pytest.mark.parametrize(
    ('status', 'word'), [('ACTIVE', 'ACTIVE'), ('DOWN', 'ACTIVE'), ('BUILD', 'BUILD'), ('ERROR', 'ERROR')]
)
def test_the_status_of_a_network_counts_for_its_l2_policy(state_of, status, word):
    assert words.of_l2_policy(state_of(), DN, status) == word


@pytest.mark.parametrize(
    ('named', 'name'),
    [
        (fabric.bridge_domain(NETWORKS['web']), 'uni/tn-prj_t/BD-net_web'),
        (ENDPOINTS['api'], 'uni/tn-prj_t/ap-apg_5/epg-6'),
        (fabric.default_endpoint_group(NETWORKS['web']), 'uni/tn-prj_t/ap-OpenStack/epg-net_web'),
        (GATEWAYS['web'], 'uni/tn-prj_t/BD-net_web/subnet-[10.0.0.1/24]'),
        (VRF, 'uni/tn-prj_t/ctx-as_1'),
        (OBJECTS['subject of access'], 'uni/tn-common/brc-prs_3/subj-prs_3'),
        (OBJECTS['filter entry of allow'], 'uni/tn-common/flt-pr_4/e-os-entry-0'),
        (SERVICES[0], 'uni/tn-common/brc-Svc-l3p_1'),
        (SERVICES[-1], 'uni/tn-common/flt-Svc-r-dhcpv6-l3p_1/e-r-dhcpv6'),
        (fabric.router_objects(ROUTER)['ContractSubject'], 'uni/tn-common/brc-rtr_2/subj-route'),
        (OUTSIDE.parent, 'uni/tn-common/out-edge'),
    ],
)
def test_names_are_those_of_the_fabric(named, name):
    assert named.dn == name


def test_an_outside_network_has_its_own_name():
    assert OUTSIDE.name == 'edge'
