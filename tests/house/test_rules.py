# SPDX-License-Identifier: Apache-2.0
"""The rules of the project that no linter knows."""

import ast
import re

import pytest

from tools import rooms

from tests.house import source

# A room imports from those before it alone; inside of a room modules may import each other.
LAYERS = (
    {'assets', 'conf', 'model'},
    {'logs'},
    {'caching', 'checks'},
    {'service'},
    {'health'},
    {'templatetags'},
    {'views'},
    {'gbpui'},
    {'admin', 'apps', 'enabled', 'management', 'project'},
    {'__main__'},
)
CODE = ('.py', '.js', '.mjs', '.scss', '.html')
# A file is one idea; a smaller limit made two files of one.
MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 40
HTML = re.compile(
    r'</?(a|b|br|button|code|div|em|h\d|i|img|input|li|link|ol|p|pre|script|span|strong|style|table|td|template|th|tr|ul)\b[^<>]*>',
    re.IGNORECASE,
)
UNESCAPED = re.compile(r'\|\s*safe(seq)?\b|autoescape\s+off')
UNEXPLAINED = re.compile(r'#\s*type:\s*ignore\S*\s*$', re.MULTILINE)
# Written so that the rules hold for this file, too.
OF_ONE_MACHINE = re.compile('|'.join('/%s/' % name for name in ('work', 'root', 'home', 'tmp', 'Users')))
REGISTRIES = re.compile(r'\b(pypi|pythonhosted|npmjs)\.(org|com)\b')


def module(name):
    """Return the first name of a module in the plugin: views for gbp_status_ui/views/index.py."""
    return name.split('/')[1].removesuffix('.py')


# The sample of settings is no module, and the package itself is above none.
NO_MODULES = {'__init__', 'local_settings.d'}
PLUGIN = [(name, tree) for name, tree in source.trees('gbp_status_ui') if module(name) not in NO_MODULES]


@pytest.mark.parametrize(('name', 'tree'), PLUGIN, ids=[name for name, _ in PLUGIN])
def test_dependencies_point_one_way(name, tree):
    (row,) = [number for number, names in enumerate(LAYERS) if module(name) in names]
    above = set().union(*LAYERS[:row])

    assert rooms.imported(tree) <= above | {module(name)}


def test_the_layers_name_only_modules_that_there_are():
    assert set().union(*LAYERS) == {module(name) for name, _ in PLUGIN}


def test_files_are_short():
    lengths = {source.name(path): len(path.read_text().splitlines()) for path in source.files(*CODE)}

    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_functions_are_short():
    lengths = {
        '%s: %s' % (name, function.name): function.end_lineno - function.lineno + 1
        for name, tree in source.trees('gbp_status_ui', 'demo', 'tests', 'tools')
        for function in source.functions(tree)
    }

    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}


def test_code_names_its_licence():
    unnamed = [
        source.name(path)
        for path in source.files('.py', '.js', '.mjs', '.scss')
        if path.read_text() and 'SPDX-License-Identifier: Apache-2.0' not in path.read_text().partition('\n\n')[0]
    ]

    assert unnamed == []


def test_markup_stands_in_templates_alone():
    written = [
        (name, text)
        for name, tree in source.trees('gbp_status_ui')
        for text in source.strings(tree)
        if HTML.search(text)
    ]
    trusted = [
        name for name, tree in source.trees('gbp_status_ui') if source.called(tree) & {'mark_safe', 'format_html'}
    ]

    assert written == []
    assert trusted == []


def test_what_mypy_is_to_ignore_has_a_reason():
    assert [source.name(path) for path in source.files('.py') if UNEXPLAINED.search(path.read_text())] == []


def test_templates_escape_everything():
    assert [source.name(path) for path in source.files('.html') if UNESCAPED.search(path.read_text())] == []


def texts():
    for path in source.files():
        try:
            yield source.name(path), path.read_text()
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize('pattern', [OF_ONE_MACHINE, REGISTRIES], ids=['paths', 'registries'])
def test_nothing_holds_on_one_machine_alone(pattern):
    assert [name for name, text in texts() if pattern.search(text)] == []


def test_tests_wait_for_conditions():
    sleepers = [name for name, tree in source.trees('tests') if source.called(tree) & {'sleep', 'wait_for_timeout'}]

    assert sleepers == []


def asserts(function):
    called = source.called(function)
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        name == 'raises' or name.startswith(('assert_', 'expect', 'require')) for name in called
    )


def test_tests_assert_something():
    empty = [
        '%s: %s' % (name, function.name)
        for name, tree in source.trees('tests')
        for function in source.functions(tree)
        if function.name.startswith('test_') and not asserts(function)
    ]

    assert empty == []


def test_unit_tests_have_the_clients_that_take_headers_on_every_django():
    direct = re.compile(r'^from django\.test import (Client|RequestFactory)$', re.MULTILINE)

    assert [
        source.name(path) for path in source.files('.py') if 'unit' in path.parts and direct.search(path.read_text())
    ] == []
