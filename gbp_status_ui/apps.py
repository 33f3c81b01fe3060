# SPDX-License-Identifier: Apache-2.0
"""The Django application: checks the settings, and sees what users do."""

from __future__ import annotations

import logging

from django.apps import AppConfig
from django.core import checks
from django.core.signals import request_finished
from django.core.signals import request_started

from gbp_status_ui import logs
from gbp_status_ui.caching import freshness
from gbp_status_ui.checks import check_settings
from gbp_status_ui.gbpui import removed_names

LOG = logging.getLogger(__name__)


class GbpStatusConfig(AppConfig):
    name = 'gbp_status_ui'
    verbose_name = 'GBP status'

    def ready(self) -> None:
        logs.add_last_resort()
        checks.register(check_settings)
        # Under WSGI Django runs no checks: a mistake is at least in the log.
        for mistake in check_settings():
            LOG.log(mistake.level, '%s %s', mistake.msg, mistake.hint or '')
        request_started.connect(freshness.begin_action)
        request_finished.connect(freshness.end_action)
        removed_names.put_back_when_ready()
        # It imports models, which Django refuses while the applications are being imported.
        from gbp_status_ui.gbpui import columns  # noqa: PLC0415

        columns.decorate()
