# SPDX-License-Identifier: Apache-2.0
"""The catalogues: every language that Horizon has is complete, compiled, and found in pages and scripts."""

import functools
from gettext import c2py
import re

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
import polib
import pytest

from openstack_dashboard.context_processors import get_js_catalog

from gbp_status_ui import statuses

from tests.unit.source import PLUGIN

LOCALE = PLUGIN / 'locale'
DOMAINS = ('django', 'djangojs')
CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FOREIGN = [code for code in CODES if not code.startswith('en')]
PLACEHOLDER = re.compile(r'%(?:\(\w+\))?s|\?\w+=<\w+>')
MARKUP = re.compile('[<>&"]')

each_language = pytest.mark.parametrize('code', CODES)
each_foreign_language = pytest.mark.parametrize('code', FOREIGN)
each_domain = pytest.mark.parametrize('domain', DOMAINS)


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def path(code, domain, ending='.po'):
    return LOCALE / translation.to_locale(code) / 'LC_MESSAGES' / (domain + ending)


@functools.cache
def catalogue(code, domain):
    return polib.pofile(str(path(code, domain)))


def template(domain):
    return polib.pofile(str(LOCALE / (domain + '.pot')))


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def translated(entry):
    """Return all that is said for a message: one text, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def said(code, domain, msgid):
    return catalogue(code, domain).find(msgid).msgstr


def differing(code, domain, pattern):
    """Return the translations in which other things than in the source are found by the pattern."""
    return [
        text
        for entry in catalogue(code, domain)
        for text in translated(entry)
        if sorted(pattern.findall(text)) != sorted(pattern.findall(entry.msgid))
    ]


def test_each_language_of_horizon_has_a_catalogue_and_no_other_has():
    places = {place.name for place in LOCALE.iterdir() if place.is_dir()}

    assert places == {translation.to_locale(code) for code in CODES}


@each_domain
@each_language
def test_all_texts_are_translated(code, domain):
    entries = catalogue(code, domain)

    assert {key(entry) for entry in entries} == {key(entry) for entry in template(domain)}
    assert [entry.msgid for entry in entries if entry.fuzzy or not all(translated(entry))] == []


@each_domain
@each_language
def test_placeholders_are_those_of_the_source(code, domain):
    assert differing(code, domain, PLACEHOLDER) == []


@each_domain
@each_language
def test_translations_bring_no_markup(code, domain):
    """Django takes a translation in a template for as safe as the template itself."""
    assert differing(code, domain, MARKUP) == []


@each_domain
@each_language
def test_plurals_have_as_many_forms_as_the_language(code, domain):
    entries = catalogue(code, domain)
    forms, rule = re.fullmatch(r'nplurals=(\d+); plural=(.+);', entries.metadata['Plural-Forms']).groups()
    written = [sorted(entry.msgstr_plural) for entry in entries if entry.msgid_plural]

    assert set(map(c2py(rule), range(200))) == set(range(int(forms)))
    assert all(one == list(range(int(forms))) for one in written)


@each_domain
@each_language
def test_what_is_shipped_is_compiled_from_what_is_written(code, domain):
    compiled = polib.mofile(str(path(code, domain, '.mo')))

    assert {key(entry): translated(entry) for entry in compiled} == {
        key(entry): translated(entry) for entry in catalogue(code, domain)
    }


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
