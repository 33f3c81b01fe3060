# SPDX-License-Identifier: Apache-2.0
"""Admin > Network > Policy Status."""

PANEL = 'gbp_status'
PANEL_DASHBOARD = 'admin'
PANEL_GROUP = 'network'
ADD_PANEL = 'gbp_status_ui.admin.panel.GbpStatus'
