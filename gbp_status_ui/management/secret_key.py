# SPDX-License-Identifier: Apache-2.0
"""Keeps the commands of operators from writing Horizon's secret key.

Horizon's settings write a key into a file if there is none, readable by the writer alone. Where root is the first to
load them, the web server cannot read the key, and each page is an error.
"""

import contextlib
import importlib
from pathlib import Path


@contextlib.contextmanager
def unwritten():
    """Let settings that are loaded inside read a key that there is, and make one up that nobody keeps if not."""
    try:
        module = importlib.import_module('horizon.utils.secret_key')
    except ImportError:
        # The commands say themselves that there is no Horizon.
        yield
        return
    original = module.generate_or_read_from_file

    def read_or_make_up(key_file='.secret_key', key_length=64):
        return original(key_file, key_length) if Path(key_file).exists() else module.generate_key(key_length)

    module.generate_or_read_from_file = read_or_make_up
    try:
        yield
    finally:
        module.generate_or_read_from_file = original
