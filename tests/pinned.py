# SPDX-License-Identifier: Apache-2.0
"""Files that tests hold to what the code says, and write anew with ``--write-pinned``."""

import pytest


class Pinned:
    """``agrees(path, text)`` says whether a file holds the text; with ``write`` it makes it so."""

    def __init__(self, write):
        self._write = write

    def agrees(self, path, text):
        if self._write:
            path.write_text(text, encoding='utf-8')
        return path.read_text(encoding='utf-8') == text


def add_option(parser):
    parser.addoption('--write-pinned', action='store_true', help='write the pinned files anew')


@pytest.fixture(scope='session')
def pinned(pytestconfig):
    return Pinned(pytestconfig.getoption('--write-pinned'))
