# SPDX-License-Identifier: Apache-2.0
"""A Neutron with the backend `apic` beside the shared cloud: it says what matrix.py has of the real driver."""

from urllib.parse import quote

import pytest

from demo.seed import plant

from tests.demo import matrix
from tests.demo.apic_world import Apic
from tests.demo.apic_world import WORLD

GBP = '16'
EXTENSIONS = {
    'cisco-apic': 'Cisco APIC',
    'cisco-apic-l3': 'Cisco APIC L3',
    'cisco-apic-gbp': 'Cisco APIC GBP',
}
STATE, NAMES = 'apic:synchronization_state', 'apic:distinguished_names'


@pytest.fixture(scope='module')
def running(apic_neutron):
    """That Neutron with the world of this module."""
    plant.Planter(apic_neutron.keystone_url, None, apic_neutron.url).plant(WORLD)
    return Apic(apic_neutron.keystone_url, apic_neutron.url, apic_neutron.directory)


@pytest.fixture
def apic(running):
    running.say()
    yield running
    running.say()


@pytest.fixture(scope='module')
def beneath(running):
    """Return {name of the matrix: its row of Neutron}."""
    core = running.row('l3_policies', 'core')
    nets = {name: running.show('networks', running.row('l2_policies', name)['network_id']) for name in ('web', 'shop')}
    (subnet,) = running.row('policy_target_groups', 'api')['subnets']
    routers = [running.show('routers', id_) for id_ in core['routers']]
    return {
        'network of web': nets['web'],
        'network of shop': nets['shop'],
        'subnet of web': running.show('subnets', subnet),
        'address scope of core': running.show('address-scopes', core['address_scope_v4_id']),
        'router of core': next(router for router in routers if router['name'] == 'l3p_core'),
        'outside network': running.row('networks', 'outside-internet-edge'),
    }


@pytest.fixture(scope='module')
def names(running, beneath):
    """Return {object of the fabric: its distinguished name}, as the API tells them."""
    core, rule = running.row('l3_policies', 'core'), running.row('policy_rules', 'allow')[NAMES]
    network, rule_set = beneath['network of web'][NAMES], running.row('policy_rule_sets', 'access')[NAMES]
    home = rule_set['Contract'].rpartition('/')[0]
    return {
        'bridge domain of web': network['BridgeDomain'],
        'endpoint group of api': running.row('policy_target_groups', 'api')[NAMES]['EndpointGroup'],
        'endpoint group of web': network['EndpointGroup'],
        'VRF of core': network['VRF'],
        'subnet of web': next(iter(beneath['subnet of web'][NAMES].values())),
        'application profile of store': running.row('application_policy_groups', 'store')[NAMES]['ApplicationProfile'][
            0
        ],
        'application profile of the tenant': network['EndpointGroup'].rpartition('/')[0],
        'contract of access': rule_set['Contract'],
        'subject of access': rule_set['ContractSubject'],
        'filter of allow': rule['Forward-FilterEntries'][0].rpartition('/')[0],
        'filter entry of allow': rule['Forward-FilterEntries'][0],
        'implicit contract of core': f'{home}/brc-implicit-l3p_{core["id"]}',
        'service contract of core': f'{home}/brc-Svc-l3p_{core["id"]}',
        'contract of the router of core': beneath['router of core'][NAMES]['Contract'],
        'outside network': beneath['outside network'][NAMES]['ExternalNetwork'],
    }


KINDS = (
    'l3_policies',
    'l2_policies',
    'policy_target_groups',
    'application_policy_groups',
    'policy_rules',
    'policy_rule_sets',
)


def gbp(apic):
    """Return {name of the matrix: word} of all resources that have one, each checked to have no details."""
    found = [row for kind in KINDS for row in apic.rows(kind)]
    policies = {row['id']: row['name'] for row in found if 'l3_policy_id' in row}
    words = {}
    for row in found:
        name = f'automatic group of {policies[row["l2_policy_id"]]}' if row.get('is_auto_ptg') else row['name']
        words[name] = row['status']
        assert row['status_details'] is None
    return words


COLLECTIONS = ('networks', 'subnets', 'routers', 'address-scopes')


def neutron(apic, beneath):
    """Return {name of the matrix: synchronisation state}: as in lists, which are wrong of networks alone."""
    shown = {name: apic.show('networks', row['id'])[STATE] for name, row in beneath.items() if 'network' in name}
    return {**listed(apic, beneath), **shown}


def listed(apic, beneath):
    rows = {row['id']: row[STATE] for collection in COLLECTIONS for row in apic.rows(collection)}
    return {name: rows[row['id']] for name, row in beneath.items()}


def of(said, word):
    return {name for name, one in said.items() if one == word}


def test_the_extensions_are_those_of_gbp(apic):
    found = apic.extensions()
    assert {alias: found.get(alias) for alias in EXTENSIONS} == EXTENSIONS


@pytest.mark.parametrize('failure', matrix.FAILURES, ids=lambda failure: failure.what)
def test_what_fails_is_in_error_where_the_driver_says_so_and_nowhere_else(apic, beneath, names, failure):
    apic.say(**{names[failure.what]: 'error'})
    assert of(gbp(apic), 'ERROR') == failure.gbp
    assert of(neutron(apic, beneath), 'error') == failure.neutron
    if failure.neutron & matrix.NETWORKS:
        in_lists = of(listed(apic, beneath), 'error')
        assert in_lists - matrix.NETWORKS == failure.neutron - matrix.NETWORKS
        networks = len(in_lists & matrix.NETWORKS)
        assert networks == (1 if failure.listed == matrix.ONE_NETWORK else len(failure.neutron & matrix.NETWORKS))


def test_at_rest_all_is_well_but_rules(apic, beneath):
    words = gbp(apic)
    assert of(words, 'BUILD') == matrix.ALWAYS_BUILD
    assert of(words, 'ERROR') == set()
    assert set(neutron(apic, beneath).values()) == {'synced'}


@pytest.mark.parametrize('collection', sorted(matrix.WITHOUT_WORD))
def test_the_other_kinds_have_no_word(apic, collection):
    rows = apic.rows(collection)
    assert rows
    assert {(row['status'], row['status_details']) for row in rows} == {(None, None)}


def test_what_is_pending_is_being_built(apic, beneath, names):
    apic.say(**{names['endpoint group of api']: 'build', names['VRF of core']: 'build'})
    assert of(gbp(apic), 'BUILD') == {'api', 'core'} | matrix.ALWAYS_BUILD
    assert of(neutron(apic, beneath), 'build') == {'address scope of core'} | matrix.NETWORKS


def test_an_address_scope_is_synchronised_without_a_record(apic, beneath, names):
    apic.say(**{names['VRF of core']: None})
    assert 'core' in of(gbp(apic), 'BUILD')
    assert of(neutron(apic, beneath), 'build') == matrix.NETWORKS


@pytest.mark.parametrize('fields', ['', f'fields=id&fields={quote(STATE)}'])
def test_lists_of_networks_know_only_the_last_of_a_vrf(apic, beneath, fields):
    ids = [beneath[name]['id'] for name in sorted(matrix.NETWORKS)]
    by_ids = '&'.join([*(f'id={id_}' for id_ in ids), *filter(None, [fields])])
    for query in (fields, by_ids):
        states = [row[STATE] for row in apic.rows('networks', query) if row['id'] in ids]
        assert sorted(states) == ['build', 'synced']
    for id_ in ids:
        assert [row[STATE] for row in apic.rows('networks', f'id={id_}&{fields}')] == ['synced']


def test_ports_have_a_status_and_no_state(apic):
    port = apic.show('ports', apic.row('policy_targets', 'api-1')['port_id'])
    assert (port['name'], port['status'], port[STATE]) == ('pt_api-1', 'DOWN', 'N/A')
    assert NAMES not in port
    apic.say(**{'pt_api-1': 'error'})
    assert apic.show('ports', port['id'])['status'] == 'ERROR'
    assert [row['id'] for row in apic.rows('ports', 'status=ERROR')] == [port['id']]


@pytest.mark.parametrize('name', ['network of web', 'router of core', 'subnet of web', 'address scope of core'])
def test_an_object_of_neutron_may_be_in_error_by_itself(apic, beneath, name):
    apic.say(**{beneath[name]['id']: 'error'})
    assert of(neutron(apic, beneath), 'error') == {name}
    assert of(gbp(apic), 'ERROR') == set()


def test_each_resource_is_realised_by_objects_that_are_named_after_it(apic, beneath):
    core = apic.row('l3_policies', 'core')
    assert {apic.show('routers', id_)['name'] for id_ in core['routers']} == {'l3p_core', 'core-internet-edge'}
    assert [apic.show('subnetpools', id_)['name'] for id_ in core['subnetpools_v4']] == ['l3p_core']
    assert list(core['external_segments'].values()) != [['']]
    found = {name: row['name'] for name, row in beneath.items() if not name.startswith('outside')}
    assert found == {
        'network of web': 'l2p_web',
        'network of shop': 'l2p_shop',
        'subnet of web': 'apic_owned_web',
        'address scope of core': 'l3p_core_4',
        'router of core': 'l3p_core',
    }
    assert apic.row('external_segments', 'internet-edge')['subnet_id']
    assert apic.row('nat_pools', 'internet-edge-floating')['subnet_id']


def test_each_l2_policy_has_an_automatic_group(apic):
    groups = apic.rows('policy_target_groups', 'is_auto_ptg=True')
    policies = {row['id'] for row in apic.rows('l2_policies')}
    assert {row['l2_policy_id'] for row in groups} == policies
    assert {row['name'] for row in groups} == {f'ptg-for-l2p-{id_}' for id_ in policies}
    assert all(row['id'].startswith('auto') and len(row['id']) == 36 for row in groups)
    assert all(row['intra_ptg_allow'] for row in groups)


@pytest.mark.parametrize('collection', ['networks', 'subnets', 'routers', 'ports'])
def test_a_filter_by_the_state_is_ignored(apic, collection):
    found = apic.rows(collection, f'{quote(STATE)}=error')
    assert found
    assert {row['id'] for row in found} == {row['id'] for row in apic.rows(collection)}


def test_a_filter_by_the_state_of_address_scopes_is_refused(apic):
    assert apic.get('/v2.0/address-scopes', f'{quote(STATE)}=error').status_code == 400
