# SPDX-License-Identifier: Apache-2.0
"""Project > Policy > Policy Status."""

from gbp_status_ui import panel
from gbp_status_ui import scope


class GbpStatus(panel.StatusPanel):
    scope = scope.PROJECT
