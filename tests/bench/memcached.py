# SPDX-License-Identifier: Apache-2.0
"""What a memcached holds, as it says itself, and how often Horizon went there."""

import json
from pathlib import Path
import socket
import time
from urllib.parse import unquote

#: What the names of the plugin's entries begin with, behind Django's prefix.
OURS = 'gbp_status_ui:'


class Memcached:
    """One that runs at an address, ``host:port``."""

    def __init__(self, address):
        host, port = address.rsplit(':', 1)
        self._address = host, int(port)

    def flush(self):
        """Empty it."""
        self._ask('flush_all', 'OK')

    def entries(self):
        """Return {name: bytes} of the plugin's entries that have not expired."""
        found = {}
        for line in self._ask('lru_crawler metadump all', 'END').splitlines()[:-1]:
            about = dict(pair.split('=', 1) for pair in line.split() if '=' in pair)
            name, expires = unquote(about['key']), int(about['exp'])
            if OURS in name and not 0 < expires <= time.time():
                found[name.partition(OURS)[2]] = int(about['size'])
        return found

    def _ask(self, command, end):
        with socket.create_connection(self._address, timeout=10) as connection, connection.makefile('rb') as answer:
            connection.sendall(command.encode() + b'\r\n')
            lines = []
            while not lines or lines[-1] != end:
                lines.append(answer.readline().decode().strip())
                if not lines[-1] or lines[-1].startswith(('BUSY', 'ERROR')):
                    raise ConnectionError(f'memcached answers {lines[-1]!r} to {command}')
        return '\n'.join(lines)


class Trips:
    """What horizon/bench_cache.py has written into a file: a line for each time that Horizon waited for memcached."""

    def __init__(self, path):
        self.path = Path(path)

    def clear(self):
        self.path.write_text('')

    def count(self):
        """Return (trips for the plugin, trips for Horizon: the session, and the user that it belongs to)."""
        names = [json.loads(line)['name'] for line in self.path.read_text().splitlines()]
        own = sum(name.startswith(OURS) for name in names)
        return own, len(names) - own
