# SPDX-License-Identifier: Apache-2.0
"""Horizon's settings as the demo installs them, with the rival's panel and with time to measure."""

import os
from pathlib import Path

from openstack_dashboard.local import enabled

enabled.__path__.append(str(Path(__file__).with_name('bench_enabled')))

from openstack_dashboard.settings import *

# A list of 10,000 groups takes GBP longer than users are let wait.
GBP_STATUS_UI = {'time_limit': 300, 'gbpui_tables': os.environ.get('BENCH_GBPUI_TABLES') != 'off'}
