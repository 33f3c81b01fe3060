# SPDX-License-Identifier: Apache-2.0
"""Every page and state of ours by axe-core. Themes are in releases/test_themes.py; the rest is test_perception.py's."""

from playwright.sync_api import expect
import pytest

from gbp_status_ui.model import registry

from tests.browser import audit
from tests.browser import panels
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import L3_POLICIES
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW

TABS = (GROUPS, L3_POLICIES, CHAINS, OTHER)
#: Each sort of page once; other tabs and groupings are made by the same templates.
ADDRESSES = [
    f'{OVERVIEW}&group=cause',
    f'{OVERVIEW}&group=none',
    f'{OVERVIEW}&q=front',
    f'{OTHER}&size=2',
    f'{GROUPS}&status=error,build&sort=-name',
    f'{GROUPS}&q=nothing-has-this-name',
    f'{OVERVIEW}&view=map',
    'ways/?from=web-frontend&to=search-api',
    'ways/?from=nobody&to=cart-service',
]


def require_no_violation(board, within=audit.OURS):
    assert audit.violations(board, within) == {}


@pytest.mark.parametrize('address', ADDRESSES)
def test_a_page(mixed_board, address):
    mixed_board.open(address)
    expect(mixed_board.page.locator('[aria-busy="true"]')).to_have_count(0)
    audit.unfold(mixed_board)
    require_no_violation(mixed_board)


def test_the_rules_are_those_of_wcag_2_2(mixed_board):
    mixed_board.open(f'{GROUPS}&size=2')
    rules = {'type': 'tag', 'values': audit.STANDARDS}
    applied = {one['id'] for one in audit.run(mixed_board, audit.OURS, rules, 'passes')['passes']}
    assert {'target-size', 'color-contrast', 'heading-order', 'aria-valid-attr-value'} <= applied


def test_a_page_without_problems(backend, open_board):
    board = open_board().open(OVERVIEW)
    expect(board.page.locator('.gbp-status-all-well')).to_be_visible()
    require_no_violation(board)


def test_an_empty_table(mixed, open_board):
    board = open_board('other').open(f'{OTHER}&kind=network_service_policies')
    expect(board.page.locator('tr.empty')).to_be_visible()
    require_no_violation(board)


@pytest.mark.parametrize('address', [OVERVIEW, f'{GROUPS}&size=2'])
def test_a_kind_that_could_not_be_read(mixed_board, backend, address):
    backend.fail('policy_target_groups', status=503)
    mixed_board.open(address)
    require_no_violation(mixed_board)


def test_a_page_of_a_resource_that_could_not_be_read(mixed_board, backend):
    link = mixed_board.open(f'{GROUPS}&size=2').page.locator('td.gbp-status-column-name a').first
    address = link.get_attribute('href')
    backend.fail('policy_target_groups', status=503)
    mixed_board.page.goto(mixed_board.url + address.lstrip('/'))
    expect(mixed_board.page.get_by_role('alert')).to_be_visible()
    require_no_violation(mixed_board)


@pytest.mark.parametrize('address', [OVERVIEW + '&group=project', f'{GROUPS}&size=2'])
def test_the_panel_of_administrators(mixed, open_board, address):
    board = open_board('admin')
    board.panel = board.url + 'admin/gbp_status/'
    board.open(address)
    audit.unfold(board)
    require_no_violation(board)


#: Fetches the pages of resources as a heartbeat does, each with its ways and what depends on it, into one page.
TOGETHER = """async addresses => {
  const texts = addresses.map(async address => {
    const page = await fetch(address, {headers: {'Gbp-Status-Fragment': 'list', 'X-Requested-With': 'XMLHttpRequest'}});
    const parts = await fetch(address + 'fragments/', {headers: {'X-Requested-With': 'XMLHttpRequest'}});
    const {body} = new DOMParser().parseFromString(await page.text(), 'text/html');
    Object.entries((await parts.json()).fragments).forEach(([name, html]) => {
      body.querySelector(`[data-gbp-status-fragment="${name}"]`).outerHTML = html;
    });
    return body.innerHTML;
  });
  const html = (await Promise.all(texts)).join('');
  document.querySelector('.gbp-status-detail').parentElement.innerHTML = html;
}"""


def test_the_pages_of_resources_of_each_kind(mixed_board, backend):
    backend.report({}, rest=['ERROR', 'out of addresses'])
    listed = [mixed_board.page.request.get(f'{mixed_board.panel}export/{tab}&format=json').json() for tab in TABS]
    first = {row['kind']: f'{mixed_board.panel}{row["kind"]}/{row["id"]}/' for rows in listed for row in rows}
    assert set(first) == set(registry.BY_COLLECTION)
    mixed_board.panel = ''
    mixed_board.open(first['servicechain_instances'])
    require_no_violation(mixed_board)
    mixed_board.page.evaluate(TOGETHER, list(first.values()))
    expect(mixed_board.page.locator('.gbp-status-detail')).to_have_count(len(first))
    for part in (
        '.gbp-status-path',
        '.gbp-status-way',
        '.gbp-status-ways > [data-gbp-way-state]',
        '[data-gbp-status-key="causes"]',
        '.gbp-status-affected',
    ):
        expect(mixed_board.page.locator(part)).not_to_have_count(0)
    require_no_violation(mixed_board)


def test_a_chain_whose_nodes_are_suspected(mixed_board):
    mixed_board.open(CHAINS)
    mixed_board.row('checkout-to-payments').locator('a').first.click()
    expect(mixed_board.page.locator('[data-gbp-status-key="suspects"]')).to_be_visible()
    require_no_violation(mixed_board)


#: All tabs of a page of group-based-policy-ui at once.
ALL_TABS = "all => all.forEach(one => { one.classList.add('active', 'in'); })"


@pytest.mark.parametrize(('panel', 'tables'), [(panels.GROUPS, 2), (panels.SERVICES, 4)])
def test_our_column_in_group_based_policy_ui(mixed, open_panel, panel, tables):
    board = open_panel().show(panel)
    board.page.locator('.tab-pane').evaluate_all(ALL_TABS)
    board.button('web-frontend').or_(board.page.locator('.gbp-status-button')).first.click()
    expect(board.popover).to_be_visible()
    assert board.page.locator('table:visible:has(.gbp-status-badge)').count() >= tables
    require_no_violation(board)


def test_open_popovers(mixed_board):
    mixed_board.open(GROUPS)
    for name in audit.SHOWN:
        mixed_board.button(name).press('Enter')
        expect(mixed_board.popover).to_contain_text(name)
        expect(mixed_board.popover.locator('[data-gbp-status-why-loading]')).to_be_hidden()
        require_no_violation(mixed_board, '.popover')


#: What a page says only in rare moments.
RARE = """root => {
  root.querySelector('[data-gbp-status-moved]').hidden = false;
  Object.assign(root.querySelector('[data-gbp-status-act="show"]'), {hidden: false, textContent: 'Show 2 new'});
  root.querySelectorAll('template[data-gbp-status-note]').forEach(one => root.append(one.content.cloneNode(true)));
}"""


def test_what_changes_on_a_page(mixed_board):
    mixed_board.open(f'{GROUPS}&size=2')
    mixed_board.pause.click()
    mixed_board.page.locator('.gbp-status-export summary').click()
    mixed_board.root.evaluate(RARE)
    require_no_violation(mixed_board)


def test_a_stale_page(mixed_board):
    mixed_board.open(f'{GROUPS}&size=2')
    mixed_board.page.route('**/gbp_status/**', lambda route: route.abort())
    mixed_board.refresh.click()
    expect(mixed_board.notice).to_be_visible()
    require_no_violation(mixed_board)
