# SPDX-License-Identifier: Apache-2.0
"""Project > Policy > Frame: what Horizon takes for a page that shows nothing."""

PANEL = 'frame'
PANEL_DASHBOARD = 'project'
PANEL_GROUP = 'GroupPolicyPanels'
ADD_PANEL = 'bench_frame.panel.Frame'
