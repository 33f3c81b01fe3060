# SPDX-License-Identifier: Apache-2.0
"""The service chain node driver of the demo (GBP 16 and before): reports the part of each node in a chain's status.

GBP makes the chain's status of them: ERROR if one node is, ACTIVE if all are, else BUILD, with a text of its own each;
the text of a driver is not passed on, and specs, nodes and profiles are always ACTIVE once they were shown.
"""

from gbpservice.neutron.services.servicechain.plugins.ncp import exceptions
from gbpservice.neutron.services.servicechain.plugins.ncp.node_drivers import dummy_driver

from gbp_demo.statuses import OF_THIS_NEUTRON


class NoStatus(exceptions.NodeDriverError):
    """GBP leaves the chain's status as it is when a driver raises."""

    message = 'The backend reports no status for service chain %(chain)s'


class DemoNodeDriver(dummy_driver.NoopNodeDriver):
    def get_status(self, context):
        chain, node = context.instance, context.current_node
        status, details = OF_THIS_NEUTRON.of([chain, node], chain['status'])
        if status is None:
            raise NoStatus(chain=chain['id'])
        return {'status': status, 'status_details': details}
