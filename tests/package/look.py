# SPDX-License-Identifier: Apache-2.0
"""Run by the Python of a Horizon: puts its enabled files in place as an operator does, then looks as Django does.

Arguments: files below static/ and templates/ of the source tree. Prints those that are not found.
"""

from pathlib import Path
import shutil
import sys

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import loader
from django.template import TemplateDoesNotExist

import openstack_dashboard

import gbp_status_ui

LOCAL = Path(openstack_dashboard.__file__).parent / 'local'
PLUGIN = Path(gbp_status_ui.__file__).parent
SETTINGS = """
SECRET_KEY = 'of no use outside the tests'
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
"""


def install():
    for path in (PLUGIN / 'enabled').glob('_[0-9]*.py'):
        shutil.copy(path, LOCAL / 'enabled')
    (LOCAL / 'local_settings.py').write_text(SETTINGS)


def template(name):
    try:
        return loader.get_template(name)
    except TemplateDoesNotExist:
        return None


FIND = {'static': finders.find, 'templates': template}


def main(names):
    install()
    django.setup()
    if 'gbp_status_ui' not in settings.INSTALLED_APPS:
        print('INSTALLED_APPS')
    for name in names:
        place, _, asked_for = name.partition('/')
        if not FIND[place](asked_for):
            print(name)


main(sys.argv[1:])
