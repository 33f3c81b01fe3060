# SPDX-License-Identifier: Apache-2.0
"""What is settled is read again, too: at each heartbeat, on return to the tab, and on demand; all of it in place."""

import re

from playwright.sync_api import expect
import pytest

from demo.seed.plant import client

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import GROUPS
from tests.browser.board import L3_POLICIES
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


def test_the_page_of_a_resource_follows_its_rename(board, make, network):
    path = make('late-first')
    board.panel += 'policy_classifiers/' + path.rsplit('/', 1)[1]
    board.open('/')
    expect(board.page).to_have_title(re.compile('^Classifier late-first - '))
    network.put(path, json={'policy_classifier': {'name': 'late-second'}})
    beat(board)
    expect(board.page.locator('h1')).to_have_text('Classifier late-second')
    expect(board.page.locator('.page-breadcrumb li').last).to_have_text('Classifier late-second')
    expect(board.page).to_have_title(re.compile('^Classifier late-second - '))
    expect(board.page.locator('body')).not_to_contain_text('late-first')


def test_new_rows_are_announced_and_come_when_they_are_asked_for(board, make):
    board.open(OTHER + '&q=late-')
    before = int(board.count('ALL').inner_text())
    make('late-one')
    make('late-two')
    beat(board)
    expect(board.count('ALL')).to_have_text(str(before + 2))


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


def test_refresh_reads_the_list(board, make):
    make('late-one')
    board.open(OTHER + '&q=late-')
    make('late-two')
    board.read_again()
    expect(board.row('late-two')).to_be_visible()


def test_a_row_that_is_gone_is_struck(board, make, network):
    path = make('late-one')
    make('late-two')
    board.open(OTHER + '&q=late-')
    network.delete(path)
    beat(board)
    expect(board.row('late-one')).to_contain_text('Deleted')
    expect(board.row('late-two')).not_to_contain_text('Deleted')


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
    backend.report({'web-frontend': ERROR, 'storefront': ERROR})
    beat(board)
    expect(cause).to_contain_text('storefront')


def test_a_popover_of_what_was_deleted_says_so(board, make, network):
    path = make('late-one')
    make('late-two')
    board.open(OTHER + '&q=late-')
    board.button('late-one').click()
    network.delete(path)
    beat(board)
    expect(board.popover).to_contain_text('This resource has been deleted.')


def test_a_heartbeat_that_fails_says_so_and_recovers(board, backend):
    board.open(WEB)
    backend.fail('policy_target_groups', status=503)
    beat(board)
    expect(board.notice).to_contain_text('could not be read since')
    expect(board.row('web-frontend')).to_be_visible()
    backend.recover()
    beat(board)
    expect(board.notice).to_be_hidden()


def test_a_heartbeat_shows_what_could_be_read_beside_a_kind_that_could_not(board, backend):
    board.open(L3_POLICIES)
    backend.report({'storefront': ERROR, 'retail-core-vrf': ERROR})
    backend.fail('l2_policies', status=500)
    beat(board)
    board.expect_state('retail-core-vrf', 'ERROR')
    board.expect_state('storefront', 'ACTIVE')
    expect(board.notice).to_contain_text('L2 Policies could not be read since')
    backend.recover()
    beat(board)
    expect(board.notice).to_be_hidden()


def test_the_strip_says_what_was_read_when(board, backend):
    board.open(WEB)
    expect(board.freshness).to_contain_text('Updated')
    backend.report({'web-frontend': BUILD})
    board.read_again()
    board.poll()
    expect(board.freshness).to_have_text(re.compile(r'^Updated \d+:\d\d\s[AP]M$'))
