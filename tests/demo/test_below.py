# SPDX-License-Identifier: Apache-2.0
"""What below.json and the scripted life say of the fabric and of Neutron's objects."""

import json

from gbp_demo import below
from gbp_demo import below_life
from gbp_demo import fabric
from gbp_demo import life
import pytest

from demo.seed import bakery
from demo.seed import infrastructure
from demo.seed import shop_groups
from demo.seed import shop_network

NETWORK = {'id': '1f', 'name': 'l2p_web', 'tenant_id': 't', 'status': 'ACTIVE'}
DOMAIN = fabric.bridge_domain(NETWORK)
GATEWAY = fabric.gateway(NETWORK, {'name': 's', 'cidr': '10.0.0.0/24'}, '10.0.0.1')
SEEDED = {
    (one.collection, one.name)
    for one in [*infrastructure.RESOURCES, *shop_network.RESOURCES, *shop_groups.RESOURCES, *bakery.RESOURCES]
}


@pytest.fixture
def known(tmp_path):
    return below.Below(str(tmp_path))


@pytest.fixture
def write(tmp_path):
    def _write(name, content):
        fresh = tmp_path / 'fresh'
        fresh.write_text(json.dumps(content))
        fresh.replace(tmp_path / name)

    return _write


def test_all_is_synchronised_while_the_cloud_is_seeded_or_bare(known):
    assert known.state_of(DOMAIN) == 'synced'
    assert known.status_of(NETWORK) == 'ACTIVE'


@pytest.mark.parametrize('state', ['error', 'build', None])
def test_an_object_of_the_fabric_is_named_by_its_distinguished_name(known, write, state):
    write('below.json', {DOMAIN.dn: state})
    assert known.state_of(DOMAIN) == state


def test_a_part_fails_with_what_it_is_part_of_unless_it_has_an_entry(known, write):
    write('below.json', {DOMAIN.dn: 'error', '*': 'synced'})
    assert known.state_of(GATEWAY) == 'error'
    write('below.json', {DOMAIN.dn: 'error', GATEWAY.dn: 'synced'})
    assert known.state_of(GATEWAY) == 'synced'


def test_what_is_pending_takes_nothing_along(known, write):
    write('below.json', {DOMAIN.dn: 'build'})
    assert known.state_of(GATEWAY) == 'synced'


@pytest.mark.parametrize('key', ['1f', 'l2p_web'])
@pytest.mark.parametrize(
    ('said', 'synchronized', 'status', 'synchronization'),
    [
        ('error', False, 'ERROR', 'error'),
        ('build', False, 'BUILD', 'build'),
        ('synced', False, 'ACTIVE', 'synced'),
        ('error', True, 'ACTIVE', 'error'),
        ('ERROR', True, 'ERROR', 'reported'),
        ('DOWN', False, 'DOWN', 'reported'),
        ('N/A', True, 'ACTIVE', 'N/A'),
        ('banana', False, 'BANANA', 'banana'),
    ],
)
def test_an_object_of_neutron_is_named_by_id_or_name(known, write, key, said, synchronized, status, synchronization):
    write('below.json', {key: said})
    assert known.status_of(NETWORK, synchronized) == status
    assert known.synchronization_of(NETWORK, 'reported') == synchronization


def test_the_default_is_for_the_fabric_alone(known, write):
    write('below.json', {'*': 'error'})
    assert known.state_of(DOMAIN) == 'error'
    assert known.status_of(NETWORK) == 'ACTIVE'
    assert known.synchronization_of(NETWORK, 'reported') == 'reported'


def test_an_entry_that_is_no_word_is_logged_and_passed_over(known, write, caplog):
    write('below.json', {DOMAIN.dn: ['error', 'text'], '*': 'build'})
    assert known.state_of(DOMAIN) == 'build'
    assert DOMAIN.dn in caplog.text


def test_the_life_counts_from_the_epoch(known, write):
    write('life.json', {'epoch': 1000})
    group = fabric.endpoint_group({'id': '1', 'name': 'search-api'}, fabric.default_profile('t'))
    assert [known.state_of(group, now) for now in (1001, 1060)] == ['build', 'synced']
    port = {'id': '2', 'name': 'pt_kafka-broker-03', 'status': 'DOWN'}
    assert [known.status_of(port, now=now) for now in (1001, 1060)] == ['BUILD', 'ERROR']


def test_what_is_made_meanwhile_is_deployed_first(known, write):
    write('life.json', {'epoch': 1000})
    known.made(DOMAIN, now=2000)
    assert [known.state_of(DOMAIN, now) for now in (2001, 2010)] == ['build', 'synced']


def test_what_was_seeded_is_not_deployed_again(known, write):
    known.made(DOMAIN, now=990)
    write('life.json', {'epoch': 1000})
    assert known.state_of(DOMAIN, now=1001) == 'synced'


def test_what_an_earlier_start_has_made_is_not_deployed_again(known, write):
    write('life.json', {'epoch': 1000})
    assert known.state_of(DOMAIN, now=1001) == 'synced'


#: The seeded resource that a displayed name of the fabric, or the name of a port, comes from.
ORIGINS = {
    'EndpointGroup': ('policy_target_groups', '{}'),
    'BridgeDomain': ('l2_policies', 'l2p_{}'),
    'Subnet': ('l2_policies', 'apic_owned_{}'),
    'VRF': ('l3_policies', 'l3p_{}_4'),
    'Filter': ('policy_rules', '{}'),
    'ApplicationProfile': ('application_policy_groups', '{}'),
    'L3Outside': ('external_segments', '{}'),
}
CONTRACTS = {('policy_rule_sets', '{}'), ('l3_policies', '{}'), ('l3_policies', 'l3p_{}')}


def test_every_script_belongs_to_a_seeded_resource():
    def names(origins):
        return {form.format(name) for kind, form in origins for collection, name in SEEDED if collection == kind}

    for kind, name in below_life.FABRIC:
        assert name in names(CONTRACTS if kind == 'Contract' else {ORIGINS[kind]})
    assert set(below_life.STATUSES) <= names({('policy_targets', 'pt_{}')})


@pytest.mark.parametrize('state', ['synced', 'build', 'error'])
def test_the_fabric_is_in_every_state_at_some_time(state):
    assert state in {said for script in below_life.FABRIC.values() for _lasts, said in script}


@pytest.mark.parametrize('minutes', range(0, 60, 3))
def test_most_of_the_fabric_works_and_something_moves_at_any_time(minutes):
    now = [life.step_at(script, minutes * 60)[0] for script in below_life.FABRIC.values()]
    assert now.count('error') <= len(now) / 2
    assert sum(script[-1][0] is not None for script in below_life.FABRIC.values()) >= 5
