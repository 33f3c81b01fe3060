# SPDX-License-Identifier: Apache-2.0
"""Horizon as gunicorn loads it, in Horizon's environment, with the static files that a web server serves elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
import re
from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise

from openstack_dashboard.wsgi import application as horizon

served = WhiteNoise(horizon, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Take several slashes for one, as web servers do: the material theme has two in the address of its icons."""
    environ['PATH_INFO'] = re.sub('/{2,}', '/', environ['PATH_INFO'])
    return served(environ, start_response)
