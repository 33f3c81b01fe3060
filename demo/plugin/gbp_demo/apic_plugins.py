# SPDX-License-Identifier: Apache-2.0
"""Neutron's plugins of the backend `apic`: with GBP's extensions `cisco-apic` and `cisco-apic-l3`.

They add names for the fabric and the states of its objects; the definitions are those of the package
group-based-policy, the values come from apic_attributes.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gbpservice.neutron.extensions import cisco_apic
from gbpservice.neutron.extensions import cisco_apic_l3
from neutron_lib.db import utils

from gbp_demo import apic_attributes as attributes
from gbp_demo import neutron_plugins as plugins
from gbp_demo.fabric import Row


class ApicCore(plugins.Core):
    _supported_extension_aliases = plugins.Core._supported_extension_aliases + [cisco_apic.ALIAS]

    def create_network(self, context: Any, network: Row) -> Row:
        """Make a network, and keep the name that an administrator gives to an external one."""
        made = super().create_network(context, network)
        attributes.keep_outside(context, made, network['network'].get(cisco_apic.DIST_NAMES))
        attributes.network_made(made)
        return self.get_network(context, made['id'])

    def get_subnet(self, context: Any, identifier: str, fields: Any = None) -> Row:
        return utils.resource_fields(attributes.of_subnet(super().get_subnet(context, identifier)), fields)

    def get_subnets(self, context: Any, filters: Any = None, fields: Any = None, **more: Any) -> list[Row]:
        rows = super().get_subnets(context, filters, **more)
        return [utils.resource_fields(attributes.of_subnet(row), fields) for row in rows]

    def get_address_scope(self, context: Any, identifier: str, fields: Any = None) -> Row:
        return utils.resource_fields(
            attributes.of_address_scope(super().get_address_scope(context, identifier)), fields
        )

    def get_address_scopes(self, context: Any, filters: Any = None, fields: Any = None, **more: Any) -> list[Row]:
        rows = super().get_address_scopes(context, filters, **more)
        return [utils.resource_fields(attributes.of_address_scope(row), fields) for row in rows]

    def _networks(self, rows: Sequence[Row]) -> list[Row]:
        return attributes.of_networks(plugins.with_status(rows, synchronized=True))

    def _ports(self, rows: Sequence[Row]) -> list[Row]:
        return [attributes.of_port(row) for row in plugins.with_status(rows)]


class ApicRouters(plugins.Routers):
    _supported_extension_aliases = plugins.Routers._supported_extension_aliases + [cisco_apic_l3.ALIAS]

    def _routers(self, rows: Sequence[Row]) -> list[Row]:
        return [attributes.of_router(row) for row in plugins.with_status(rows, synchronized=True)]
