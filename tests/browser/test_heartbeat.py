# SPDX-License-Identifier: Apache-2.0
"""What is settled is read again, too: at each heartbeat, on return to the tab, and on demand; all of it in place."""

import re

from playwright.sync_api import expect
import pytest

from demo.seed.plant import client

from tests.browser.backend import ERROR
from tests.browser.board import GROUPS
from tests.browser.board import OTHER

MINUTE_MS = 60_000
WEB = GROUPS + '&q=web-frontend'
CLASSIFIERS = '/v2.0/grouppolicy/policy_classifiers'


def beat(board):
    """Let time pass until the list has been read once more."""
    shown = board.page.evaluate('window.watched.shown')
    board.pass_time(MINUTE_MS)
    board.wait_for_shown(shown + 1)


@pytest.fixture
def network(cloud):
    return client(cloud.keystone_url, 'demo', 'RegionOne')


@pytest.fixture
def make(network):
    """make(name) gives a new classifier, which goes with the test; returns its path."""
    made = []

    def maker(name):
        body = {'policy_classifier': {'name': name, 'protocol': 'tcp', 'port_range': '1', 'direction': 'in'}}
        made.append(f'{CLASSIFIERS}/{network.post(CLASSIFIERS, json=body).json()["policy_classifier"]["id"]}')
        return made[-1]

    yield maker
    for path in made:
        network.delete(path, raise_exc=False)


def test_what_fails_later_is_seen_in_place(board, backend):
    board.open(WEB)
    button = board.button('web-frontend')
    button.focus()
    errors = int(board.count('ERROR').inner_text())
    backend.report({'web-frontend': ERROR})
    beat(board)
    board.expect_state('web-frontend', 'ERROR')
    expect(button).to_be_focused()
    expect(board.count('ERROR')).to_have_text(str(errors + 1))
    expect(board.page).to_have_title(re.compile(r'^\(1\) '))


def test_a_rename_is_followed_wherever_the_name_stands(board, make, network):
    path = make('late-first')
    board.open(OTHER + '&q=late-')
    board.button('late-first').click()
    network.put(path, json={'policy_classifier': {'name': 'late-second'}})
    beat(board)
    expect(board.popover).to_contain_text('late-second: Active')
    expect(board.row('late-second').locator('td.gbp-status-column-name')).to_have_text('late-second')
    expect(board.button('late-second')).to_have_accessible_name('Active late-second, show details')


def test_new_rows_of_a_table_wait_for_the_user(board, make):
    make('late-one')
    board.open(OTHER + '&q=late-')
    make('late-two')
    beat(board)
    show = board.strip.locator('[data-gbp-status-act="show"]')
    expect(show).to_have_text('Show 1 new resource')
    expect(board.row('late-two')).to_have_count(0)
    board.read_again(show)
    expect(board.row('late-two')).to_be_visible()
    expect(show).to_be_hidden()


def test_the_page_of_a_resource_follows_its_cause(board, backend):
    backend.report({'web-frontend': ERROR, 'storefront': ERROR})
    board.open(GROUPS + '&q=web-frontend')
    board.row('web-frontend').locator('a').first.click()
    cause = board.page.locator('.gbp-status-detail [data-gbp-status-cause]')
    expect(cause).to_contain_text('storefront')
    board.wait_for_start()
    backend.report({'web-frontend': ERROR})
    beat(board)
    expect(cause).to_have_count(0)


def test_a_popover_of_what_was_deleted_says_so(board, make, network):
    path = make('late-one')
    make('late-two')
    board.open(OTHER + '&q=late-')
    board.button('late-one').click()
    network.delete(path)
    beat(board)
    expect(board.popover).to_contain_text('This resource has been deleted.')
