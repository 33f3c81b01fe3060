# SPDX-License-Identifier: Apache-2.0
"""Links to ``operations.rst`` and ``docs/operations.rst``, as a forge shows them, lead to the built page."""

from pathlib import PurePosixPath

from docutils import nodes


def lead_to_pages(app, doctree, page):
    """Point each link to a source at the page that is made of it; Sphinx takes such a link for an address."""
    for link in doctree.findall(nodes.reference):
        source = PurePosixPath(link.get('refuri', ''))
        if source.suffix == '.rst' and source.stem in app.env.found_docs:
            link['refuri'] = app.builder.get_relative_uri(page, source.stem)


def setup(app):
    app.connect('doctree-resolved', lead_to_pages)
