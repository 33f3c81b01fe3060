# SPDX-License-Identifier: Apache-2.0
"""What the browser has to do: the milliseconds of scripting for an update of 100 badges."""

import contextlib
import dataclasses
import os
import shutil
import statistics

from playwright.sync_api import sync_playwright

ROWS = 100
ROUNDS = 12
#: Asks for all statuses and ends when they stand on the page, without a look at it in between, which would count, too.
READ = """() => new Promise(shown => {
  document.addEventListener('gbp-status:polled', () => requestAnimationFrame(() => setTimeout(shown)), {once: true});
  document.querySelector('[data-gbp-status-act="refresh"]').click();
})"""
FLAGS = ('--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking')


@dataclasses.dataclass(frozen=True)
class Update:
    """Medians in milliseconds for one poll that changes every badge of the page."""

    scripting: float
    style_and_layout: float


def measure(cloud, url, project):
    """Return the :class:`Update` of a page with 100 groups."""
    with sync_playwright() as playwright, contextlib.closing(_launch(playwright)) as browser:
        page = browser.new_page()
        _log_in(page, url, project.name)
        page.context.add_cookies([{'name': 'API_RESULT_PAGE_SIZE', 'value': str(ROWS), 'url': url}])
        _report(cloud, project, 0)
        page.goto(url + 'project/gbp_status/?tab=gbp_status_tabs__groups')
        metrics = page.context.new_cdp_session(page)
        metrics.send('Performance.enable')
        rounds = [_round(cloud, page, metrics, project, number) for number in range(1, ROUNDS + 1)]
    cloud.statuses.clear()
    # Until the engine has seen the code a few times it is slower, as on each page that is opened.
    return Update(*(1000 * statistics.median(column) for column in zip(*rounds, strict=True)))


def _launch(playwright):
    return playwright.chromium.launch(executable_path=shutil.which('chromium'), args=FLAGS, env=os.environ)


def _log_in(page, url, user):
    page.goto(url + 'auth/login/')
    page.fill('#id_username', user)
    page.fill('#id_password', user)
    page.click('#loginBtn')
    page.wait_for_selector('#main_content')


def _report(cloud, project, number):
    """Every badge changes its state and its text with each round; all stay in BUILD or in ERROR."""
    state = ('BUILD', 'ERROR')[number % 2]
    cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: [state, f'round {number}'] for id_ in project.groups}})
    return state


def _round(cloud, page, metrics, project, number):
    """Ask for the statuses of all and wait until they stand on the page; return (scripting, style and layout)."""
    state = _report(cloud, project, number)
    before = _metrics(metrics)
    page.evaluate(READ)
    after = _metrics(metrics)
    assert page.locator(f'.gbp-status-badge[data-gbp-status="{state}"]').count() == ROWS
    spent = {name: after[name] - before[name] for name in after}
    return spent['ScriptDuration'], spent['RecalcStyleDuration'] + spent['LayoutDuration']


def _metrics(session):
    return {metric['name']: metric['value'] for metric in session.send('Performance.getMetrics')['metrics']}
