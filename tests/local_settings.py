# SPDX-License-Identifier: Apache-2.0
"""What the local_settings.py of the dashboard under test says; it is read by Horizon's settings."""

ALLOWED_HOSTS = ['testserver']
_IN_MEMORY = 'django.core.cache.backends.locmem.LocMemCache'
CACHES = {
    'default': {'BACKEND': _IN_MEMORY},
    # Django's cache tag uses this one: it holds the AngularJS templates of Horizon's frame, the same for all tests.
    'template_fragments': {'BACKEND': _IN_MEMORY, 'LOCATION': 'template_fragments'},
}
COMPRESS_ENABLED = False
# Compiling Horizon's styles takes longer than all unit tests together; the browser tests see the compiled ones.
COMPRESS_PRECOMPILERS = ()
OPENSTACK_KEYSTONE_URL = 'http://keystone.invalid/v3'
SECRET_KEY = 'of no use outside the tests'
