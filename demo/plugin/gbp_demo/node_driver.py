# SPDX-License-Identifier: Apache-2.0
"""The service chain node drivers of the demo (GBP 16 and before): each reports its node's part in a chain's status.

GBP makes the chain's status of them: ERROR if one node is, ACTIVE if all are, else BUILD, with a text of its own each;
the text of a driver is not passed on, and specs, nodes and profiles are always ACTIVE once they were shown.
"""

from __future__ import annotations

from typing import Any

from gbpservice.neutron.services.servicechain.plugins.ncp import exceptions
from gbpservice.neutron.services.servicechain.plugins.ncp.node_drivers import dummy_driver

from gbp_demo.fabric import Row
from gbp_demo.life import Said
from gbp_demo.statuses import OF_THIS_NEUTRON


class NoStatus(exceptions.NodeDriverError):
    """GBP leaves the chain's status as it is when a driver raises."""

    message = 'The backend reports no status for service chain %(chain)s'


class QuietNodeDriver(dummy_driver.NoopNodeDriver):
    """Like GBP's own node drivers it says nothing, so a chain stays BUILD; lifecycle.json may say something else."""

    def get_status(self, context: Any) -> Any:
        said = self._said(context.instance, context.current_node)
        if said is None:
            return super().get_status(context)
        status, details = said
        if status is None:
            raise NoStatus(chain=context.instance['id'])
        return {'status': status, 'status_details': details}

    def _said(self, chain: Row, node: Row) -> Said | None:
        return OF_THIS_NEUTRON.by_hand([chain, node])


class DetailedNodeDriver(QuietNodeDriver):
    """Reports the scripted life, too."""

    def _said(self, chain: Row, node: Row) -> Said:
        return OF_THIS_NEUTRON.of([chain, node], chain['status'])
