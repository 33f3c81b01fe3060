# SPDX-License-Identifier: Apache-2.0
"""An update changes what has changed, says so, and takes nothing away: focus, menus, ticks, selection, scroll."""

from playwright.sync_api import expect
import pytest

from demo.seed.plant import client

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import OTHER

#: Longer than a deleted row lingers.
LINGER_MS = 9000
NAMES = 'all => all.map(one => one.dataset.gbpStatusName)'


def tick_a_box(board, name):
    """Put a ticked box into the row of a group, as another plugin may; return it."""
    return board.row(name).evaluate_handle(
        """row => {
          const box = Object.assign(document.createElement('input'), {type: 'checkbox', checked: true});
          row.firstElementChild.append(box);
          return box;
        }"""
    )


def counts(board):
    return [int(board.count(state).inner_text()) for state in ('ALL', 'ERROR', 'BUILD', 'ACTIVE')]


def test_an_update_takes_nothing_away_from_the_user(board, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    board.open()
    all_, errors, _builds, active = counts(board)
    names = board.page.locator('tr .gbp-status-badge').evaluate_all(NAMES)
    board.root.evaluate(
        'root => root.addEventListener("gbp-status:changed", event => { window.heard = event.detail.changes; })'
    )
    box = tick_a_box(board, 'web-frontend')
    board.page.fill('#gbp-status-q', 'half a wo')
    button = board.button('web-frontend')
    button.focus()
    element = button.element_handle()
    board.row('web-frontend').evaluate('row => getSelection().selectAllChildren(row.cells[0])')
    board.page.evaluate('scrollTo(0, 300)')
    backend.report({'cart-service': BUILD})
    board.poll_until_state('web-frontend', 'ACTIVE')

    assert element.evaluate('one => one.isConnected && one === document.activeElement')
    expect(button).to_have_text('Activeweb-frontend, show details')
    expect(board.badge('web-frontend')).to_have_class('gbp-status-badge gbp-status-tone-success')
    assert box.evaluate('box => box.isConnected && box.checked')
    expect(board.page.locator('#gbp-status-q')).to_have_value('half a wo')
    assert board.page.evaluate('[getSelection().toString().trim(), scrollY]') == ['web-frontend', 300]
    expect(board.live).to_have_attribute('role', 'status')
    expect(board.live).to_have_text('web-frontend: Active')
    assert counts(board) == [all_, errors, 1, active + 1]
    heard = [(one['name'], one['from'], one['to']) for one in board.page.evaluate('window.heard')]
    assert heard == [('web-frontend', 'BUILD', 'ACTIVE')]

    menu = board.page.locator('.gbp-status-export')
    menu.locator('summary').click()
    backend.report({'cart-service': ERROR})
    board.poll_until_state('cart-service', 'ERROR')
    expect(menu.locator('.dropdown-menu')).to_be_visible()
    expect(menu.locator('summary')).to_be_focused()
    assert counts(board) == [all_, errors + 1, 0, active + 1]
    assert board.page.locator('tr .gbp-status-badge').evaluate_all(NAMES) == names


@pytest.fixture
def doomed(cloud, backend, board):
    """A page with a classifier that is being built, and the way to delete it."""
    network = client(cloud.keystone_url, 'demo', 'RegionOne')
    body = {'policy_classifier': {'name': 'doomed', 'protocol': 'tcp', 'port_range': '1', 'direction': 'in'}}
    path = '/v2.0/grouppolicy/policy_classifiers'
    id_ = network.post(path, json=body).json()['policy_classifier']['id']
    backend.report({'doomed': BUILD})
    board.open(OTHER + '&q=doomed')
    yield lambda: network.delete(f'{path}/{id_}')
    network.delete(f'{path}/{id_}', raise_exc=False)


def test_a_deleted_row_is_struck_and_removed_later(board, doomed):
    all_ = int(board.count('ALL').inner_text())
    doomed()
    board.poll_until(board.row('doomed'), 'to_contain_text', 'Deleted')
    expect(board.row('doomed')).to_have_css('text-decoration-line', 'line-through')
    expect(board.count('ALL')).to_have_text(str(all_ - 1))
    expect(board.count('BUILD')).to_have_text('0')
    expect(board.page.locator('#policy_classifiers-title .badge')).to_have_text('0')
    expect(board.page.locator('#policy_classifiers .gbp-status-row-count')).to_have_count(0)
    row = board.row('doomed')
    board.pass_time(LINGER_MS)
    expect(row).to_have_count(0)


def test_a_deleted_row_does_not_come_back_when_the_table_is_sorted(board, doomed):
    board.open(OTHER + '&kind=policy_classifiers')
    doomed()
    board.poll_until(board.row('doomed'), 'to_contain_text', 'Deleted')
    board.pass_time(LINGER_MS)
    expect(board.row('doomed')).to_have_count(0)
    rows = board.page.locator('#policy_classifiers tbody tr')
    before = rows.count()
    # Beside the link in the head is a place that Horizon's own sorting listens to.
    board.page.locator('#policy_classifiers thead th').nth(1).click(position={'x': 2, 'y': 2})
    assert before > 1
    expect(rows).to_have_count(before)
    expect(board.row('doomed')).to_have_count(0)


def test_the_page_of_a_deleted_resource_stays_and_says_so(board, doomed):
    board.row('doomed').locator('a').first.click()
    expect(board.page.locator('.gbp-status-detail')).to_be_visible()
    board.wait_for_start()
    doomed()
    board.read_again()
    page = board.page.locator('.gbp-status-detail')
    # What is read after the page may not have come before, and cannot be read any more.
    note = page.locator('.gbp-status-note:not([data-gbp-status-failed])')
    expect(note.filter(visible=True)).to_have_text('Deleted')
    expect(page).not_to_have_css('text-decoration-line', 'line-through')
    board.pass_time(LINGER_MS)
    expect(page).to_be_visible()
