# SPDX-License-Identifier: Apache-2.0
"""A project on a GBP that costs as it does with the AIM driver: when what is on screen, and what a page costs."""

import contextlib
import dataclasses
import time

from tests.bench import large_cloud
from tests.bench.meter import calls_of_plugin
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

#: Seconds after which what is not on screen is given up, and how long a page is watched afterwards: some heartbeats.
LIMIT_SECONDS, WATCH_SECONDS = 120, 190
HOUR_SECONDS = 3600

PAGE = 'project/gbp_status/?tab=gbp_status_tabs__{}&kind={}'
TABS = {
    'l2_policies': PAGE.format('l3_policies', 'l2_policies'),
    'policy_target_groups': PAGE.format('groups', 'policy_target_groups'),
    'policy_rules': PAGE.format('other', 'policy_rules'),
}
#: The kind whose page stays open.
WATCHED = 'l2_policies'

_BADGES = "Array.from(document.querySelectorAll('tr .gbp-status-badge'))"
NAMES = f'{_BADGES}.length >= 20'
STATUSES = f"{_BADGES}.filter(badge => badge.dataset.gbpStatus !== '').length >= 20"
COUNTS = """document.querySelector('.gbp-status-chips [data-gbp-status-count="ALL"]') !== null"""
#: After how many seconds the page reads all rows again, where that is less often than the setting says.
STRETCHED = "Number(document.querySelector('[data-gbp-status-list]')?.dataset.gbpStatusHeartbeat || 0)"


@dataclasses.dataclass(frozen=True)
class Page:
    """Seconds until names, statuses and counts are on screen (None: not in time); the longest request; the calls.

    ``cost`` are seconds of GBP until the page rests. ``hourly`` are those that the open page takes an hour (None: it
    was not watched), and ``every`` after how many seconds it reads all again (0: with each heartbeat).
    """

    names: float
    statuses: float
    counts: float
    longest: float
    requests: int
    calls: int
    cost: float
    hourly: float = None
    every: float = 0


def measure(lab):
    """Return {collection: :class:`Page`}."""
    name, rules = large_cloud.fill_costly(lab.cloud)
    # AIM says of each rule that it is being built, for ever.
    lab.cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['BUILD', ''] for id_ in rules}})
    with lab.workers('costly', BENCH_TIME_LIMIT='10') as board, chromium_runs() as browser:
        # Compiles the templates, and stores the statuses.
        _page(lab, browser, board, name, TABS['policy_rules'], 0)
        found = {kind: _costly(lab, browser, board, name, kind) for kind in TABS}
    lab.cloud.statuses.clear()
    return found


def _costly(lab, browser, board, name, kind):
    lab.say(f'A page of {kind} where GBP costs as with the AIM driver')
    board.forget()
    lab.cloud.cost_like('apic')
    try:
        return _page(lab, browser, board, name, TABS[kind], WATCH_SECONDS if kind == WATCHED else 0)
    finally:
        # Ends what the page has left under way, too.
        lab.cloud.costs.clear()


def _page(lab, browser, board, name, path, watch):
    viewer, since = board.log_in(name), time.time()
    with contextlib.closing(Tab(browser, viewer)) as tab:
        tab.open(path)
        seen = [tab.until(expression, LIMIT_SECONDS) for expression in (NAMES, STATUSES, COUNTS)]
        tab.rest(LIMIT_SECONDS)
        calls = calls_of_plugin(lab.cloud, since)
        found = Page(*seen, tab.longest, len(tab.requests), len(calls), _cost(calls))
        return _watched(lab, tab, found, watch) if watch else found


def _watched(lab, tab, found, seconds):
    """Look at what an open page costs for some heartbeats; what it reads more seldom is added by its share."""
    since, every = time.time(), tab.page.evaluate(STRETCHED)
    tab.wait(seconds)
    hourly = _cost(calls_of_plugin(lab.cloud, since)) * HOUR_SECONDS / seconds
    if every > seconds:
        hourly += found.cost * HOUR_SECONDS / every
    return dataclasses.replace(found, hourly=hourly, every=every)


def _cost(calls):
    return sum(call['cost'] for call in calls)
