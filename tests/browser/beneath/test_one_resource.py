# SPDX-License-Identifier: Apache-2.0
"""What popover and page say of what a resource is realised by in Neutron, and of its names in the fabric."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser import audit
from tests.browser import panels
from tests.browser.board import L3_POLICIES
from tests.browser.board import OTHER
from tests.browser.test_directions import OUTSIDE
from tests.browser.test_directions import TURN

L2_POLICY, NETWORK = 'storefront', 'l2p_storefront'
BRIDGE_DOMAIN = re.compile('^uni/tn-[^/]+/BD-net_[0-9a-f-]{36}$')
LONG = 'uni/tn-prj_' + 'a1b2c3d4' * 20


@pytest.fixture
def failed(backend):
    """An active L2 policy above a network that has failed in the fabric."""
    backend.report(**{NETWORK: 'error'})


def opened(board, name=L2_POLICY, address=L3_POLICIES):
    """Open a popover, and wait for what the server says."""
    board.open(address)
    board.button(name).click()
    expect(board.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
    return board


def page_of(board):
    """Open the page of a resource."""
    board.open(L3_POLICIES)
    board.page.goto(board.url.rstrip('/') + board.badge(L2_POLICY).get_attribute('data-gbp-status-url'))
    board.wait_for_start()
    return board.page.locator('[data-gbp-status-key="in-neutron"]')


def require_no_violation(board, within=audit.OURS):
    assert audit.violations(board, within) == {}


def test_the_popover_of_what_is_active_says_what_has_failed_beneath(failed, open_board):
    board = opened(open_board())
    expect(board.badge(L2_POLICY)).to_have_attribute('data-gbp-status', 'ACTIVE')
    expect(board.popover).to_contain_text('GBP reports this resource as configured, and no more than that')
    expect(board.popover.locator('[data-gbp-status-object]')).to_have_text(
        'Error: Network l2p_storefront Neutron reports an error of this object.', use_inner_text=True
    )
    require_no_violation(board, '.popover')


def test_the_popover_of_what_is_well_names_the_kinds_and_claims_no_proof(backend, open_board):
    board = opened(open_board(), 'retail-core-vrf')
    expect(board.popover).to_contain_text('Neutron reports no error of its routers and address scope.')
    board.popover.get_by_text('What does that prove?').click()
    expect(board.popover).to_contain_text('Not that it works.')
    require_no_violation(board, '.popover')


def test_a_click_copies_a_name_of_the_fabric_and_says_so(failed, open_board):
    board = open_board()
    board.page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    opened(board)
    button = board.popover.get_by_role('button', name='Copy uni/').first
    button.click()
    expect(board.popover.locator('[data-gbp-status-act="copy-name"]').first).to_have_text('Copied')
    expect(board.live).to_have_text('Copied')
    assert BRIDGE_DOMAIN.match(board.page.evaluate('navigator.clipboard.readText()'))
    ticket = board.popover.locator('[data-gbp-status-act="copy-ticket"]')
    ticket.click()
    expect(ticket).to_have_text('Copied')
    text = board.page.evaluate('navigator.clipboard.readText()')
    assert 'In Neutron: Network l2p_storefront (' in text
    assert 'In the fabric: BridgeDomain uni/tn-' in text


def test_a_word_that_never_changes_is_said_to_be_one(backend, open_board):
    board = opened(open_board(), 'allow-ssh', f'{OTHER}&kind=policy_rules&size=100')
    expect(board.popover).to_contain_text('This backend says BUILD of every rule')
    expect(board.popover).to_contain_text('Forward-FilterEntries')


def test_what_is_slow_in_neutron_comes_later(backend, open_board):
    backend.report(**{NETWORK: 'error'})
    board = open_board()
    board.open(L3_POLICIES)
    backend.fail('networks', hold=True)
    board.button(L2_POLICY).click()
    expect(board.popover).to_contain_text('are still being read')
    backend.answer_again()
    expect(board.popover.locator('[data-gbp-status-object]')).to_contain_text('Error: Network')
    expect(board.popover).not_to_contain_text('are still being read')


def test_what_cannot_be_read_is_said(backend, open_board):
    backend.fail('networks', status=500)
    board = opened(open_board())
    expect(board.popover).to_contain_text('Networks could not be read.')
    expect(board.popover).not_to_contain_text('no error')


def test_the_popover_in_a_table_of_group_based_policy_ui_says_it_too(backend, open_panel):
    backend.report(apic_owned_checkout='error')
    panel = open_panel().show(panels.GROUPS)
    panel.button('cart-service').click()
    expect(panel.popover.locator('[data-gbp-status-object]')).to_contain_text('Error: Subnet apic_owned_checkout')
    expect(panel.popover.locator('[data-gbp-status-dn*="/epg-"]')).to_be_visible()


def test_the_page_lists_the_objects_and_leads_to_horizons_own_pages(failed, open_board):
    board = open_board()
    section = page_of(board)
    expect(section.locator('[data-gbp-status-object]')).to_contain_text('Error: Network l2p_storefront')
    require_no_violation(board)
    section.get_by_role('link', name=NETWORK).click()
    expect(board.page).to_have_title(re.compile(NETWORK))


def test_the_page_follows_what_becomes_of_them(failed, backend, open_board):
    board = open_board()
    section = page_of(board)
    expect(section).to_have_attribute('data-gbp-below', 'error')
    backend.report()
    board.read_again()
    expect(section).to_have_attribute('data-gbp-below', 'ok')
    expect(section.locator('[data-gbp-status-object]')).to_contain_text('No error: Network l2p_storefront')
    expect(section).to_contain_text('Neutron reports no error of its network.')


def test_an_automatic_group_is_called_by_its_l2_policy(backend, open_board):
    board = open_board()
    page_of(board)
    board.page.get_by_role('link', name=re.compile('^ptg-for-l2p|^Automatic group')).first.click()
    expect(board.page.locator('h1')).to_have_text(
        re.compile(r'^Automatic group of storefront \(ptg-for-l2p-[0-9a-f-]{36}\)$')
    )


#: Names of the fabric as long as they come.
LENGTHEN = '(all, name) => all.forEach(one => { one.textContent = name; })'


@pytest.mark.parametrize('turned', [False, True], ids=['to the right', 'to the left'])
def test_long_names_fit_any_window(failed, open_board, turned):
    board = open_board()
    if turned:
        board.page.add_init_script(TURN)
    page_of(board)
    board.page.locator('.gbp-status-name bdi, [data-gbp-status-object] > a').evaluate_all(LENGTHEN, LONG)
    for width in (320, 768, 1280):
        board.page.set_viewport_size({'width': width, 'height': 900})
        assert (width, board.root.evaluate(OUTSIDE)) == (width, [])
    require_no_violation(board)
