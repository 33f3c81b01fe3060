# SPDX-License-Identifier: Apache-2.0
"""Admin > Network > Policy Status: for those whom the network service takes for administrators."""

from openstack_auth import utils

from gbp_status_ui.model import scope
from gbp_status_ui.views import panel


class GbpStatus(panel.StatusPanel):
    scope = scope.ADMIN
    permissions = (*panel.StatusPanel.permissions, tuple(utils.get_admin_permissions()))
    policy_rules = (('network', 'context_is_admin'),)
