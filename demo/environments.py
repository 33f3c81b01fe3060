# SPDX-License-Identifier: Apache-2.0
"""The virtual environments of the services, one each, built by uv from demo/pins and rebuilt when their pins change."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
import hashlib
import os
from pathlib import Path
import re
import shutil
import sys

from demo import interpreters
from demo.directories import require_usable
from demo.errors import DemoError
from demo.preparation import Preparation
from demo.settings_paths import plain

PINS = Path(__file__).with_name('pins')
# Neutron 20.5 imports `imp`, which Python 3.12 has no more.
PYTHON = '3.11'
# The first line of pins for another one.
FOR_PYTHON = re.compile(r'# Python (\d\.\d+)\n')
UV = 'uv>=0.5,<1'


def fingerprint(*parts: str | Path) -> str:
    """A short digest of texts and of files (by name and content) that changes when any of them does."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        label = part.name if isinstance(part, Path) else ''
        digest.update(b'%s\0%d\0%s' % (label.encode(), len(content), content))
    return digest.hexdigest()[:16]


def find_uv(directory: Path, preparation: Preparation) -> str:
    """The path of uv: the one in PATH, or one in a small environment below `directory`."""
    found = shutil.which('uv')
    if found:
        return found
    own = Path(directory) / 'uv'
    if not (own / 'bin' / 'uv').exists():
        preparation.say('Installing uv into %s' % own)
        log = Path(directory) / 'uv.log'
        preparation.run('Making an environment for uv', [sys.executable, '-m', 'venv', own], log)
        preparation.run('Installing uv', [own / 'bin' / 'python', '-m', 'pip', 'install', '--quiet', UV], log)
    return str(own / 'bin' / 'uv')


class Environments:
    """The environments below one directory; several clouds may share it."""

    def __init__(self, directory: str | Path, preparation: Preparation) -> None:
        self.directory = Path(directory).resolve()
        require_usable(self.directory, 'DEMO_ENVIRONMENTS')
        self._preparation = preparation
        self._uv = ''

    def find_uv(self) -> None:
        """Look for uv, or install it; first of all, and from one thread."""
        self._uv = find_uv(self.directory, self._preparation)

    def path(self, name: str) -> Path:
        # Services have defaults below the directory of their Python.
        return plain(self.directory) / name

    def python(self, name: str) -> Path:
        return self.path(name) / 'bin' / 'python'

    def ensure(self, name: str, parts: Sequence[str] = ()) -> None:
        """Build the environment `name` unless it is there already, from pins/<part>.txt of `parts`; of its own without.

        A package that several parts pin has the version of the last.
        """
        pins, build = [PINS / (part + '.txt') for part in parts or (name,)], PINS / 'build.txt'
        wanted = fingerprint(*pins, build, python_of(*pins))
        stamp = self.path(name) / 'pins.fingerprint'
        with self.locked(name):
            if stamp.exists() and stamp.read_text() == wanted:
                return
            self._preparation.say('Installing %s' % name)
            self._build(name, pins, build)
            stamp.write_text(wanted)

    def _build(self, name: str, pins: Sequence[Path], build: Path) -> None:
        log = self.directory / (name + '.log')
        log.write_bytes(b'')
        merged = self.directory / (name + '.txt')
        merged.write_text(merge(*pins))
        python = self._interpreter(name, python_of(*pins))
        self.uv_run('Making the environment %s' % name, log, 'venv', '--clear', '--python', python, self.path(name))
        self.uv_run(
            'Installing %s' % name,
            log,
            'pip',
            'sync',
            '--python',
            self.path(name),
            '--build-constraints',
            build,
            merged,
        )

    def _interpreter(self, name: str, version: str) -> str:
        """The path of a Python: the one that runs this, or one that uv finds or else fetches."""
        if '%d.%d' % sys.version_info[:2] == version:
            return sys.executable
        found = interpreters.find(version, self._uv, env=_clean())
        if not found:
            raise DemoError('%s needs Python %s, and uv could neither find nor fetch it.' % (name, version))
        return found

    def uv_run(self, what: str, log: Path, *arguments: object) -> None:
        self._preparation.run(what, [self._uv, *arguments], log, env=_clean())

    def locked(self, name: str) -> AbstractContextManager[None]:
        """Nobody else builds or changes the environment `name` meanwhile."""
        return self._preparation.locked(self.directory / (name + '.lock'))


def python_of(*pins: Path) -> str:
    """The version of Python that the pins are for: what their first lines say, or else what all others run on."""
    named = [FOR_PYTHON.match(path.read_text()) for path in pins]
    return next((found[1] for found in named if found), PYTHON)


def merge(*pins: Path) -> str:
    """Return the pins of several files as one text; a package that several name has the version of the last."""
    lines = [line for path in pins for line in path.read_text().splitlines() if line and not line.startswith('#')]
    return '\n'.join({line.partition('==')[0]: line for line in lines}.values()) + '\n'


def _clean() -> dict[str, str]:
    """The environment without what would make uv or a service look elsewhere than in its own environment."""
    unwanted = ('VIRTUAL_ENV', 'PYTHONPATH', 'PYTHONHOME', 'UV_PYTHON')
    return {name: value for name, value in os.environ.items() if name not in unwanted}
