# SPDX-License-Identifier: Apache-2.0
"""The GBP policy driver of the backend `detailed`: accepts every resource, reports the status that statuses.py knows.

GBP asks it for every row of a list or show that includes the status, and stores what it says.
"""

from __future__ import annotations

from typing import Any

from gbpservice.neutron.services.grouppolicy import group_policy_driver_api as api
from oslo_db.sqlalchemy import exc_filters
from sqlalchemy import exc as sqlalchemy_errors

from gbp_demo.statuses import OF_THIS_NEUTRON

RESOURCES = (
    'policy_target',
    'policy_target_group',
    'application_policy_group',
    'l2_policy',
    'l3_policy',
    'policy_classifier',
    'policy_action',
    'policy_rule',
    'policy_rule_set',
    'network_service_policy',
    'external_policy',
    'external_segment',
    'nat_pool',
)


def prepare_database() -> None:
    """Let Neutron try again where SQLite is busy.

    oslo.db knows the deadlocks of MySQL and PostgreSQL, which Neutron answers with another try; a writer that meets
    another one on SQLite is the same case, and was an error 500.
    """
    exc_filters.filters('sqlite', sqlalchemy_errors.OperationalError, r'.*database is locked')(
        exc_filters._deadlock_error
    )


def report_status(context: Any) -> None:
    """Put the status into the dict that GBP compares with what is stored."""
    resource = context.current
    resource['status'], resource['status_details'] = OF_THIS_NEUTRON.of([resource], resource['status'])


class DetailedDriver(api.PolicyDriver):
    """Only the status methods do anything; no network is made for any resource."""

    def initialize(self) -> None:
        prepare_database()


for _resource in RESOURCES:
    setattr(DetailedDriver, 'get_%s_status' % _resource, lambda self, context: report_status(context))
