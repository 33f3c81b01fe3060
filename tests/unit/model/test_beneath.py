# SPDX-License-Identifier: Apache-2.0
"""What is said of the objects beneath a resource that are well."""

import pytest

from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.resource import Resource


def test_a_kind_that_was_read_in_part_is_not_said_to_be_well():
    subnets = neutron.BY_COLLECTION['subnets']
    group = Resource(registry.BY_COLLECTION['policy_target_groups'], {'id': 'a', 'status': 'ACTIVE'})
    one = neutron.NeutronObject(subnets, {'id': 'b', neutron.SYNC_STATE: 'synced'}, has_extension=True)

    assert Beneath(group, (one,)).without_error == [subnets]
    assert Beneath(group, (one,), unread=(subnets,)).without_error == []


def test_that_an_object_is_down_is_no_error():
    ports = neutron.BY_COLLECTION['ports']
    target = Resource(registry.BY_COLLECTION['policy_targets'], {'id': 'a', 'status': 'ACTIVE'})
    down = neutron.NeutronObject(ports, {'id': 'b', 'status': 'DOWN'}, has_extension=True)

    assert Beneath(target, (down,)).without_error == [ports]


@pytest.mark.parametrize(
    ('members', 'words'),
    [
        ([], ''),
        (['network'], 'network'),
        (['subnet', 'subnet'], 'subnets'),
        (['router', 'address_scope'], 'router and address scope'),
        (['network', 'subnet', 'subnet', 'port'], 'network, subnets and port'),
    ],
)
def test_the_kinds_without_an_error_are_named_in_a_sentence(members, words):
    kinds = {kind.member: kind for kind in neutron.KINDS}
    objects = tuple(
        neutron.NeutronObject(
            kinds[member], {'id': str(number), 'status': 'ACTIVE', neutron.SYNC_STATE: 'synced'}, True
        )
        for number, member in enumerate(members)
    )

    assert Beneath(Resource(registry.KINDS[0], {'id': 'a'}), objects).well == words
