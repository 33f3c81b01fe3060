# SPDX-License-Identifier: Apache-2.0
"""Pages fit their window with texts of one long word, from a telephone to a wall; names keep a width to be read in."""

from playwright.sync_api import expect
import pytest

from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import L3_POLICIES
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW

WIDTHS = (320, 768, 853, 1280, 2560)
#: The longest name that GBP takes, without a place to break.
WORD = 'W' * 255
WIDEST = '() => document.documentElement.scrollWidth - document.documentElement.clientWidth'
NARROW = """() => {
  const cells = Array.from(document.querySelectorAll('td.gbp-status-column-name'));
  const twelve = cell => {
    const probe = document.createElement('span');
    probe.style.cssText = 'position:absolute;width:12ch';
    cell.append(probe);
    const width = probe.getBoundingClientRect().width;
    probe.remove();
    return width;
  };
  return cells.filter(cell => cell.getBoundingClientRect().width < twelve(cell)).length;
}"""


@pytest.fixture
def wordy(backend, open_board):
    """A board whose backend says one long word in the place of each text."""
    backend.report({}, rest=['ERROR', ''])
    backend.fail('*', say=WORD, keep=['status', 'alias', 'cidr', 'ip_pool'])
    return open_board()


def expect_to_fit(board):
    for width in WIDTHS:
        board.page.set_viewport_size({'width': width, 'height': 900})
        assert (width, board.page.evaluate(WIDEST), board.page.evaluate(NARROW)) == (width, 0, 0)


@pytest.mark.parametrize('tab', [OVERVIEW, GROUPS, L3_POLICIES, CHAINS, OTHER])
def test_a_page_of_long_words_fits_its_window(wordy, tab):
    wordy.open(tab)

    expect_to_fit(wordy)


def test_the_problems_of_all_projects_of_long_words_fit_their_window(wordy, open_board):
    board = open_board('admin')
    board.panel = board.url + 'admin/gbp_status/'
    board.open(OVERVIEW)

    expect_to_fit(board)


@pytest.mark.parametrize('tab', [GROUPS, CHAINS])
def test_the_page_of_a_resource_of_long_words_fits_its_window(wordy, tab):
    wordy.open(tab)
    wordy.page.locator('td.gbp-status-column-name a').first.click()
    wordy.wait_for_start()

    expect_to_fit(wordy)


def test_nothing_but_what_is_to_be_read_is_printed(backend, open_board):
    backend.report({}, rest=['ERROR', 'The reason'])
    board = open_board().open(GROUPS)
    # There is more than one page, with a form to choose it.
    expect(board.page.locator('.gbp-status-page-form')).to_have_count(1)
    board.page.emulate_media(media='print')

    printed = board.page.locator('body').inner_text()

    assert 'The reason' in board.page.evaluate(
        "() => getComputedStyle(document.querySelector('.gbp-status-table [data-gbp-status]'), '::after').content"
    )
    assert not {'Refresh', 'Export', 'Search', 'Next page', 'Overview', 'Network', 'Show'} & set(printed.split('\n'))
    assert 'demo, RegionOne' in printed
    assert board.page.locator('.gbp-status-sort').first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    ) in (
        'none',
        'normal',
    )
