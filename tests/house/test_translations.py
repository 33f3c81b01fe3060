# SPDX-License-Identifier: Apache-2.0
"""What is translated is safe. What is not translated is shown in English, so nothing has to be."""

import functools
from gettext import c2py
import os
import re
import subprocess

import polib
import pytest

from tests.house.source import PLUGIN

LOCALE = PLUGIN / 'locale'
LANGUAGES = sorted(place.name for place in LOCALE.iterdir() if place.is_dir())
PLACEHOLDER = re.compile(r'%(?:\(\w+\))?s|\?\w+=<\w+>')
MARKUP = re.compile('[<>&"]')

each_language = pytest.mark.parametrize('language', LANGUAGES)
each_domain = pytest.mark.parametrize('domain', ['django', 'djangojs'])


def path(language, domain):
    return LOCALE / language / 'LC_MESSAGES' / (domain + '.po')


@functools.cache
def catalogue(language, domain):
    return polib.pofile(str(path(language, domain)))


def said(entry):
    """Return all that is said for a message: one text, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def found(pattern, entry):
    """Return what is found in the source: in its one form, or in that of one and that of many."""
    return [sorted(pattern.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)]


def differing(language, domain, pattern):
    """Return the translations in which other things than in the source are found by the pattern."""
    return [
        text
        for entry in catalogue(language, domain).translated_entries()
        for text in said(entry)
        if sorted(pattern.findall(text)) not in found(pattern, entry)
    ]


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
    """A form that is empty beside one that is not would be shown: as nothing."""
    entries = catalogue(language, domain)
    forms, rule = re.fullmatch(r'nplurals=(\d+); plural=(.+);', entries.metadata['Plural-Forms']).groups()
    written = [entry.msgstr_plural for entry in entries if entry.msgid_plural]

    assert set(map(c2py(rule), range(200))) == set(range(int(forms)))
    assert all(sorted(one) == list(range(int(forms))) for one in written)
    assert [one for one in written if any(one.values()) and not all(one.values())] == []


@each_domain
@each_language
def test_formats_are_those_of_the_source(language, domain):
    """As a lone % in one that takes values, which would fail where it is shown."""
    command = ['msgfmt', '--check-format', '--output-file', os.devnull, path(language, domain)]

    assert subprocess.run(command, check=False).returncode == 0
