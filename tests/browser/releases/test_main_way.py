# SPDX-License-Identifier: Apache-2.0
"""Log in, read tables and popovers, see them follow the backend: with compressed files, in both themes."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OVERVIEW

FAULT = 'APIC fault F0467: the VLAN pool of web-frontend is exhausted'
#: What the compiled styles give a badge: colours of its tone, which custom properties carry, and a round outline.
LOOK = """badge => {
  const style = getComputedStyle(badge);
  return [style.color, style.backgroundColor, style.borderTopColor, style.borderTopWidth, style.minHeight];
}"""
SHEETS = 'links => links.map(link => new URL(link.href).pathname)'
TRANSPARENT = 'rgba(0, 0, 0, 0)'


def test_a_group_is_followed_in_place(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open(GROUPS)
    board.expect_state('web-frontend', 'BUILD')
    element = board.button('web-frontend').element_handle()
    element.focus()
    backend.change({'web-frontend': ['ERROR', FAULT]})
    board.poll_until_state('web-frontend', 'ERROR')
    assert element.evaluate('one => one.isConnected && one === document.activeElement')
    expect(board.count('BUILD')).to_have_text('0')


def test_a_popover_shows_details_and_what_explains_them(board, backend):
    backend.report({'web-frontend': ['ERROR', FAULT]})
    board.open(GROUPS)
    board.button('web-frontend').click()
    expect(board.popover).to_contain_text(FAULT)
    expect(board.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
    board.page.keyboard.press('Escape')
    expect(board.popover).to_have_count(0)


def test_a_chain_is_read_by_show(board, backend):
    backend.report({'checkout-to-payments': ERROR})
    board.open(CHAINS)
    board.expect_state('checkout-to-payments', 'ERROR')


def test_the_overview_shows_what_is_broken(board, backend):
    backend.report({'web-frontend': ['ERROR', FAULT]})
    board.open(OVERVIEW)
    expect(board.page.locator('#main_content')).to_contain_text('web-frontend')


def test_an_administrator_sees_all_projects(open_board, backend):
    backend.report({'web-frontend': BUILD})
    board = open_board('admin')
    board.panel = board.url + 'admin/gbp_status/'
    board.open(GROUPS)
    board.expect_state('web-frontend', 'BUILD')
    assert board.errors == []


@pytest.mark.parametrize('theme', ['default', 'material'])
def test_a_badge_has_the_colours_of_its_state_in_each_theme(open_board, backend, theme):
    backend.report({'web-frontend': BUILD, 'cart-service': ERROR})
    board = open_board(theme=theme).open(GROUPS)
    looks = [board.button(name).evaluate(LOOK) for name in ('web-frontend', 'cart-service', 'cdn-origin')]
    assert len({tuple(look) for look in looks}) == len(looks)
    for color, background, border, width, height in looks:
        assert background not in {TRANSPARENT, color}
        assert border != TRANSPARENT
        assert (width, height) == ('1px', '24px')
    assert board.errors == []


def test_styles_and_scripts_are_the_compressed_ones(open_board):
    page = open_board().open(GROUPS).page
    styles = page.locator('link[rel="stylesheet"]').evaluate_all(SHEETS)
    scripts = page.locator('script[src]').evaluate_all('all => all.map(one => new URL(one.src).pathname)')
    assert [path for path in styles + scripts if '/static/gbp_status_ui/' in path] == []
    assert any(re.search(r'/css/output\.[0-9a-f]+\.css$', path) for path in styles)
