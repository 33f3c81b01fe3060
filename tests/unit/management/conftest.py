# SPDX-License-Identifier: Apache-2.0
"""An installation in which all is in place, of which a test breaks one thing; and a Keystone for the shell's log-in."""

import contextlib
import importlib
import json
import os
import pathlib
import shutil
import sys
import time

from compressor import cache as compressor_cache
from compressor import storage
from django.contrib.sessions.backends import file
from django.test import override_settings
from openstack.config import loader
import pytest

from horizon import themes

from gbp_status_ui.management import enabled_files
from gbp_status_ui.management import login
from gbp_status_ui.management import processes
from gbp_status_ui.management import report
from gbp_status_ui.management.installing import copies

from tests.clients import Client
from tests.unit.management import keystone as stand_in

ENABLED = ('openstack_dashboard.enabled', 'openstack_dashboard.local.enabled')
SCRIPT, STYLE = 'dashboard/js/output.1f.js', 'dashboard/css/output.2e.css'


class _Recorder(dict):
    """A manifest that has each block, and keeps which are asked for."""

    def __contains__(self, key):
        self[key] = f'<script src="/static/{SCRIPT}"></script><link href="/static/{STYLE}">'
        return True


@pytest.fixture(scope='session')
def blocks():
    """The manifest of the blocks that the log-in page of this Horizon has, in each of its themes."""
    recorder = _Recorder()
    with pytest.MonkeyPatch.context() as patched, override_settings(COMPRESS_ENABLED=True, COMPRESS_OFFLINE=True):
        patched.setattr(compressor_cache, '_offline_manifest', recorder)
        for theme, *_ in themes.get_themes():
            client = Client()
            client.cookies['theme'] = theme
            client.get('/auth/login/')
    assert len(recorder) > 4
    return dict(recorder)


@contextlib.contextmanager
def unread():
    """Have the enabled files read anew, and only in the block."""
    known = {name: sys.modules.pop(name) for name in list(sys.modules) if name.rpartition('.')[0] in ENABLED}
    importlib.invalidate_caches()
    yield
    for name in list(sys.modules):
        if name.rpartition('.')[0] in ENABLED or name.partition('.')[0] == 'gbpui':
            del sys.modules[name]
    sys.modules.update(known)


def _refusing(closed, read):
    def refusing(path, *args, **options):
        if path == closed:
            raise PermissionError(13, 'Permission denied', str(path))
        return read(path, *args, **options)

    return refusing


class Installation:
    """``settings`` are those of Django, ``patch`` changes others; each path may be changed by a test."""

    def __init__(self, directory, settings, patch, blocks):
        self.settings, self.patch = settings, patch
        self.directory, self.root = directory, directory / 'static'
        self.local, self.own = directory / 'local', directory / 'own'
        self.apache = directory / 'etc' / 'apache2' / 'conf-enabled' / 'openstack-dashboard.conf'
        self.script, self.style = self.root / SCRIPT, self.root / STYLE
        self.manifest = self.root / 'dashboard' / 'manifest.json'
        self._make(blocks)

    def _make(self, blocks):
        shutil.copytree(copies.PLUGIN / 'static', self.root)
        shutil.copytree(copies.PLUGIN / 'enabled', self.local, ignore=shutil.ignore_patterns('__pycache__'))
        self.own.mkdir()
        for path in (self.script, self.style, self.apache):
            path.parent.mkdir(parents=True)
        self.script.write_text('horizon.gbpStatus={}')
        self.style.write_text('.gbp-status{}')
        self.manifest.write_text(json.dumps(blocks))

    def enable(self, name, text, local=True):
        """Write one more enabled file."""
        path = (self.local if local else self.own) / name
        path.write_text(text)
        importlib.invalidate_caches()
        return path

    def close(self, path):
        """Take from this process the right to read a file; root has it otherwise."""
        for name in ('read_bytes', 'read_text'):
            self.patch.setattr(pathlib.Path, name, _refusing(path, getattr(pathlib.Path, name)))

    def give_to_root(self, path):
        """Have a file be one that root alone can read."""
        real = pathlib.Path.stat

        def status(asked, **options):
            found = real(asked, **options)
            return os.stat_result((0o100600, *found[1:4], 0, 0, *found[6:])) if asked == path else found

        self.patch.setattr(pathlib.Path, 'stat', status)

    def hide(self, library):
        """Have Python not find a library."""
        for name in [name for name in sys.modules if name.partition('.')[0] == library]:
            self.patch.delitem(sys.modules, name)
        self.patch.setitem(sys.modules, library, None)

    def install_gbpui(self, code):
        """Put a group-based-policy-ui in place that has one panel, with such tables."""
        panel = self.directory / 'gbpui' / 'panels' / 'policytargets'
        panel.mkdir(parents=True)
        for folder in (panel, panel.parents[0], panel.parents[1]):
            (folder / '__init__.py').touch()
        (panel / 'tables.py').write_text(code)
        self.patch.syspath_prepend(self.directory)

    def change_later(self, path):
        """Have a file be newer than what was compressed."""
        later = self.manifest.stat().st_mtime + 60
        os.utime(path, (later, later))


@pytest.fixture
def installation(tmp_path, settings, blocks, monkeypatch):
    """All is in place: the check has nothing to say but notes."""
    settings.STATIC_ROOT = settings.COMPRESS_ROOT = str(tmp_path / 'static')
    settings.COMPRESS_ENABLED = settings.COMPRESS_OFFLINE = True
    cache = {'BACKEND': 'tests.unit.cache_backends.MemcachedLike', 'LOCATION': 'shared'}
    settings.CACHES = {**settings.CACHES, 'default': cache}
    settings.SESSION_ENGINE = 'django.contrib.sessions.backends.cache'
    monkeypatch.setattr(compressor_cache, '_offline_manifest', None)
    manifests = storage.OfflineManifestFileStorage()
    monkeypatch.setattr(compressor_cache, 'default_offline_manifest_storage', manifests)
    monkeypatch.setattr(processes, 'CONFIGURED_IN', tmp_path / 'etc')
    made = Installation(tmp_path, settings, monkeypatch, blocks)
    monkeypatch.setattr(enabled_files.local_enabled, '__path__', [str(made.local)])
    monkeypatch.setattr(enabled_files.dashboard_enabled, '__path__', [str(made.own)])
    forget_where_sessions_are()
    with unread():
        yield made
    forget_where_sessions_are()


def forget_where_sessions_are():
    """Have Django read ``SESSION_FILE_PATH`` again, which it does once in a process."""
    if '_storage_path' in vars(file.SessionStore):
        del file.SessionStore._storage_path


@pytest.fixture
def keystone(monkeypatch, tmp_path):
    """The Keystone; the shell has no other variables, and there is no clouds.yaml but ``tmp_path``'s."""
    for name in [name for name in os.environ if name.startswith('OS_')]:
        monkeypatch.delenv(name)
    monkeypatch.setenv('OS_CLIENT_CONFIG_FILE', str(tmp_path / 'clouds.yaml'))
    monkeypatch.setenv('OS_CLIENT_SECURE_FILE', str(tmp_path / 'secure.yaml'))
    monkeypatch.setenv('HOME', str(tmp_path))
    # Old releases add to these lists what the variables name.
    for name in ('CONFIG_FILES', 'SECURE_FILES', 'VENDOR_FILES'):
        monkeypatch.setattr(loader, name, [])
    found = stand_in.Keystone()
    monkeypatch.setattr(login.transport, 'Adapter', lambda: found)
    return found


@pytest.fixture
def shell(keystone, monkeypatch):
    """shell('demo') sets the variables of somebody's password in the own project; others can be added."""

    def set_(name, **others):
        own = {'OS_USERNAME': name, 'OS_PASSWORD': name, 'OS_PROJECT_NAME': name}
        domains = {'OS_USER_DOMAIN_NAME': 'Default', 'OS_PROJECT_DOMAIN_NAME': 'Default'}
        for variable, value in {'OS_AUTH_URL': stand_in.URL, **own, **domains, **others}.items():
            monkeypatch.setenv(variable, value)

    return set_


@pytest.fixture
def demo(shell, gbp):
    """The member of the project demo has logged in."""
    shell('demo')
    return gbp


@pytest.fixture
def pauses(monkeypatch):
    """What happens in the pauses of the command, each a function; time passes only in them."""

    class Time:
        def __init__(self):
            self.now = time.time()
            self.steps = []

        def time(self):
            return self.now

        def monotonic(self):
            return self.now

        def sleep(self, seconds):
            self.now += seconds
            if self.steps:
                self.steps.pop(0)()

    monkeypatch.setattr(report, 'time', Time())
    return report.time.steps
