# SPDX-License-Identifier: Apache-2.0
"""What make test says and does where something is missing on the system."""

import subprocess
from types import SimpleNamespace

import pytest

from tools import system_packages


@pytest.fixture
def system(monkeypatch):
    """A system with apt-get whose user is root; what apt-get was asked for is in ``asked``."""
    state = SimpleNamespace(there={'git'}, asked=[], user=0, failure=0)

    def run(command, **_):
        if command[0] == system_packages.BINDEP:
            absent = sorted({'chromium', 'git'} - state.there)
            return subprocess.CompletedProcess(command, bool(absent), stdout=''.join(name + '\n' for name in absent))
        state.asked.append(command)
        if 'install' in command and not state.failure:
            state.there.update(command)
        return subprocess.CompletedProcess(command, state.failure, stdout='no such mirror')

    monkeypatch.setattr(system_packages.os, 'geteuid', lambda: state.user)
    monkeypatch.setattr(system_packages.shutil, 'which', lambda name: '/bin/' + name)
    monkeypatch.setattr(system_packages.subprocess, 'run', run)
    return state


def test_root_gets_what_is_missing(system):
    assert system_packages.main([]) == 0
    assert [command[-1] for command in system.asked] == ['update', 'chromium']


def test_nothing_is_asked_for_where_nothing_is_missing(system):
    system.there.add('chromium')

    assert system_packages.main([]) == 0
    assert system.asked == []


def test_root_gets_what_is_named(system):
    assert system_packages.main(['python3-venv']) == 0
    assert [command[-1] for command in system.asked] == ['update', 'python3-venv']


def test_another_user_gets_one_line_that_names_it(system):
    system.user = 1000

    assert system_packages.main([]) == 'Missing system packages: chromium'
    assert system_packages.main(['python3-venv']) == 'Missing system packages: python3-venv'
    assert system.asked == []


def test_a_failure_of_the_package_manager_is_told(system, capsys):
    system.failure = 100

    assert system_packages.main([]) == 'Missing system packages: chromium'
    assert 'no such mirror' in capsys.readouterr().err
