# SPDX-License-Identifier: Apache-2.0
"""What the browser has to do: the milliseconds of scripting for a poll, and for a Refresh, that changes 100 badges."""

import dataclasses
import statistics

from tests.bench import script
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

TABLE_ROWS = 100
ROUNDS = 12
#: Ends when an answer stands on the page, without a look at it in between, which would count, too.
SHOWN = """new Promise(shown => {
  document.addEventListener('gbp-status:polled', () => requestAnimationFrame(() => setTimeout(shown)), {once: true});
  %s
})"""
#: The page's next poll of what is in BUILD, which comes by itself, and the list that *Refresh* reads.
POLL = SHOWN % ''
REFRESH = SHOWN % """document.querySelector('[data-gbp-status-act="refresh"]').click();"""


@dataclasses.dataclass(frozen=True)
class Update:
    """Milliseconds for one answer that changes every badge of the page."""

    scripting: float
    style_and_layout: float


def measure(lab):
    """Return the :class:`Update` by a poll, and that by *Refresh*, of a page with 100 groups: medians of all rounds."""
    project, cloud = lab.projects[TABLE_ROWS], lab.cloud
    lab.say(f'An update of {TABLE_ROWS} badges')
    with lab.horizon() as board, chromium_runs() as browser:
        tab = Tab(browser, board.log_in(project.name), TABLE_ROWS)
        _report(cloud, project, 'BUILD', 'before')
        tab.open(script.GROUPS)
        tab.page.wait_for_load_state()
        metrics = tab.page.context.new_cdp_session(tab.page)
        metrics.send('Performance.enable')
        rounds = [_round(cloud, tab.page, metrics, project, f'round {number}') for number in range(ROUNDS)]
    cloud.statuses.clear()
    return tuple(_median(one) for one in zip(*rounds, strict=True))


def _median(updates):
    # Until the engine has seen the code a few times it is slower, as on each page that is opened.
    return Update(*(statistics.median(column) for column in zip(*map(dataclasses.astuple, updates), strict=True)))


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
    assert page.locator(badges).count() == TABLE_ROWS
    spent = {name: 1000 * (after[name] - before[name]) for name in after}
    return Update(spent['ScriptDuration'], spent['RecalcStyleDuration'] + spent['LayoutDuration'])


def _metrics(session):
    return {metric['name']: metric['value'] for metric in session.send('Performance.getMetrics')['metrics']}
