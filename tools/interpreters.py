# SPDX-License-Identifier: Apache-2.0
"""Which Pythons there are for tox: those that uv finds or can fetch, and those that pyenv keeps to itself."""

import os
from pathlib import Path
import subprocess

PYENV = Path(os.environ.get('PYENV_ROOT') or Path.home() / '.pyenv')


def provide(version, uv, directory):
    """Make sure that tox finds Python ``version`` ('3.12') in ``directory`` or by itself; False where it will not."""
    return _found(version, uv) or _linked(version, directory) or _fetched(version, uv)


def _uv(uv, *arguments):
    return subprocess.run([uv, 'python', *arguments], capture_output=True, check=False, text=True, timeout=300)


def _found(version, uv):
    return not _uv(uv, 'find', '--system', '--no-python-downloads', version).returncode


def _linked(version, directory):
    """Link the newest one of pyenv, whose own commands in PATH answer only for the version that is switched on."""
    kept = sorted(PYENV.glob('versions/%s.*/bin/python%s' % (version, version)))
    if not kept:
        return False
    directory.mkdir(parents=True, exist_ok=True)
    link = directory / ('python' + version)
    link.unlink(missing_ok=True)
    link.symlink_to(kept[-1])
    return True


def _fetched(version, uv):
    return not _uv(uv, 'install', version).returncode
