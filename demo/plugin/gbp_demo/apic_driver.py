# SPDX-License-Identifier: Apache-2.0
"""The backend `apic`: reports of GBP what the AIM driver reports, with its names for the fabric, and no more.

GBP's extension `cisco-apic-gbp` and the driver that fills it are those of the package group-based-policy; that driver
asks the policy driver here for the names.
"""

from __future__ import annotations

from collections.abc import Callable
import hashlib
from typing import Any

from gbpservice.neutron.extensions import cisco_apic
from gbpservice.neutron.extensions import cisco_apic_gbp
from gbpservice.neutron.extensions import group_policy
from gbpservice.neutron.services.grouppolicy import plugin as gbp_plugin
from gbpservice.neutron.services.grouppolicy.drivers.cisco.apic import apic_mapping_lib
from gbpservice.neutron.services.grouppolicy.drivers.extensions import aim_mapping_extension_driver
from neutron_lib import constants
from neutron_lib.plugins import directory

from gbp_demo import apic_words as words
from gbp_demo import fabric
from gbp_demo import lookups
from gbp_demo.below import OF_THIS_NEUTRON as BELOW
from gbp_demo.fabric import FabricObject
from gbp_demo.fabric import Row
from gbp_demo.mapping_driver import ReferenceDriver

NAMES = cisco_apic.DIST_NAMES


class ApicDriver(ReferenceDriver):
    def create_l2_policy_postcommit(self, context: Any) -> None:
        super().create_l2_policy_postcommit(context)
        self._make_automatic_group(context._plugin_context, context.current)

    def _make_automatic_group(self, plugin_context: Any, policy: Row) -> None:
        about = {
            'id': automatic_id(policy),
            'tenant_id': policy['tenant_id'],
            'name': 'ptg-for-l2p-' + policy['id'],
            'description': 'System created PTG for L2P (UUID: %s)' % policy['id'],
            'l2_policy_id': policy['id'],
            'proxied_group_id': None,
            'proxy_type': None,
            'proxy_group_id': constants.ATTR_NOT_SPECIFIED,
            'network_service_policy_id': None,
            'service_management': False,
            'shared': policy['shared'],
            'intra_ptg_allow': True,
        }
        self._create_policy_target_group(plugin_context, about)

    def delete_l2_policy_precommit(self, context: Any) -> None:
        super().delete_l2_policy_precommit(context)
        group = self._automatic_group(context)
        if group:
            # Otherwise it would keep its L2 policy from being deleted.
            group.update({'l2_policy_id': None})

    def delete_l2_policy_postcommit(self, context: Any) -> None:
        if self._automatic_group(context):
            plugin, group_id = context._plugin, automatic_id(context.current)
            plugin._remove_subnets_from_policy_target_group(context._plugin_context, group_id)
            # Only its row: the plugin would ask for its status, which needs the L2 policy.
            super(gbp_plugin.GroupPolicyPlugin, plugin).delete_policy_target_group(context._plugin_context, group_id)
        super().delete_l2_policy_postcommit(context)

    def _automatic_group(self, context: Any) -> Any:
        try:
            return context._plugin._get_policy_target_group(context._plugin_context, automatic_id(context.current))
        except group_policy.PolicyTargetGroupNotFound:
            return None

    def create_policy_target_group_postcommit(self, context: Any) -> None:
        super().create_policy_target_group_postcommit(context)
        BELOW.made(endpoint_group(context._plugin_context.session, context.current))

    def create_policy_rule_set_postcommit(self, context: Any) -> None:
        BELOW.made(fabric.contract(context.current))

    def status_of(self, kind: str, context: Any) -> str | None:
        """Return the word for the kinds that have one, else None."""
        report = REPORTS.get(kind)
        return report and report(context._plugin_context, context.current)

    def extend_policy_target_group_dict(self, session: Any, result: dict[str, Any]) -> None:
        result[NAMES] = {cisco_apic.EPG: endpoint_group(session, result).dn}

    def extend_application_policy_group_dict(self, session: Any, result: dict[str, Any]) -> None:
        result[NAMES] = {cisco_apic.AP: [one.dn for one in application_profiles(session, result)]}

    def extend_policy_rule_dict(self, session: Any, result: dict[str, Any]) -> None:
        result[NAMES] = {
            direction: [one.dn for one in entries] for direction, entries in filter_entries(session, result).items()
        }

    def extend_policy_rule_set_dict(self, session: Any, result: dict[str, Any]) -> None:
        contract = fabric.contract(result)
        result[NAMES] = {
            cisco_apic_gbp.CONTRACT: contract.dn,
            cisco_apic_gbp.CONTRACT_SUBJECT: fabric.subject(contract).dn,
        }


class ApicExtensionDriver(aim_mapping_extension_driver.AIMExtensionDriver):
    """GBP's own driver of the extension, which takes the names from the demo's policy driver."""

    @property
    def _pd(self) -> Any:
        return directory.get_plugin('GROUP_POLICY').policy_driver_manager.policy_drivers['demo_apic'].obj


def automatic_id(l2_policy: Row) -> str:
    return 'auto' + hashlib.md5(l2_policy['id'].encode(), usedforsecurity=False).hexdigest()


def endpoint_group(session: Any, group: Row) -> FabricObject:
    """Return the endpoint group of a group; that of an automatic group is its network's."""
    network = group['id'].startswith('auto') and lookups.network_of_l2_policy(session, group['l2_policy_id'])
    if network:
        return fabric.default_endpoint_group(network)
    application = group['application_policy_group_id']
    if not application:
        return fabric.endpoint_group(group, fabric.default_profile(group['tenant_id']))
    of_group = fabric.application_profile(group['tenant_id'], lookups.application_of(session, application))
    return fabric.endpoint_group(group, of_group)


def application_profiles(session: Any, application: Row) -> list[FabricObject]:
    """Return the application profiles of an application policy group: one for each project with groups in it."""
    projects = lookups.projects_in_application(session, application['id'])
    return [fabric.application_profile(project, application) for project in projects]


def filter_entries(session: Any, rule: Row) -> dict[str, list[FabricObject]]:
    """Return the filter entries of a rule under the names of its attribute, each direction that it has."""
    if lookups.action_type_of(session, rule) not in apic_mapping_lib.ALLOWING_ACTIONS:
        return {}
    entries = apic_mapping_lib.get_filter_entries_for_policy_classifier(lookups.classifier_of(session, rule))
    filters = fabric.filters(rule)
    found = {
        cisco_apic_gbp.FORWARD_FILTER_ENTRIES: (filters['Forward'], entries['forward_rules']),
        cisco_apic_gbp.REVERSE_FILTER_ENTRIES: (filters['Reverse'], entries['reverse_rules']),
    }
    return {
        name: [fabric.entry(of_filter, one) for one in sorted(names)]
        for name, (of_filter, names) in found.items()
        if names
    }


def l3_policy_word(plugin_context: Any, policy: Row) -> str:
    identifiers = [policy[name] for name in ('address_scope_v4_id', 'address_scope_v6_id') if policy[name]]
    scopes = [lookups.address_scope_of(one) for one in identifiers]
    return words.of_l3_policy(BELOW.state_of, [fabric.vrf(scope) for scope in scopes if scope])


def l2_policy_word(plugin_context: Any, policy: Row) -> str:
    network = policy['network_id'] and lookups.network_of(policy['network_id'])
    if not network:
        return 'ERROR'
    l3_policy = lookups.l3_policy_of(plugin_context.session, policy)
    return words.of_l2_policy(BELOW.state_of, l3_policy, BELOW.status_of(network, synchronized=True))


def group_word(plugin_context: Any, group: Row) -> str:
    return words.of_group(BELOW.state_of, endpoint_group(plugin_context.session, group))


def application_word(plugin_context: Any, application: Row) -> str:
    return words.of_application(BELOW.state_of, application_profiles(plugin_context.session, application))


REPORTS: dict[str, Callable[[Any, Row], str]] = {
    'l3_policy': l3_policy_word,
    'l2_policy': l2_policy_word,
    'policy_target_group': group_word,
    'application_policy_group': application_word,
    'policy_rule': lambda plugin_context, rule: words.of_rule(BELOW.state_of, rule),
    'policy_rule_set': lambda plugin_context, rule_set: words.of_rule_set(BELOW.state_of, rule_set),
}
