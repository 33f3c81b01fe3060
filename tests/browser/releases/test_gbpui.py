# SPDX-License-Identifier: Apache-2.0
"""The tables of group-based-policy-ui on each of the releases: they load, have our badges, and follow the backend."""

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.panels import APPLICATION
from tests.browser.panels import GROUPS
from tests.browser.panels import NETWORK
from tests.browser.panels import SERVICES

FAULT = 'APIC fault F0467: the VLAN pool of web-frontend is exhausted'


@pytest.fixture
def panel(open_panel):
    """A page whose clock stands still until a test moves it."""
    one = open_panel()
    one.hold_clock()
    yield one
    assert one.errors == []


@pytest.mark.parametrize('address', [GROUPS, NETWORK, APPLICATION, SERVICES])
def test_every_row_has_a_badge(panel, address):
    panel.show(address)
    rows = panel.page.locator('tr[data-object-id]')

    assert rows.count() > 0
    assert panel.page.locator('tr[data-object-id] .gbp-status-badge').count() == rows.count()


def test_a_group_is_followed_and_its_popover_opens(panel, backend):
    backend.report({'cart-service': BUILD})
    panel.show(GROUPS)
    panel.expect_state('cart-service', 'BUILD')
    backend.change({'cart-service': ['ERROR', FAULT]})
    panel.poll_until_state('cart-service', 'ERROR')
    panel.button('cart-service').click()
    expect(panel.popover).to_contain_text(FAULT)
