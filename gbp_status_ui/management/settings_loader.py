# SPDX-License-Identifier: Apache-2.0
"""Loads Horizon's settings without writing files: the web server could not read the files of root."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
import importlib
import logging.config
from pathlib import Path
from typing import Any


def load() -> tuple[Any, list[Path]]:
    """Return the settings, and the files with secret keys that they name.

    * The secret key is made up. Horizon writes one into a file if there is none.
    * Log files are not opened, and nothing is logged.
    """
    secret_key: Any = importlib.import_module('horizon.utils.secret_key')
    keys: list[Path] = []

    def make_up(key_file: str = '.secret_key', key_length: int = 64) -> str:
        keys.append(Path(key_file).resolve())
        return secret_key.generate_key(key_length)

    secret_key.generate_or_read_from_file = make_up
    settings = importlib.import_module('django.conf').settings
    if settings.LOGGING_CONFIG:
        settings.LOGGING_CONFIG = f'{__name__}.{configure.__name__}'
    return settings, keys


def configure(wanted: dict[str, Any]) -> None:
    """Do with LOGGING what ``logging`` does, but for the handlers: each is looked up, and none is made.

    :raises ValueError: the dashboard would not start with it
    """
    handlers = wanted.get('handlers', {})
    for handler in handlers.values():
        if isinstance(handler.get('class'), str):
            logging.config.BaseConfigurator({}).resolve(handler['class'])
    nothing = {'class': 'logging.NullHandler'}
    logging.config.dictConfig({**wanted, 'handlers': dict.fromkeys(handlers, nothing)})


def unreadable(keys: Iterable[Path]) -> Iterator[Path]:
    """Yield the keys of root in a directory of another user, such as the web server's: nobody can log in then."""
    for key in keys:
        try:
            if _owner_of(key) == 0 != _owner_of(key.parent):
                yield key
        except OSError:
            continue


def _owner_of(path: Path) -> int:
    return path.stat().st_uid
