# SPDX-License-Identifier: Apache-2.0
"""The enabled files in Horizon's directory: which are there, of which version, and what to change.

The package ships files whose bytes stay the same from release to release. Each copy gets one more line, the stamp,
which names the release that wrote it. ``gbp_status_check`` asks ``is_current`` and ``version`` of the same files. A
file that is not exactly what this release ships may hold an operator's words, so it is kept beside, under a name that
Horizon does not execute. This module needs neither Django nor Horizon.
"""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import dataclasses
import os
from pathlib import Path
import re
import shutil
import tempfile

from gbp_status_ui import __version__

PLUGIN = Path(__file__).resolve().parent.parent.parent
#: Each Horizon with the plugin has them.
SHIPPED = sorted((PLUGIN / 'enabled').glob('_[0-9]*.py'))
#: An operator copies them, or does not; they cannot work without the package.
OPTIONAL = sorted((PLUGIN / 'gbpui' / 'enabled').glob('_[0-9]*.py'))
#: What group-based-policy-ui itself has in Horizon; without one of the optional files it may not load.
FILES_OF_GBPUI = '_15*_gbp_project_add_panel*.py'
NAMES = {shipped.name: shipped for shipped in SHIPPED + OPTIONAL}
STAMP = '# Written by gbp_status_ui %s. "python3 -m gbp_status_ui upgrade" replaces this file.\n'
_STAMP = re.compile(rb'^# Written by gbp_status_ui (\S+)\. [^\n]*\n?\Z', re.MULTILINE)
FILE_MODE = 0o644
#: What a web server of any user needs.
READABLE_MODE = 0o444


def version(path: Path) -> str | None:
    """Return the release that wrote the file, or None: it was copied by hand, or by a release before 1.0."""
    found = _STAMP.search(_read(path))
    return found and found[1].decode()


def is_current(path: Path, shipped: Path) -> bool:
    """Is the file what this release ships, but for the stamp? A file that cannot be read is not."""
    return _STAMP.sub(b'', _read(path)) == shipped.read_bytes()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b''


@dataclasses.dataclass(frozen=True)
class Change:
    """What happens to one file: ``content`` is None if it goes, ``kept`` is where its old content stays."""

    path: Path
    content: bytes | None = None
    kept: Path | None = None

    @property
    def verb(self) -> str:
        if self.content is None:
            return 'delete'
        return 'replace' if os.path.lexists(self.path) else 'write'

    def __str__(self) -> str:
        return f'{self.path}' + (f'; the old one stays as {self.kept.name}' if self.kept else '')


def to_install(directory: Path) -> list[Change]:
    """Return the changes that make the directory that of this release: none where it is already."""
    present = [shipped for shipped in OPTIONAL if os.path.lexists(directory / shipped.name)]
    differing = [shipped for shipped in SHIPPED + present if not _is_in_place(directory / shipped.name, shipped)]
    written = [_write(directory / shipped.name, shipped) for shipped in differing]
    return written + [Change(path, kept=_free(path)) for path in _ours(directory) if path.name not in NAMES]


def to_remove(directory: Path) -> list[Change]:
    """Return the changes that take away every file of the plugin."""
    return [Change(path, kept=_kept(path, NAMES.get(path.name))) for path in _ours(directory)]


def kept(directory: Path) -> list[Path]:
    """Return the old files that this command has kept."""
    return [path for path in sorted(directory.glob('_[0-9]*.py.bak*')) if path.name.partition('.bak')[0] in NAMES]


def _ours(directory: Path) -> list[Path]:
    """Return the files that have our names, and those that a release has written whose names this one lacks."""
    return [path for path in sorted(directory.glob('_[0-9]*.py')) if path.name in NAMES or version(path)]


def _is_in_place(path: Path, shipped: Path) -> bool:
    """A symbolic link to the package is as good as a copy: it follows each release by itself."""
    linked = path.is_symlink() and path.resolve() == shipped.resolve()
    return linked or (
        is_current(path, shipped)
        and version(path) == __version__
        and path.stat().st_mode & READABLE_MODE == READABLE_MODE
    )


def _write(path: Path, shipped: Path) -> Change:
    return Change(path, shipped.read_bytes() + (STAMP % __version__).encode(), _kept(path, shipped))


def _kept(path: Path, shipped: Path | None) -> Path | None:
    """Return where the old content stays, or None if nothing is lost with it."""
    if (
        not os.path.lexists(path)
        or (path.is_symlink() and not path.exists())
        or (shipped and is_current(path, shipped))
    ):
        return None
    return _free(path)


def _free(path: Path) -> Path:
    """Return a name beside the file that is free. Horizon executes names that end in .py alone."""
    names = (path.with_name(f'{path.name}.bak{number}') for number in ['', *range(2, 1000)])
    return next(name for name in names if not os.path.lexists(name))


class Applied:
    """Changes that are made one after the other, each at once or not at all, and can all be taken back."""

    def __init__(self) -> None:
        self._taken_back_by: list[tuple[Path | None, Path]] = []
        self._spare: list[Path] = []

    def make(self, change: Change) -> None:
        """Make one change; an OSError leaves the file as it was."""
        if not os.path.lexists(change.path):
            self._taken_back_by.append((None, change.path))
            self._replace(change)
            return
        old = change.kept or _free(change.path)
        _copy(change.path, old)
        if change.kept is None:
            self._spare.append(old)
        self._taken_back_by.append((old, change.path))
        self._replace(change)

    def keep(self) -> None:
        """The changes stay: the old files that nobody needs go."""
        for old in self._spare:
            old.unlink()

    def take_back(self) -> None:
        """Make every file what it was. That takes no room on a disk that is full."""
        for old, path in reversed(self._taken_back_by):
            if old is None:
                path.unlink(missing_ok=True)
            else:
                old.replace(path)

    @staticmethod
    def _replace(change: Change) -> None:
        if change.content is None:
            change.path.unlink()
            return
        with replacing(change.path) as new:
            new.write_bytes(change.content)
            _give(new, change.path.parent)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield an empty file beside a path, to be written: it is renamed to that if the block ends, or else deleted.

    Whoever reads finds the old file or the new one.
    """
    number, name = tempfile.mkstemp(prefix='.gbp_status_ui-', suffix='.new', dir=path.parent)
    os.close(number)
    new = Path(name)
    try:
        yield new
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _copy(path: Path, to: Path) -> None:
    """Copy a file with its mode and its owner, for it may come back."""
    try:
        shutil.copy2(path, to, follow_symlinks=False)
        if os.geteuid() == 0:
            found = path.lstat()
            os.chown(to, found.st_uid, found.st_gid, follow_symlinks=False)
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def _give(new: Path, directory: Path) -> None:
    """Everybody may read the file, the web server too; it belongs to whom the directory belongs."""
    new.chmod(FILE_MODE)
    if os.geteuid() == 0:
        os.chown(new, directory.stat().st_uid, directory.stat().st_gid)
