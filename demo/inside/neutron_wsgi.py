# SPDX-License-Identifier: Apache-2.0
"""Neutron 27 as gunicorn loads it, in its environment; GBP_DEMO_NEUTRON names the settings file."""

import os
import sys

# Neutron parses sys.argv on import, and gunicorn's own options would end the worker.
sys.argv = ['neutron-api', '--config-file', os.environ['GBP_DEMO_NEUTRON']]

from neutron.wsgi.api import application  # noqa: E402,F401
