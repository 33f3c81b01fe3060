# SPDX-License-Identifier: Apache-2.0
"""What group-based-policy-ui's own dialogs create, rename and delete has its badge at once, and leaves none behind."""

import uuid

from playwright.sync_api import expect
import pytest

from tests.browser.backend import BUILD
from tests.browser.panels import APPLICATION
from tests.browser.panels import GROUPS
from tests.browser.panels import NETWORK
from tests.browser.panels import SERVICES


def named(**values):
    """Return what fills the fields of a dialog with texts, the name first."""

    def fill(dialog, name):
        for field, value in {'name': name, **values}.items():
            dialog.locator(f'[name="{field}"]:visible').fill(value)

    return fill


def through(*steps):
    """Return what fills the tabs of a dialog one after the other."""

    def fill(dialog, name):
        for number, step in enumerate(steps):
            if number:
                dialog.locator('.button-next:visible').click()
            step(dialog, name)

    return fill


def through_fields(*steps):
    """Return what fills several kinds of fields of one tab."""

    def fill(dialog, name):
        for step in steps:
            step(dialog, name)

    return fill


def picking(field):
    """Return what moves the first item of a table with a button each to those that are chosen."""
    return lambda dialog, _name: dialog.locator(
        f'd-table[name="{field}"] .transfer-available tbody button'
    ).first.click()


def ticking(field, items):
    """Return what ticks the first of a field's boxes, or moves the first of `items` in their place."""
    choices = f'label[for^="id_{field}_"], {items} a.btn'
    return lambda dialog, _name: dialog.locator(choices).locator('visible=true').first.click()


def renamed(dialog, name):
    dialog.locator('[name="name"]').fill(name)


def nothing(_dialog, _name):
    """Take what a tab of a dialog offers."""


def choosing(field, text=''):
    """Return what chooses the first of a field's choices whose text has that in it; the first of all is none."""

    def fill(dialog, _name):
        choice = dialog.locator(f'[name="{field}"] option:not([value=""])').filter(has_text=text).first
        dialog.locator(f'[name="{field}"]').select_option(value=choice.get_attribute('value'))

    return fill


RULE = through(named(), choosing('classifier'), picking('actions'))
CHAIN = through_fields(named(), ticking('nodes', '#available_node'))
#: (release, panel, tab, button above its table, what fills its dialog), once of each form of a dialog: fields alone,
#: choices, boxes to tick, and tabs with a table to pick from. test_opened.py asks for all dialogs.
FORMS = [
    ('16', APPLICATION, 'Policy Rules', 'Create Policy Rule', RULE),
    ('16', SERVICES, 'Service Chain Specs', 'Create Service Chain Spec', CHAIN),
    ('18', NETWORK, 'Service Policy', 'Create Service Policy', named()),
]
L3_POLICY = named(ip_pool='10.99.0.0/16', subnet_prefix_length='24')


@pytest.fixture
def panel(open_panel):
    """A page of a project that has little of each kind: each step of a dialog reads all of its tables again."""
    one = open_panel('other')
    yield one
    assert one.errors == []


@pytest.fixture
def names(cloud):
    """Two names that nothing has."""
    return [f'{word}-{uuid.uuid4().hex[:6]}' for word in ('new', 'renamed')]


@pytest.mark.parametrize(('gbp', 'address', 'tab', 'button', 'fill'), FORMS, indirect=['gbp'])
def test_what_a_dialog_creates_renames_and_deletes_is_followed(panel, names, address, tab, button, fill):
    name, later = names
    panel.show(address, tab)
    panel.create(button, lambda dialog: fill(dialog, name))
    panel.show_tab(tab)
    panel.expect_state(name, 'ACTIVE')
    expect(panel.row(name)).to_be_visible()
    panel.edit(name, lambda dialog: renamed(dialog, later))
    panel.show_tab(tab)
    panel.expect_state(later, 'ACTIVE')
    expect(panel.badge(name)).to_have_count(0)
    panel.delete(later)
    expect(panel.badge(later)).to_have_count(0)


def test_a_new_group_goes_from_building_to_active_without_a_reload(panel, backend, names):
    name = names[0]
    backend.report({name: BUILD})
    panel.show(GROUPS)
    panel.create('Create Internal Group', lambda dialog: through(named(), nothing, nothing)(dialog, name))
    expect(panel.badge(name)).to_contain_text('Building')
    panel.page.evaluate('window.before = true')
    backend.report({})
    expect(panel.badge(name)).to_contain_text('Active')

    assert panel.page.evaluate('window.before')
    panel.delete(name)


@pytest.mark.parametrize('gbp', ['18'], indirect=True)
def test_an_empty_table_has_the_strip_once_a_row_comes(panel, names):
    outer, inner = names
    panel.show(NETWORK, 'L3 Policy')
    panel.create('Create L3 Policy', lambda dialog: L3_POLICY(dialog, outer))
    panel.row(outer).get_by_role('link', name=outer).click()
    expect(panel.page.get_by_text('No items to display.')).to_be_visible()
    expect(panel.strip).to_be_hidden()
    panel.create(
        'Create L2 Policy', lambda dialog: through_fields(named(), choosing('l3_policy_id', outer))(dialog, inner)
    )
    panel.show(NETWORK).row(outer).get_by_role('link', name=outer).click()
    panel.wait_for_start()
    panel.expect_state(inner, 'ACTIVE')
    panel.delete(inner)
    panel.show(NETWORK).delete(outer)
