# SPDX-License-Identifier: Apache-2.0
"""The catalogues of all languages are complete, safe and compiled."""

import functools
from gettext import c2py
import re

import polib
import pytest

from tests.house.source import PLUGIN

LOCALE = PLUGIN / 'locale'
LANGUAGES = sorted(place.name for place in LOCALE.iterdir() if place.is_dir())
PLACEHOLDER = re.compile(r'%(?:\(\w+\))?s|\?\w+=<\w+>')
MARKUP = re.compile('[<>&"]')

each_language = pytest.mark.parametrize('language', LANGUAGES)
each_domain = pytest.mark.parametrize('domain', ['django', 'djangojs'])


def path(language, domain, ending='.po'):
    return LOCALE / language / 'LC_MESSAGES' / (domain + ending)


@functools.cache
def catalogue(language, domain):
    return polib.pofile(str(path(language, domain)))


def template(domain):
    return polib.pofile(str(LOCALE / (domain + '.pot')))


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def translated(entry):
    """Return all that is said for a message: one text, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def differing(language, domain, pattern):
    """Return the translations in which other things than in the source are found by the pattern."""
    return [
        text
        for entry in catalogue(language, domain)
        for text in translated(entry)
        if sorted(pattern.findall(text)) != sorted(pattern.findall(entry.msgid))
    ]


@each_domain
@each_language
def test_all_texts_are_translated(language, domain):
    entries = catalogue(language, domain)

    assert {key(entry) for entry in entries} == {key(entry) for entry in template(domain)}
    assert [entry.msgid for entry in entries if entry.fuzzy or not all(translated(entry))] == []


@each_domain
@each_language
def test_placeholders_are_those_of_the_source(language, domain):
    assert differing(language, domain, PLACEHOLDER) == []


@each_domain
@each_language
def test_translations_bring_no_markup(language, domain):
    """Django takes a translation in a template for as safe as the template itself."""
    assert differing(language, domain, MARKUP) == []


@each_domain
@each_language
def test_plurals_have_as_many_forms_as_the_language(language, domain):
    entries = catalogue(language, domain)
    forms, rule = re.fullmatch(r'nplurals=(\d+); plural=(.+);', entries.metadata['Plural-Forms']).groups()
    written = [sorted(entry.msgstr_plural) for entry in entries if entry.msgid_plural]

    assert set(map(c2py(rule), range(200))) == set(range(int(forms)))
    assert all(one == list(range(int(forms))) for one in written)


@each_domain
@each_language
def test_what_is_shipped_is_compiled_from_what_is_written(language, domain):
    compiled = polib.mofile(str(path(language, domain, '.mo')))

    assert {key(entry): translated(entry) for entry in compiled} == {
        key(entry): translated(entry) for entry in catalogue(language, domain)
    }
