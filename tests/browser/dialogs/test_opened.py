# SPDX-License-Identifier: Apache-2.0
"""Every button and link of a panel opens its dialog or page, and so does every button in a dialog that adds a thing."""

import re

from playwright.sync_api import expect
import pytest

from tests.browser.panels import APPLICATION
from tests.browser.panels import GROUPS
from tests.browser.panels import NETWORK
from tests.browser.panels import SERVICES

ID = re.compile('[0-9a-f]{8}-[0-9a-f-]{27}')
PANELS = {'16': [GROUPS, NETWORK, APPLICATION, SERVICES], '18': [GROUPS, NETWORK, APPLICATION]}
#: {panel: the row whose own page has further dialogs}.
ROWS = {GROUPS: ['web-frontend', 'internet-customers'], NETWORK: ['retail-core-vrf']}


#: The page of an internal group also lists its members, for which the cloud would need Nova.
NEEDS_NOVA = 'policytargets/policy_target/'


def different(links):
    """Return {shape: address} of links; those that differ in ids alone are one."""
    addresses = links.evaluate_all('all => all.map(one => one.getAttribute("href"))')
    return {ID.sub('<id>', address): address for address in addresses}


class Dialogs:
    """The dialogs of one page, opened one by one."""

    def __init__(self, panel):
        self.panel, self.page = panel, panel.page

    def open_all(self):
        """Return the addresses of all that were opened."""
        links = different(self.page.locator('#content_body a.ajax-modal'))
        return {shape for shape, address in links.items() if self._open(address)}

    def _open(self, address):
        # Most of them are in tabs and menus that are not open.
        self.page.locator(f'#content_body a.ajax-modal[href="{address}"]').first.dispatch_event('click')
        # While an inner one is open the outer one is hidden.
        forms = self.page.locator('.modal form')
        expect(forms).to_have_count(1)
        expect(forms).to_be_visible()
        for adding in self.page.locator('.modal .ajax-add').all():
            adding.dispatch_event('click')
            expect(forms).to_have_count(2)
            expect(forms.last).to_be_visible()
            self._close(forms)
        self._close(forms)
        return True

    def _close(self, forms):
        rest = forms.count() - 1
        self.page.locator('.modal:has(form) .close').last.dispatch_event('click')
        expect(forms).to_have_count(rest)


@pytest.mark.parametrize(('gbp', 'address'), [(gbp, one) for gbp in PANELS for one in PANELS[gbp]], indirect=['gbp'])
def test_every_dialog_of_a_panel_and_of_its_rows_own_pages_opens(open_panel, address):
    panel = open_panel().show(address)
    opened = Dialogs(panel).open_all()
    for row in ROWS.get(address, ()):
        link = panel.show(address).page.locator('tr[data-object-id] a', has_text=row).first
        panel.page.goto(panel.url.rstrip('/') + link.get_attribute('href'))
        opened |= Dialogs(panel).open_all()

    assert opened, address
    assert panel.errors == []


@pytest.mark.parametrize(('gbp', 'address'), [(gbp, one) for gbp in PANELS for one in PANELS[gbp]], indirect=['gbp'])
def test_every_page_that_a_table_leads_to_opens(open_panel, address):
    panel = open_panel().show(address)
    links = panel.page.locator('#content_body td a:not(.ajax-modal)[href*="/"]')
    pages = [one for one in different(links).values() if '/gbp_status/' not in one and NEEDS_NOVA not in one]
    for one in pages:
        panel.page.goto(panel.url.rstrip('/') + one)
        # Where gbpui cannot read what a page is of, it leads back to the table.
        expect(panel.page).to_have_url(panel.url.rstrip('/') + one)
        expect(panel.page.locator('#content_body').locator('dl, table').first).to_be_visible()
        expect(panel.page.locator('.alert-danger')).to_have_count(0)

    assert pages, address
    assert panel.errors == []
