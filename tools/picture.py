# SPDX-License-Identifier: Apache-2.0
"""python -m tools.picture: take the documentation's pictures of a running demo (DEMO_PORT, default 8080)."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import sync_playwright

from tests import chromium

PICTURES = Path(__file__).resolve().parent.parent / 'docs' / 'images'
DEMO = f'http://127.0.0.1:{os.environ.get("DEMO_PORT", "8080")}'
# Groups in group-based-policy-ui, and all problems in the plugin's own panel.
GROUPS = f'{DEMO}/project/policytargets/'
OVERVIEW = f'{DEMO}/project/gbp_status/'
MAP = f'{OVERVIEW}?view=map'
# The demo's group that GBP calls active, and whose subnet is in error.
SUBJECT = 'warehouse-scanners'
#: One that consumes what some provide, and provides what some consume.
POINTED_AT = 'order-router'


def log_in(page: Page) -> None:
    page.goto(f'{DEMO}/auth/login/?next=/project/')
    page.fill('#id_username', 'demo')
    page.fill('#id_password', 'demo')
    page.click('#loginBtn')
    page.wait_for_url('**/project/**')


def take(page: Page, name: str) -> None:
    page.evaluate('document.fonts.ready')
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f'{name}.png')


def take_groups(page: Page) -> None:
    page.goto(GROUPS)
    badge = page.locator(f'.gbp-status-badge[data-gbp-status-name="{SUBJECT}"]')
    badge.evaluate('one => one.scrollIntoView({block: "end"})')
    badge.locator('.gbp-status-mark').wait_for()
    badge.locator('button').click()
    page.locator('.popover [data-gbp-status-object]').first.wait_for()
    take(page, 'groups')


def take_overview(page: Page) -> None:
    page.goto(OVERVIEW)
    page.locator('.gbp-status-badge').first.wait_for()
    page.wait_for_function('!document.querySelector(".gbp-status").innerText.includes("being read")')
    take(page, 'overview')


def take_map(page: Page) -> None:
    page.goto(MAP)
    page.locator('.gbp-status-map:not([aria-busy])').wait_for()
    cell = page.locator(f'[data-gbp-status-cell="{POINTED_AT}"]')
    cell.hover()
    page.locator('[data-gbp-status-joined]').first.wait_for()
    take(page, 'map')


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=['--no-sandbox'])
        page = browser.new_page(viewport={'width': 1280, 'height': 820})
        log_in(page)
        take_groups(page)
        take_overview(page)
        take_map(page)
        browser.close()


if __name__ == '__main__':
    main()
