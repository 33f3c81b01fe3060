# SPDX-License-Identifier: Apache-2.0
"""Run by the Python of a Horizon that has the plugin's enabled files: looks as Django does.

Arguments: files below static/ and templates/ of the source tree. Prints those that are not found.
"""

import sys

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import loader
from django.template import TemplateDoesNotExist


def template(name):
    try:
        return loader.get_template(name)
    except TemplateDoesNotExist:
        return None


FIND = {'static': finders.find, 'templates': template}


def main(names):
    django.setup()
    if 'gbp_status_ui' not in settings.INSTALLED_APPS:
        print('INSTALLED_APPS')
    for name in names:
        place, _, asked_for = name.partition('/')
        if not FIND[place](asked_for):
            print(name)


main(sys.argv[1:])
