# SPDX-License-Identifier: Apache-2.0
"""An update changes what has changed, and takes nothing away from the user: focus, menus, ticks, selection, scroll."""

from playwright.sync_api import expect
import pytest

from demo.seed.plant import client

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import GROUPS
from tests.browser.board import OTHER

#: Longer than a deleted row lingers.
LINGER_MS = 9000


@pytest.fixture
def building(board, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    return board.open()


@pytest.fixture
def settle(building, backend):
    """settle() lets both groups settle on the open page."""

    def settled():
        backend.report({'cart-service': ERROR})
        building.poll_until_state('web-frontend', 'ACTIVE')
        building.expect_state('cart-service', 'ERROR')

    return settled


def test_the_button_of_a_badge_stays_the_same_element_and_keeps_the_focus(building, settle):
    button = building.button('web-frontend')
    button.focus()
    element = button.element_handle()
    settle()
    assert element.evaluate('one => one.isConnected && one === document.activeElement')
    expect(button).to_have_text('Activeweb-frontend, show details')
    expect(building.badge('web-frontend')).to_have_class('gbp-status-badge gbp-status-tone-success')


def test_the_focus_elsewhere_stays(building, settle):
    link = building.row('cart-service').locator('a').first
    link.focus()
    settle()
    expect(link).to_be_focused()


def test_an_unfolded_menu_stays(building, settle):
    menu = building.page.locator('.gbp-status-export')
    menu.locator('summary').click()
    settle()
    expect(menu.locator('.dropdown-menu')).to_be_visible()


def test_ticked_boxes_and_half_written_searches_stay(building, settle):
    box = building.page.evaluate_handle(
        """() => {
          const box = document.createElement('input');
          box.type = 'checkbox';
          box.checked = true;
          document.querySelector('[data-gbp-status-name="web-frontend"]').closest('tr').firstElementChild.append(box);
          return box;
        }"""
    )
    building.page.fill('#gbp-status-q', 'half a wo')
    settle()
    assert box.evaluate('box => box.isConnected && box.checked')
    expect(building.page.locator('#gbp-status-q')).to_have_value('half a wo')


def test_selected_text_stays(building, settle):
    building.row('web-frontend').evaluate('row => getSelection().selectAllChildren(row.cells[0])')
    settle()
    assert building.page.evaluate('getSelection().toString().trim()') == 'web-frontend'


def test_rows_keep_their_order_and_the_page_its_scroll(building, settle):
    names = 'all => all.map(one => one.dataset.gbpStatusName)'
    before = building.page.locator('tr .gbp-status-badge').evaluate_all(names)
    building.page.evaluate('scrollTo(0, 300)')
    settle()
    assert building.page.locator('tr .gbp-status-badge').evaluate_all(names) == before
    assert building.page.evaluate('scrollY') == 300


def test_counts_follow(building, settle):
    counts = {state: int(building.count(state).inner_text()) for state in ('ALL', 'ERROR', 'BUILD', 'ACTIVE')}
    settle()
    expect(building.count('ALL')).to_have_text(str(counts['ALL']))
    expect(building.count('BUILD')).to_have_text('0')
    expect(building.count('ACTIVE')).to_have_text(str(counts['ACTIVE'] + 1))
    expect(building.count('ERROR')).to_have_text(str(counts['ERROR'] + 1))


def test_a_row_that_no_longer_matches_the_filter_stays_and_says_so(board, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    board.open(GROUPS + '&status=build,error')
    backend.report({'cart-service': ERROR})
    board.poll_until_state('web-frontend', 'ACTIVE')
    expect(board.row('web-frontend')).to_contain_text('No longer matches the filter')
    expect(board.row('cart-service')).not_to_contain_text('No longer matches the filter')
    note = board.row('web-frontend').locator('.gbp-status-note').element_handle()
    backend.report({'cart-service': ['ERROR', 'news']})
    board.read_again()
    assert note.evaluate('one => one.isConnected')
    backend.report({'web-frontend': BUILD, 'cart-service': ERROR})
    board.read_again()
    board.read_again()
    board.poll_until_state('web-frontend', 'BUILD')
    expect(board.row('web-frontend')).not_to_contain_text('No longer matches the filter')


def test_listeners_learn_what_changed(building, settle):
    building.root.evaluate(
        'root => root.addEventListener("gbp-status:changed", event => { window.heard = event.detail.changes; })'
    )
    settle()
    heard = {one['name']: (one['from'], one['to']) for one in building.page.evaluate('window.heard')}
    assert heard == {'web-frontend': ('BUILD', 'ACTIVE'), 'cart-service': ('BUILD', 'ERROR')}


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
    expect(page.locator('.gbp-status-note').filter(visible=True)).to_have_text('Deleted')
    expect(page).not_to_have_css('text-decoration-line', 'line-through')
    board.pass_time(LINGER_MS)
    expect(page).to_be_visible()


def test_a_deleted_row_stays_while_the_user_is_in_it(board, doomed):
    board.button('doomed').focus()
    doomed()
    board.poll_until(board.row('doomed'), 'to_contain_text', 'Deleted')
    board.pass_time(10 * LINGER_MS)
    expect(board.row('doomed')).to_be_visible()
    board.refresh.focus()
    board.pass_time(LINGER_MS)
    expect(board.row('doomed')).to_have_count(0)
