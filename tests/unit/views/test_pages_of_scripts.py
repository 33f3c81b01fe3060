# SPDX-License-Identifier: Apache-2.0
"""The scripts are tested on pages as the server makes them: ``tests/js/pages``, which ``make pages`` writes anew."""

from pathlib import Path
import re

import pytest

from tests import markup
from tests.unit import viewing

PAGES = Path(__file__).parents[2] / 'js' / 'pages'
NOON = '2026-03-02T12:00:00'
#: What differs from one rendering to the next, and what stands for it.
VARYING = (
    (re.compile(r'\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?'), NOON),
    (re.compile(r'(<time[^>]*>)[^<]*'), r'\1noon'),
    (re.compile(r'(data-gbp-status-not-before)="[^"]*"'), r'\1="1.5"'),
    (re.compile(r'(data-gbp-status-(?:scope|muted-by))="[^"]*"'), r'\1="here"'),
)
CLASSES = re.compile(r'(<t[dhr][^>]*class=")([^"]*)"')
BLANK = re.compile(r'\n\s*')


def steady(text, names):
    """Return markup without what differs from one rendering to the next; ``names`` are {id: what stands for it}."""
    for id_, name in names.items():
        text = text.replace(id_, name)
    for pattern, replacement in VARYING:
        text = pattern.sub(replacement, text)
    text = CLASSES.sub(lambda found: '%s%s"' % (found[1], ' '.join(sorted(found[2].split()))), text)
    return BLANK.sub('\n', text).strip() + '\n'


@pytest.mark.parametrize('tab', ['groups', 'overview'])
def test_the_pages_are_those_that_the_server_makes(gbp, member, pinned, tab):
    made = {
        gbp.make(viewing.GROUPS, name, status=status, details=details): name
        for name, status, details in (('web', 'ACTIVE', ''), ('app', 'BUILD', ''), ('db', 'ERROR', 'The pool is empty'))
    }
    root = markup.page(viewing.page(member, tab)).query_one('.gbp-status')

    assert pinned.agrees(PAGES / (tab + '.html'), steady(root.html(), made)), 'make pages writes them anew'
