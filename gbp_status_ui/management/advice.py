# SPDX-License-Identifier: Apache-2.0
"""The commands that an operator can run on this host to repair what a finding says."""

from __future__ import annotations

from pathlib import Path
import shlex
import sys


def command(name: str, *arguments: str) -> str:
    """Return a command of the plugin as it is typed here."""
    return shlex.join([sys.executable, '-m', 'gbp_status_ui', name, *arguments])


def give(path: Path) -> str:
    """Return the command that gives a file the owner of its directory."""
    return shlex.join(['chown', f'--reference={path.parent}', str(path)])


def install() -> str:
    """Return what puts the enabled files, the static files and the compressed files of this version in place."""
    return f'Run "{command("install")}", then restart the web server.'
