# SPDX-License-Identifier: Apache-2.0
"""Horizon: the plugin installed as an operator does it, the static files, and the process."""

from __future__ import annotations

from collections.abc import Iterator
import os
from pathlib import Path
import secrets
import shutil
import tempfile

from demo.environments import Environments
from demo.environments import fingerprint
from demo.environments import PINS
from demo.environments import python_of
from demo.errors import DemoError
from demo.preparation import Preparation
from demo.processes import Services

HERE = Path(__file__).parent
INSIDE, SETTINGS = HERE / 'inside', HERE / 'settings' / 'local_settings.py'
PROJECT = HERE.parent
PLUGIN = 'gbp_status_ui'
BUILD = PINS / 'build.txt'
# All that a wheel is made of. Built from a copy: setuptools leaves its own files beside the sources, and reuses them.
PLUGIN_SOURCES = (PLUGIN, 'static', 'templates', 'tools', 'setup.cfg', 'pyproject.toml', 'README.rst', 'LICENSE')
#: Returns those names of a directory that running and building the plugin has left there.
_generated = shutil.ignore_patterns('__pycache__', '*.mo')
# The operator copies these files from installed packages into openstack_dashboard/local.
ENABLED = 'enabled'
ENABLED_FILES = (
    PLUGIN + '/enabled/_[0-9]*.py',
    # Optional: group-based-policy-ui does not load without it.
    PLUGIN + '/gbpui/enabled/_[0-9]*.py',
    'gbpui/_[0-9]*.py',
)


def releases() -> list[str]:
    """The Horizon releases that there are pins for."""
    return sorted(path.stem[len('horizon-') :] for path in PINS.glob('horizon-*.txt'))


def choices() -> str:
    """The releases of Horizon in words, each with the Python that it runs on, which is looked for or fetched."""
    return ', '.join(
        '%s (Python %s)' % (release, python_of(PINS / ('horizon-%s.txt' % release))) for release in releases()
    )


def release_of(name: str) -> str:
    """The release that a name or its beginning ('25.7') stands for, the newest if several; the name if none."""
    return next((known for known in reversed(releases()) if (known + '.').startswith(name + '.')), name)


def environment_of(release: str, gbp: str) -> str:
    """The name of the environment of a Horizon that has group-based-policy-ui as it fits a release of GBP."""
    return '%s-gbp%s' % (pins_of(release, gbp)[0], gbp)


def pins_of(release: str, gbp: str) -> tuple[str, str]:
    return ('horizon-' + release, 'gbpui-' + gbp)


def plugin_files(project: Path = PROJECT) -> Iterator[Path]:
    """Every file of the plugin's sources, in a stable order."""
    for source in PLUGIN_SOURCES:
        path = project / source
        if path.is_file():
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(set(folders) - _generated(folder, folders))
            yield from (Path(folder) / name for name in sorted(set(names) - _generated(folder, names)))


class Dashboard:
    """One Horizon of `release` at `port`; the environment carries the plugin, gbpui for `gbp` and the static files.

    `themes` is a folder with themes beside Horizon's own, one a folder.
    """

    application = 'dashboard_wsgi:application'

    def __init__(
        self,
        directory: str | Path,
        environments: Environments,
        release: str,
        gbp: str,
        port: int,
        keystone_url: str,
        workers: int = 1,
        memcached: str | None = None,
        themes: str | Path | None = None,
    ) -> None:
        self.directory = Path(directory).resolve()
        self.url = 'http://127.0.0.1:%d/' % port
        self._environments, self._name = environments, environment_of(release, gbp)
        self._pins = pins_of(release, gbp)
        self._environment = environments.path(self._name)
        self._static = self._environment / 'static'
        self._port, self._keystone_url = port, keystone_url
        self._workers, self._memcached = workers, memcached
        self._themes = Path(themes) if themes else None

    def install(self, preparation: Preparation) -> None:
        """Make the environment and install the plugin into it, unless both are there."""
        self._environments.ensure(self._name, self._pins)
        self.install_plugin(preparation)

    def install_plugin(self, preparation: Preparation) -> None:
        """Build and install the plugin and make the static files unless this very plugin is there."""
        files = list(plugin_files())
        themes = sorted(self._themes.rglob('*.scss')) if self._themes else []
        wanted = fingerprint(*map(str, (*files, *themes)), *files, *themes, SETTINGS, BUILD)
        stamp = self._environment / 'plugin.fingerprint'
        with self._environments.locked(self._name):
            if stamp.exists() and stamp.read_text() == wanted:
                return
            stamp.unlink(missing_ok=True)
            preparation.say('Installing the plugin into Horizon')
            self._install_wheel()
            self._copy_operator_files()
            preparation.say('Collecting and compressing the static files')
            self._make_static_files(preparation)
            stamp.write_text(wanted)

    @property
    def _log(self) -> Path:
        return self._environments.directory / (self._name + '-plugin.log')

    def _install_wheel(self) -> None:
        self._log.write_bytes(b'')
        with tempfile.TemporaryDirectory() as scratch:
            tree, wheels = Path(scratch, 'tree'), Path(scratch, 'wheels')
            copy_sources(PROJECT, tree)
            pins, build = self._environments.directory / (self._name + '.txt'), ('--build-constraints', BUILD)
            self._environments.uv_run(
                'Building the plugin', self._log, 'build', '--quiet', '--wheel', *build, '--out-dir', wheels, tree
            )
            self._environments.uv_run(
                'Installing the plugin',
                self._log,
                'pip',
                'install',
                '--python',
                self._environment,
                '--constraints',
                pins,
                '--reinstall-package',
                PLUGIN,
                *wheels.glob('*.whl'),
            )

    def _copy_operator_files(self) -> None:
        packages = next(self._environment.glob('lib/python3*/site-packages'))
        local = packages / 'openstack_dashboard' / 'local'
        shutil.copyfile(SETTINGS, local / 'local_settings.py')
        for old in (local / ENABLED).glob('_[0-9]*.py'):
            old.unlink()
        for pattern in ENABLED_FILES:
            copies = sorted(packages.glob(pattern))
            if not copies:
                raise DemoError('No files are installed as %s.' % pattern)
            for source in copies:
                shutil.copy(source, local / ENABLED)

    def _make_static_files(self, preparation: Preparation) -> None:
        # The rest stays: a running Horizon in this environment still names the old compressed files.
        shutil.rmtree(self._static / PLUGIN, ignore_errors=True)
        for name, command in (
            ('collectstatic', ['-m', 'django', 'collectstatic', '--noinput']),
            ('compress', [INSIDE / 'compress.py', '--force']),
        ):
            preparation.run(
                'Making the static files (%s)' % name,
                [self._environment / 'bin' / 'python', *command, '--verbosity', '0'],
                self._log,
                env=self._variables('unused'),
                cwd=self._environment,
            )

    def _variables(self, secret: str) -> dict[str, str]:
        return {
            **os.environ,
            'DJANGO_SETTINGS_MODULE': 'openstack_dashboard.settings',
            'GBP_DEMO_DASHBOARD': str(self.directory),
            'GBP_DEMO_STATIC': str(self._static),
            'GBP_DEMO_KEYSTONE': self._keystone_url,
            'GBP_DEMO_SECRET': secret,
            'DEMO_MEMCACHED': self._memcached or '',
            'GBP_DEMO_THEMES': str(self._themes or ''),
        }

    def start(self, services: Services) -> None:
        (self.directory / 'sessions').mkdir(parents=True, exist_ok=True)
        services.start(
            'horizon',
            [
                # Not by itself: its first line names a path that a shell may read otherwise.
                self._environment / 'bin' / 'python',
                self._environment / 'bin' / 'gunicorn',
                '--bind',
                '127.0.0.1:%d' % self._port,
                '--workers',
                self._workers,
                '--threads',
                '8',
                '--config',
                INSIDE / 'gunicorn.conf.py',
                '--worker-tmp-dir',
                self.directory,
                '--chdir',
                INSIDE,
                self.application,
            ],
            self._variables(self._secret()),
            self.directory,
        )

    def _secret(self) -> str:
        """A key of this DEMO_DIR: sessions outlive a restart, and nobody else can make one."""
        path = self.directory / 'secret_key'
        if not path.exists():
            path.touch(0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text()


def copy_sources(project: Path, target: Path) -> None:
    target.mkdir()
    for source in PLUGIN_SOURCES:
        path = project / source
        if path.is_dir():
            shutil.copytree(path, target / source, symlinks=True, ignore=_generated)
        elif path.exists():
            shutil.copy(path, target)
