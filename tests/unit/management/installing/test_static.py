# SPDX-License-Identifier: Apache-2.0
"""Static files are collected and compressed without effects that the web server would feel."""

import json
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from gbp_status_ui.management.installing import static
from gbp_status_ui.management.installing.copies import PLUGIN

pytestmark = pytest.mark.releases

SCRIPT = 'gbp_status_ui/js/poller.js'


@pytest.fixture
def root(tmp_path):
    """STATIC_ROOT with the collected files of this release, and one of an earlier one."""
    shutil.copytree(PLUGIN / 'static', tmp_path, dirs_exist_ok=True)
    (tmp_path / 'gbp_status_ui' / 'old').mkdir()
    (tmp_path / 'gbp_status_ui' / 'old' / 'reading.js').touch()
    (tmp_path / 'horizon').mkdir()
    (tmp_path / 'horizon' / 'reading.js').touch()
    return tmp_path


def test_an_upgrade_deletes_what_this_release_lacks(root):
    assert static.outdated(root, plugin_stays=True) == [root / 'gbp_status_ui' / 'old' / 'reading.js']


def test_a_removal_deletes_all_of_the_plugin_and_nothing_else(root):
    found = static.outdated(root, plugin_stays=False)

    assert root / SCRIPT in found
    assert {path.relative_to(root).parts[0] for path in found} == {'gbp_status_ui'}


def test_where_nothing_was_collected_nothing_is_outdated(tmp_path):
    assert static.outdated(tmp_path, plugin_stays=False) == []


def test_empty_directories_go(root):
    for path in static.outdated(root, plugin_stays=False):
        path.unlink()
    static.delete_empty(root / 'gbp_status_ui')

    assert sorted(path.name for path in root.iterdir()) == ['horizon']


@pytest.fixture
def manifest(tmp_path):
    (tmp_path / 'manifest.json').write_text('{"a block": ""}')
    return tmp_path / 'manifest.json'


def fill(manifest):
    with static.put_back(manifest):
        manifest.write_text('{')
        raise OSError('full')


def test_a_failure_puts_the_manifest_back(manifest):
    with pytest.raises(OSError, match='full'):
        fill(manifest)

    assert manifest.read_text() == '{"a block": ""}'
    assert list(manifest.parent.iterdir()) == [manifest]


def test_a_failure_without_a_manifest_before_leaves_none_that_is_half_made(tmp_path):
    with pytest.raises(OSError, match='full'):
        fill(tmp_path / 'manifest.json')

    assert list(tmp_path.iterdir()) == []


def test_a_new_manifest_stays(manifest):
    with static.put_back(manifest):
        manifest.write_text('{}')

    assert manifest.read_text() == '{}'
    assert list(manifest.parent.iterdir()) == [manifest]


def test_one_thread_compiles():
    with static.OneThread(4) as pool:
        assert pool._max_workers == 1


def start(directory, settings, *arguments):
    """Run the module in a process of its own, with settings of which ``settings`` is the end."""
    (directory / 'dashboard_settings.py').write_text(f'from openstack_dashboard.settings import *\n{settings}\n')
    return subprocess.run(
        [sys.executable, '-m', 'gbp_status_ui.management.installing.static', *arguments],
        capture_output=True,
        check=False,
        env={
            'DJANGO_SETTINGS_MODULE': 'dashboard_settings',
            'PATH': os.environ['PATH'],
            'PYTHONDONTWRITEBYTECODE': '1',
            'PYTHONPATH': f'{Path(__file__).parents[4]}:{directory}',
        },
        text=True,
    )


@pytest.mark.slow
def test_the_facts_are_read_without_writing_a_secret_key(tmp_path):
    key = tmp_path / 'key'
    settings = f"""
from horizon.utils import secret_key
SECRET_KEY = secret_key.generate_or_read_from_file({str(key)!r})
STATIC_ROOT = {str(tmp_path / 'static')!r}
LOG = {{'class': 'logging.FileHandler', 'filename': {str(tmp_path / 'log')!r}}}
LOGGING = {{'version': 1, 'handlers': {{'file': LOG}}}}
"""
    done = start(tmp_path, settings, 'facts')
    facts = json.loads(done.stdout)

    assert (facts['static_root'], facts['compresses']) == (str(tmp_path / 'static'), True)
    assert str(key) in facts['keys']
    assert [path.name for path in tmp_path.iterdir()] == ['dashboard_settings.py']


@pytest.mark.slow
def test_settings_that_fail_are_one_line(tmp_path):
    done = start(tmp_path, '1 / 0', 'facts')

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f'ZeroDivisionError: division by zero ({tmp_path / "dashboard_settings.py"}, line 2)'
    )


def test_it_fails_where_the_check_names_an_error_of_static_files(installation):
    static.look(plugin_stays=True)
    installation.manifest.unlink()

    with pytest.raises(static.NotReady, match='nothing has been compressed'):
        static.look(plugin_stays=True)


def test_a_file_that_cannot_be_deleted_leaves_the_blocks_as_they_were(installation, monkeypatch, root):
    """Enabled files are taken back then, and the blocks have to fit them; COMPRESS_ROOT may be another directory."""

    def call_command(name, **_options):
        if name == 'compress':
            installation.manifest.write_text('{}')

    def refuse(*_args, **_options):
        raise PermissionError(13, 'Permission denied')

    before = installation.manifest.read_text()
    installation.settings.STATIC_ROOT = str(root / 'collected')
    shutil.copytree(installation.root / 'gbp_status_ui', root / 'collected' / 'gbp_status_ui')
    (root / 'collected' / 'gbp_status_ui' / 'old.js').touch()
    monkeypatch.setattr(static, 'load', lambda: (installation.settings, []))
    monkeypatch.setattr(static, 'look', lambda _plugin_stays: None)
    monkeypatch.setattr(static, 'delete_empty', refuse)
    monkeypatch.setattr(static.futures, 'ThreadPoolExecutor', None)
    monkeypatch.setattr('django.core.management.call_command', call_command)
    with pytest.raises(PermissionError):
        static.renew(plugin_stays=True)

    assert installation.manifest.read_text() == before


def test_once_the_plugin_is_removed_its_static_files_are_not_looked_for(installation):
    shutil.rmtree(installation.root / 'gbp_status_ui')

    assert static.look(plugin_stays=False) is None


@pytest.mark.parametrize('plugin_stays', [True, False])
def test_it_fails_where_compress_has_left_a_block_out(installation, plugin_stays):
    """Without its cache server ``compress`` does, and reports success; each page is an error then."""
    blocks = json.loads(installation.manifest.read_text())
    installation.manifest.write_text(json.dumps(dict(list(blocks.items())[1:])))

    with pytest.raises(static.NotReady, match=r'The compressed block with .* is missing'):
        static.look(plugin_stays=plugin_stays)


def test_scripts_without_the_plugin_are_right_once_it_is_removed(installation):
    installation.script.write_text('horizon.other={}')

    assert static.look(plugin_stays=False) is None
    with pytest.raises(static.NotReady, match='without those of the plugin'):
        static.look(plugin_stays=True)


def test_what_lacks_is_said_without_the_name_of_an_error(monkeypatch):
    def lack():
        raise static.NotReady('A block is missing.')

    monkeypatch.setitem(static.COMMANDS, 'install', lack)
    with pytest.raises(SystemExit, match=r'^A block is missing\.$'):
        static.main('install')
