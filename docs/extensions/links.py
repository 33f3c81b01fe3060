# SPDX-License-Identifier: Apache-2.0
"""Links to ``operations.rst`` and ``docs/operations.rst``, as a forge shows them, lead to the built page."""

from __future__ import annotations

from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx


def lead_to_pages(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Point each link to a source at the page that is made of it; Sphinx takes such a link for an address."""
    for link in doctree.findall(nodes.reference):
        source = PurePosixPath(link.get('refuri', ''))
        if source.suffix == '.rst' and source.stem in app.env.found_docs:
            link['refuri'] = app.builder.get_relative_uri(page, source.stem)


def setup(app: Sphinx) -> None:
    app.connect('doctree-resolved', lead_to_pages)
