# SPDX-License-Identifier: Apache-2.0
"""A package named gbpui with tables as group-based-policy-ui has them, of which a test writes what it needs."""

import sys

import pytest

PANELS = ('policytargets', 'network_policy', 'application_policy')


class Package:
    """``write`` gives a panel its tables; panels that no test writes have none of those that are looked for."""

    def __init__(self, directory):
        self._panels = directory / 'gbpui' / 'panels'
        for folder in (self._panels.parent, self._panels, *(self._panels / panel for panel in PANELS)):
            folder.mkdir(exist_ok=True)
            (folder / '__init__.py').touch()

    def write(self, panel, code):
        (self._panels / panel / 'tables.py').write_text(code)


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    yield Package(tmp_path)
    for name in [name for name in sys.modules if name.partition('.')[0] == 'gbpui']:
        del sys.modules[name]
