# SPDX-License-Identifier: Apache-2.0
"""What axe-core has against a page by the rules of WCAG 2.2, level AA, and by good practice; and what is looked at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.backend import ACTIVE
from tests.browser.backend import BUILD
from tests.browser.backend import ERROR

#: Only what is ours: Horizon's frame has no landmark, a side bar that orders the keys, and links of 3.6 to 1; the
#: tables of group-based-policy-ui are its own but for our column.
OURS = '.gbp-status'
STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

MIXED = {
    'web-frontend': ['ERROR', 'line\n' * 100],
    'cart-service': BUILD,
    'checkout-queue': ['BANANA', ''],
    'recommendation-engine': ACTIVE,
    'storefront': ERROR,
    'checkout-to-payments': ERROR,
}
#: One of each on the first page of the groups: what MIXED does not name is not reported, as the last of these.
SHOWN = ('web-frontend', 'cart-service', 'checkout-queue', 'recommendation-engine', 'cdn-origin')


def unfold(board):
    """Open all but the menus, which lie above what is beneath them."""
    folded = board.page.locator('details:not([data-gbp-status-menu])')
    folded.evaluate_all('all => all.forEach(one => { one.open = true; })')


def violations(board, within=OURS):
    """Return {rule: [HTML of what breaks it]} of what a page shows when all of it has come."""
    expect(board.page.locator('[aria-busy="true"]')).to_have_count(0)
    found = run(board, within, {'type': 'tag', 'values': STANDARDS}, 'violations')['violations']
    return {one['id']: [node['html'] for node in one['nodes']] for one in found}


def contrasts(board, within=OURS):
    """Return (contrast, HTML) of all text whose contrast axe can measure, the palest first."""
    expect(board.page.locator('[aria-busy="true"]')).to_have_count(0)
    found = run(board, within, {'type': 'rule', 'values': ['color-contrast']}, 'passes', 'violations')
    nodes = [node for outcome in ('passes', 'violations') for rule in found[outcome] for node in rule['nodes']]
    checks = [(check['data'], node['html']) for node in nodes for check in node['any'] if check['data']]
    return sorted((data['contrastRatio'], html) for data, html in checks if data.get('contrastRatio'))


def run(board, within, rules, *outcomes):
    """Return what axe-core says: {outcome: [rule]}, of some outcomes ('passes', 'violations') in full."""
    return Axe().run(board.page, context=within, options={'runOnly': rules, 'resultTypes': list(outcomes)}).response
