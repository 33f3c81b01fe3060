# SPDX-License-Identifier: Apache-2.0
"""Run by the Python of a Horizon that has the plugin's enabled files: looks as Django does.

Arguments: files below static/, templates/ and locale/ of the source tree. Prints those that are not found.
"""

from pathlib import Path
import sys

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import loader
from django.template import TemplateDoesNotExist


def template(name):
    try:
        return loader.get_template(name)
    except TemplateDoesNotExist:
        return None


def catalogue(name):
    return Path(apps.get_app_config('gbp_status_ui').path, 'locale', name).exists()


FIND = {'static': finders.find, 'templates': template, 'locale': catalogue}


def main(names):
    django.setup()
    if 'gbp_status_ui' not in settings.INSTALLED_APPS:
        print('INSTALLED_APPS')
    for name in names:
        place, _, asked_for = name.partition('/')
        if not FIND[place](asked_for):
            print(name)


main(sys.argv[1:])
