# SPDX-License-Identifier: Apache-2.0
"""Horizon with the settings that DJANGO_SETTINGS_MODULE names; its own wsgi.py puts others in their place."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

horizon = get_wsgi_application()
application = WhiteNoise(horizon, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
