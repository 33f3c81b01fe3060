# SPDX-License-Identifier: Apache-2.0
"""Paths as they stand in the settings of services, which read some characters otherwise than a file system does."""

from __future__ import annotations

import atexit
import functools
from pathlib import Path
import re
import shutil
import tempfile

# oslo.config replaces what follows a $, paste.deploy cuts a path at a # and decodes a %, SQLAlchemy cuts it at a ?.
PLAIN = re.compile(r'[\w./+-]*', re.ASCII)


@functools.cache
def plain(directory: Path) -> Path:
    """Return a path of a directory that means the same everywhere: a link to it if its own does not.

    The link goes when this process ends.
    """
    if PLAIN.fullmatch(str(directory)):
        return directory
    link = _holder() / str(len(list(_holder().iterdir())))
    link.symlink_to(directory, target_is_directory=True)
    return link


@functools.cache
def _holder() -> Path:
    holder = Path(tempfile.mkdtemp(prefix='gbp-demo-'))
    atexit.register(shutil.rmtree, holder, ignore_errors=True)
    return holder
