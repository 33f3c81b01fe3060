# SPDX-License-Identifier: Apache-2.0
"""In how many processes the web server runs Horizon, if it is Apache with mod_wsgi."""

from __future__ import annotations

from collections.abc import Iterator
import dataclasses
from pathlib import Path
import re

#: Where Debian, Ubuntu and RDO keep the configuration that Apache uses.
CONFIGURATIONS = (
    'apache2/sites-enabled/*',
    'apache2/conf-enabled/*',
    'httpd/conf.d/*.conf',
)
CONFIGURED_IN = Path('/etc')

_HORIZON = re.compile(r'^\s*WSGIScriptAlias\s.*(openstack[-_]dashboard|horizon)', re.MULTILINE)
_GROUP = re.compile(r'^\s*WSGIProcessGroup\s|^\s*WSGIScriptAlias\s.*process-group=', re.MULTILINE)
_DAEMON = re.compile(r'^\s*WSGIDaemonProcess\s(.*)$', re.MULTILINE)
_NUMBER = re.compile(r'\bprocesses=(\d+)')


@dataclasses.dataclass(frozen=True)
class Processes:
    """``several`` is True, False, or None where it is not known; ``words`` are a sentence that says why."""

    several: bool | None
    words: str


def found(root: Path | None = None) -> Processes:
    """Return what is known of this host."""
    for path, text in _configurations(root or CONFIGURED_IN):
        if _HORIZON.search(text):
            return _of_apache(path, text)
    return Processes(None, 'How many processes of Horizon the web server runs is not known here.')


def _configurations(root: Path) -> Iterator[tuple[Path, str]]:
    for pattern in CONFIGURATIONS:
        for path in sorted(root.glob(pattern)):
            try:
                yield path, path.read_text(encoding='utf-8', errors='replace')
            except OSError:
                continue


def _of_apache(path: Path, text: str) -> Processes:
    if not _GROUP.search(text):
        # mod_wsgi uses a WSGIDaemonProcess only where a process group is named.
        return Processes(True, f'Apache runs Horizon in its own processes, of which there are several ({path}).')
    numbers = [int(number) for options in _DAEMON.findall(text) for number in _NUMBER.findall(options)]
    number = max(numbers, default=1)
    if number == 1:
        return Processes(False, f'Apache runs one process of Horizon ({path}).')
    return Processes(True, f'Apache runs {number} processes of Horizon ({path}).')
