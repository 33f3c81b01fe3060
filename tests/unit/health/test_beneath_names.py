# SPDX-License-Identifier: Apache-2.0
"""The names that the fabric has for resources, and their addresses."""

from django.test import override_settings
import pytest

from gbp_status_ui import conf
from gbp_status_ui.health import beneath
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource


@pytest.mark.parametrize(
    ('pattern', 'address'),
    [
        ('', ''),
        ('https://apic.example.org/#c:a|{dn}', 'https://apic.example.org/#c:a|uni%2Ftn-a%3F%22%3E%3Cscript%3E'),
        ('http://a/{dn}?n={dn}', 'http://a/uni%2Ftn-a%3F%22%3E%3Cscript%3E?n=uni%2Ftn-a%3F%22%3E%3Cscript%3E'),
        ('javascript:{dn}', ''),
    ],
)
def test_a_name_of_the_fabric_has_an_address_in_which_it_is_quoted(pattern, address):
    with override_settings(GBP_STATUS_UI={'apic_url': pattern}):
        assert beneath.fabric_address('uni/tn-a?"><script>') == address
    assert conf.get('apic_url') == ''


def test_a_kind_that_was_read_in_part_is_not_said_to_be_well():
    subnets = neutron.BY_COLLECTION['subnets']
    group = Resource(registry.BY_COLLECTION['policy_target_groups'], {'id': 'a', 'status': 'ACTIVE'})
    one = neutron.NeutronObject(subnets, {'id': 'b', neutron.SYNC_STATE: 'synced'}, has_extension=True)

    assert beneath.Beneath(group, (one,)).without_error == [subnets]
    assert beneath.Beneath(group, (one,), unread=(subnets,)).without_error == []


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

    assert beneath.Beneath(Resource(registry.KINDS[0], {'id': 'a'}), objects).well == words
