# SPDX-License-Identifier: Apache-2.0
"""The popover of a badge: how it opens and closes, what it shows, and that it stays while its row changes."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.board import OVERVIEW

MINUTE_MS = 60_000
FAULT = 'APIC fault F0467: the VLAN pool of web-frontend is exhausted'
IS_WITHIN = 'Boolean(document.activeElement.closest(".popover"))'
CONTROLS = ['×', 'Copy details', 'Copy for a ticket', 'Mute…', 'Show this resource']
LONG = '\n'.join(f'line {number}' for number in range(200))


@pytest.fixture
def broken(board, backend):
    """A page with a group in error."""
    backend.report({'web-frontend': ['ERROR', FAULT]})
    return board.open()


@pytest.fixture
def opened(broken):
    broken.button('web-frontend').click()
    expect(broken.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
    return broken


def part(board, name):
    return board.popover.locator(f'[data-gbp-status-part="{name}"]')


def test_it_opens_and_closes_by_keyboard(broken):
    button = broken.button('web-frontend')
    button.press('Enter')
    expect(broken.popover).to_be_visible()
    expect(button).to_have_attribute('aria-expanded', 'true')
    button.press('Space')
    expect(broken.popover).to_have_count(0)
    expect(button).to_have_attribute('aria-expanded', 'false')


def test_it_is_announced_by_taking_the_focus(broken):
    broken.button('web-frontend').click()
    expect(broken.popover).to_be_focused()
    expect(broken.popover).to_have_accessible_name('web-frontend: Error')
    expect(broken.popover).to_have_accessible_description(re.compile('^The backend reports an error'))


def test_it_is_read_in_the_order_in_which_it_is_seen(opened):
    shown = opened.popover.locator('[data-gbp-status-part]:visible, [data-gbp-status-why-answer], button:visible, a')
    tops = shown.evaluate_all('all => all.map(one => Math.round(one.getBoundingClientRect().top / 8))')
    assert tops == sorted(tops)
    assert len(tops) > 8
    expect(opened.popover.locator('[data-gbp-status-why]')).to_have_attribute('aria-live', 'polite')


def test_tab_leads_through_it_and_out_of_it_which_closes_it(opened):
    links = opened.popover.locator('[data-gbp-broken-ways] a')
    expect(links.first).to_be_visible()
    ways = links.all_text_contents()
    reached = [_after(opened, 'Tab')]
    while opened.page.evaluate(IS_WITHIN):
        reached.append(_after(opened, 'Tab'))

    assert [text for text in reached[:-1] if text not in ways] == CONTROLS
    assert [text for text in reached[:-1] if text in ways] == ways
    expect(opened.popover).to_have_count(0)
    expect(opened.button('web-frontend')).to_have_attribute('aria-expanded', 'false')
    assert opened.page.evaluate('document.activeElement.checkVisibility()')


def test_tab_leads_back_over_its_badge_which_closes_it(opened):
    assert 'Error' in _after(opened, 'Shift+Tab')
    expect(opened.button('web-frontend')).to_be_focused()
    expect(opened.popover).to_be_visible()
    _after(opened, 'Shift+Tab')
    expect(opened.popover).to_have_count(0)


def _after(board, key):
    board.page.keyboard.press(key)
    return board.page.evaluate('document.activeElement.textContent.trim()')


def test_escape_closes_it_and_gives_the_focus_back(opened):
    opened.popover.locator('[data-gbp-status-act="copy-details"]').focus()
    opened.page.keyboard.press('Escape')
    expect(opened.popover).to_have_count(0)
    expect(opened.button('web-frontend')).to_be_focused()


def test_a_click_inside_and_marking_text_do_not_close_it(opened):
    part(opened, 'sentence').click()
    box = part(opened, 'details').bounding_box()
    opened.page.mouse.move(box['x'] + 10, box['y'] + 10)
    opened.page.mouse.down()
    opened.page.mouse.move(20, 20)
    opened.page.mouse.up()
    expect(opened.popover).to_be_visible()
    opened.page.locator('h1').click()
    expect(opened.popover).to_have_count(0)


def test_it_stays_open_and_is_brought_up_to_date(board, backend):
    backend.report({'web-frontend': ['BUILD', 'first words']})
    board.open()
    board.button('web-frontend').click()
    expect(part(board, 'details')).to_have_text('first words')
    close = board.popover.get_by_role('button', name='Close')
    close.focus()
    backend.report({'web-frontend': ['ERROR', FAULT]})
    board.poll_until(part(board, 'heading'), 'to_have_text', 'web-frontend: Error')
    expect(part(board, 'details')).to_have_text(FAULT)
    expect(part(board, 'sentence')).to_contain_text('Do not expect it to work')
    expect(close).to_be_focused()
    expect(board.button('web-frontend')).to_have_attribute('aria-expanded', 'true')


def test_an_update_leaves_the_reader_where_he_is(board, backend):
    backend.report({'web-frontend': ['BUILD', LONG], 'cart-service': BUILD})
    board.open()
    board.button('web-frontend').click()
    details = part(board, 'details')
    details.evaluate('one => { one.scrollTop = 500; getSelection().selectAllChildren(one); }')
    backend.change({'cart-service': ['ERROR', '']})
    board.poll_until_state('cart-service', 'ERROR')
    assert details.evaluate('one => one.scrollTop') == 500
    assert 'line 100' in board.page.evaluate('getSelection().toString()')


def test_long_details_scroll_and_are_reached_by_keyboard(board, backend):
    backend.report({'web-frontend': ['ERROR', LONG]})
    board.open()
    board.button('web-frontend').click()
    details = part(board, 'details')
    expect(details).to_have_attribute('tabindex', '0')
    details.press('End')
    board.page.wait_for_function('one => one.scrollTop > 0', arg=details.element_handle())
    assert details.evaluate('one => one.scrollHeight > one.clientHeight')


def test_details_that_come_later_can_be_copied(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.button('web-frontend').click()
    copy = board.popover.locator('[data-gbp-status-act="copy-details"]')
    expect(copy).to_be_hidden()
    backend.report({'web-frontend': ['ERROR', FAULT]})
    board.poll_until(part(board, 'details'), 'to_have_text', FAULT)
    expect(copy).to_be_visible()


def test_a_build_that_takes_long_is_marked_in_badge_and_popover(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.button('web-frontend').click()
    expect(part(board, 'long')).to_be_hidden()
    board.root.evaluate('root => root.setAttribute("data-gbp-status-long-build", "-1")')
    board.poll()
    expect(board.button('web-frontend')).to_have_accessible_name(
        re.compile(r'^Building *·\s*long-running *web-frontend, show details$')
    )
    expect(part(board, 'long')).to_have_text('This is taking unusually long.')


def test_its_paragraphs_have_a_distance_in_the_overview_too(board, backend):
    backend.report({'web-frontend': ['ERROR', FAULT]})
    board.open(OVERVIEW)
    board.page.locator('.gbp-status-group .gbp-status-button').first.press('Enter')
    expect(part(board, 'sentence')).to_have_css('margin-bottom', '10px')


def test_a_table_that_others_draw_again_takes_its_popover_along(opened):
    opened.page.evaluate(
        """() => {
          const row = document.querySelector('.popover').closest('tr');
          const copy = row.cloneNode(true);
          copy.querySelector('.popover').remove();
          row.replaceWith(copy);
        }"""
    )
    expect(opened.popover).to_have_count(0)
    opened.button('web-frontend').click()
    expect(opened.popover).to_be_visible()
