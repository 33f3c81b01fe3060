# SPDX-License-Identifier: Apache-2.0
"""Every template is used, and every one that is used is there."""

from pathlib import Path
import re

import pytest

from tests.house.source import PLUGIN
from tests.house.source import ROOT

TEMPLATES = sorted(path.name for path in (ROOT / 'templates' / 'gbp_status_ui').iterdir())
NAMED = re.compile(r'gbp_status_ui/([\w.]+\.(?:html|txt))')


def sources():
    return [*PLUGIN.rglob('*.py'), *(ROOT / 'templates').rglob('*.*')]


def named():
    """Return {template: the files that name it}."""
    found = {}
    for path in sources():
        for name in NAMED.findall(path.read_text(encoding='utf-8')):
            found.setdefault(name, set()).add(Path(path).name)
    return found


@pytest.mark.parametrize('name', TEMPLATES)
def test_a_template_is_used_by_another_file(name):
    assert named().get(name, set()) - {name}


def test_what_is_used_is_there():
    assert set(named()) <= set(TEMPLATES)
