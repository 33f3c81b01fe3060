# SPDX-License-Identifier: Apache-2.0
"""The map in a browser: chosen in a menu, walked by pointer and keys, and kept current under the user's hands."""

import re

from playwright.sync_api import expect

from demo.seed import shop_groups

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import OVERVIEW

MAP = f'{OVERVIEW}&view=map'
#: {L2 policy: its groups}, as the demo has given them to GBP.
SEEDED = {policy: {one[0] for one in shop_groups.GROUPS if one[1] == policy} for _, policy, *_ in shop_groups.GROUPS}
#: {what a box is called: the names of the cells in it}.
NESTING = """boxes => Object.fromEntries(boxes.map(box => [
  box.querySelector('strong').textContent,
  Array.from(box.querySelectorAll('[data-gbp-status-cell]'), cell => cell.dataset.gbpStatusCell)
]))"""
#: {the name of a cell: what it does with a rule set of the one that is looked at}.
MARKS = 'cells => Object.fromEntries(cells.map(cell => [cell.dataset.gbpStatusCell, cell.dataset.gbpStatusJoined]))'
PLACES = 'cells => cells.map(cell => [cell.offsetLeft, cell.offsetTop, cell.offsetWidth, cell.offsetHeight])'
OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'


def cell(board, name):
    return board.page.locator(f'[data-gbp-status-cell="{name}"]')


def place(board, name):
    """The title of a frame or a box."""
    return board.page.locator('.gbp-status-place-title').filter(has=board.page.get_by_text(name, exact=True))


def focused(board):
    return board.page.locator('[role="treeitem"]:focus')


def words(board):
    return board.page.locator('[data-gbp-status-joined-words]')


def marks(board):
    return board.page.locator('[data-gbp-status-joined]').evaluate_all(MARKS)


def test_it_is_chosen_in_a_menu_and_has_all_groups_in_their_policies(board, backend):
    backend.report({'storefront': ERROR})
    board.open(OVERVIEW)
    board.page.locator('.gbp-status-menu summary').first.click()
    board.page.get_by_role('link', name='Map', exact=True).click()
    board.wait_for_start()
    expect(board.page.get_by_role('tree', name='Map')).to_be_visible()
    nesting = board.page.locator('.gbp-status-box').evaluate_all(NESTING)

    assert next(iter(nesting)) == 'storefront'
    assert {name: set(cells) for name, cells in nesting.items() if name in SEEDED} == SEEDED
    board.page.set_viewport_size({'width': 320, 'height': 900})
    assert board.page.evaluate(OVERHANG) == 0


def test_pointer_and_keys_walk_over_it(backend, open_board):
    board = open_board().open(MAP)
    cells = board.page.locator('[data-gbp-status-cell]')
    before = cells.evaluate_all(PLACES)
    cell(board, 'web-frontend').hover()
    expect(words(board)).to_contain_text('web-frontend consumes what these provide: ')
    expect(words(board)).to_be_in_viewport()
    assert marks(board)['search-api'] == 'provides'
    assert 'reporting-db' not in marks(board)
    assert cells.evaluate_all(PLACES) == before
    board.page.keyboard.press('Escape')
    expect(words(board)).to_have_text('')
    assert marks(board) == {}

    # From the last chip the next stops are the groups without a way, which are folded, and the tree, which is one.
    board.page.locator('.gbp-status-map .gbp-status-chip[tabindex="0"]').focus()
    board.page.keyboard.press('Tab')
    expect(board.page.locator('#gbp-status-alone > summary')).to_be_focused()
    board.page.keyboard.press('Tab')
    first = focused(board)
    expect(first).to_have_attribute('aria-expanded', 'true')
    expect(first).to_have_css('outline-width', '2px')
    board.page.keyboard.press('ArrowRight')
    board.page.keyboard.press('ArrowRight')
    expect(focused(board)).to_have_attribute('data-gbp-status-cell', re.compile('.'))
    board.page.keyboard.type('web-f', delay=0)
    expect(cell(board, 'web-frontend')).to_be_focused()
    assert marks(board)['search-api'] == 'provides'
    address = cell(board, 'web-frontend').get_attribute('href')
    board.page.keyboard.press('Enter')
    board.page.wait_for_url(f'**{address}')


def test_it_follows_and_leaves_focus_and_folds_where_they_are(board, backend):
    backend.report({'payments-api': BUILD})
    board.open(MAP)
    place(board, 'logistics-vrf').focus()
    board.page.keyboard.press('ArrowLeft')
    expect(place(board, 'logistics-vrf')).to_have_attribute('aria-expanded', 'false')
    cell(board, 'payments-api').focus()
    frame = place(board, 'payments-pci-vrf')
    expect(frame).to_contain_text('1 Building')
    assert board.page.title().startswith('(1) ')

    backend.report({})
    board.poll_until(
        cell(board, 'payments-api'), 'to_have_attribute', 'aria-label', re.compile('payments-api, Active, ')
    )
    expect(frame).not_to_contain_text('Building')
    expect(board.live).to_contain_text('payments-api: Active')
    expect(board.page).not_to_have_title(re.compile(r'^\('))
    expect(cell(board, 'payments-api')).to_be_focused()
    expect(place(board, 'logistics-vrf')).to_have_attribute('aria-expanded', 'false')


def test_what_could_not_be_read_again_stays_and_says_of_when_it_is(board, backend):
    board.open(MAP)
    board.read_again()
    number = board.page.locator('[data-gbp-status-cell]').count()
    backend.fail('policy_target_groups', status=503)
    board.refresh.click()
    expect(board.notice).to_contain_text('Groups could not be read since')
    expect(board.page.locator('.gbp-status-map')).to_contain_text('as of')
    expect(board.page.locator('[data-gbp-status-cell]')).to_have_count(number)
    backend.recover()
    board.page.get_by_role('button', name='Try again').click()
    expect(board.notice).to_be_hidden()
    expect(board.page.locator('[data-gbp-status-as-of]')).to_have_count(0)
    expect(board.page.locator('[data-gbp-status-cell]')).to_have_count(number)
