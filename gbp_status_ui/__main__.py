# SPDX-License-Identifier: Apache-2.0
"""python -m gbp_status_ui: ``gbp_status_check`` also where enabled files are missing, and Django knows no command."""

import os
import sys

import django

from gbp_status_ui.management.commands import gbp_status_check

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'openstack_dashboard.settings')
django.setup()
sys.exit(gbp_status_check.Command().run_from_argv(['python -m gbp_status_ui', 'gbp_status_check', *sys.argv[1:]]))
