# SPDX-License-Identifier: Apache-2.0
"""Checks that static files of this version were collected, and then compressed."""

from __future__ import annotations

from collections.abc import Iterator
import itertools
import json
from pathlib import Path

from django.conf import settings

from gbp_status_ui.management import advice
from gbp_status_ui.management.enabled_files import closed
from gbp_status_ui.management.enabled_files import unreadable
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import warning
from gbp_status_ui.management.installing.copies import PLUGIN


def find() -> Iterator[Finding]:
    """Yield the findings."""
    if not settings.STATIC_ROOT:
        yield error('STATIC_ROOT is not set.', 'Set it in local_settings.py.')
        return
    found = list(collected(Path(settings.STATIC_ROOT)))
    yield from found or compressed(Path(settings.STATIC_ROOT) / PLUGIN.name)


def collected(root: Path) -> Iterator[Finding]:
    """The static files of this version have to be below STATIC_ROOT."""
    shipped = PLUGIN / 'static'
    names = [path.relative_to(shipped) for path in sorted(shipped.rglob('*')) if path.is_file()]
    try:
        stale = [name for name in names if not _is_same(shipped / name, root / name)]
    except OSError as failure:
        yield unreadable(failure.filename, failure)
        return
    if stale:
        what = f'{len(stale)} static files are missing in {root} or of another version ({stale[0]}).'
        yield error(what, advice.install())
    else:
        yield from itertools.islice((one for name in names for one in closed(root / name)), 1)


def _is_same(shipped: Path, found: Path) -> bool:
    return found.is_file() and found.read_bytes() == shipped.read_bytes()


def compressed(files: Path) -> Iterator[Finding]:
    """What is compressed beforehand has to be made of the collected files, which are below a directory."""
    if not settings.COMPRESS_ENABLED:
        yield warning('COMPRESS_ENABLED is False: each page loads each script by itself.', 'Set it to True.')
    elif settings.COMPRESS_OFFLINE:
        newest = max(path.stat().st_mtime for path in files.rglob('*') if path.is_file())
        if not manifest().is_file():
            yield error(f'{manifest()} is missing: nothing has been compressed.', advice.install())
        elif manifest().stat().st_mtime < newest:
            yield error('The static files are newer than what was compressed.', advice.install())
        else:
            yield from manifest_of(manifest())


def is_compressed() -> bool:
    """Whether pages are made of files that were compressed beforehand."""
    return settings.COMPRESS_ENABLED and settings.COMPRESS_OFFLINE


def manifest() -> Path:
    return Path(settings.COMPRESS_ROOT, settings.COMPRESS_OUTPUT_DIR, settings.COMPRESS_OFFLINE_MANIFEST)


def manifest_of(path: Path) -> Iterator[Finding]:
    """The manifest maps a digest of each block to its HTML."""
    try:
        blocks = json.loads(path.read_text(encoding='utf-8'))
    except OSError as failure:
        yield unreadable(path, failure)
        return
    except (ValueError, RecursionError):
        blocks = None
    yield from closed(path)
    if not isinstance(blocks, dict) or not all(isinstance(html, str) for html in blocks.values()):
        yield error(f'{path} is not what "compress" writes, so each page is an error.', advice.install())
