# SPDX-License-Identifier: Apache-2.0
"""Settings of Horizon 20.1 with group-based-policy-ui, put in place by import; see tests/bench/gbpui.py."""

import os
from pathlib import Path
import sys
import types

from openstack_dashboard import local
from openstack_dashboard.local import enabled

_DIRECTORY = Path(os.environ['BENCH_DIRECTORY'])

enabled.__path__.append(str(_DIRECTORY / 'enabled'))
sys.modules['local'] = local
sys.modules['local.local_settings'] = types.ModuleType('local.local_settings')
sys.modules['local.local_settings'].SECRET_KEY = 'of no use outside the benchmark'

from openstack_dashboard.settings import *

DEBUG = False
WEBROOT = '/'
ALLOWED_HOSTS = ['127.0.0.1']
COMPRESS_ENABLED = False
COMPRESS_PRECOMPILERS = ()
OPENSTACK_KEYSTONE_URL = os.environ['BENCH_KEYSTONE']
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
SESSION_ENGINE = 'django.contrib.sessions.backends.file'
SESSION_FILE_PATH = str(_DIRECTORY)
