# SPDX-License-Identifier: Apache-2.0
"""python3 -m django gbp_status_check: what keeps the panels from working here, one line a finding."""

from __future__ import annotations

import argparse
import os
import sys

from django.core.management.base import BaseCommand

from gbp_status_ui.management import all_checks
from gbp_status_ui.management import check
from gbp_status_ui.management import finding
from gbp_status_ui.management import waiting


class Command(BaseCommand):
    help = check.DESCRIPTION
    # Its own findings say more than Django's checks, which would end it at the first mistake in the settings.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        check.add_arguments(parser)

    # Named as the option is.
    def handle(self, *_args: object, url: str | None = None, format: str = 'text', **_options: object) -> None:  # noqa: A002
        found = all_checks.find(url, os.environ)
        self.stdout.write(check.written(found, format, os.environ))
        status = waiting.end(finding.exit_status(found))
        if status:
            sys.exit(status)
