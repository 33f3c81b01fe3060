# SPDX-License-Identifier: Apache-2.0
"""The DevStack plugin: what each phase does, with DevStack's own functions stood in."""

import shutil
import subprocess

import pytest

from tests.house.source import PLUGIN
from tests.house.source import ROOT

DEVSTACK = """
function is_service_enabled { [[ " $ENABLED " == *" $1 "* ]]; }
function setup_develop { echo "setup_develop $1"; }
function echo_summary { :; }
function define_plugin { :; }
function enable_service { ENABLED="$ENABLED $1"; }
set -euo pipefail
"""
FILES = sorted(path.name for path in (PLUGIN / 'enabled').glob('_[0-9]*.py'))


@pytest.fixture
def stack(tmp_path):
    """Run a phase; return what was installed. ``stack.enabled`` is Horizon's directory of enabled files."""
    enabled = tmp_path / 'horizon' / 'openstack_dashboard' / 'local' / 'enabled'
    enabled.mkdir(parents=True)

    def run(*phase, services='horizon', settings='settings'):
        script = DEVSTACK + f'ENABLED={services!r}\n'
        if settings:
            script += f'. "{ROOT}/devstack/{settings}"\n'
        script += f'. "{ROOT}/devstack/plugin.sh" {" ".join(phase)}'
        done = subprocess.run(
            [shutil.which('bash'), '-c', script],
            check=True,
            env={'DEST': str(tmp_path), 'PATH': '/usr/bin:/bin'},
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.splitlines()

    run.enabled = enabled
    return run


def held(directory):
    return sorted(path.name for path in directory.iterdir())


def test_stack_installs_the_package_and_copies_the_enabled_files(stack):
    assert stack('stack', 'install') == [f'setup_develop {ROOT}']
    assert held(stack.enabled) == []
    stack('stack', 'post-config')
    assert held(stack.enabled) == FILES


@pytest.mark.parametrize('phase', ['unstack', 'clean'])
def test_unstack_and_clean_remove_them_and_no_other(stack, phase):
    (stack.enabled / '_1000_other.py').touch()
    stack('stack', 'post-config')
    stack(phase)

    assert held(stack.enabled) == ['_1000_other.py']


@pytest.mark.parametrize('phase', [('stack', 'pre-install'), ('stack', 'extra'), ('stack', 'test-config')])
def test_other_phases_do_nothing(stack, phase):
    assert stack(*phase) == []
    assert held(stack.enabled) == []


@pytest.mark.parametrize('switched_off', [{'services': ''}, {'settings': None}])
def test_without_horizon_or_the_plugin_it_does_nothing(stack, switched_off):
    assert stack('stack', 'install', **switched_off) == []
