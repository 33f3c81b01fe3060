# SPDX-License-Identifier: Apache-2.0
"""Every dialog and page that a panel leads to opens, and every dialog that one leads to; without a browser."""

import re

import pytest

from tests.browser.panels import APPLICATION
from tests.browser.panels import GROUPS
from tests.browser.panels import NETWORK
from tests.browser.panels import SERVICES
from tests.documents import Document

ID = re.compile('[0-9a-f]{8}-[0-9a-f-]{27}')
PANELS = [
    *(('16', panel) for panel in (GROUPS, NETWORK, APPLICATION, SERVICES)),
    *(('18', panel) for panel in (GROUPS, NETWORK, APPLICATION)),
]
#: {panel: the row whose own page has further dialogs}.
ROWS = {GROUPS: ['web-frontend', 'internet-customers'], NETWORK: ['retail-core-vrf']}
#: The page of an internal group also lists its members, for which the cloud would need Nova.
NEEDS_NOVA = 'policytargets/policy_target/'
IN_A_SCRIPT = {'X-Requested-With': 'XMLHttpRequest'}


@pytest.fixture
def fetch(open_page, sessions):
    """fetch(address) gives the HTML of a page, with these headers; the test fails where it leads elsewhere."""
    context = open_page().request

    def fetched(address, **headers):
        answer = context.get(sessions.url.rstrip('/') + address, headers=headers)
        assert answer.ok, address
        # Where gbpui cannot read what a page is of, it leads back to the table.
        assert answer.url.endswith(address), address
        return Document(answer.text(), fragment=False)

    return fetched


def different(document, selector):
    """Return {shape: address} of links; those that differ in ids alone are one."""
    addresses = [one.attrs['href'] for one in document.query(selector)]
    return {ID.sub('<id>', address): address for address in addresses}


def opened(fetch, document, selector='#content_body a.ajax-modal', levels=2):
    """Open the dialogs of a page, and those that lead on from these; return how many there were on the page."""
    addresses = different(document, selector).values() if levels else ()
    for address in addresses:
        dialog = fetch(address, **IN_A_SCRIPT)
        assert dialog.query('form'), address
        opened(fetch, dialog, '.ajax-add', levels - 1)
    return len(addresses)


@pytest.mark.parametrize(('gbp', 'panel'), PANELS, indirect=['gbp'])
def test_every_dialog_of_a_panel_and_of_its_rows_own_pages_opens(fetch, panel):
    page = fetch(f'/{panel}')
    assert opened(fetch, page)
    for row in ROWS.get(panel, ()):
        (address, *_) = [
            link.attrs['href'] for link in page.query('tr[data-object-id] a') if link.text().strip() == row
        ]
        assert opened(fetch, fetch(address))


@pytest.mark.parametrize(('gbp', 'panel'), PANELS, indirect=['gbp'])
def test_every_page_that_a_table_leads_to_opens(fetch, panel):
    links = different(fetch(f'/{panel}'), '#content_body td a:not(.ajax-modal)[href*="/"]').values()
    addresses = [one for one in links if '/gbp_status/' not in one and NEEDS_NOVA not in one]
    assert addresses
    for address in addresses:
        page = fetch(address)
        assert page.query('#content_body :is(dl, table)'), address
        assert not page.query('.alert-danger:not(.javascript-disabled)'), address
