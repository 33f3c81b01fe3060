# SPDX-License-Identifier: Apache-2.0
"""CI systems and pre-commit run what the project runs itself, and have no list of tools of their own."""

import configparser
import os

import pytest
import yaml

from tests.house.source import ROOT

LINTERS = '.tox/lint/bin/'


def read(name):
    return yaml.safe_load((ROOT / name).read_text('utf-8'))


def hooks():
    return [hook for repository in read('.pre-commit-config.yaml')['repos'] for hook in repository['hooks']]


def test_ci_runs_the_command_of_the_project():
    (job,) = read('.github/workflows/test.yml')['jobs'].values()
    zuul = {name: entry for part in read('.zuul.yaml') for name, entry in part.items()}
    (play,) = read(zuul['job']['run'])

    assert os.access(ROOT / '.ci' / 'run', os.X_OK)
    assert job['steps'][-1] == {'run': '.ci/run'}
    assert [task['ansible.builtin.command'] for task in play['tasks']] == ['.ci/run']


def test_the_jobs_of_openstack_find_their_environments():
    zuul = {name: entry for part in read('.zuul.yaml') for name, entry in part.items()}
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / 'tox.ini')

    for pipeline in ('check', 'gate'):
        jobs = zuul['project'][pipeline]['jobs']
        assert zuul['job']['name'] in jobs
        assert [
            job
            for job in jobs
            if job != zuul['job']['name'] and 'testenv:' + job.removeprefix('openstack-tox-') not in tox
        ] == []


def test_pre_commit_fetches_nothing():
    assert {repository['repo'] for repository in read('.pre-commit-config.yaml')['repos']} == {'local'}


@pytest.mark.parametrize('hook', hooks(), ids=lambda hook: hook['id'])
def test_a_hook_is_a_command_of_the_linters(hook):
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / 'tox.ini')
    commands = [line.split() for line in tox['testenv:lint']['commands'].splitlines()]
    program, *options = hook['entry'].removeprefix(LINTERS).split()
    same = [words for words in commands if words[:1] == [program]]

    assert hook['entry'].startswith(LINTERS)
    assert same
    if program != 'pytest':
        assert any(words[1 : 1 + len(options)] == options for words in same)
