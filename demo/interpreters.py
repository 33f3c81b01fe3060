# SPDX-License-Identifier: Apache-2.0
"""Which Pythons there are: those that uv finds, those that pyenv keeps to itself, and those that uv can fetch."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
import functools
import os
from pathlib import Path
import subprocess

# Without a home this is a path that is not there.
PYENV = Path(os.environ.get('PYENV_ROOT') or os.path.expanduser('~/.pyenv'))
# Runs uv with further arguments.
Run = Callable[..., 'subprocess.CompletedProcess[str]']

# Long enough to fetch one on a slow line.
TIME_LIMIT_SECONDS = 1800


def find(version: str, uv: str, env: Mapping[str, str] | None = None) -> str | None:
    """Return the path of Python `version` ('3.9'), fetched if need be, or None."""
    run = functools.partial(_uv, uv, env)
    return _found(version, run) or _kept(version) or (_fetched(version, run) and _found(version, run)) or None


def _uv(uv: str, env: Mapping[str, str] | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [uv, 'python', *arguments]
    return subprocess.run(command, capture_output=True, check=False, text=True, env=env, timeout=TIME_LIMIT_SECONDS)


def _found(version: str, run: Run) -> str | None:
    found = run('find', '--system', '--no-python-downloads', version)
    return None if found.returncode else found.stdout.strip()


def _kept(version: str) -> str | None:
    """The newest one of pyenv, whose own commands in PATH answer only for the version that is switched on."""
    kept = sorted(PYENV.glob('versions/%s.*/bin/python%s' % (version, version)), key=_release)
    return str(kept[-1]) if kept else None


def _release(path: Path) -> list[int]:
    name = path.parent.parent.name
    return [int(part) for part in name.split('.') if part.isdigit()]


def _fetched(version: str, run: Run) -> bool:
    return not run('install', version).returncode
