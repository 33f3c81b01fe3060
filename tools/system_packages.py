# SPDX-License-Identifier: Apache-2.0
"""python -m tools.system_packages [package ...]: what the tests need from the system, as bindep.txt says.

Root gets missing packages installed where there is apt-get; elsewhere one line names them. Given packages are taken for
missing: ``make`` names python3-venv, without which there is no environment for bindep.
"""

from __future__ import annotations

import os
from pathlib import Path
import shutil
import subprocess
import sys

BINDEP = str(Path(sys.executable).with_name('bindep'))


class NotInstalled(Exception):
    """The system's package manager failed; the message is what it said."""


def missing() -> list[str]:
    """Return the names of the packages that bindep misses."""
    return subprocess.run([BINDEP, '--brief'], check=False, stdout=subprocess.PIPE, text=True).stdout.split()


def install(packages: list[str]) -> None:
    print('Installing %s' % ' '.join(packages), flush=True)
    environment = {**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'}
    for arguments in (['update'], ['install', '--yes', '--no-install-recommends', *packages]):
        done = subprocess.run(
            ['apt-get', '-qq', *arguments],
            check=False,
            env=environment,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise NotInstalled('apt-get %s:\n%s' % (arguments[0], done.stdout))


def main(named: list[str]) -> str | int:
    """Return an exit status, or the line that says what is missing."""
    absent = named or missing()
    try:
        if absent and os.geteuid() == 0 and shutil.which('apt-get'):
            install(absent)
            absent = [] if named else missing()
    except NotInstalled as failed:
        print(failed, file=sys.stderr)
    return 'Missing system packages: %s' % ' '.join(absent) if absent else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
