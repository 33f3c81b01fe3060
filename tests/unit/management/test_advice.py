# SPDX-License-Identifier: Apache-2.0
"""Commands that an operator can type on this very machine."""

from pathlib import Path
import shlex
import subprocess
import sys

import pytest

from gbp_status_ui.management import advice

pytestmark = pytest.mark.releases


def test_a_command_is_that_of_this_python(monkeypatch):
    monkeypatch.setattr(sys, 'executable', '/opt/a b/python3')

    assert shlex.split(advice.command('install')) == ['/opt/a b/python3', '-m', 'gbp_status_ui', 'install']


def test_what_is_to_be_run_is_there(tmp_path):
    (command,) = [part for part in advice.install().split('"') if 'gbp_status_ui' in part]
    done = subprocess.run(
        [*shlex.split(command), '--help'],
        check=False,
        cwd=tmp_path,
        env={'PYTHONPATH': str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert 'enabled files' in done.stdout
