# SPDX-License-Identifier: Apache-2.0
"""What the page of a resource calls the attributes of the GBP API, as GBP's documentation does.

Facts and relations are called by their entries in the registry. The others stand here, those of GBP's own extensions
(``proxy_group``, ``cisco-apic-gbp`` and the like) among them.
"""

from typing import Union

from django.utils.translation import gettext_lazy as _

from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import Relation

_LABELS = {
    'action_value': _('Action Value'),
    'address_scope_v4_id': _('IPv4 Address Scope'),
    'address_scope_v6_id': _('IPv6 Address Scope'),
    'allowed_vm_names': _('Allowed VM Names'),
    'cluster_id': _('Cluster ID'),
    'config': _('Configuration'),
    'config_param_names': _('Configuration Parameter Names'),
    'config_param_values': _('Configuration Parameter Values'),
    'destination': _('Destination'),
    'enforce_service_chains': _('Enforce Service Chains'),
    'external_routes': _('External Routes'),
    'fixed_ips': _('Fixed IPs'),
    'group_default_gateway': _('Group Default Gateway'),
    'inject_default_route': _('Inject Default Route'),
    'intra_ptg_allow': _('Intra-Group Allow'),
    'ip_address': _('IP Address'),
    'is_auto_ptg': _('Automatic Group'),
    'network_service_params': _('Network Service Parameters'),
    'nexthop': _('Next Hop'),
    'port_address_translation': _('Port Address Translation'),
    'proxied_group_id': _('Proxied Group'),
    'proxy_gateway': _('Proxy Gateway'),
    'proxy_group_id': _('Proxy Group'),
    'proxy_ip_pool': _('Proxy IP Pool'),
    'proxy_subnet_prefix_length': _('Proxy Subnet Prefix Length'),
    'proxy_type': _('Proxy Type'),
    'reuse_bd': _('Reuse Bridge Domain'),
    'segmentation_labels': _('Segmentation Labels'),
    'service_flavor': _('Service Flavor'),
    'service_management': _('Service Management'),
    'service_type': _('Service Type'),
    'subnet_id': _('Subnet'),
    'subnetpools_v4': _('IPv4 Subnet Pools'),
    'subnetpools_v6': _('IPv6 Subnet Pools'),
}


def label_of(attribute: str, kind: Kind) -> str:
    """Return what an attribute of a resource is called; one that nobody has named is called as the API does."""
    entries: tuple[Union[Fact, Relation], ...] = (*kind.facts, *kind.relations, *kind.neutron)
    of_kind = {entry.attribute: entry.label for entry in entries}
    return {**of_kind, **_LABELS}.get(attribute, attribute)
