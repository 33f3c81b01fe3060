# SPDX-License-Identifier: Apache-2.0
"""Horizon's settings as the demo installs them, with the rival's panel and with time to measure.

A part of the bench changes more by variables: BENCH_TIME_LIMIT, BENCH_LIST_WAIT, BENCH_HEARTBEAT (seconds),
BENCH_GBPUI_TABLES (off), BENCH_TRIPS (a file, see bench_cache.py), BENCH_OWN_CACHE (the address of a memcached for the
plugin alone).
"""

import os
from pathlib import Path

from openstack_dashboard.local import enabled

enabled.__path__.append(str(Path(__file__).with_name('bench_enabled')))

from openstack_dashboard.settings import *

GBP_STATUS_UI = {
    # A list of 10,000 groups takes GBP longer than users are let wait.
    'time_limit': float(os.environ.get('BENCH_TIME_LIMIT', '300')),
    'list_wait': float(os.environ.get('BENCH_LIST_WAIT', '0.5')),
    'heartbeat': float(os.environ.get('BENCH_HEARTBEAT', '60')),
    'gbpui_tables': os.environ.get('BENCH_GBPUI_TABLES') != 'off',
}

if os.environ.get('BENCH_TRIPS'):
    CACHES['default']['BACKEND'] = 'bench_cache.CountingCache'

if os.environ.get('BENCH_OWN_CACHE'):
    CACHES['gbp_status_ui'] = {
        'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache',
        'LOCATION': os.environ['BENCH_OWN_CACHE'],
    }
