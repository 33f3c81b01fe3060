# SPDX-License-Identifier: Apache-2.0
"""Texts are extracted, counted and compiled, whether they are translated or not."""

import os

import polib
import pytest

from tools import catalogues
from tools import messages
from tools import translations

PYTHON = """
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

TEXTS = [_('Known'), _('BANANA'), ngettext('%s BANANA', '%s BANANAS', 2)]
"""
TEMPLATE = "{% load i18n %}{% translate 'Known' %} {% translate 'PEACH' %}"
SCRIPT = "gettext('Known'); ngettext('%s PEACH', '%s PEACHES', 2);"
CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Known"
msgstr "Bekannt"

#, fuzzy
msgid "BANANA"
msgstr "Guessed"

msgid "%s BANANA"
msgid_plural "%s BANANAS"
msgstr[0] ""
msgstr[1] ""

msgid "No longer said"
msgstr "Nicht mehr gesagt"
"""
EMPTY = CATALOGUE.partition('msgid "Known"')[0]


@pytest.fixture
def plugin(tmp_path):
    """A plugin with texts in Python, a template and a script; German has some of them, French has none."""
    written = {'labels.py': PYTHON, 'templates/page.html': TEMPLATE, 'static/page.js': SCRIPT}
    for domain in messages.DOMAINS:
        written['locale/de/LC_MESSAGES/%s.po' % domain] = CATALOGUE
        written['locale/fr/LC_MESSAGES/%s.po' % domain] = EMPTY
    for name, text in written.items():
        path = tmp_path / 'plugin' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / 'plugin'


def contents(plugin):
    return {path: path.read_bytes() for path in plugin.rglob('*') if path.is_file()}


def compiled(plugin):
    """Return {text: translation} of the compiled German catalogue."""
    found = polib.mofile(str(plugin / 'locale' / 'de' / 'LC_MESSAGES' / 'django.mo'))
    return {entry.msgid: entry.msgstr for entry in found}


def test_translations_are_counted_of_the_texts_that_the_code_has(plugin):
    assert translations.shares(plugin) == {
        'de': {'django': (1, 4), 'djangojs': (1, 2)},
        'fr': {'django': (0, 4), 'djangojs': (0, 2)},
    }


def test_counting_writes_nothing_into_the_tree(plugin):
    before = contents(plugin)
    translations.shares(plugin)

    assert contents(plugin) == before


def test_the_language_that_lacks_most_stands_first():
    found = {
        'de': {'django': (317, 318), 'djangojs': (61, 61)},
        'cs': {'django': (318, 318), 'djangojs': (61, 61)},
        'zh_Hant': {'django': (0, 318), 'djangojs': (61, 61)},
    }

    assert translations.lines(found) == [
        'zh_Hant  django 0/318 0 %  djangojs 61/61 100 %',
        'de       django 317/318 99 %  djangojs 61/61 100 %',
        'cs       django 318/318 100 %  djangojs 61/61 100 %',
    ]


def test_what_is_not_translated_is_not_compiled(plugin):
    """A compiled text is shown instead of the English one, even if it is empty or a guess."""
    messages.extract(plugin)
    catalogues.compile_all(plugin)

    assert compiled(plugin) == {'Known': 'Bekannt'}


def test_what_has_changed_since_it_was_compiled_is_compiled_again(plugin):
    catalogues.compile_changed(plugin)
    german, french = (plugin / 'locale' / language / 'LC_MESSAGES' / 'django.po' for language in ('de', 'fr'))
    german.write_text(german.read_text().replace('Bekannt', 'Vertraut'))
    later = german.with_suffix('.mo').stat().st_mtime_ns + 1
    os.utime(german, ns=(later, later))
    french.with_suffix('.mo').write_bytes(b'as it was')
    catalogues.compile_changed(plugin)

    assert compiled(plugin)['Known'] == 'Vertraut'
    assert french.with_suffix('.mo').read_bytes() == b'as it was'
