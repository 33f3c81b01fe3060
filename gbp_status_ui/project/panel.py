# SPDX-License-Identifier: Apache-2.0
"""Project > Policy > Policy Status."""

from gbp_status_ui.model import scope
from gbp_status_ui.views import panel


class GbpStatus(panel.StatusPanel):
    scope = scope.PROJECT
