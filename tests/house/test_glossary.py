# SPDX-License-Identifier: Apache-2.0
"""The words of the code are English ones, those of the glossary, and few that all programmers know."""

import ast
import collections
import re

import pytest
from spellchecker import SpellChecker

from tests.house import source

#: A word in that many files is one that a newcomer has to know.
FREQUENT_FILES = 10
# What Python, pytest, the web and networks call things.
OF_THE_TRADE = {
    *('args', 'caplog', 'init', 'kwargs', 'monkeypatch', 'pytestmark', 'tmp'),
    *('api', 'html', 'json', 'memcached', 'url'),
    *('backend', 'subnet'),
}
# Words that the code has given up, and what it says now.
GIVEN_UP = {
    'dear': 'expensive',
    'insists': 'forces_refresh',
    'lanes': 'workers',
    'patience': 'wait_seconds',
    'rested': 'in_cooldown',
    'traceless': 'settings_loader',
}
DECLARED = re.compile(r'\b(?:const|let|function|class)\s+([A-Za-z_$][\w$]*)')


def terms():
    """Return the terms of the glossary as it has them, in their order."""
    text = (source.ROOT / 'docs' / 'glossary.rst').read_text()
    return re.findall(r'^(\S.*)\n    \S', text, re.MULTILINE)


def parts(name):
    """Return the words of an identifier, in lower case."""
    return [word for word in re.split(r'[\W_\d]+', re.sub(r'(?<=[a-z])(?=[A-Z])', '_', name).lower()) if len(word) > 1]


def identifiers(tree):
    """Return the names that a module gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@pytest.fixture(scope='module')
def words():
    """{word of an identifier: the files that have it}."""
    found = collections.defaultdict(set)
    for name, tree in source.trees('gbp_status_ui', 'demo', 'docs', 'tests', 'tools'):
        for word in {word for identifier in set(identifiers(tree)) for word in parts(identifier)}:
            found[word].add(name)
    for path in source.files('.js', '.mjs'):
        for word in {word for name in DECLARED.findall(path.read_text()) for word in parts(name)}:
            found[word].add(source.name(path))
    return found


def test_a_name_is_split_into_its_words():
    assert parts('_maxRows_ofL2Policy') == ['max', 'rows', 'of', 'policy']


def test_frequent_words_are_english_or_explained(words):
    explained = OF_THE_TRADE | {word for term in terms() for word in parts(term)}
    frequent = {word for word, files in words.items() if len(files) >= FREQUENT_FILES}

    unknown = SpellChecker().unknown(frequent) - explained

    assert unknown == set(), 'use another word, explain it in docs/glossary.rst, or name it in OF_THE_TRADE'
    assert OF_THE_TRADE - frequent == set()


def test_each_term_of_the_glossary_is_used_and_stands_there_once(words):
    singular = {word.removesuffix('s') for word in words} | set(words)

    assert [term for term in terms() if not any(set(parts(one)) <= singular for one in term.split(','))] == []
    assert terms() == sorted(set(terms()), key=str.lower)


def test_words_that_were_given_up_do_not_return(words):
    assert {word: sorted(words[word]) for word in GIVEN_UP if word in words} == {}
