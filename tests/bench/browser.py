# SPDX-License-Identifier: Apache-2.0
"""What the browser has to do: the milliseconds of scripting for a poll, and for a Refresh, that changes 100 badges."""

import contextlib
import dataclasses
import os
import statistics

from playwright.sync_api import sync_playwright

from tests import chromium

ROWS = 100
ROUNDS = 12
#: Ends when an answer stands on the page, without a look at it in between, which would count, too.
SHOWN = """new Promise(shown => {
  document.addEventListener('gbp-status:polled', () => requestAnimationFrame(() => setTimeout(shown)), {once: true});
  %s
})"""
#: The page's next poll of what is in BUILD, which comes by itself, and the list that *Refresh* reads.
POLL = SHOWN % ''
REFRESH = SHOWN % """document.querySelector('[data-gbp-status-act="refresh"]').click();"""
FLAGS = ('--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking')


@dataclasses.dataclass(frozen=True)
class Update:
    """Milliseconds for one answer that changes every badge of the page."""

    scripting: float
    style_and_layout: float


def measure(cloud, url, project):
    """Return the :class:`Update` by a poll, and that by *Refresh*, of a page with 100 groups: medians of all rounds."""
    with sync_playwright() as playwright, contextlib.closing(_launch(playwright)) as browser:
        page = browser.new_page()
        _log_in(page, url, project.name)
        page.context.add_cookies([{'name': 'API_RESULT_PAGE_SIZE', 'value': str(ROWS), 'url': url}])
        _report(cloud, project, 'BUILD', 'before')
        page.goto(url + 'project/gbp_status/?tab=gbp_status_tabs__groups')
        metrics = page.context.new_cdp_session(page)
        metrics.send('Performance.enable')
        rounds = [_round(cloud, page, metrics, project, f'round {number}') for number in range(ROUNDS)]
    cloud.statuses.clear()
    return tuple(_median(one) for one in zip(*rounds, strict=True))


def _median(updates):
    # Until the engine has seen the code a few times it is slower, as on each page that is opened.
    return Update(*(statistics.median(column) for column in zip(*map(dataclasses.astuple, updates), strict=True)))


def _launch(playwright):
    return playwright.chromium.launch(executable_path=chromium.path(), args=FLAGS, env=os.environ)


def _log_in(page, url, user):
    page.goto(url + 'auth/login/')
    page.fill('#id_username', user)
    page.fill('#id_password', user)
    page.click('#loginBtn')
    page.wait_for_selector('#main_content')


def _report(cloud, project, state, details):
    cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: [state, details] for id_ in project.groups}})


def _round(cloud, page, metrics, project, details):
    """Every badge changes its state and its text, to BUILD by *Refresh* and to ERROR by the poll that follows."""
    refresh = _update(cloud, page, metrics, project, REFRESH, 'BUILD', details)
    poll = _update(cloud, page, metrics, project, POLL, 'ERROR', details)
    return poll, refresh


def _update(cloud, page, metrics, project, shown, state, details):
    _report(cloud, project, state, details)
    before = _metrics(metrics)
    page.evaluate(shown)
    after = _metrics(metrics)
    badges = f'.gbp-status-badge[data-gbp-status="{state}"][data-gbp-status-details="{details}"]'
    assert page.locator(badges).count() == ROWS
    spent = {name: 1000 * (after[name] - before[name]) for name in after}
    return Update(spent['ScriptDuration'], spent['RecalcStyleDuration'] + spent['LayoutDuration'])


def _metrics(session):
    return {metric['name']: metric['value'] for metric in session.send('Performance.getMetrics')['metrics']}
