# SPDX-License-Identifier: Apache-2.0
"""Keystone as gunicorn loads it, in Keystone's environment."""

import sys

# Keystone parses sys.argv on import, and gunicorn's own options would end the worker.
sys.argv = ['keystone']

from keystone.wsgi.api import application  # noqa: E402,F401
