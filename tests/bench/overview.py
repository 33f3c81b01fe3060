# SPDX-License-Identifier: Apache-2.0
"""What the overview asks for in Chromium, on two workers with memcached: when it is opened, and at a heartbeat."""

import contextlib
import dataclasses
import time

from tests.bench import large_cloud
from tests.bench.meter import calls_of_plugin
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

OVERVIEW = 'project/gbp_status/?tab=gbp_status_tabs__overview'
#: Each problem stands for itself.
UNGROUPED = OVERVIEW + '&group=none&size=200'
LATE_SECONDS = 8
BADGES = 200
BEAT_SECONDS = 10
#: Seconds after which a page that is still asking is given up, as one that does so for ever.
LIMIT_SECONDS = 120

LATE = {'delay': LATE_SECONDS, 'full': True}
FAULTS = {
    'quick': {},
    'one': {'policy_target_groups': LATE},
    # That of extensions is none of resources.
    'all': {'every': LATE, 'extensions': {}},
}


@dataclasses.dataclass(frozen=True)
class Opening:
    """Calls to GBP and requests of the page, without the page itself, until it rests."""

    calls: int
    requests: int


def measure(lab):
    """Return ({'quick' | 'one' | 'all': :class:`Opening`}, requests of a Refresh, requests of a heartbeat)."""
    name = lab.projects[large_cloud.SIZES[0]].name
    with lab.workers() as board, chromium_runs() as browser:
        # Compiles the templates.
        _open(lab, browser, board, name)
        opened = {about: _opening(lab, browser, board, name, faults) for about, faults in FAULTS.items()}
    with lab.workers('beating', BENCH_HEARTBEAT=str(BEAT_SECONDS)) as board, chromium_runs() as browser:
        return opened, *_reads(lab, browser, board)


def _opening(lab, browser, board, name, faults):
    lab.say(f'The overview is opened, late: {", ".join(faults) or "nothing"}')
    board.forget()
    with lab.faults(**faults):
        return _open(lab, browser, board, name)


def _open(lab, browser, board, name):
    since, tab = time.time(), Tab(browser, board.log_in(name))
    with contextlib.closing(tab):
        tab.open(OVERVIEW)
        tab.rest(LIMIT_SECONDS)
        return Opening(len(calls_of_plugin(lab.cloud, since)), len(tab.requests) - 1)


def _reads(lab, browser, board):
    lab.say(f'A heartbeat with {BADGES} badges')
    project = lab.projects[large_cloud.SIZES[2]]
    broken = {id_: ['ERROR', f'no VLAN left for {id_}'] for id_ in project.groups[:BADGES]}
    lab.cloud.statuses.set({'*': ['ACTIVE', ''], **broken})
    with contextlib.closing(Tab(browser, board.log_in(project.name), BADGES)) as tab:
        tab.open(UNGROUPED)
        tab.rest(LIMIT_SECONDS)
        shown = tab.page.locator('.gbp-status-badge').count()
        lab.say(f'{shown} badges are shown')
        found = _after(tab, _refresh), _after(tab, _beat)
    lab.cloud.statuses.clear()
    return found


def _after(tab, act):
    tab.clear()
    act(tab)
    tab.rest(LIMIT_SECONDS)
    return len(tab.requests)


def _refresh(tab):
    tab.page.locator('[data-gbp-status-act="refresh"]').first.click()


def _beat(tab):
    """Wait until the page asks by itself."""
    while not tab.requests:
        tab.wait(0.05)
