# SPDX-License-Identifier: Apache-2.0
"""An installed plugin is found by Horizon: its enabled files, static files, templates and compiled translations."""

import os
from pathlib import Path
import subprocess


def files(tree):
    """Return the names of what Horizon has to find."""
    found = [path for place in ('static', 'templates') for path in (tree / place).rglob('*') if path.is_file()]
    return [str(path.relative_to(tree)) for path in found] + [
        str(path.with_suffix('.mo').relative_to(tree / 'gbp_status_ui'))
        for path in (tree / 'gbp_status_ui' / 'locale').rglob('*.po')
    ]


def test_horizon_finds_every_file(tree, python, tmp_path):
    environment = {**os.environ, 'DJANGO_SETTINGS_MODULE': 'openstack_dashboard.settings'}
    subprocess.run([python, '-IBm', 'gbp_status_ui', 'install', '--no-static'], check=True, cwd=tmp_path)
    found = subprocess.run(
        [python, '-IB', Path(__file__).with_name('look.py'), *files(tree)],
        check=True,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )

    assert files(tree)
    assert found.stdout.split() == []
