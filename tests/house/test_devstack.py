# SPDX-License-Identifier: Apache-2.0
"""The DevStack plugin: what each phase does, with DevStack's own functions stood in."""

import shutil
import subprocess

import pytest

from tests.house.source import ROOT

DEVSTACK = """
function is_service_enabled { [[ " $ENABLED " == *" $1 "* ]]; }
function setup_develop { echo "setup_develop $1"; }
function python_of_devstack { echo "python $*"; }
function echo_summary { :; }
function define_plugin { :; }
function enable_service { ENABLED="$ENABLED $1"; }
PYTHON=python_of_devstack
set -euo pipefail
"""


@pytest.fixture
def stack():
    """Run a phase; return what was installed and run."""

    def run(*phase, services='horizon', settings='settings'):
        script = DEVSTACK + f'ENABLED={services!r}\n'
        if settings:
            script += f'. "{ROOT}/devstack/{settings}"\n'
        script += f'. "{ROOT}/devstack/plugin.sh" {" ".join(phase)}'
        done = subprocess.run(
            [shutil.which('bash'), '-c', script],
            check=True,
            env={'PATH': '/usr/bin:/bin'},
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.splitlines()

    return run


def test_stack_installs_the_package_and_copies_the_enabled_files(stack):
    assert stack('stack', 'install') == [f'setup_develop {ROOT}']
    assert stack('stack', 'post-config') == ['python -m gbp_status_ui install --no-static']


@pytest.mark.parametrize('phase', ['unstack', 'clean'])
def test_unstack_and_clean_remove_them(stack, phase):
    assert stack(phase) == ['python -m gbp_status_ui remove --no-static']


@pytest.mark.parametrize('phase', [('stack', 'pre-install'), ('stack', 'extra'), ('stack', 'test-config')])
def test_other_phases_do_nothing(stack, phase):
    assert stack(*phase) == []


@pytest.mark.parametrize('switched_off', [{'services': ''}, {'settings': None}])
def test_without_horizon_or_the_plugin_it_does_nothing(stack, switched_off):
    assert stack('stack', 'install', **switched_off) == []
