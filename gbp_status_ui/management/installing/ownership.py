# SPDX-License-Identifier: Apache-2.0
"""The owner of the static files: root writes them as that user, so that the web server can change them, too."""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import fcntl
import os
from pathlib import Path
import pwd
import stat
from typing import TypedDict

from gbp_status_ui.management.installing.horizon import Problem


class Identity(TypedDict, total=False):
    """The arguments with which ``subprocess`` starts a process of another user."""

    user: int
    group: int
    extra_groups: list[int]


def owner(place: Path) -> pwd.struct_passwd | None:
    """Return the owner of a directory as ``pwd`` has it if root has to act as that user, otherwise None.

    A directory that is not there yet belongs to whom the nearest one above it belongs.
    """
    there = _nearest(place)
    user = os.stat(there).st_uid  # noqa: PTH116
    if os.geteuid() != 0 or user == 0:
        return None
    try:
        return pwd.getpwuid(user)
    except KeyError:
        raise Problem(f'{there} belongs to the user {user}, whom this host does not know.') from None


def _nearest(place: Path) -> Path:
    return next(path for path in [place, *place.parents] if path.exists())


def must_be_writable(*places: Path) -> None:
    """Raise a Problem for the first directory in which this user cannot write."""
    for there in map(_nearest, places):
        if not os.access(there, os.W_OK | os.X_OK):
            raise Problem(f'{there} cannot be written. Run this command as root or as the owner of that directory.')


@contextlib.contextmanager
def nobody_else(directory: Path) -> Iterator[None]:
    """Raise a Problem if another process is in such a block for the directory."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Problem(f'Another such command is changing {directory}. Wait until it has ended.') from None
    except OSError:
        # Some network file systems lock no directories.
        pass
    try:
        yield
    finally:
        os.close(descriptor)


def of_root(root: Path) -> Iterator[tuple[int, str]]:
    """Yield (descriptor of its directory, name) of all below ``root`` that belongs to root itself.

    An earlier command that root ran has left it. A file with a second name may be one from elsewhere.
    """
    for _place, directories, files, descriptor in os.fwalk(root, follow_symlinks=False):
        for name in directories + files:
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if found.st_uid == 0 and (stat.S_ISDIR(found.st_mode) or found.st_nlink == 1):
                yield descriptor, name


def give(root: Path, user: pwd.struct_passwd) -> None:
    """Give what belongs to root below ``root`` to its owner. Symbolic links are not followed."""
    for descriptor, name in of_root(root):
        os.chown(name, user.pw_uid, root.stat().st_gid, dir_fd=descriptor, follow_symlinks=False)


def identity(user: pwd.struct_passwd | None) -> Identity:
    """Return the arguments with which ``subprocess`` starts a process of this user."""
    if user is None:
        return {}
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    return {'user': user.pw_uid, 'group': user.pw_gid, 'extra_groups': groups}
