# SPDX-License-Identifier: Apache-2.0
"""The path of a chain: consumer, nodes in the order of the spec, provider; and what of it has failed."""

import pytest

from gbp_status_ui.health import causes
from gbp_status_ui.health.chain_path import explaining
from gbp_status_ui.health.chain_path import NODE_FAILED
from gbp_status_ui.health.chain_path import stops
from gbp_status_ui.model import registry

from tests import building
from tests.asking import gbp_of


def path(member, collection, id_):
    way = gbp_of(member)
    resource = way.show(registry.BY_COLLECTION[collection], id_)
    return stops(resource, causes.built_from(way, resource))


def described(found):
    return [(str(stop.label), stop.resource.name, stop.profile and stop.profile.name) for stop in found]


def test_a_path_leads_from_the_consumer_over_the_nodes_to_the_provider(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'))

    assert described(path(member, 'servicechain_instances', chain.id)) == [
        ('Consumer Group', 'edge-consumer', None),
        ('Chain Node', 'edge-z-fw', 'edge-profile'),
        ('Chain Node', 'edge-a-lb', 'edge-profile'),
        ('Provider Group', 'edge-provider', None),
    ]


def test_a_stop_that_cannot_be_read_is_left_out(gbp, member):
    chain = building.chain(gbp, member)
    gbp.delete(chain.provider)
    gbp.fail('service_profiles', 500)

    assert described(path(member, 'servicechain_instances', chain.id)) == [
        ('Consumer Group', 'edge-consumer', None),
        ('Chain Node', 'edge-fw', None),
    ]


def test_a_group_that_is_provider_and_consumer_stands_at_both_ends(gbp, member):
    chain = building.chain(gbp, member)
    gbp.change(chain.id, consumer_ptg_id=chain.provider)

    assert [name for _, name, _ in described(path(member, 'servicechain_instances', chain.id))] == [
        'edge-provider',
        'edge-fw',
        'edge-provider',
    ]


def test_a_node_that_stands_in_two_specs_of_a_chain_is_passed_twice(gbp, member):
    chain = building.chain(gbp, member)
    second = gbp.make('servicechain_specs', 'second', nodes=[chain.nodes[0]])
    gbp.change(chain.id, servicechain_specs=[chain.spec, second])

    assert [name for _, name, _ in described(path(member, 'servicechain_instances', chain.id))].count('edge-fw') == 2


def explained(member, chain):
    """Return (names of what explains a chain, names of the nodes of which one has failed)."""
    way = gbp_of(member)
    resource = way.show(registry.BY_COLLECTION['servicechain_instances'], chain.id)
    found, suspects = explaining(resource, causes.built_from(way, resource))
    return [one.resource.name for one in found], [one.resource.name for one in suspects]


def test_where_gbp_does_not_say_which_node_has_failed_it_may_be_any(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'), status='ERROR', details=NODE_FAILED)

    assert explained(member, chain) == ([], ['edge-z-fw', 'edge-a-lb'])


def test_a_node_in_error_is_the_one(gbp, member):
    chain = building.chain(gbp, member, nodes=('z-fw', 'a-lb'), status='ERROR', details=NODE_FAILED)
    gbp.set(chain.nodes[0], 'ERROR')

    assert explained(member, chain) == (['edge-z-fw'], [])


@pytest.mark.parametrize(('status', 'details'), [('BUILD', ''), ('ERROR', NODE_FAILED)])
def test_neither_a_build_nor_a_status_copied_from_the_chain_says_more_than_that_a_node_has_failed(
    gbp, member, status, details
):
    chain = building.chain(gbp, member, status='ERROR', details=NODE_FAILED)
    gbp.set(chain.provider, status, details)

    assert explained(member, chain) == ([], ['edge-fw'])


def test_a_group_that_failed_by_itself_explains_the_chain(gbp, member):
    chain = building.chain(gbp, member, status='ERROR', details=NODE_FAILED)
    gbp.set(chain.provider, 'ERROR', 'no route')

    assert explained(member, chain) == (['edge-provider'], [])


@pytest.mark.parametrize(('status', 'details'), [('ERROR', 'no route'), ('ERROR', ''), ('ACTIVE', NODE_FAILED)])
def test_where_gbp_does_not_say_that_a_node_has_failed_none_is_suspected(gbp, member, status, details):
    assert explained(member, building.chain(gbp, member, status=status, details=details)) == ([], [])


def test_other_kinds_have_no_path(gbp, member):
    chain = building.chain(gbp, member)

    assert path(member, 'servicechain_specs', chain.spec) == []
