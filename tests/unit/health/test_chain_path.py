# SPDX-License-Identifier: Apache-2.0
"""The path of a chain: provider, nodes in the order of the spec, consumer."""

import pytest

from gbp_status_ui.health import causes
from gbp_status_ui.health.chain_path import chain_path
from gbp_status_ui.health.chain_path import NODE_FAILED
from gbp_status_ui.health.chain_path import suspects
from gbp_status_ui.model import registry

from tests import building
from tests.asking import door


def path(member, collection, id_):
    way = door(member)
    resource = way.show(registry.BY_COLLECTION[collection], id_)
    return chain_path(resource, causes.built_from(way, resource))


def stops(found):
    return [(str(stop.label), stop.resource.name, stop.profile and stop.profile.name) for stop in found]


def test_a_path_leads_from_the_provider_over_the_nodes_to_the_consumer(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'))

    assert stops(path(member, 'servicechain_instances', chain.id)) == [
        ('Provider Group', 'edge-provider', None),
        ('Chain Node', 'edge-z-fw', 'edge-profile'),
        ('Chain Node', 'edge-a-lb', 'edge-profile'),
        ('Consumer Group', 'edge-consumer', None),
    ]


def test_a_stop_that_cannot_be_read_is_left_out(gbp, member):
    chain = building.chain(gbp, member)
    gbp.delete(chain.provider)
    gbp.fail('service_profiles', 500)

    assert stops(path(member, 'servicechain_instances', chain.id)) == [
        ('Chain Node', 'edge-fw', None),
        ('Consumer Group', 'edge-consumer', None),
    ]


def test_a_group_that_is_provider_and_consumer_stands_at_both_ends(gbp, member):
    chain = building.chain(gbp, member)
    gbp.change(chain.id, consumer_ptg_id=chain.provider)

    assert [name for _, name, _ in stops(path(member, 'servicechain_instances', chain.id))] == [
        'edge-provider',
        'edge-fw',
        'edge-provider',
    ]


def test_a_node_that_stands_in_two_specs_of_a_chain_is_passed_twice(gbp, member):
    chain = building.chain(gbp, member)
    second = gbp.make('servicechain_specs', 'second', nodes=[chain.nodes[0]])
    gbp.change(chain.id, servicechain_specs=[chain.spec, second])

    assert [name for _, name, _ in stops(path(member, 'servicechain_instances', chain.id))].count('edge-fw') == 2


def suspected(member, chain):
    way = door(member)
    resource = way.show(registry.BY_COLLECTION['servicechain_instances'], chain.id)
    return [one.resource.name for one in suspects(resource, causes.built_from(way, resource))]


def test_where_gbp_does_not_say_which_node_has_failed_all_are_suspected(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'), status='ERROR', details=NODE_FAILED)

    assert suspected(member, chain) == ['edge-z-fw', 'edge-a-lb']


def test_where_a_node_is_in_error_no_other_is_suspected(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'), status='ERROR', details=NODE_FAILED)
    gbp.set(chain.nodes[0], 'ERROR')

    assert suspected(member, chain) == []


@pytest.mark.parametrize(('status', 'details'), [('ERROR', 'no route'), ('ERROR', ''), ('ACTIVE', NODE_FAILED)])
def test_where_gbp_does_not_say_that_a_node_has_failed_none_is_suspected(gbp, member, status, details):
    assert suspected(member, building.chain(gbp, member, status=status, details=details)) == []


def test_other_kinds_have_no_path(gbp, member):
    chain = building.chain(gbp, member)

    assert path(member, 'servicechain_specs', chain.spec) == []
