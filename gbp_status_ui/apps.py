# SPDX-License-Identifier: Apache-2.0
"""The Django application: registers the checks on the settings."""

from django.apps import AppConfig
from django.core import checks

from gbp_status_ui.checks import check_settings


class GbpStatusConfig(AppConfig):
    name = 'gbp_status_ui'
    verbose_name = 'GBP status'

    def ready(self):
        checks.register(check_settings)
