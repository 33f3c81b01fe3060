# SPDX-License-Identifier: Apache-2.0
"""python -m django gbp_status_check: what keeps the panels from working here, one line a finding."""

import os
import sys

from django.core.management.base import BaseCommand

from gbp_status_ui import __version__
from gbp_status_ui.management import cloud
from gbp_status_ui.management import deployment
from gbp_status_ui.management import installation
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import LEVELS


class Command(BaseCommand):
    help = (
        'Looks at the enabled files, static files, settings, cache and web server of the plugin; with OS_AUTH_URL and '
        'OS_TOKEN in the environment also at the catalogue and the API extensions. The exit status is 1 after an error.'
    )
    # Its own findings say more than Django's checks, which would end it at the first mistake in the settings.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument('--url', help='address of the dashboard, to try how long an address its web server takes')

    def handle(self, *_args, url=None, **_options):
        found = [*installation.find(), *deployment.find(url), *cloud.find(os.environ)]
        for finding in sorted(found, key=lambda finding: LEVELS.index(finding.level)):
            self.stdout.write(str(finding))
        counts = ', '.join(f'{level} {sum(finding.level == level for finding in found)}' for level in LEVELS)
        self.stdout.write(f'gbp_status_ui {__version__}: {counts}')
        if any(finding.level == ERROR for finding in found):
            sys.exit(1)
