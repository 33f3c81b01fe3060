# SPDX-License-Identifier: Apache-2.0
"""What axe cannot see: by ear, by key, in forced colours, with more contrast, without motion."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser import audit
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OVERVIEW


def test_the_name_of_a_button_begins_with_what_is_seen(mixed_board):
    """WCAG 2.5.3; said so, the control can be spoken to by its visible word."""
    mixed_board.open()
    button = mixed_board.button('web-frontend')
    expect(button).to_have_accessible_name('Error web-frontend, show details')
    expect(button.locator('.gbp-status-icon')).to_have_attribute('aria-hidden', 'true')


#: What can be pressed and is smaller than 24 by 24 CSS pixels, links within a sentence apart.
SMALL = """root => Array.from(root.querySelectorAll('a, button, input, select, summary'))
  .filter(one => one.checkVisibility() && one.type !== 'hidden' && !one.closest('p, .alert'))
  .map(one => [one.outerHTML, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""


def test_targets_are_large_enough(mixed_board):
    """WCAG 2.5.8, without its exception for what has room around it."""
    mixed_board.open(f'{OVERVIEW}&view=map')
    assert mixed_board.root.evaluate(SMALL) == []
    mixed_board.open()
    mixed_board.button('web-frontend').click()
    expect(mixed_board.popover.locator('[data-gbp-status-act="copy-ticket"]')).to_be_visible()
    assert mixed_board.root.evaluate(SMALL) == []
    mixed_board.open(f'{OVERVIEW}&q=front')
    audit.unfold(mixed_board)
    assert mixed_board.root.evaluate(SMALL) == []
    mixed_board.open(CHAINS)
    mixed_board.row('checkout-to-payments').locator('a').first.click()
    mixed_board.wait_for_start()
    assert mixed_board.root.evaluate(SMALL) == []


def test_the_focus_can_be_seen(mixed_board):
    """WCAG 2.4.13: two pixels, and a contrast of 3:1 to what it surrounds."""
    mixed_board.open()
    button = mixed_board.button('recommendation-engine')
    button.focus()
    expect(button).to_have_css('outline-style', 'solid')
    expect(button).to_have_css('outline-width', '2px')


def test_a_spinner_stands_still_for_those_who_asked_for_it(mixed, open_board):
    moving = open_board().open(GROUPS)
    expect(moving.badge('cart-service').locator('.gbp-status-icon')).to_have_css('animation-name', 'gbp-status-turn')
    still = open_board(reduced_motion='reduce').open(GROUPS)
    expect(still.badge('cart-service').locator('.gbp-status-icon')).to_have_css('animation-name', 'none')


def test_states_differ_without_any_colour(mixed, open_board):
    """WCAG 1.4.1, and forced colours: word and icon say it, and the border is there."""
    board = open_board(forced_colors='active').open(GROUPS)
    icons = set()
    for name in ('web-frontend', 'cart-service', 'recommendation-engine'):
        expect(board.button(name)).to_have_css('border-top-style', 'solid')
        icons.add(board.badge(name).locator('.gbp-status-icon').get_attribute('class'))
    assert len(icons) == 3


def test_what_is_chosen_is_seen_in_forced_colours(mixed, open_board):
    """There backgrounds are the user's own: without any, what is chosen would look as the rest."""
    board = open_board(forced_colors='active').open(GROUPS)
    for line in ('.gbp-status-tabs', '.gbp-status-kinds'):
        chosen, others = (
            board.page.locator(f'{line} > {item} > a').evaluate_all(
                'all => all.map(one => getComputedStyle(one).backgroundColor)'
            )
            for item in ('.active', ':not(.active)')
        )
        assert len(chosen) == 1
        assert chosen[0] not in others, line


def test_more_contrast_for_those_who_asked_for_it(mixed, open_board):
    """WCAG 1.4.6: 7 to 1, buttons of the theme and of the browser apart."""
    board = open_board(contrast='more').open(f'{GROUPS}&size=5')
    board.button('web-frontend').press('Enter')
    enhanced = {'type': 'rule', 'values': ['color-contrast-enhanced']}
    for within in ('.gbp-status-table', '.gbp-status-tabs', '.gbp-status-kinds', '.gbp-status-chips', '.popover'):
        found = audit.run(board, within, enhanced, 'passes', 'violations')
        assert [rule['nodes'] for rule in found['violations']] == []
        assert found['passes']


@pytest.mark.parametrize(
    ('address', 'title'),
    [(GROUPS, 'Groups'), (OVERVIEW, 'Overview'), (CHAINS, 'Service Chains')],
)
def test_the_title_of_a_window_names_the_tab(mixed_board, address, title):
    mixed_board.open(address)
    expect(mixed_board.page).to_have_title(re.compile(rf'^(\(\d+\) )?{title} - Policy Status - '))


def test_the_title_of_a_window_names_the_resource(mixed_board):
    mixed_board.open(GROUPS)
    mixed_board.row('web-frontend').locator('a').first.click()
    expect(mixed_board.page).to_have_title(re.compile(r'^(\(\d+\) )?Group web-frontend - '))


def test_headings_are_in_order(mixed_board):
    """Of the whole page: one of the first level, and no level left out."""
    for address in (GROUPS, OVERVIEW):
        mixed_board.open(address)
        headings = mixed_board.page.locator('#content_body :is(h1, h2, h3, h4, h5, h6)')
        levels = headings.evaluate_all('all => all.map(one => Number(one.tagName[1]))')
        assert levels[0] == 1
        assert set(levels[1:]) == {2}
