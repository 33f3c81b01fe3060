# SPDX-License-Identifier: Apache-2.0
"""Pages and fragments of HTML as the tests look at them: valid, or the test fails where they were parsed."""

import collections
import re

import html5lib

from tests.documents import Document

# Those of Horizon's AngularJS part: most of each page, and to a parser one text each, which it reads letter by letter.
_ANGULAR_TEMPLATE = re.compile(r'<script\b[^>]*\bid=.[^>]*\.html.>[^<]*(?:<(?!/script>)[^<]*)*</script>')
# What is Horizon's own on each page, its navigation and its scripts, is not ours to mend, and slow to look at.
_FRAME = re.compile(
    r'<nav\b[^>]*\b(?:id="sidebar"|class="navbar\b)[^>]*>.*?</nav>|<script\b[^>]*>.*?</script>', re.DOTALL
)
# One in which there is no other.
_TEMPLATE = re.compile(r'<template\b[^>]*>((?:(?!<template\b).)*?)</template>', re.DOTALL)


def page(response):
    """Return the valid document of an answer, to be asked with CSS selectors: ``query`` and ``query_one``."""
    return _document(_ANGULAR_TEMPLATE.sub('', response.content.decode()), html5lib.HTMLParser.parse)


def fragment(text):
    """Return a valid piece of a page as a document, to be asked with CSS selectors."""
    return _document(text, html5lib.HTMLParser.parseFragment)


def _document(text, parse):
    # html5lib knows no <template>, whose content is a document of its own: each is looked at by itself.
    rest = _FRAME.sub('', text)
    while inner := _TEMPLATE.search(rest):
        _complain(html5lib.HTMLParser.parseFragment, inner[1])
        rest = rest[: inner.start()] + rest[inner.end() :]
    _complain(parse, rest)
    document = Document(text, fragment=parse is html5lib.HTMLParser.parseFragment)
    _require_unique_ids(document)
    return document


def _complain(parse, text):
    parser = html5lib.HTMLParser()
    parse(parser, text)
    lines = text.splitlines() or ['']
    errors = [f'{code} {found}: {lines[min(line, len(lines)) - 1]}' for (line, _), code, found in parser.errors]
    assert not errors, '\n'.join(errors)


def _require_unique_ids(document):
    counts = collections.Counter(element.attrs['id'] for element in document.query('[id]'))
    assert not [id_ for id_, count in counts.items() if count > 1]


def texts(document, selector):
    """Return the texts of all elements that a selector finds, their white space in one."""
    return [words(element) for element in document.query(selector)]


def words(element):
    return ' '.join(element.text().split())


def statuses(document):
    """Return {id: status} of the rows of a page's tables."""
    return {
        row.attrs['data-object-id']: row.query_one('[data-gbp-status]').attrs['data-gbp-status']
        for row in document.query('tr[data-object-id]')
    }
