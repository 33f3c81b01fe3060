# SPDX-License-Identifier: Apache-2.0
"""Gets a release of group-based-policy-ui, and starts a Horizon that has it."""

import dataclasses
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys

from demo.environments import Environments
from demo.preparation import Preparation

from tests.dashboards import ENVIRONMENTS

#: {release: that of python-group-based-policy-client that fits it}.
RELEASES = {'16.0.0': '12.0.0', '17.0.0': '14.0.0', '18.0.0': '14.0.0'}
ROOT = Path(__file__).resolve().parent.parent.parent
PLUGIN = ROOT / 'gbp_status_ui'


def install(version):
    """Return the directory with that release and its client alone; it stays for the next time."""
    directory = ENVIRONMENTS / f'gbpui-{version}'
    environments = Environments(ENVIRONMENTS, Preparation(lambda line: None))
    environments.find_uv()
    with environments.locked(directory.name):
        if not (directory / 'gbpclient').exists():
            client = f'python-group-based-policy-client=={RELEASES[version]}'
            packages = ('--no-deps', '--target', directory, f'group-based-policy-ui=={version}', client)
            log = directory.with_suffix('.log')
            environments.uv_run(
                f'Installing {directory.name}', log, 'pip', 'install', '--python', sys.executable, *packages
            )
    return directory


@dataclasses.dataclass
class Seen:
    """What a Horizon is like that has started, and what it has logged meanwhile."""

    log: list
    put_back: list
    failures: dict
    lacking: list
    templates: dict
    panels: list
    scripts: list
    angular: list
    widgets: list
    columns: dict
    status: int

    def lines_of(self, name):
        return [line for line in self.log if line.startswith(name)]


def look(directory, enabled, *, with_plugin=True, with_names=True):
    """Start a Horizon with a release, the plugin's enabled files, and ``with_names`` the optional one."""
    enabled.mkdir()
    (enabled / '__init__.py').touch()
    copied = {PLUGIN / 'enabled': with_plugin, PLUGIN / 'gbpui' / 'enabled': with_names, directory / 'gbpui': True}
    for folder in filter(copied.get, copied):
        for source in folder.glob('_[0-9]*.py'):
            shutil.copy(source, enabled)
    environment = {
        **os.environ,
        'DJANGO_SETTINGS_MODULE': 'tests.gbpui.settings',
        'ENABLED_FILES': str(enabled),
        'PYTHONPATH': os.pathsep.join([str(ROOT), str(directory)]),
        'PYTHONWARNINGS': 'ignore',
    }
    command = [sys.executable, Path(__file__).with_name('look.py')]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return Seen(log=ended.stderr.splitlines(), **json.loads(ended.stdout.splitlines()[-1]))
