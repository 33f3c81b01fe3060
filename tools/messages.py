# SPDX-License-Identifier: Apache-2.0
"""python -m tools.messages: extract the texts to translate, and update the translations with them."""

from __future__ import annotations

from pathlib import Path
import subprocess
import sys

PLUGIN = Path(__file__).resolve().parent.parent / 'gbp_status_ui'
DOMAINS = ('django', 'djangojs')
EXTRACT = [
    # Isolated: the directory in which Django looks for texts is no place to import modules from.
    sys.executable,
    '-I',
    '-m',
    'django',
    'makemessages',
    '--verbosity',
    '0',
    '--all',
    '--keep-pot',
    '--no-obsolete',
    '--symlinks',
    '--add-location',
    'file',
]


def extract(plugin: Path) -> None:
    for domain in DOMAINS:
        subprocess.run([*EXTRACT, '--domain', domain], check=True, cwd=plugin)
    for path in (plugin / 'locale').rglob('*.po*'):
        drop_date(path)


def drop_date(path: Path) -> None:
    """Drop the time of the extraction, which would make each of them a change."""
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(''.join(line for line in lines if not line.startswith('"POT-Creation-Date:')))


if __name__ == '__main__':
    extract(PLUGIN)
