# SPDX-License-Identifier: Apache-2.0
"""Project > Policy > Policy Status."""

PANEL = 'gbp_status'
PANEL_DASHBOARD = 'project'
PANEL_GROUP = 'GroupPolicyPanels'
ADD_PANEL = 'gbp_status_ui.project.panel.GbpStatus'
