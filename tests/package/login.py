# SPDX-License-Identifier: Apache-2.0
"""Run by the Python of a Horizon: makes its log-in page as the web server does, of compressed files.

The cache server is away, which the page needs and this process replaces. Prints JSON: the status, and what the scripts
of the page hold together.
"""

import json
from pathlib import Path
import re

import django
from django.conf import settings
from django.test import Client

settings.CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
django.setup()
answer = Client(HTTP_HOST='localhost').get('/auth/login/')
names = re.findall(r'src="/static/([^"]+\.js)"', answer.content.decode())
scripts = ''.join((Path(settings.STATIC_ROOT) / name).read_text() for name in names)
print(json.dumps({'status': answer.status_code, 'scripts': scripts}))
