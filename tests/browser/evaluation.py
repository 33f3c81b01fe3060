# SPDX-License-Identifier: Apache-2.0
"""Whether AngularJS, which compiles all of Horizon's page, has evaluated anything of what is ours."""

import itertools
import re

from playwright.sync_api import expect

from gbp_status_ui.model import registry

from tests import expressions
from tests.browser.backend import ERROR

UNFIT = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]')
COMPILED = '.gbp-status .ng-scope, .gbp-status .ng-binding, .page-header .ng-binding, .page-breadcrumb .ng-binding'
#: A row says one text in all places, its status too, or is in error; no two rows in succession say the same.
SPEECHES = [
    {'say': text, 'keep': keep}
    for text, keep in zip(itertools.cycle(expressions.SAID.values()), [('status',), ()] * len(expressions.SAID))
]


def say(backend, first=0):
    """Have GBP say the texts in all places but ids: the rows of a list in turn, a single resource the first."""
    backend.report({}, rest=ERROR)
    rows = SPEECHES[first:] + SPEECHES[:first]
    backend.cloud.faults.set({name: {'rows': rows} for name in registry.BY_COLLECTION})


def require_nothing_evaluated(board):
    """AngularJS has gone through the page, and not through what is ours. Return the text of the page."""
    expect(board.page.locator('body.ng-scope')).to_be_attached()
    expect(board.page.locator('[aria-busy]')).to_have_count(0)
    assert board.page.evaluate('window.owned || []') == []
    assert board.page.locator(COMPILED).count() == 0
    text = board.page.locator('body').inner_text()
    assert not UNFIT.search(text)
    return text


def require_unevaluated(board, address):
    """Open a page, and look at what came and at what AngularJS has made of it. Return the text of the page."""
    answer = board.page.goto(board.panel + address)
    assert answer.status == 200
    assert not UNFIT.search(answer.text())
    return require_nothing_evaluated(board)
