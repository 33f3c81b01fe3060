# SPDX-License-Identifier: Apache-2.0
"""Our status column in the tables of group-based-policy-ui: it follows the backend, and nothing of theirs suffers."""

import time

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.panels import APPLICATION
from tests.browser.panels import GROUPS
from tests.browser.panels import NETWORK
from tests.browser.panels import SERVICES

PANELS = {
    GROUPS: {'policy_target_groups', 'external_policies'},
    NETWORK: {'l3_policies', 'network_service_policies', 'external_segments', 'nat_pools'},
    APPLICATION: {'policy_rule_sets', 'policy_rules', 'policy_classifiers', 'policy_actions'},
    SERVICES: {'servicechain_specs', 'servicechain_nodes', 'servicechain_instances', 'service_profiles'},
}
GROUP, EXTERNAL, POLICY, CHAIN = 'cart-service', 'payment-providers', 'retail-core-vrf', 'checkout-to-payments'
HOSTILE = '{\x00$constructor.constructor("window.hacked = true")()$\x00} {$ 6*7 $} <b>{{ 6*7 }}</b>'
# Horizon itself breaks what AngularJS would take for an expression.
HARMLESS = '{% 6*7 %} <b>{{ 6*7 }}</b>'


@pytest.fixture
def panel(open_panel):
    """A page whose clock stands still until a test moves it."""
    one = open_panel()
    one.hold_clock()
    yield one
    assert one.errors == []


def kinds(panel):
    """Return the kinds of all badges of a page, those in tabs that are not open, too."""
    shown = panel.root.locator('.gbp-status-badge')
    return set(shown.evaluate_all('all => all.map(one => one.dataset.gbpStatusKind)'))


@pytest.mark.parametrize('address', PANELS)
def test_every_row_of_every_table_has_its_badge_below_one_strip(panel, address):
    panel.show(address)
    rows = panel.page.locator('tr[data-object-id]')

    assert kinds(panel) == PANELS[address]
    assert rows.count() == panel.page.locator('tr[data-object-id] .gbp-status-badge').count()
    assert panel.strip.count() == 1
    assert panel.root.locator('.nav-tabs, .gbp-status-strip').first.get_attribute('data-gbp-status-strip') == ''
    assert panel.page.locator('.gbp-status-badge').count() == panel.root.locator('.gbp-status-badge').count()


def test_the_page_of_an_l3_policy_has_badges_for_its_l2_policies(panel):
    panel.show(NETWORK)
    panel.row(POLICY).get_by_role('link', name=POLICY).click()
    panel.wait_for_start()

    assert kinds(panel) == {'l2_policies'}


def test_one_poll_is_for_all_tabs(panel, backend):
    backend.report({GROUP: BUILD, EXTERNAL: BUILD})
    panel.show(GROUPS)
    panel.expect_state(GROUP, 'BUILD')
    expect(panel.badge(EXTERNAL)).to_be_hidden()
    backend.report({GROUP: ['ERROR', 'no VLAN left']})
    panel.poll()

    assert len(panel.polls) == 1
    panel.expect_state(GROUP, 'ERROR')
    panel.expect_state(EXTERNAL, 'ACTIVE')


def test_what_is_settled_is_read_by_refresh(panel, backend):
    panel.show(NETWORK)
    backend.report({POLICY: ['ERROR', 'leaf-203 is down']})
    panel.read_again()

    panel.expect_state(POLICY, 'ERROR')


def test_what_was_being_built_shows_its_error_at_the_next_poll(panel, backend):
    backend.report({POLICY: BUILD})
    panel.show(NETWORK)
    backend.report({POLICY: ['ERROR', 'leaf-203 is down']})
    panel.poll()

    panel.expect_state(POLICY, 'ERROR')


def test_a_chain_that_has_failed_since_it_was_listed_shows_it_at_once(panel, backend):
    panel.show(SERVICES)
    panel.wait_for_shown(1)
    panel.expect_state(CHAIN, 'ACTIVE')
    backend.report({CHAIN: ['ERROR', 'the stack has failed']})
    panel.show(SERVICES, 'Service Chain Instances')
    panel.wait_for_shown(1)

    panel.expect_state(CHAIN, 'ERROR')
    expect(panel.page.locator('[data-gbp-status-stored]')).to_have_count(0)


def test_an_update_leaves_menus_boxes_and_focus_of_the_table_alone(panel, backend):
    backend.report({GROUP: BUILD})
    panel.show(GROUPS)
    row = panel.row(GROUP)
    row.locator('input[type=checkbox]').evaluate('box => box.click()')
    row.locator('.dropdown-toggle').click()
    row.locator('.dropdown-toggle').focus()
    row.evaluate('row => { window.row = row; }')
    backend.report({})
    panel.poll_until_state(GROUP, 'ACTIVE')

    expect(row.locator('input[type=checkbox]')).to_be_checked()
    expect(row.locator('.dropdown-menu')).to_be_visible()
    expect(row.locator('.dropdown-toggle')).to_be_focused()
    assert row.evaluate('row => row === window.row')


def test_an_update_leaves_an_open_dialog_alone(open_panel, backend):
    backend.report({GROUP: BUILD})
    panel = open_panel().show(GROUPS)
    panel.page.get_by_role('link', name='Create Internal Group').click()
    panel.dialog.locator('#id_name').fill('half a na')
    backend.report({})
    panel.expect_state(GROUP, 'ACTIVE')

    expect(panel.dialog.locator('#id_name')).to_have_value('half a na')
    expect(panel.dialog.locator('#id_name')).to_be_focused()
    assert panel.errors == []


def test_the_popover_explains_and_leads_to_our_page(panel, backend):
    backend.report({GROUP: ['ERROR', 'no VLAN left']})
    panel.show(GROUPS)
    panel.button(GROUP).click()
    expect(panel.popover).to_contain_text('no VLAN left')
    panel.popover.get_by_role('link', name='Show this resource').click()

    expect(panel.page.locator('.gbp-status-detail')).to_contain_text('no VLAN left')


def test_details_are_not_compiled_by_angularjs(panel, backend):
    backend.report({GROUP: ['BUILD', HOSTILE]})
    panel.show(GROUPS)
    panel.button(GROUP).click()
    expect(panel.popover).to_contain_text(HARMLESS)
    backend.report({GROUP: ['ERROR', HOSTILE + ' again']})
    panel.poll()

    expect(panel.popover).to_contain_text('<b>{{ 6*7 }}</b> again')
    assert panel.page.evaluate('window.hacked') is None


def test_links_of_gbpui_keep_their_colour(panel):
    panel.show(GROUPS)
    inside, outside = panel.page.evaluate(
        """() => {
            const link = document.querySelector('tr[data-object-id] a:not([class])');
            const copy = link.cloneNode(true);
            document.querySelector('#content_body').append(copy);
            return [link, copy].map(one => getComputedStyle(one).color);
        }"""
    )

    assert inside == outside


def test_the_column_adds_no_call_to_gbp(panel, cloud):
    panel.show(APPLICATION)
    began_at = time.time()
    panel.show(APPLICATION)
    asked = [call for call in cloud.calls(began_at) if 'fields=' in call['query'] and 'status' in call['query']]

    assert panel.polls == []
    assert asked == []
