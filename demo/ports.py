# SPDX-License-Identifier: Apache-2.0
"""The ports of the services: picked by the OS once and remembered, since Keystone's catalogue names them."""

from __future__ import annotations

from collections.abc import Sequence
import json
from pathlib import Path
import socket

from demo.errors import DemoError

ADDRESS = '127.0.0.1'


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def require_free(port: int) -> None:
    if not is_free(port):
        raise DemoError('Port %d is taken; choose another one with DEMO_PORT.' % port)


def remembered(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Return {name: port} for `names`, the remembered ports where they are still free."""
    known = _known(path)
    known.update(_new_ports([name for name in names if name not in known or not is_free(known[name])]))
    path.write_text(json.dumps(known, indent=1))
    return {name: known[name] for name in names}


def _known(path: Path) -> dict[str, int]:
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        # A disk that was full may have left nothing in it.
        return {}


def _new_ports(names: Sequence[str]) -> dict[str, int]:
    # All are held until the last is known, or the OS may give the same port twice.
    held = {name: socket.socket() for name in names}
    try:
        for holder in held.values():
            holder.bind((ADDRESS, 0))
        return {name: holder.getsockname()[1] for name, holder in held.items()}
    finally:
        for holder in held.values():
            holder.close()
