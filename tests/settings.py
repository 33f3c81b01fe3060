# SPDX-License-Identifier: Apache-2.0
"""Horizon's own settings as an operator has them: the plugin's enabled files and a local_settings.py are in place.

An operator copies both into openstack_dashboard/local. Here they are put in their places by import, so that nothing is
written into the installed Horizon.
"""

from pathlib import Path
import sys
import warnings

from openstack_dashboard import local
from openstack_dashboard.local import enabled

from tests import local_settings

PLUGIN = Path(__file__).parent.parent / 'gbp_status_ui'

enabled.__path__.append(str(PLUGIN / 'enabled'))
# Horizon imports its local settings by this name, with its own directory in sys.path.
sys.modules['local'] = local
sys.modules['local.local_settings'] = local_settings

# Horizon's settings would bring back the deprecation warnings that the tests have made errors.
with warnings.catch_warnings():
    from openstack_dashboard.settings import *
