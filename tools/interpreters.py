# SPDX-License-Identifier: Apache-2.0
"""Puts the Pythons that tox asks for where it finds them."""

from __future__ import annotations

from pathlib import Path

from demo import interpreters


def provide(version: str, uv: str, directory: Path) -> bool:
    """Link Python ``version`` ('3.12') as ``directory``/python3.12; False where it is not to be had."""
    found = interpreters.find(version, uv)
    if found:
        directory.mkdir(parents=True, exist_ok=True)
        link = directory / ('python' + version)
        link.unlink(missing_ok=True)
        link.symlink_to(found)
    return bool(found)
