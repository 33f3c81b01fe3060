# SPDX-License-Identifier: Apache-2.0
"""What a user sees in Chromium: the log-in, the overview, a tab and a popover, all below Horizon's address."""

import contextlib
import dataclasses

from playwright.sync_api import expect

PANEL = '/horizon/project/gbp_status/'
USER = 'demo'
LIMIT_SECONDS = 120
READ = '!document.querySelector(".gbp-status").innerText.includes("being read")'
#: The group of the demo that GBP calls active, and whose subnet is in error.
SUBJECT = 'warehouse-scanners'


@dataclasses.dataclass
class Seen:
    """``errors`` are answers that failed and errors of scripts."""

    overview: str = ''
    groups: int = 0
    popover: str = ''
    errors: list = dataclasses.field(default_factory=list)


def look(browser, address, pictures, name):
    """Log in and open what a user opens first; leave pictures."""
    seen = Seen()
    with _page(browser) as page:
        page.on('response', lambda answer: answer.status >= 400 and seen.errors.append(f'{answer.status} {answer.url}'))
        page.on('pageerror', lambda error: seen.errors.append(str(error)))
        _log_in(page, address)
        seen.overview = _overview(page)
        page.screenshot(path=pictures / f'{name}-overview.png')
        page.goto(f'{address}/project/gbp_status/?tab=gbp_status_tabs__groups&q={SUBJECT}')
        badges = page.locator('tr[data-object-id] .gbp-status-badge')
        seen.popover = _popover(page, badges.first)
        seen.groups = badges.count()
        page.screenshot(path=pictures / f'{name}-popover.png')
    return seen


def status_of_the_panel(browser, address):
    """Return the status of the panel's address to somebody who has logged in."""
    with _page(browser) as page:
        return _log_in(page, address).status


@contextlib.contextmanager
def _page(browser):
    context = browser.new_context(viewport={'width': 1280, 'height': 900})
    page = context.new_page()
    page.set_default_timeout(LIMIT_SECONDS * 1000)
    yield page
    context.close()


def _log_in(page, address):
    """Return the answer to the first page after the log-in, which is the panel's."""
    page.goto(f'{address}/auth/login/?next={PANEL}')
    page.fill('#id_username', USER)
    page.fill('#id_password', USER)
    with page.expect_navigation(url=f'**{PANEL}') as navigation:
        page.click('#loginBtn')
    return navigation.value


def _overview(page):
    page.locator('.gbp-status-badge:visible').first.wait_for()
    page.wait_for_function(READ)
    return page.locator('.gbp-status').first.inner_text()


def _popover(page, badge):
    badge.locator('.gbp-status-mark').wait_for()
    badge.locator('button').click()
    popover = page.locator('.popover')
    expect(popover.locator('[data-gbp-status-object]').first).to_be_visible(timeout=LIMIT_SECONDS * 1000)
    return popover.inner_text()
