# SPDX-License-Identifier: Apache-2.0
"""Every language that Horizon has is there, and is found in pages and scripts. ``tests/house`` reads the catalogues."""

import functools
import re

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
import polib
import pytest

from openstack_dashboard.context_processors import get_js_catalog

from gbp_status_ui.model import statuses

from tests.settings import PLUGIN

LOCALE = PLUGIN / 'locale'
CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FOREIGN = [code for code in CODES if not code.startswith('en')]

each_foreign_language = pytest.mark.parametrize('code', FOREIGN)


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@functools.cache
def catalogue(code, domain):
    return polib.pofile(str(LOCALE / translation.to_locale(code) / 'LC_MESSAGES' / (domain + '.po')))


def said(code, domain, msgid):
    return catalogue(code, domain).find(msgid).msgstr


def test_each_language_of_horizon_has_a_catalogue_and_no_other_has():
    places = {place.name for place in LOCALE.iterdir() if place.is_dir()}

    assert places == {translation.to_locale(code) for code in CODES}


@each_foreign_language
def test_a_state_is_explained_in_the_users_language(code):
    english = str(statuses.ERROR.sentence)

    with translation.override(code):
        assert str(statuses.ERROR.sentence) == said(code, 'django', english) != english


@each_foreign_language
def test_a_page_speaks_the_users_language(member, code):
    member.cookies[settings.LANGUAGE_COOKIE_NAME] = code

    page = member.get(reverse('horizon:project:gbp_status:index')).content.decode()

    assert escape(said(code, 'django', 'Updates of the statuses')) in page
    assert 'Updates of the statuses' not in page


@each_foreign_language
def test_scripts_speak_the_users_language(member, code):
    member.cookies[settings.LANGUAGE_COOKIE_NAME] = code

    response = member.get(
        reverse('horizon:jsi18n', args=[get_js_catalog(settings)]), headers={'accept': 'application/json'}
    )
    words = re.search(r'"Pause updates": "(.+?)"', response.content.decode())[1]

    assert words.encode('ascii').decode('unicode_escape') == said(code, 'djangojs', 'Pause updates')
