# SPDX-License-Identifier: Apache-2.0
"""What a directory holds, to compare before and after."""


def snapshot(directory):
    """Return {path: (mode, owner, group, time of change, content or target of a link)} of all below the directory."""
    return {path: _of(path) for path in sorted(directory.rglob('*'))}


def _of(path):
    found = path.lstat()
    content = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found.st_mode, found.st_uid, found.st_gid, found.st_mtime_ns if content else None, content
