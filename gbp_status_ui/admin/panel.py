# SPDX-License-Identifier: Apache-2.0
"""Admin > Network > Policy Status: for those whom the network service takes for administrators."""

from openstack_auth import utils

from gbp_status_ui import panel
from gbp_status_ui import scope


class GbpStatus(panel.StatusPanel):
    scope = scope.ADMIN
    permissions = (*panel.StatusPanel.permissions, tuple(utils.get_admin_permissions()))
    policy_rules = (('network', 'context_is_admin'),)
