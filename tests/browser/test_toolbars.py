# SPDX-License-Identifier: Apache-2.0
"""The problems are few stops of the Tab key away; their toolbar is one line, and works before any script has run."""

from playwright.sync_api import expect
import pytest

from tests.browser.audit import violations
from tests.browser.board import GROUPS
from tests.browser.board import OVERVIEW

TOOLBAR = '.gbp-status-overview > [role="toolbar"]'
START = "() => { const start = document.querySelector('#content_body h1'); start.tabIndex = -1; start.focus(); }"
# The first line may be one that unfolds.
IS_PROBLEM = "() => Boolean(document.activeElement.closest('.gbp-status-groups'))"
TOPS = 'all => all.map(one => one.getBoundingClientRect()).map(({top, height}) => Math.round(top + height / 2))'


@pytest.fixture
def overview(mixed_board):
    return mixed_board.open(OVERVIEW)


@pytest.fixture
def toolbar(overview):
    return overview.page.locator(TOOLBAR)


def menu(toolbar, name):
    return toolbar.locator('.gbp-status-menu', has_text=name)


def test_the_problems_are_ten_stops_away(overview):
    expect(overview.page.locator('[aria-busy="true"]')).to_have_count(0)
    # As many buttons as the strip ever has.
    overview.page.evaluate('document.querySelector(\'[data-gbp-status-act="notify"]\').hidden = false')
    overview.page.evaluate(START)
    stops = []
    while not overview.page.evaluate(IS_PROBLEM):
        overview.page.keyboard.press('Tab')
        stops.append(overview.page.evaluate('document.activeElement.textContent.trim()'))
        assert len(stops) <= 11, stops


def test_a_toolbar_is_one_line(toolbar):
    expect(toolbar.locator('summary')).to_have_text(
        ['Show: Problems', 'Group: By cause', 'Since: Any time', 'Order: Most urgent first', 'Export']
    )
    tops = toolbar.locator('input:visible, button, summary').evaluate_all(TOPS)
    assert max(tops) - min(tops) <= 1


def test_the_arrow_keys_lead_through_a_toolbar(overview, toolbar):
    search, button = toolbar.locator('[type=search]'), toolbar.get_by_role('button', name='Search')
    search.focus()
    overview.page.keyboard.type('ab')
    for key, focused in (('ArrowLeft', search), ('ArrowRight', search), ('ArrowRight', button)):
        overview.page.keyboard.press(key)
        expect(focused).to_be_focused()
    overview.page.keyboard.press('ArrowRight')
    expect(menu(toolbar, 'Show').locator('summary')).to_be_focused()
    # Whoever comes back is where they were.
    overview.page.keyboard.press('Tab')
    expect(overview.page.locator('.gbp-status-chips a').first).to_be_focused()
    overview.page.keyboard.press('Shift+Tab')
    expect(menu(toolbar, 'Show').locator('summary')).to_be_focused()


def test_a_menu_closes_when_it_is_left(overview, toolbar):
    group, since = menu(toolbar, 'Group'), menu(toolbar, 'Since')
    group.locator('summary').press('Enter')
    expect(group.get_by_role('link', name='By fault')).to_be_visible()
    assert violations(overview, TOOLBAR) == {}
    since.locator('summary').click()
    expect(group.get_by_role('link')).to_have_count(0)
    since.get_by_role('link').first.focus()
    overview.page.keyboard.press('Escape')
    expect(since.get_by_role('link')).to_have_count(0)
    expect(since.locator('summary')).to_be_focused()


def test_the_chips_are_one_stop_also_after_they_have_been_read_again(overview):
    chips = overview.page.locator('.gbp-status-chips[role="toolbar"] a')
    chips.first.focus()
    overview.page.keyboard.press('ArrowRight')
    expect(chips.nth(1)).to_be_focused()
    overview.read_again()
    expect(overview.page.locator('.gbp-status-chips[role="toolbar"] a[tabindex="0"]')).to_have_count(1)


def test_a_menu_works_before_any_script_has_run(mixed, open_page, sessions):
    page = open_page()
    page.route('**/*.js', lambda route: route.abort())
    page.goto(sessions.url + 'project/gbp_status/' + OVERVIEW)
    group = menu(page.locator(TOOLBAR), 'Group')
    group.locator('summary').click()
    group.get_by_role('link', name='By kind').click()

    expect(menu(page.locator(TOOLBAR), 'Group').locator('summary')).to_have_text('Group: By kind')


def test_in_a_table_search_and_export_are_one_line_too(mixed_board):
    mixed_board.open(GROUPS)
    tops = mixed_board.page.locator(
        '.gbp-status-toolbar [role="toolbar"] :is(a, input:not([type=hidden]), button, summary)'
    )
    tops = tops.locator('visible=true').evaluate_all(TOPS)

    assert max(tops) - min(tops) <= 6
