# SPDX-License-Identifier: Apache-2.0
"""Neutron's core and router plugins of the demo: their objects report the status that below.py knows.

Rights and fields are Neutron's own: a plugin changes values in the rows that it returns, before Neutron decides what of
them a user may see.
"""

from __future__ import annotations

from collections.abc import Sequence

# Neutron's lists of ports need this model, and nothing that the demo loads imports it.
from typing import Any

from neutron.db.models import port_forwarding  # noqa: F401
from neutron.plugins.ml2 import plugin as ml2
from neutron.services.l3_router import l3_router_plugin as l3
from neutron_lib.db import utils

from gbp_demo.below import OF_THIS_NEUTRON as BELOW
from gbp_demo.fabric import Row


def with_status(rows: Sequence[Row], synchronized: bool = False) -> list[Row]:
    return [{**row, 'status': BELOW.status_of(row, synchronized)} for row in rows]


def only(rows: Sequence[Row], filters: Any, fields: Any) -> list[Row]:
    """Return the fields of the rows whose status is asked for: stored are others than those reported."""
    wanted = (filters or {}).get('status')
    return [utils.resource_fields(row, fields) for row in rows if not wanted or row['status'] in wanted]


def without_status(filters: Any) -> dict[str, Any]:
    return {name: value for name, value in (filters or {}).items() if name != 'status'}


class Core(ml2.Ml2Plugin):
    """ML2 without agents."""

    def create_network(self, context: Any, network: dict[str, Any]) -> Row:
        # GBP makes networks without what the API fills in, and Neutron 27 asks for this.
        network['network'].setdefault('router:external', False)
        return super().create_network(context, network)

    def get_network(self, context: Any, identifier: str, fields: Any = None, **more: Any) -> Row:
        return utils.resource_fields(self._networks([super().get_network(context, identifier, **more)])[0], fields)

    def get_networks(self, context: Any, filters: Any = None, fields: Any = None, **more: Any) -> list[Row]:
        return only(self._networks(super().get_networks(context, without_status(filters), **more)), filters, fields)

    def get_port(self, context: Any, identifier: str, fields: Any = None) -> Row:
        return utils.resource_fields(self._ports([super().get_port(context, identifier)])[0], fields)

    def get_ports(self, context: Any, filters: Any = None, fields: Any = None, **more: Any) -> list[Row]:
        return only(self._ports(super().get_ports(context, without_status(filters), **more)), filters, fields)

    def _networks(self, rows: Sequence[Row]) -> list[Row]:
        return with_status(rows)

    def _ports(self, rows: Sequence[Row]) -> list[Row]:
        return with_status(rows)


class Routers(l3.L3RouterPlugin):
    """Routers without agents."""

    def get_router(self, context: Any, identifier: str, fields: Any = None) -> Row:
        return utils.resource_fields(self._routers([super().get_router(context, identifier)])[0], fields)

    def get_routers(self, context: Any, filters: Any = None, fields: Any = None, **more: Any) -> list[Row]:
        return only(self._routers(super().get_routers(context, without_status(filters), **more)), filters, fields)

    def _routers(self, rows: Sequence[Row]) -> list[Row]:
        return with_status(rows)
