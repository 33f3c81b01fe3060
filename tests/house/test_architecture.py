# SPDX-License-Identifier: Apache-2.0
"""The documentation draws the rooms as the imports are, names all scripts, and its glossary is in order."""

import re

import pytest

from tools import rooms

from tests.house import source
from tests.house import test_rules as rules

DOCS = source.ROOT / 'docs'
SCRIPTS = re.compile(r'^what +scripts\n=+ +=+\n(.*?)^=+ +=+\n', re.DOTALL | re.MULTILINE)
WAYS = re.compile(r'^Who can talk to whom\n=+\n(.*?)^\S[^\n]*\n=+\n', re.DOTALL | re.MULTILINE)
FILE = re.compile(r'(?<![\w./<>-])[\w.]*(?:\w+/)*\w+\.(?:py|js|mjs|html|scss|rst|json|txt)\b')
DESCRIPTIONS = [
    source.ROOT / 'CONTRIBUTING.rst',
    *(DOCS / ('%s.rst' % name) for name in ('architecture', 'details', 'contributing')),
]
# A program, and files of DEMO_DIR.
OTHERS = {'Node.js', 'lifecycle.json', 'below.json'}


def test_the_picture_has_each_room_and_what_it_imports():
    used = rooms.imports()

    assert rooms.PICTURE.read_text(encoding='utf-8') == rooms.drawn(used), 'run: make rooms'
    assert used.keys() == set().union(*rules.LAYERS)
    for name, tree in rules.PLUGIN:
        assert rooms.imported(tree) - {rules.module(name)} <= used[rules.module(name)]


def test_an_arrow_that_others_imply_is_left_out():
    assert rooms.arrows({'views': {'model', 'health'}, 'health': {'model'}, 'model': set()}) == [
        ('health', 'model'),
        ('views', 'health'),
    ]


def test_a_room_stands_above_those_that_it_imports():
    assert rooms.floors({'views': {'model', 'health'}, 'health': {'model'}, 'model': set(), 'apps': set()}) == [
        ['apps', 'views'],
        ['health'],
        ['model'],
    ]


def test_rooms_that_import_each_other_are_named():
    with pytest.raises(ValueError, match='health, model'):
        rooms.floors({'views': {'health'}, 'health': {'model'}, 'model': {'health'}})


def test_each_script_is_named_where_they_are_described():
    (table,) = SCRIPTS.findall((DOCS / 'details.rst').read_text(encoding='utf-8'))
    scripts = [path.stem for path in source.files('.js') if path.parent.name == 'js']

    assert sorted(re.findall(r'``(\w+)``', table)) == sorted(scripts)


def test_each_module_of_ways_is_named_where_they_are_described():
    (section,) = WAYS.findall((DOCS / 'details.rst').read_text(encoding='utf-8'))
    modules = {path.stem for path in (source.PLUGIN / 'health' / 'ways').glob('*.py')} - {'__init__'}

    assert sorted(set(re.findall(r'``([a-z_]+)``', section))) == sorted(modules)


def test_the_glossary_is_in_the_order_of_the_alphabet():
    glossary = (DOCS / 'glossary.rst').read_text(encoding='utf-8')
    terms = re.findall(r'^(\w.*)\n    ', glossary, re.MULTILINE)

    assert terms == sorted(terms, key=str.lower)
    assert len(terms) > 10


@pytest.mark.parametrize('path', DESCRIPTIONS, ids=source.name)
def test_each_file_that_is_named_is_there(path):
    there = ['/' + source.name(one) for one in source.files()]
    named = set(FILE.findall(path.read_text(encoding='utf-8'))) - OTHERS

    assert sorted(name for name in named if not any(one.endswith('/' + name) for one in there)) == []
