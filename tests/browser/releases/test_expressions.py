# SPDX-License-Identifier: Apache-2.0
"""The AngularJS of each release leaves what GBP says and what an address holds as they are."""

import urllib.parse

from tests import expressions
from tests.browser.board import GROUPS
from tests.browser.evaluation import require_unevaluated
from tests.browser.evaluation import say


def test_neither_rows_nor_parameters_are_evaluated(open_board, backend):
    say(backend)
    board = open_board('admin')
    board.panel = board.url + 'admin/gbp_status/'
    text = require_unevaluated(board, GROUPS)
    assert [mark for mark in expressions.MARKS.values() if mark not in text] == []
    (nul,) = expressions.SENT['nul']
    require_unevaluated(board, f'{GROUPS}&' + urllib.parse.urlencode({'q': nul, 'status': nul, 'project': nul}))
