# SPDX-License-Identifier: Apache-2.0
"""Every language that Horizon has is there, and is found in pages and scripts; what it lacks is shown in English.

``tests/house`` reads the catalogues.
"""

import functools
import gettext
import json
from pathlib import Path
import re

from django.conf import settings
from django.template import Context
from django.template import Template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
import polib
import pytest

from openstack_dashboard.context_processors import get_js_catalog

from gbp_status_ui.model import statuses

from tests import markup
from tests.settings import PLUGIN

LOCALE = PLUGIN / 'locale'
CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FOREIGN = [code for code in CODES if not code.startswith('en')]
NEW_TEXTS = """{% load i18n %}{% translate 'BANANA' %}:
{% blocktranslate count count=count %}{{ count }} PEACH{% plural %}{{ count }} PEACHES{% endblocktranslate %}"""

each_foreign_language = pytest.mark.parametrize('code', FOREIGN)


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def half_translated(monkeypatch, tmp_path):
    """Of the plugin's texts every second is translated, and none that has a plural."""
    find = gettext.find

    def find_halves(domain, localedir=None, *arguments, **named):
        found = find(domain, localedir, *arguments, **named)
        # Others than Django name no directory.
        return [halved(path, tmp_path) for path in found] if localedir and Path(localedir) == LOCALE else found

    monkeypatch.setattr(gettext, 'find', find_halves)
    monkeypatch.setattr(trans_real, '_translations', {})


def halved(path, directory):
    """Compile a catalogue with half of its translations into the directory, and return the name of the file."""
    catalogue = polib.pofile(str(Path(path).with_suffix('.po')))
    for number, entry in enumerate(catalogue):
        if number % 2 or entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = '', dict.fromkeys(entry.msgstr_plural, '')
    compiled = str(directory / '-'.join(Path(path).relative_to(LOCALE).parts))
    catalogue.save_as_mofile(compiled)
    return compiled


@functools.cache
def translations(code, domain):
    """Return {English text: its translation} of those texts that have one, and no plural."""
    catalogue = polib.pofile(str(LOCALE / translation.to_locale(code) / 'LC_MESSAGES' / (domain + '.po')))
    entries = [entry for entry in catalogue.translated_entries() if not entry.msgctxt and not entry.msgid_plural]
    return {entry.msgid: entry.msgstr for entry in entries}


def texts(client, code):
    """Return the texts of our part of the overview in a language."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    page = markup.page(client.get(reverse('horizon:project:gbp_status:index')))
    return set(markup.texts(page, '[data-gbp-status-poll-url] *'))


@pytest.fixture(scope='module')
def english():
    """The texts of the overview in English, which are the same for all languages: a set that the first test fills."""
    return set()


@pytest.fixture
def english_texts(english, member):
    english.update(() if english else texts(member, settings.LANGUAGE_CODE))
    return english


def told_to_scripts(client, code):
    """Return the catalogue of Horizon's scripts in a language: {English text: translation, or one for each form}."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    script = client.get(reverse('horizon:jsi18n', args=[get_js_catalog(settings)])).content.decode()
    return json.JSONDecoder().raw_decode(script, re.search(r'newcatalog = (?={)', script).end())[0]


@pytest.mark.releases
def test_each_language_of_horizon_has_a_catalogue_and_no_other_has():
    places = {place.name for place in LOCALE.iterdir() if place.is_dir()}

    assert places == {translation.to_locale(code) for code in CODES}


@pytest.mark.releases
@each_foreign_language
def test_states_are_explained_in_the_users_language(code):
    english = [str(state.sentence) for state in statuses.KNOWN]
    labels = [str(state.label) for state in statuses.KNOWN]
    known = translations(code, 'django')

    with translation.override(code):
        said = [str(state.sentence) for state in statuses.KNOWN]
        named = [str(state.label) for state in statuses.KNOWN]
    assert said == [known.get(sentence, sentence) for sentence in english]
    # A sentence that is new is in English until a release.
    assert named != labels


@pytest.mark.slow
@each_foreign_language
def test_a_page_speaks_the_users_language(member, english_texts, code):
    known = translations(code, 'django')
    expected = {known[text] for text in english_texts if text in known}

    assert expected
    assert expected <= texts(member, code)


@each_foreign_language
def test_scripts_speak_the_users_language(member, code):
    known, told = translations(code, 'djangojs'), told_to_scripts(member, code)

    assert known
    assert {text: told.get(text) for text in known} == known


@each_foreign_language
@pytest.mark.parametrize(('count', 'said'), [(1, '1 PEACH'), (2, '2 PEACHES'), (5, '5 PEACHES')])
def test_a_new_text_is_shown_in_english(code, count, said):
    with translation.override(code):
        assert Template(NEW_TEXTS).render(Context({'count': count})).split() == ['BANANA:', *said.split()]


@pytest.mark.slow
@each_foreign_language
def test_a_page_has_english_texts_beside_translated_ones(member, english_texts, half_translated, code):
    ours = english_texts & set(translations(code, 'django'))
    with translation.override(code):
        expected = {translation.gettext(text) for text in ours}

    assert expected & ours
    assert expected - ours
    assert expected <= texts(member, code)


@pytest.mark.releases
@each_foreign_language
def test_scripts_are_told_nothing_of_what_is_not_translated(member, half_translated, code):
    """Django's functions in the page then return the English text that they were called with."""
    ours, told = set(translations(code, 'djangojs')), told_to_scripts(member, code)

    assert ours & set(told)
    assert ours - set(told)
    assert all(all(said) if isinstance(said, list) else said for said in told.values())
