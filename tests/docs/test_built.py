# SPDX-License-Identifier: Apache-2.0
"""The documentation that was built tells no other host who reads it, and says what it is of."""

from html.parser import HTMLParser
from pathlib import Path
import re
from urllib.parse import urlsplit

import pytest

import gbp_status_ui

BUILT = Path(__file__).resolve().parent.parent.parent / 'build' / 'docs'
PAGES = sorted(BUILT.glob('*.html'))
#: What a browser fetches by itself: the attributes of each element that name it. Links wait for a click.
FETCHED = {
    'audio': ('src',),
    'embed': ('src',),
    'iframe': ('src',),
    'image': ('href', 'xlink:href'),
    'img': ('src', 'srcset'),
    'input': ('src',),
    'link': ('href',),
    'object': ('data',),
    'script': ('src',),
    'source': ('src', 'srcset'),
    'track': ('src',),
    'use': ('href', 'xlink:href'),
    'video': ('src', 'poster'),
}
FOREIGN = re.compile(r'^\s*(?:[a-z]+:)?//')
IN_STYLES = re.compile(r'(?:url\(|@import)\s*["\']?\s*((?:[a-z]+:)?//[^)"\']+)', re.IGNORECASE)


class Links(HTMLParser):
    """Collects the files that a page leads to."""

    def __init__(self, page):
        super().__init__()
        self.files = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        parts = urlsplit(dict(attrs).get('href') or '')
        if tag == 'a' and not parts.scheme and parts.path:
            self.files.add(parts.path)


class Fetched(HTMLParser):
    """Collects what a page fetches of other hosts."""

    def __init__(self, page):
        super().__init__()
        self.foreign = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = [value or '' for name, value in attrs if name in FETCHED.get(tag, ())]
        self.foreign += [value for value in named if FOREIGN.match(value)]
        self.foreign += IN_STYLES.findall(dict(attrs).get('style') or '')


@pytest.mark.parametrize(
    'page',
    [
        '<script async src="https://elsewhere.example.org/count.js"></script>',
        '<link rel="stylesheet" href="//elsewhere.example.org/font.css"/>',
        '<img src="http://elsewhere.example.org/badge.svg">',
        '<p style="background: url(https://elsewhere.example.org/a.png)">',
    ],
)
def test_what_is_fetched_of_other_hosts_is_found(page):
    assert len(Fetched(page).foreign) == 1


@pytest.mark.parametrize('page', PAGES, ids=lambda path: path.stem)
def test_no_page_fetches_anything_of_another_host(page):
    assert Fetched(page.read_text('utf-8')).foreign == []


@pytest.mark.parametrize('page', PAGES, ids=lambda path: path.stem)
def test_each_link_within_the_documentation_leads_to_a_file(page):
    assert [name for name in sorted(Links(page.read_text('utf-8')).files) if not (page.parent / name).is_file()] == []


def test_no_style_or_script_names_another_host():
    styles = {path.name: IN_STYLES.findall(path.read_text('utf-8')) for path in BUILT.rglob('*.css')}
    counting = re.compile(r'google-?analytics|googletagmanager|matomo|plausible', re.IGNORECASE)

    assert styles
    assert {name: found for name, found in styles.items() if found} == {}
    assert [path.name for path in BUILT.rglob('*.js') if counting.search(path.read_text('utf-8'))] == []


def test_each_page_names_version_and_licence():
    version = gbp_status_ui.__version__.partition('+')[0]
    pages = {path.name: path.read_text('utf-8') for path in PAGES}

    assert 'index.html' in pages
    assert [name for name, text in pages.items() if 'gbp_status_ui %s</title>' % version not in text] == []
    assert [name for name, text in pages.items() if 'Apache License 2.0' not in text] == []
    assert [name for name, text in pages.items() if 'Creative Commons' in text] == []


def test_the_documentation_begins_with_how_to_try_it():
    headings = re.findall(r'<h2>([^<]+)<', (BUILT / 'index.html').read_text('utf-8'))

    assert headings[0] == 'Try it'
