# SPDX-License-Identifier: Apache-2.0
"""The panels of group-based-policy-ui as a user works in them: tabs, dialogs, rows."""

import re

from playwright.sync_api import expect

from tests.browser.board import Board

GROUPS = 'project/policytargets/'
NETWORK = 'project/network_policy/'
APPLICATION = 'project/application_policy/'
SERVICES = 'project/network_services/'


class Panel(Board):
    """One panel; ``tab`` is the label of a tab, and of the tables that is in it."""

    def __init__(self, page, url):
        super().__init__(page, url, panel='')

    @property
    def root(self):
        return self.page.locator('.gbp-status-host[data-gbp-status-poll-url]')

    @property
    def dialog(self):
        return self.page.locator('.modal:has(form):visible')

    def show(self, panel, tab=None):
        """Open a panel, and one of its tabs; wait for our script where the panel has a row."""
        self.page.goto(self.url + panel)
        if self.page.locator('.gbp-status-badge').count():
            self.wait_for_start()
        if tab:
            self.show_tab(tab)
        return self

    def show_tab(self, tab):
        label = self.page.locator('#content_body .nav-tabs').get_by_role('link', name=tab, exact=True)
        if label.count():
            label.click()

    def create(self, action, fill):
        """Press a button above a table, let ``fill`` do the dialog, and wait for the page that comes after it."""
        self.page.get_by_role('link', name=action, exact=True).click()
        self._complete(fill)

    def edit(self, name, fill):
        self.row(name).get_by_role('link', name='Edit', exact=True).click()
        self._complete(fill)

    def delete(self, name):
        row = self.row(name)
        row.locator('.dropdown-toggle').or_(row.get_by_role('button', name=re.compile('^Delete'))).first.click()
        entry = row.locator('.dropdown-menu button.btn-danger, .dropdown-menu .data-table-action')
        if entry.count():
            entry.first.click()
        self._leave(self.page.locator('.modal-footer .btn-danger').click)

    def _complete(self, fill):
        expect(self.dialog).to_be_visible()
        fill(self.dialog)
        self._leave(self.dialog.locator('[type=submit]:visible, .button-final:visible').last.click)

    def _leave(self, act):
        """Do what ends in another page, and wait until that is there."""
        self.page.evaluate('window.before = true')
        act()
        self.page.wait_for_function('!window.before && document.readyState === "complete"')
