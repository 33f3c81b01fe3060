# SPDX-License-Identifier: Apache-2.0
"""install, upgrade and remove of an installed wheel, on a real Horizon whose cache server is away."""

import json
import os
from pathlib import Path
import re
import shutil
import subprocess

import pytest

from tests.package.conftest import ROOT

GROUP = '_1590_project_gbp_status_panel_group.py'
REMOVED_NAMES = '_1540_gbpui_removed_names.py'
#: What releases before 1.0 installed: it lists scripts that there are no longer.
OLD = """
PANEL_GROUP = 'GroupPolicyPanels'
PANEL_GROUP_NAME = 'Policy'
PANEL_GROUP_DASHBOARD = 'project'
ADD_INSTALLED_APPS = ['gbp_status_ui']
ADD_JS_FILES = ['gbp_status_ui/js/reading.js']
ADD_SCSS_FILES = ['gbp_status_ui/scss/gbp_status_apart.scss']
"""

pytestmark = pytest.mark.parametrize('python', ['wheel'], indirect=True)


class Host:
    """A host with Horizon and the wheel, as it is before the first ``install``."""

    def __init__(self, python, clone):
        self._python, self._clone = python, clone
        (self.packages,) = python.parent.parent.glob('lib/*/site-packages')
        self.enabled = self.packages / 'openstack_dashboard' / 'local' / 'enabled'
        self.static = self.packages / 'static'
        for path in self.enabled.glob('_[0-9]*.py*'):
            if 'example' not in path.name:
                path.unlink()
        shutil.rmtree(self.static, ignore_errors=True)

    def run(self, *arguments, status=0):
        """Run Python in the clone, as the README says; return the lines of the output and of the errors."""
        environment = {**os.environ, 'PYTHONDONTWRITEBYTECODE': '1'}
        done = subprocess.run(
            [self._python, *arguments],
            capture_output=True,
            check=False,
            cwd=self._clone,
            env={**environment, 'DJANGO_SETTINGS_MODULE': 'openstack_dashboard.settings'},
            text=True,
        )
        assert done.returncode == status, done.stderr
        return done.stdout.splitlines() + done.stderr.splitlines() * (status != 0)

    def plugin(self, *arguments, status=0):
        return self.run('-m', 'gbp_status_ui', *arguments, status=status)

    def login(self):
        """Return the scripts of the log-in page, which answers."""
        found = json.loads(self.run('-I', str(Path(__file__).with_name('login.py')))[-1])
        assert found['status'] == 200
        return found['scripts']

    def tree(self):
        """Return {path: (mode, content)} of all below the environment."""
        return {path: (path.stat().st_mode, path.read_bytes()) for path in self.packages.rglob('*') if path.is_file()}


@pytest.fixture
def host(python, tree):
    return Host(python, tree)


def words(first):
    """Return what follows ``python3`` in the README's line that begins so."""
    (line,) = re.findall(rf'^    python3 ({re.escape(first)}.*)$', (ROOT / 'README.rst').read_text(), re.MULTILINE)
    return line.split()


def test_the_words_of_the_readme_put_the_plugin_into_horizon(host):
    lines = host.run(*words('-m gbp_status_ui install'))

    assert [line.split()[0] for line in lines] == ['gbp_status_ui', *['Wrote'] * 3, 'Collected', 'Compressed', 'Left']
    assert 'gbpStatus' in host.login()


def test_a_dry_run_changes_nothing(host):
    before = host.tree()
    assert [line for line in host.plugin('install', '--dry-run') if line.startswith('Would write')]
    assert host.tree() == before
    host.plugin('install', '--no-static')

    before = host.tree()
    assert [line for line in host.plugin('remove', '--dry-run') if line.startswith('Would delete')]
    assert host.tree() == before


def test_an_upgrade_replaces_what_a_release_before_1_0_left_and_removing_leaves_nothing(host):
    (host.enabled / GROUP).write_text(OLD)
    old_script = host.static / 'gbp_status_ui' / 'js' / 'reading.js'
    old_script.parent.mkdir(parents=True)
    old_script.write_text('window.scriptOfTheOldRelease = {};\n')
    lines = host.plugin('upgrade')
    assert f'Replaced {host.enabled / GROUP}; the old one stays as {GROUP}.bak' in lines
    assert (host.enabled / f'{GROUP}.bak').read_text() == OLD
    assert 'Deleted 1 collected files that this release lacks: gbp_status_ui/js/reading.js' in lines
    assert not old_script.exists()
    scripts = host.login()
    assert 'gbpStatus' in scripts
    assert 'scriptOfTheOldRelease' not in scripts
    require_removal(host)


def require_removal(host):
    """Remove the plugin from a dashboard that has all of it; what is left has none."""
    shutil.copy(host.packages / 'gbp_status_ui' / 'gbpui' / 'enabled' / REMOVED_NAMES, host.enabled)
    lines = host.plugin('remove')

    assert f'Deleted {host.enabled / REMOVED_NAMES}' in lines
    assert not list(host.enabled.glob('_[0-9]*.py'))
    assert not (host.static / 'gbp_status_ui').exists()
    assert 'gbpStatus' not in host.login()


def test_a_failure_leaves_the_dashboard_as_it_was(host):
    (host.enabled / GROUP).write_text(OLD)
    (host.enabled / '_1599_project_of_somebody.py').write_text("FEATURE = 'x'\nADD_JS_FILES = ['missing.js']\n")
    manifest = host.static / 'dashboard' / 'manifest.json'
    manifest.parent.mkdir(parents=True)
    manifest.write_text('{"a block": "of before"}')
    before = {path: path.read_bytes() for path in host.enabled.iterdir() if path.is_file()}
    said = host.plugin('install', status=1)

    assert 'missing.js' in said[-1]
    assert 'enabled files and compressed blocks are what they were' in said[-1]
    assert {path: path.read_bytes() for path in host.enabled.iterdir() if path.is_file()} == before
    assert manifest.read_text() == '{"a block": "of before"}'
