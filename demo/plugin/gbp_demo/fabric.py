# SPDX-License-Identifier: Apache-2.0
"""The objects of a fabric by which the AIM driver realises GBP and Neutron, and what it makes of their states.

An object has a kind, a distinguished name, and the name that the fabric displays; `parent` is the object that it is
part of. A state is `synced`, `build`, `error`, or None where there is no record of the object.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple
from typing import Optional

SYNCED, BUILD, ERROR = 'synced', 'build', 'error'
NOT_APPLICABLE = 'N/A'
COMMON = 'uni/tn-common'
#: GBP's word for a state; without a record the driver waits for one.
WORDS = {SYNCED: 'ACTIVE', BUILD: 'BUILD', None: 'BUILD', ERROR: 'ERROR'}
SEVERITY = ('ERROR', 'BUILD', 'ACTIVE')
#: What the driver lets through to name servers, web servers and DHCP, both ways, for each L3 policy.
SERVICES = ('dns', 'r-dns', 'http', 'r-http', 'icmp', 'icmpv6', 'dhcp', 'r-dhcp', 'dhcpv6', 'r-dhcpv6')


#: The state of an object of the fabric.
State = Optional[str]

#: A resource of Neutron or GBP, as its API has it.
Row = dict[str, Any]


class FabricObject(NamedTuple):
    kind: str
    dn: str
    name: str
    parent: FabricObject | None = None


#: What tells the state of an object.
StateOf = Callable[[FabricObject], State]


def _child(parent: FabricObject, kind: str, part: str, name: str) -> FabricObject:
    return FabricObject(kind, '%s/%s' % (parent.dn, part), name, parent)


def tenant(project: str) -> FabricObject:
    return FabricObject('Tenant', 'uni/tn-prj_' + project, project)


#: The driver makes what GBP allows between groups, and routers, in the tenant that all others see.
_COMMON = FabricObject('Tenant', COMMON, 'common')


def bridge_domain(network: Row) -> FabricObject:
    return _child(tenant(network['tenant_id']), 'BridgeDomain', 'BD-net_' + network['id'], network['name'])


def default_profile(project: str) -> FabricObject:
    """Return the application profile of all that is in none of the project's own."""
    return _child(tenant(project), 'ApplicationProfile', 'ap-OpenStack', 'OpenStack')


def application_profile(project: str, application: Row) -> FabricObject:
    return _child(tenant(project), 'ApplicationProfile', 'ap-apg_' + application['id'], application['name'])


def default_endpoint_group(network: Row) -> FabricObject:
    """Return the endpoint group of a network, which is also that of the automatic group of its L2 policy."""
    profile = default_profile(network['tenant_id'])
    return _child(profile, 'EndpointGroup', 'epg-net_' + network['id'], network['name'])


def endpoint_group(group: Row, profile: FabricObject) -> FabricObject:
    return _child(profile, 'EndpointGroup', 'epg-' + group['id'], group['name'])


def vrf(scope: Row) -> FabricObject:
    return _child(tenant(scope['project_id']), 'VRF', 'ctx-as_' + scope['id'], scope['name'])


def unrouted_vrf() -> FabricObject:
    return _child(_COMMON, 'VRF', 'ctx-openstack_UnroutedVRF', 'CommonUnroutedVRF')


def gateway(network: Row, subnet: Row, address: str) -> FabricObject:
    """Return the fabric's subnet for one address of a router."""
    mask = subnet['cidr'].rpartition('/')[2]
    return _child(bridge_domain(network), 'Subnet', 'subnet-[%s/%s]' % (address, mask), subnet['name'])


def network_objects(network: Row, of_vrf: FabricObject) -> dict[str, FabricObject]:
    """Return what realises a network of a tenant, by the part that it plays."""
    return {
        'BridgeDomain': bridge_domain(network),
        'EndpointGroup': default_endpoint_group(network),
        'VRF': of_vrf,
    }


def outside_network(dn: str) -> FabricObject:
    """Return the external network of a distinguished name that an administrator gave."""
    outside = dn.rpartition('/')[0]
    name = outside.rpartition('/out-')[2]
    return FabricObject('ExternalNetwork', dn, name, FabricObject('L3Outside', outside, name))


def contract(rule_set: Row) -> FabricObject:
    return _child(_COMMON, 'Contract', 'brc-prs_' + rule_set['id'], rule_set['name'])


def subject(of_contract: FabricObject, name: str | None = None) -> FabricObject:
    part = 'subj-' + (name or of_contract.dn.rpartition('/brc-')[2])
    return _child(of_contract, 'ContractSubject', part, of_contract.name)


def router_contract(router: Row) -> FabricObject:
    return _child(_COMMON, 'Contract', 'brc-rtr_' + router['id'], router['name'])


def router_objects(router: Row) -> dict[str, FabricObject]:
    found = router_contract(router)
    return {'Contract': found, 'ContractSubject': subject(found, 'route')}


def filters(rule: Row) -> dict[str, FabricObject]:
    """Return the filters of a rule by direction."""
    return {
        'Forward': _child(_COMMON, 'Filter', 'flt-pr_' + rule['id'], rule['name']),
        'Reverse': _child(_COMMON, 'Filter', 'flt-reverse-pr_' + rule['id'], rule['name']),
    }


def entry(of_filter: FabricObject, name: str) -> FabricObject:
    return _child(of_filter, 'FilterEntry', 'e-' + name, of_filter.name)


def service_objects(l3_policy: Row) -> list[FabricObject]:
    """Return what lets members of an L3 policy reach name servers and DHCP; all of it counts for its L2 policies."""
    id_, name = l3_policy['id'], l3_policy['name']
    service = _child(_COMMON, 'Contract', 'brc-Svc-l3p_' + id_, name)
    of_services = [(part, _child(_COMMON, 'Filter', 'flt-Svc-%s-l3p_%s' % (part, id_), name)) for part in SERVICES]
    entries = [entry(one, part) for part, one in of_services]
    return [service, subject(service), *(one for _part, one in of_services), *entries]


def word(states: Iterable[State]) -> str:
    """Return GBP's word for some states: the worst of them."""
    return worst({WORDS.get(state, 'ACTIVE') for state in states})


def worst(words: Collection[str]) -> str:
    """Return the worst of some words, of which the driver knows only three."""
    return next((one for one in SEVERITY if one in words), 'ACTIVE')


def synchronization(states: Collection[State], without: str = NOT_APPLICABLE) -> str:
    """Return Neutron's synchronisation state for the states of an object's parts, or another `without` any part."""
    if not states:
        return without
    known = [BUILD if state is None else state for state in states]
    return next((state for state in (ERROR, BUILD) if state in known), SYNCED)


def scope_synchronization(state: State) -> str:
    """Return the synchronisation state of an address scope: other than elsewhere no record counts as synchronised."""
    return SYNCED if state is None else state


def networks_synchronization(networks: Sequence[Sequence[FabricObject]], state_of: StateOf) -> list[str]:
    """Return the synchronisation state of each network of one answer; each is given by its parts.

    The driver sorts states into networks by distinguished name, so of those that share a VRF only the last gets its
    state. The others wait for it for ever, and stay `build` unless a part of their own is in error.
    """
    last = {part.dn: place for place, parts in enumerate(networks) for part in parts}
    return [
        synchronization([state_of(part) if last[part.dn] == place else None for part in parts], without=BUILD)
        for place, parts in enumerate(networks)
    ]
