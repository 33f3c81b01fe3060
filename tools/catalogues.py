# SPDX-License-Identifier: Apache-2.0
"""Compile the translations: gettext reads .mo files. They lie beside the .po files, and Git ignores them."""

import os
from pathlib import Path

import polib


def compile_all(locale: Path) -> None:
    """Compile every .po file below a directory."""
    for path in locale.rglob('*.po'):
        _compile(path)


def compile_changed(locale: Path) -> None:
    """Compile every .po file that is newer than its .mo file, or has none."""
    for path in filter(_is_changed, locale.rglob('*.po')):
        _compile(path)


def _is_changed(path: Path) -> bool:
    compiled = path.with_suffix('.mo')
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> None:
    """Replace the .mo file as a whole: somebody else may be reading or compiling it."""
    unfinished = path.with_suffix('.mo~%d' % os.getpid())
    unfinished.write_bytes(polib.pofile(str(path)).to_binary())
    unfinished.replace(path.with_suffix('.mo'))
