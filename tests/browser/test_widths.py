# SPDX-License-Identifier: Apache-2.0
"""Pages fit their window with texts of one long word, from a telephone to a wall; names keep a width to be read in."""

from playwright.sync_api import expect
import pytest

from tests.browser import panels
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
#: Words of heads, and networks in cells, that stand in more than one line.
BROKEN = r"""() => {
  const isBroken = (node, word, start) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + word.length);
    return new Set(Array.from(range.getClientRects(), ({bottom}) => Math.round(bottom))).size > 1;
  };
  const brokenIn = (element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      Array.from(walker.currentNode.data.matchAll(words)).filter(
        match => isBroken(walker.currentNode, match[0], match.index)).forEach(match => found.push(match[0]));
    }
    return found;
  };
  const all = selector => Array.from(document.querySelectorAll(selector));
  return all('#content_body th').flatMap(head => brokenIn(head, /[^\s-]+-?/g))
    .concat(all('#content_body td').flatMap(cell => brokenIn(cell, /[0-9a-f:.]+\/\d+/g)));
}"""
#: Tables of which a column of few words takes more than a third, or descriptions less than an eighth.
UNFAIR = """() => Array.from(document.querySelectorAll('.gbp-status-table')).flatMap(table => {
  const share = name => {
    const head = table.querySelector(`th.gbp-status-column-${name}`);
    return head ? head.getBoundingClientRect().width / table.getBoundingClientRect().width : null;
  };
  const shared = share('shared');
  const description = share('description');
  return shared > 1 / 3 || description && description < 1 / 8 ? [table.id, shared, description] : [];
})"""
#: What stands beside the first column of the lines of the overview, where there is one column alone.
BESIDE = """() => {
  const left = one => one.getBoundingClientRect().left;
  const all = Array.from(document.querySelectorAll('.gbp-status-line > *'));
  const isBeside = one => Math.abs(left(one) - left(one.parentElement)) > 1;
  return all.filter(one => one.getClientRects().length && isBeside(one)).map(one => one.outerHTML);
}"""
#: A notice in each line of the overview.
NOTICES = """() => document.querySelectorAll('.gbp-status-line').forEach(line => {
  line.append(Object.assign(document.createElement('div'), {className: 'alert alert-info', textContent: 'Notice'}));
})"""


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
    expect(wordy.page.locator('[aria-busy="true"]')).to_have_count(0)

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


@pytest.mark.parametrize(
    ('tab', 'language'),
    [(GROUPS, 'de'), (L3_POLICIES, 'de'), (CHAINS, 'de'), (OTHER, 'de'), (L3_POLICIES, 'en'), (OTHER, 'ja')],
)
def test_heads_and_networks_are_never_broken(backend, open_board, tab, language):
    board = open_board('other', extra_http_headers={'Accept-Language': language})
    board.open(f'{tab}&size=200')

    for width in (320, 768, 992, 1280):
        board.page.set_viewport_size({'width': width, 'height': 900})
        assert (width, board.page.evaluate(WIDEST), board.page.evaluate(BROKEN)) == (width, 0, [])
    assert board.page.evaluate(UNFAIR) == []


@pytest.mark.parametrize('panel', [panels.GROUPS, panels.NETWORK, panels.APPLICATION, panels.SERVICES])
def test_the_heads_of_group_based_policy_ui_are_not_broken_either(backend, open_panel, panel):
    page = open_panel().show(panel).page
    page.locator('.tab-pane').evaluate_all("all => all.forEach(one => { one.classList.add('active', 'in'); })")

    for width in (992, 1280):
        page.set_viewport_size({'width': width, 'height': 900})
        assert (width, page.evaluate(BROKEN)) == (width, [])


def test_the_notices_of_the_overview_stand_below_each_other_in_a_narrow_window(backend, open_board):
    backend.fail('policy_target_groups', status=503)
    board = open_board().open(OVERVIEW)
    board.page.evaluate(NOTICES)
    board.page.set_viewport_size({'width': 900, 'height': 900})

    assert board.page.evaluate(WIDEST) == 0
    assert board.page.evaluate(BESIDE) == []


def test_paper_has_details_once_and_says_what_it_lacks(backend, open_board):
    backend.report({}, rest=['ERROR', 'The reason'])
    page = open_board().open(f'{GROUPS}&status=error&size=2').page
    page.emulate_media(media='print')

    assert 'The reason' not in page.locator('.gbp-status-table').first.inner_text()
    assert page.locator('.gbp-status-row-count').first.is_visible()
    assert page.locator('.gbp-status-pages [aria-current]').first.is_visible()
    wrapper = page.locator('.table_wrapper').first
    # Chromium moves what scrolls to the next sheet as a whole.
    assert wrapper.evaluate('one => getComputedStyle(one).overflow') == 'visible'
