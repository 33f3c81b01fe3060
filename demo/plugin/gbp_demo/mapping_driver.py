# SPDX-License-Identifier: Apache-2.0
"""The GBP policy drivers of the demo that realise GBP in Neutron, as those of GBP do: `reference` and `apic`.

Networks, subnets, routers, ports, address scopes and subnet pools are made by GBP's own code, after the transaction
that makes the resource: SQLite cannot nest a write. An id that is given is used instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gbpservice.neutron.services.grouppolicy.drivers import neutron_resources

from gbp_demo import subtransactions
from gbp_demo.fabric import Row
from gbp_demo.policy_driver import prepare_database
from gbp_demo.policy_driver import RESOURCES
from gbp_demo.statuses import OF_THIS_NEUTRON as STATUSES


class ReferenceDriver(neutron_resources.CommonNeutronBase):
    """Realises GBP in Neutron, and reports no status."""

    def initialize(self) -> None:
        super().initialize()
        prepare_database()
        subtransactions.allow()

    def create_l3_policy_postcommit(self, context: Any) -> None:
        self._create_l3p_subnetpools_postcommit(context)
        if not context.current['routers']:
            self._use_implicit_router(context)
        segments = context.current['external_segments']
        for segment in self._get_external_segments(context._plugin_context, {'id': list(segments)}) if segments else ():
            self._reach_outside(context, segment, segments)

    def _reach_outside(self, context: Any, segment: Row, addresses: Any) -> None:
        """Make a further router, by which an L3 policy reaches an external segment."""
        name = '%s-%s' % (context.current['name'], segment['name'])
        router_id = self._use_implicit_router(context, router_name=name)
        plugin_context = context._plugin_context.elevated()
        router = self._create_router_gw_for_external_segment(plugin_context, segment, addresses, router_id)
        fixed = router['external_gateway_info']['external_fixed_ips']
        own = [one['ip_address'] for one in fixed if one['subnet_id'] == segment['subnet_id']]
        context.set_external_fixed_ips(segment['id'], own)

    def delete_l3_policy_postcommit(self, context: Any) -> None:
        self._delete_l3p_subnetpools_postcommit(context)
        for router_id in context.current['routers']:
            self._cleanup_router(context._plugin_context, router_id)

    def create_policy_target_group_postcommit(self, context: Any) -> None:
        if not context.current['l2_policy_id']:
            self._use_implicit_l2_policy(context)
        self._use_subnets(context)

    def _use_subnets(self, context: Any) -> None:
        """All groups of an L2 policy share its subnets; the first one makes it."""
        policy = context._plugin.get_l2_policy(context._plugin_context, context.current['l2_policy_id'])
        there = self._core_plugin.get_subnets_by_network(context._plugin_context, policy['network_id'])
        if not there:
            there = self._make_subnets(context, policy)
        missing = {subnet['id'] for subnet in there} - set(context.current['subnets'])
        context.add_subnets(missing)

    def _make_subnets(self, context: Any, policy: Row) -> list[Row]:
        name = 'apic_owned_' + policy['name']
        made = self._use_implicit_subnet_from_subnetpool(context, subnet_specifics={'name': name})
        routers = self._get_l3p_for_l2policy(context, policy['id'])['routers']
        for subnet in made:
            self._join(context._plugin_context.elevated(), routers, subnet)
        return made

    def _join(self, plugin_context: Any, routers: Iterable[str], subnet: Row) -> None:
        """Give each router an address in a subnet; the first one is its gateway."""
        for place, router_id in enumerate(routers):
            interface = {'subnet_id': subnet['id']}
            if place:
                interface = {'port_id': self._make_interface(plugin_context, router_id, subnet)['id']}
            self._add_router_interface(plugin_context, router_id, interface)

    def _make_interface(self, plugin_context: Any, router_id: str, subnet: Row) -> Row:
        attributes = {
            'tenant_id': subnet['tenant_id'],
            'network_id': subnet['network_id'],
            'fixed_ips': [{'subnet_id': subnet['id']}],
            'device_id': '',
            'device_owner': '',
            'name': '%s-%s' % (router_id, subnet['id']),
            'admin_state_up': True,
        }
        return self._create_port(plugin_context, attributes)

    def delete_policy_target_group_postcommit(self, context: Any) -> None:
        if context.current['l2_policy_id']:
            self._cleanup_l2_policy(context, context.current['l2_policy_id'])

    def delete_l2_policy_precommit(self, context: Any) -> None:
        context.routers = self._get_l3p_for_l2policy(context, context.current['id'])['routers']

    def delete_l2_policy_postcommit(self, context: Any) -> None:
        if context.current['network_id']:
            self._remove_subnets(context)
        super().delete_l2_policy_postcommit(context)

    def _remove_subnets(self, context: Any) -> None:
        plugin_context = context._plugin_context.elevated()
        for subnet in self._get_subnets(plugin_context, {'network_id': [context.current['network_id']]}):
            for router_id in context.routers:
                self._leave(plugin_context, router_id, subnet)
            self._cleanup_subnet(plugin_context, subnet['id'])

    def _leave(self, plugin_context: Any, router_id: str, subnet: Row) -> None:
        filters = {'device_id': [router_id], 'fixed_ips': {'subnet_id': [subnet['id']]}}
        for port in self._get_ports(plugin_context, filters):
            self._remove_router_interface(plugin_context, router_id, {'port_id': port['id']})

    def create_policy_target_postcommit(self, context: Any) -> None:
        if not context.current['port_id']:
            self._use_implicit_port(context)

    def delete_policy_target_postcommit(self, context: Any) -> None:
        self._cleanup_port(context._plugin_context, context.current.get('port_id'))

    def create_nat_pool_precommit(self, context: Any) -> None:
        if self._has_subnet(context):
            self._add_nat_pool_to_segment(context)

    def create_nat_pool_postcommit(self, context: Any) -> None:
        if self._has_subnet(context):
            self._add_implicit_subnet_for_nat_pool_create(context)

    def _has_subnet(self, context: Any) -> bool:
        segment = context.current['external_segment_id']
        return segment and context._plugin.get_external_segment(context._plugin_context, segment)['subnet_id']

    def delete_nat_pool_postcommit(self, context: Any) -> None:
        self._delete_subnet_on_nat_pool_delete(context)

    def status_of(self, kind: str, context: Any) -> str | None:
        """Return the word of this backend for a resource, or None."""

    def report_status(self, kind: str, context: Any) -> None:
        resource = context.current
        said = STATUSES.by_hand([resource])
        resource['status'], resource['status_details'] = said or (self.status_of(kind, context), None)


for _resource in RESOURCES:
    setattr(
        ReferenceDriver,
        'get_%s_status' % _resource,
        lambda self, context, kind=_resource: self.report_status(kind, context),
    )
