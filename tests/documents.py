# SPDX-License-Identifier: Apache-2.0
"""Stands in for justhtml, which needs Python 3.10 or newer: as much of it as the tests use, on Beautiful Soup."""

import bs4

#: What begins and ends a word.
_BLOCKS = {'br', 'dd', 'div', 'dt', 'li', 'ol', 'p', 'pre', 'section', 'table', 'td', 'th', 'tr', 'ul'}


class _Element(bs4.Tag):
    query, query_one = bs4.Tag.select, bs4.Tag.select_one

    def to_text(self, strip=True, separator_blocks_only=False):
        if separator_blocks_only:
            return ''.join(map(_written, self.descendants))
        # A template's text is left out of that of all around it, and is its own.
        return self.get_text(' ', strip=strip, types=(bs4.NavigableString, bs4.element.TemplateString))

    def to_html(self):
        return self.decode()


class JustHTML(bs4.BeautifulSoup, _Element):
    def __init__(self, text, **_options):
        super().__init__(text, 'html5lib', element_classes={bs4.Tag: _Element}, multi_valued_attributes=None)


def _written(node):
    if isinstance(node, bs4.Tag):
        return ' ' if node.name in _BLOCKS else ''
    return '' if isinstance(node, bs4.element.PreformattedString) else node
