# SPDX-License-Identifier: Apache-2.0
"""A JSON file that others replace while the services run: read again only when it changed, never half."""

from __future__ import annotations

import json
import logging
import os
from typing import Any

LOG = logging.getLogger(__name__)


class StateFile:
    """The dict in a JSON file; {} while there is none, the last good one while the file is no JSON object."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: tuple[int, ...] | None = None
        self._content: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        seen = self._stamp()
        if seen != self._seen:
            # The content first: another thread that knows the stamp takes the content as that of the file.
            self._content = self._load() if seen else {}
            self._seen = seen
        return self._content

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            about = os.stat(self._path)
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size, about.st_ino

    def _load(self) -> dict[str, Any]:
        try:
            with open(self._path, encoding='utf-8') as source:
                content = json.load(source)
        except (OSError, ValueError) as unreadable:
            LOG.warning('%s is kept as it was: %s', self._path, unreadable)
            return self._content
        if isinstance(content, dict):
            return content
        LOG.warning('%s is kept as it was: it holds no JSON object', self._path)
        return self._content
