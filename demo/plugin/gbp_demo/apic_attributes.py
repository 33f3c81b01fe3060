# SPDX-License-Identifier: Apache-2.0
"""The values of the attributes that GBP's extensions `cisco-apic` and `cisco-apic-l3` define, for rows of Neutron.

What no state is has the default of its definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from gbpservice.neutron.extensions import cisco_apic
from gbpservice.neutron.extensions import cisco_apic_l3

from gbp_demo import fabric
from gbp_demo import lookups
from gbp_demo.below import OF_THIS_NEUTRON as BELOW
from gbp_demo.fabric import FabricObject
from gbp_demo.fabric import Row
from gbp_demo.fabric import State


def defaults(definitions: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return {attribute: default} as the API would take the default from a request."""
    return {
        name: about.get('convert_to', lambda value: value)(about['default'])
        for name, about in definitions.items()
        if 'default' in about
    }


NETWORK = defaults({name: about for name, about in cisco_apic.NET_ATTRIBUTES.items() if name != cisco_apic.DIST_NAMES})
EXTERNAL_NETWORK = defaults(cisco_apic.EXT_NET_ATTRIBUTES)
SUBNET = defaults(cisco_apic.EXT_SUBNET_ATTRIBUTES)
PORT = defaults(cisco_apic.PORT_ATTRIBUTES)
ROUTER = defaults(cisco_apic_l3.EXT_GW_ATTRIBUTES)


def of_networks(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one answer with the attributes of `cisco-apic`."""
    parts = [network_parts(row) for row in rows]
    states = fabric.networks_synchronization([list(found.values()) for found in parts], BELOW.state_of)
    return [_of_network(*one) for one in zip(rows, parts, states)]


def _of_network(row: Row, parts: Mapping[str, FabricObject], state: State) -> Row:
    more = EXTERNAL_NETWORK if row.get('router:external') else {}
    return {**row, **NETWORK, **more, **_names_and_state(row, parts, state)}


def network_parts(row: Row) -> dict[str, FabricObject]:
    """Return the objects of the fabric that realise a network, by the part that they play."""
    if row.get('router:external'):
        dn = lookups.outside_of(row['id'])
        return {cisco_apic.EXTERNAL_NETWORK: fabric.outside_network(dn)} if dn else {}
    return fabric.network_objects(row, _vrf_of(row))


def _vrf_of(network: Row) -> FabricObject:
    identifier = network.get('ipv4_address_scope') or network.get('ipv6_address_scope')
    scope = identifier and lookups.address_scope_of(identifier)
    return fabric.vrf(scope) if scope else fabric.unrouted_vrf()


def of_subnet(row: Row) -> Row:
    network = lookups.network_of(row['network_id'])
    parts = {address: fabric.gateway(network, row, address) for address in lookups.router_addresses(row['id'])}
    return {**row, **SUBNET, **_names_and_state(row, parts, _state(parts))}


def of_port(row: Row) -> Row:
    """Ports have no names, and their state never applies."""
    return {**row, **PORT, cisco_apic.SYNC_STATE: cisco_apic.SYNC_NOT_APPLICABLE}


def of_address_scope(row: Row) -> Row:
    found = fabric.vrf(row)
    state = fabric.scope_synchronization(BELOW.state_of(found))
    return {**row, **_names_and_state(row, {cisco_apic.VRF: found}, state)}


def of_router(row: Row) -> Row:
    parts = fabric.router_objects(row)
    return {**row, **ROUTER, **_names_and_state(row, parts, _state(parts))}


def _state(parts: Mapping[str, FabricObject]) -> State:
    return fabric.synchronization([BELOW.state_of(part) for part in parts.values()])


def _names_and_state(row: Row, parts: Mapping[str, FabricObject], state: State) -> dict[str, Any]:
    return {
        cisco_apic.DIST_NAMES: {name: part.dn for name, part in parts.items()},
        cisco_apic.SYNC_STATE: BELOW.synchronization_of(row, state),
    }


def keep_outside(context: Any, network: Row, names: object) -> None:
    """Keep the distinguished name that was given with a new external network."""
    dn = isinstance(names, dict) and names.get(cisco_apic.EXTERNAL_NETWORK)
    if dn:
        lookups.keep_outside(context, network['id'], dn)


def network_made(network: Row) -> None:
    """The fabric begins to deploy a new network."""
    BELOW.made(fabric.bridge_domain(network))
    BELOW.made(fabric.default_endpoint_group(network))
