# SPDX-License-Identifier: Apache-2.0
"""Loads Horizon's settings and leaves no trace, also where root does it: what root writes no web server could read."""

import importlib
from pathlib import Path


def load():
    """Return the settings, and the files with secret keys that they name.

    * The secret key is made up. Horizon writes one into a file if there is none.
    * Log files are not opened.
    """
    secret_key, keys = importlib.import_module('horizon.utils.secret_key'), []

    def make_up(key_file='.secret_key', key_length=64):
        keys.append(Path(key_file).resolve())
        return secret_key.generate_key(key_length)

    secret_key.generate_or_read_from_file = make_up
    settings = importlib.import_module('django.conf').settings
    settings.LOGGING_CONFIG = None
    return settings, keys


def unreadable(keys):
    """Yield the keys of root in a directory of another user, such as the web server's: nobody can log in then."""
    for key in keys:
        try:
            if _owner_of(key) == 0 != _owner_of(key.parent):
                yield key
        except OSError:
            continue


def _owner_of(path):
    return path.stat().st_uid
