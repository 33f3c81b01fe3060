# SPDX-License-Identifier: Apache-2.0
"""Project > Policy > Rival: what the plugin is measured beside."""

PANEL = 'rival'
PANEL_DASHBOARD = 'project'
PANEL_GROUP = 'GroupPolicyPanels'
ADD_PANEL = 'bench_rival.panel.Rival'
