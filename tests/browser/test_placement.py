# SPDX-License-Identifier: Apache-2.0
"""A popover is inside the window: in narrow ones, on the first and last row, with long texts, from right to left."""

from playwright.sync_api import expect
import pytest

from tests.browser.board import GROUPS

LONG = 'word ' * 800
INSIDE = """tip => {
  const box = tip.getBoundingClientRect();
  const view = document.documentElement;
  return box.left >= 0 && box.top >= 0 && box.right <= view.clientWidth && box.bottom <= view.clientHeight;
}"""


@pytest.fixture
def wordy(open_board, backend):
    """A page whose popovers are as tall as they come; all themes of this Horizon have one style sheet."""
    backend.report({}, rest=['ERROR', LONG])
    return open_board()


def expect_inside(board):
    expect(board.popover.locator('[data-gbp-status-act="copy-ticket"]')).to_be_visible()
    board.page.wait_for_function(INSIDE, arg=board.popover.element_handle())


@pytest.mark.parametrize('size', [(1280, 900), (1280, 400), (320, 600)])
def test_by_size_of_the_window_and_row(wordy, size):
    wordy.page.set_viewport_size({'width': size[0], 'height': size[1]})
    wordy.open(GROUPS)
    buttons = wordy.page.locator('tr .gbp-status-button')
    for button in (buttons.first, buttons.last):
        button.press('Enter')
        expect_inside(wordy)
        wordy.page.keyboard.press('Escape')


def test_from_right_to_left(wordy):
    wordy.page.add_init_script(
        'new MutationObserver(() => { document.documentElement.dir = "rtl"; })'
        '.observe(document, {childList: true, subtree: true})'
    )
    wordy.open(GROUPS)
    wordy.page.locator('tr .gbp-status-button').first.click()
    expect_inside(wordy)
    box = wordy.popover.bounding_box()
    arrow = wordy.popover.locator('.arrow').bounding_box()
    assert box['x'] <= arrow['x'] <= box['x'] + box['width']


def test_after_the_window_has_become_narrow(wordy):
    wordy.open(GROUPS)
    wordy.page.locator('tr .gbp-status-button').first.click()
    expect_inside(wordy)
    wordy.page.set_viewport_size({'width': 320, 'height': 600})
    expect_inside(wordy)


def test_after_an_explanation_has_made_it_taller(wordy):
    held = wordy.hold('**/explanation/')
    wordy.open(GROUPS)
    wordy.page.locator('tr .gbp-status-button').last.click()
    expect(wordy.popover).to_be_visible()
    ticket = '<template data-gbp-status-ticket>x</template>'
    # What does not name its scope is no answer of ours.
    ours = {'Content-Type': 'text/html', 'Gbp-Status-Scope': wordy.root.get_attribute('data-gbp-status-scope')}
    held[0].fulfill(headers=ours, body='<p>cause</p>' * 40 + ticket)
    expect_inside(wordy)


COME = "place => place.before(Object.assign(document.createElement('p'), {style: 'height: 382px'}))"
DISTANCE = """() => {
  const shown = ['.popover', '.gbp-status-button[aria-expanded="true"]'].map(one => document.querySelector(one));
  const [tip, button] = shown.map(one => Math.round(one.getBoundingClientRect().top));
  return tip - button;
}"""


@pytest.mark.parametrize('above', ['.gbp-status-table', '[data-gbp-status-strip]'])
def test_it_stays_at_its_badge_when_something_comes_above(board, above):
    board.open(f'{GROUPS}&q=web-frontend')
    board.button('web-frontend').press('Enter')
    expect(board.popover.locator('[data-gbp-status-act="copy-ticket"]')).to_be_visible()
    before = board.page.evaluate(DISTANCE)
    board.page.locator(above).first.evaluate(COME)

    board.page.wait_for_function(f'before => ({DISTANCE})() === before', arg=before)
