# SPDX-License-Identifier: Apache-2.0
"""Horizon's settings with the enabled files of one directory, as an operator has copied them; see look.py."""

import os
import sys

from openstack_dashboard import local
from openstack_dashboard.local import enabled

from tests import local_settings

enabled.__path__.append(os.environ['ENABLED_FILES'])
sys.modules['local'] = local
sys.modules['local.local_settings'] = local_settings

from openstack_dashboard.settings import *

LOGGING = {
    'version': 1,
    'disable_existing_loggers': False,
    'handlers': {'lines': {'class': 'logging.StreamHandler', 'formatter': 'lines'}},
    'formatters': {'lines': {'format': '%(name)s %(levelname)s %(message)s'}},
    'root': {'handlers': ['lines'], 'level': 'WARNING'},
}
