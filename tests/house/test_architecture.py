# SPDX-License-Identifier: Apache-2.0
"""The documentation draws the rooms as the imports are, names all scripts, and its glossary is in order."""

import importlib.util
import re

import pytest

from tests.house import source
from tests.house import test_rules as rules

DOCS = source.ROOT / 'docs'
SCRIPTS = re.compile(r'^what +scripts\n=+ +=+\n(.*?)^=+ +=+\n', re.DOTALL | re.MULTILINE)
GLOSSARY = re.compile(r'^Glossary\n=+\n(.*?)(?=^\S.*\n=+\n|\Z)', re.DOTALL | re.MULTILINE)


@pytest.fixture(scope='module')
def rooms():
    specification = importlib.util.spec_from_file_location('rooms', DOCS / 'extensions' / 'rooms.py')
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_picture_has_each_room_and_what_it_imports(rooms):
    lines = [line.strip('|').split('|') for line in rooms.drawn(rooms.imports()).splitlines() if line.startswith('| ')]
    drawn = {name.strip(): set(used.split()) for name, used in lines}

    assert drawn.keys() == set().union(*rules.LAYERS)
    for name, tree in rules.PLUGIN:
        assert source.imported(tree) - {rules.module(name)} <= drawn[rules.module(name)]


def test_a_room_stands_above_those_that_it_imports(rooms):
    assert rooms.floors({'views': {'model', 'health'}, 'health': {'model'}, 'model': set(), 'apps': set()}) == [
        ['apps', 'views'],
        ['health'],
        ['model'],
    ]


def test_rooms_that_import_each_other_are_named(rooms):
    with pytest.raises(ValueError, match='health, model'):
        rooms.floors({'views': {'health'}, 'health': {'model'}, 'model': {'health'}})


def test_each_script_is_named_where_they_are_described():
    (table,) = SCRIPTS.findall((DOCS / 'architecture.rst').read_text(encoding='utf-8'))
    scripts = [path.stem for path in source.files('.js') if path.parent.name == 'js']

    assert sorted(re.findall(r'``(\w+)``', table)) == sorted(scripts)


def test_the_glossary_is_in_the_order_of_the_alphabet():
    (glossary,) = GLOSSARY.findall((DOCS / 'architecture.rst').read_text(encoding='utf-8'))
    terms = re.findall(r'^(\w.*)\n    ', glossary, re.MULTILINE)

    assert terms == sorted(terms, key=str.lower)
    assert len(terms) > 10
