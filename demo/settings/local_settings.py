# SPDX-License-Identifier: Apache-2.0
"""Horizon's local_settings.py in the demo: as in production, but on this machine alone. See demo/dashboard.py."""

import os

from openstack_dashboard.settings import HORIZON_CONFIG

_DIRECTORY = os.environ['GBP_DEMO_DASHBOARD']
_MEMCACHED = os.environ.get('DEMO_MEMCACHED')
_THEMES = os.environ.get('GBP_DEMO_THEMES')

DEBUG = False
WEBROOT = '/'
ALLOWED_HOSTS = ['127.0.0.1', 'localhost']
STATIC_ROOT = os.environ['GBP_DEMO_STATIC']
COMPRESS_OFFLINE = True
SECRET_KEY = os.environ['GBP_DEMO_SECRET']

OPENSTACK_KEYSTONE_URL = os.environ['GBP_DEMO_KEYSTONE']
OPENSTACK_KEYSTONE_DEFAULT_ROLE = 'member'
# As long as the demo's Keystone lets a token live.
SESSION_TIMEOUT = 86400
TIME_ZONE = 'UTC'
if _THEMES:
    # As operators add theirs, one a folder.
    AVAILABLE_THEMES = [
        ('default', 'Default', 'themes/default'),
        ('material', 'Material', 'themes/material'),
        *((name, name.title(), os.path.join(_THEMES, name)) for name in sorted(os.listdir(_THEMES))),
    ]

# Horizon's own first page is an overview of Nova, which this cloud has not: Horizon answers 403 there.
HORIZON_CONFIG['user_home'] = '/project/gbp_status/'

# Tests hold the clock of a page, so that it would not retry a list that is slow only because the machine is busy.
GBP_STATUS_UI = {'list_wait': float(os.environ.get('DEMO_LIST_WAIT') or 0.5)}

if _MEMCACHED:
    # What Horizon recommends where several workers answer.
    CACHES = {'default': {'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache', 'LOCATION': _MEMCACHED}}
    SESSION_ENGINE = 'django.contrib.sessions.backends.cache'
else:
    # Files, so that a restart of the demo logs nobody out.
    CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
    SESSION_ENGINE = 'django.contrib.sessions.backends.file'
    SESSION_FILE_PATH = os.path.join(_DIRECTORY, 'sessions')

LOGGING = {
    'version': 1,
    'disable_existing_loggers': False,
    'formatters': {'line': {'format': '%(asctime)s %(levelname)s %(name)s %(message)s'}},
    'handlers': {'log': {'class': 'logging.StreamHandler', 'formatter': 'line'}},
    'root': {'handlers': ['log'], 'level': 'WARNING'},
    'loggers': {
        'django': {'handlers': ['log'], 'level': 'WARNING', 'propagate': False},
        'gbp_status_ui': {'level': 'INFO'},
        'openstack_auth': {'level': 'INFO'},
    },
}
