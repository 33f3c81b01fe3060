# SPDX-License-Identifier: Apache-2.0
"""Horizon as gunicorn loads it, in Horizon's environment, with the static files that a web server serves elsewhere."""
from django.conf import settings
from openstack_dashboard.wsgi import application as horizon
from whitenoise import WhiteNoise

application = WhiteNoise(horizon, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
