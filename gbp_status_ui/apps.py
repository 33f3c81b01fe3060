# SPDX-License-Identifier: Apache-2.0
"""The Django application: registers the checks on the settings, and sees what users do."""

from django.apps import AppConfig
from django.core import checks
from django.core.signals import request_started

from gbp_status_ui.checks import check_settings
from gbp_status_ui.demand import note_action


class GbpStatusConfig(AppConfig):
    name = 'gbp_status_ui'
    verbose_name = 'GBP status'

    def ready(self):
        checks.register(check_settings)
        request_started.connect(note_action)
