# SPDX-License-Identifier: Apache-2.0
"""What the drivers of the demo look up in Neutron's database about objects that belong together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from typing import TypeVar

from gbpservice.neutron.db.grouppolicy import group_policy_db
from gbpservice.neutron.db.grouppolicy import group_policy_mapping_db as mapping_db
from gbpservice.neutron.plugins.ml2plus.drivers.apic_aim import extension_db
from neutron.db import models_v2
from neutron.db.models import address_scope
from neutron.db.models import l3
from neutron_lib import constants
from neutron_lib import context as contexts
from neutron_lib.db import api as db_api
from neutron_lib.plugins import directory

from gbp_demo.fabric import Row

_Found = TypeVar('_Found')


def in_session(look: Callable[..., _Found]) -> Callable[..., _Found]:
    """Run `look(session, ...)` in a session of its own: rights were checked before, and parts may be another's."""

    def run(*arguments: object) -> _Found:
        context = contexts.get_admin_context()
        with db_api.CONTEXT_READER.using(context):
            return look(context.session, *arguments)

    return run


def columns(session: Any, model: Any, identifier: str, *names: str) -> Row:
    """Return some columns of a row, {} if there is none. Its model would load all that belongs to it, too."""
    found = session.query(*(getattr(model, name) for name in names)).filter(model.id == identifier).first()
    return dict(zip(names, found or ()))


@in_session
def address_scope_of(session: Any, identifier: str) -> Row:
    """Return id, name and project of an address scope, or {}."""
    return columns(session, address_scope.AddressScope, identifier, 'id', 'name', 'project_id')


@in_session
def network_of(session: Any, identifier: str) -> Row:
    """Return id, name, project and stored status of a network, or {}."""
    found = columns(session, models_v2.Network, identifier, 'id', 'name', 'project_id', 'status')
    return {**found, 'tenant_id': found['project_id']} if found else {}


@in_session
def router_addresses(session: Any, subnet_id: str) -> list[str]:
    """Return the addresses that routers have in a subnet, in their order."""
    rows = (
        session.query(models_v2.IPAllocation.ip_address)
        .join(l3.RouterPort, l3.RouterPort.port_id == models_v2.IPAllocation.port_id)
        .filter(models_v2.IPAllocation.subnet_id == subnet_id)
        .filter(l3.RouterPort.port_type == constants.DEVICE_OWNER_ROUTER_INTF)
    )
    return sorted(address for (address,) in rows)


@in_session
def outside_of(session: Any, network_id: str) -> str | None:
    """Return the distinguished name that was given with an external network, or None."""
    kept = extension_db.NetworkExtensionDb
    return session.query(kept.external_network_dn).filter(kept.network_id == network_id).scalar()


def keep_outside(context: Any, network_id: str, dn: str) -> None:
    with db_api.CONTEXT_WRITER.using(context):
        context.session.add(extension_db.NetworkExtensionDb(network_id=network_id, external_network_dn=dn))


def network_of_l2_policy(session: Any, identifier: str) -> Row:
    """Return id, name and project of the network of an L2 policy, or {}."""
    network_id = columns(session, mapping_db.L2PolicyMapping, identifier, 'network_id').get('network_id')
    return network_of(network_id) if network_id else {}


def l3_policy_of(session: Any, l2_policy: Row) -> Row:
    """Return id, name and project of the L3 policy of an L2 policy."""
    return columns(session, mapping_db.L3PolicyMapping, l2_policy['l3_policy_id'], 'id', 'name', 'tenant_id')


def application_of(session: Any, identifier: str) -> Row:
    """Return id and name of an application policy group."""
    return columns(session, group_policy_db.ApplicationPolicyGroup, identifier, 'id', 'name')


def projects_in_application(session: Any, identifier: str) -> list[str]:
    """Return the projects that have groups in an application policy group, in their order."""
    rows = session.query(group_policy_db.PolicyTargetGroup.tenant_id).filter_by(application_policy_group_id=identifier)
    return sorted({project for (project,) in rows})


def classifier_of(session: Any, rule: Row) -> Row:
    """Return protocol and ports of a rule's classifier, as the API writes them."""
    found = session.get(group_policy_db.PolicyClassifier, rule['policy_classifier_id'])
    return directory.get_plugin('GROUP_POLICY')._make_policy_classifier_dict(found)


def action_type_of(session: Any, rule: Row) -> str | None:
    """Return the type of the first action of a rule, or None."""
    first = rule['policy_actions'][:1]
    return columns(session, group_policy_db.PolicyAction, first[0], 'action_type')['action_type'] if first else None
