# SPDX-License-Identifier: Apache-2.0
"""A page that stays open: nodes, listeners and memory do not grow with polls, heartbeats and refreshes.

LONG_RUN_MINUTES is how much of the page's time passes; figures are printed (pytest -s).
"""

import itertools
import os

import pytest

from tests.browser.board import GROUPS

MINUTES = int(os.environ.get('LONG_RUN_MINUTES') or 2)
WARM_UP_POLLS = 20
REFRESHES = 2
LONG_CHARACTERS = 100_000
NAMES = ('web-frontend', 'cart-service')
MORE_NODES, MORE_LISTENERS, MORE_BYTES = 60, 6, 6_000_000


@pytest.fixture
def flapping(board, backend):
    """A page of two groups in BUILD; with each poll the state of one changes, and the long details of both."""
    answers = []
    backend.report({name: ['BUILD', 'DETAILS'] for name in NAMES})
    board.open(GROUPS)
    ids = ','.join(board.badge(name).get_attribute('data-gbp-status-id') for name in NAMES)
    for state in ('ERROR', 'BUILD'):
        backend.change({NAMES[0]: [state, 'DETAILS']})
        answers.append(board.page.request.get(f'{board.panel}statuses/?policy_target_groups={ids}').text())
    number = itertools.count(1)

    def answer(route):
        count = next(number)
        details = chr(ord('a') + count % 26) * LONG_CHARACTERS
        route.fulfill(content_type='application/json', body=answers[count % 2].replace('DETAILS', details))

    board.page.route('**/statuses/?*', answer)
    return board


def measured(page):
    """Return {name: figure} of what the page holds once nothing is left to be collected."""
    session = page.context.new_cdp_session(page)
    session.send('Performance.enable')
    session.send('HeapProfiler.collectGarbage')
    metrics = {one['name']: one['value'] for one in session.send('Performance.getMetrics')['metrics']}
    session.detach()
    return {name: int(metrics[name]) for name in ('Nodes', 'JSEventListeners', 'JSHeapUsedSize')}


def test_a_page_does_not_grow(flapping):
    flapping.button(NAMES[1]).click()
    for _ in range(WARM_UP_POLLS):
        flapping.poll()
    before, end = measured(flapping.page), flapping.now() + MINUTES * 60_000
    while flapping.now() < end:
        flapping.poll()
    for _ in range(REFRESHES):
        flapping.read_again()
    after = measured(flapping.page)
    print(f'{len(flapping.polls)} polls in {MINUTES} minutes: {before} -> {after}')

    assert len(flapping.polls) > 10 * MINUTES
    assert after['Nodes'] <= before['Nodes'] + MORE_NODES
    assert after['JSEventListeners'] <= before['JSEventListeners'] + MORE_LISTENERS
    assert after['JSHeapUsedSize'] <= before['JSHeapUsedSize'] + MORE_BYTES
