# SPDX-License-Identifier: Apache-2.0
"""python3 -m tools.system_packages: what the tests need from the system.

Root gets missing packages installed where there is apt-get; elsewhere one line names them.
"""

import ctypes
import importlib.util
import os
from pathlib import Path
import shutil
import subprocess
import sys

FONTS = [Path('/usr/share/fonts'), Path('/usr/local/share/fonts'), Path.home() / '.local/share/fonts']


def command(*names):
    return lambda: any(shutil.which(name) for name in names)


def library(name):
    def is_there():
        try:
            return ctypes.CDLL(name)
        except OSError:
            return None

    return is_there


def font(name):
    return lambda: any(any(place.rglob(name + '*')) for place in FONTS)


# Debian's name of the package, and how to see that it is there, from wherever it came. Playwright wants libatomic.
NEEDED = {
    'chromium': command('chromium'),
    'fonts-noto-color-emoji': font('NotoColorEmoji'),
    'fonts-noto-core': font('NotoSansArabic-Regular'),
    'gettext': command('xgettext'),
    'git': command('git'),
    'libatomic1': library('libatomic.so.1'),
    'memcached': command('memcached'),
    'python3-venv': lambda: importlib.util.find_spec('ensurepip') is not None,
}


class NotInstalled(Exception):
    """The system's package manager failed; the message is what it said."""


def missing():
    return [package for package, is_there in NEEDED.items() if not is_there()]


def install(packages):
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


def main():
    """Return an exit status, or the line that says what is missing."""
    absent = missing()
    try:
        if absent and os.geteuid() == 0 and shutil.which('apt-get'):
            install(absent)
            absent = missing()
    except NotInstalled as failed:
        print(failed, file=sys.stderr)
    return 'Missing system packages, by their names in Debian: %s' % ' '.join(absent) if absent else 0


if __name__ == '__main__':
    sys.exit(main())
