# SPDX-License-Identifier: Apache-2.0
"""Parsed HTML, to be asked with CSS selectors; what stands in a <template> is found, too."""

from selectolax.lexbor import LexborHTMLParser

#: What begins and ends a word.
_BLOCKS = {'br', 'dd', 'div', 'dt', 'li', 'ol', 'p', 'pre', 'section', 'table', 'td', 'th', 'tr', 'ul'}
#: Whose text no reader sees.
_NO_TEXT = {'script', 'style', 'template'}


class Element:
    """An element of a document; ``template`` is the node of the <template> that it stands in."""

    def __init__(self, node, template=None):
        self._node, self._template = node, template

    @property
    def attrs(self):
        return {name: value or '' for name, value in self._node.attributes.items()}

    @property
    def enclosing(self):
        """Yield this element and those that it stands in, the innermost first."""
        node = self._node
        while node is not None and node.is_element_node:
            yield Element(node, self._template)
            node = node.parent
        if self._template:
            yield from Element(self._template).enclosing

    def query(self, selector):
        """Return the elements below this one that a selector finds, those in templates last."""
        scopes = [(self._node, self._template), *((one, one.parent) for one in self._node.template_fragments())]
        found = [Element(node, template) for scope, template in scopes for node in scope.css(selector)]
        return [element for element in found if element._node.mem_id != self._node.mem_id]

    def query_one(self, selector):
        return next(iter(self.query(selector)), None)

    def text(self):
        """Return the text as a reader sees it, with a blank where a word ends; of a template, what stands in it."""
        return ''.join(_written(self._content()))

    def own_text(self):
        """Return the text that stands in this element itself."""
        return ''.join(child.text() for child in self._node.iter(include_text=True) if child.is_text_node)

    def html(self):
        return self._node.html

    def _content(self):
        return self._node.template_fragments()[0] if self._node.tag == 'template' else self._node


class Document(Element):
    """A whole page, or a fragment of one."""

    def __init__(self, text, fragment):
        self._parser = LexborHTMLParser('<!doctype html><body>' + text if fragment else text)
        super().__init__(self._parser.body if fragment else self._parser.root)


def _written(node):
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text()
        elif child.tag not in _NO_TEXT:
            edge = ' ' if child.tag in _BLOCKS else ''
            yield edge
            yield from _written(child)
            yield edge
