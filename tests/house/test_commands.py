# SPDX-License-Identifier: Apache-2.0
"""What the documentation tells contributors to run and to look at is there."""

import configparser
import re

import pytest

from tests.house import source

PAGES = [source.ROOT / name for name in ('README.rst', 'CONTRIBUTING.rst', 'docs/contributing.rst')]
MAKEFILE = (source.ROOT / 'Makefile').read_text(encoding='utf-8')
BY_CHECK = re.search(r'^check:.*\n.*\n.* tools\.test (.*)$', MAKEFILE, re.MULTILINE)[1].split()


@pytest.fixture(params=PAGES, ids=source.name)
def text(request):
    return request.param.read_text(encoding='utf-8')


def environments():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(source.ROOT / 'tox.ini')
    horizons = re.findall(r'^(horizon[\d.]+)(?:,\S+)?: -r', tox['testenv']['deps'], re.MULTILINE)
    return {'functional', 'bench', *(f'unit-{one}' for one in horizons), *(one.partition(':')[2] for one in tox)}


def test_what_make_is_told_to_make_is_in_the_makefile(text):
    targets = set(re.findall(r'^([a-z-]+):', MAKEFILE, re.MULTILINE))

    assert set(re.findall(r'(?:``|^    )make ([a-z-]+)', text, re.MULTILINE)) <= targets


def test_what_is_run_of_an_environment_is_made_by_make_check(text):
    assert set(re.findall(r'\.tox/([\w.-]+)/bin/', text)) <= set(BY_CHECK)


def test_what_tox_is_told_to_run_is_in_its_settings(text):
    assert set(re.findall(r'tox run -e ([\w.-]+)', text)) <= environments()


def test_the_paths_of_commands_are_there(text):
    commands = re.findall(r'^    \S.*$', text, re.MULTILINE)
    paths = {path for command in commands for path in re.findall(r'(?<!\S)tests/[\w./]+', command)}

    assert [path for path in paths if not (source.ROOT / path).exists()] == []


def test_the_tests_that_are_named_are_there(text):
    tests = {function.name for _, tree in source.trees('tests') for function in source.functions(tree)}

    assert set(re.findall(r'``(test_\w+)``', text)) <= tests
