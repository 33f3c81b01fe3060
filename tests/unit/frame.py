# SPDX-License-Identifier: Apache-2.0
"""What is the same on each page, Horizon's lists of scripts and styles, is made once; it takes longer than the rest."""

import contextlib
from pathlib import Path

from compressor.templatetags.compress import CompressorNode
import pytest

from horizon import themes


@contextlib.contextmanager
def made_once():
    """Render each list once in the block, and look once whether a theme has a template of its own."""
    lists, overriding = {}, {}
    render = CompressorNode.get_original_content
    sources = themes.ThemeTemplateLoader.get_template_sources

    def rendered(node, context):
        if node not in lists:
            lists[node] = render(node, context)
        return lists[node]

    def found(loader, name):
        asked = (getattr(themes._local, 'theme', None), name)
        if asked not in overriding:
            overriding[asked] = [one for one in sources(loader, name) if Path(one.name).exists()]
        return overriding[asked]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CompressorNode, 'get_original_content', rendered)
        patched.setattr(themes.ThemeTemplateLoader, 'get_template_sources', found)
        yield
