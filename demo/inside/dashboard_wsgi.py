# SPDX-License-Identifier: Apache-2.0
"""Horizon as gunicorn loads it, in Horizon's environment, with the static files that a web server serves elsewhere."""

from django.conf import settings
from whitenoise import WhiteNoise

from openstack_dashboard.wsgi import application as horizon

application = WhiteNoise(horizon, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
