# SPDX-License-Identifier: Apache-2.0
"""How often a list is asked for that takes GBP long, after a POST of the session and by tabs that retry."""

import contextlib
import dataclasses
import time

from tests.bench import large_cloud
from tests.bench import script
from tests.bench.meter import calls_of_plugin
from tests.bench.meter import full_lists
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

COLLECTION = 'policy_target_groups'
#: Seconds after which a table is given up.
LIMIT_SECONDS = 90
TABLE = "document.querySelectorAll('.gbp-status-badge').length >= 20"


@dataclasses.dataclass(frozen=True)
class Case:
    """A list that takes so many seconds, and so many tabs of one session that want it."""

    seconds: int
    tabs: int
    has_posted: bool


CASES = (Case(3, 1, has_posted=False), Case(3, 1, has_posted=True), Case(8, 5, has_posted=True))


@dataclasses.dataclass(frozen=True)
class Asked:
    """List calls for the one list, requests of all tabs, and seconds until all have their rows (None: never)."""

    calls: int
    requests: int
    seconds: float


def measure(lab):
    """Return {:class:`Case`: :class:`Asked`}."""
    name = lab.projects[large_cloud.SIZES[0]].name
    with lab.workers() as board, chromium_runs() as browser:
        _ask(lab, browser, board.log_in(name), Case(0, 1, has_posted=False))
        return {case: _case(lab, browser, board, name, case) for case in CASES}


def _case(lab, browser, board, name, case):
    lab.say(f'A list that takes {case.seconds} s, for {case.tabs} tabs')
    board.forget()
    viewer = board.log_in(name)
    with lab.faults(**{COLLECTION: {'delay': case.seconds, 'full': True}}):
        if case.has_posted:
            post(viewer)
        return _ask(lab, browser, viewer, case)


def post(viewer):
    """Send a form of Horizon's, as any dialog does."""
    form = {'csrfmiddlewaretoken': viewer.http.cookies.get('csrftoken', '')}
    viewer.http.post(viewer.url + 'settings/', form, headers={'Referer': viewer.url}, allow_redirects=False)


def _ask(lab, browser, viewer, case):
    since = time.time()
    with contextlib.ExitStack() as opened:
        tabs = [opened.enter_context(contextlib.closing(Tab(browser, viewer))) for _ in range(case.tabs)]
        for tab in tabs:
            tab.open(script.GROUPS)
        times = [tab.until(TABLE, LIMIT_SECONDS) for tab in tabs]
        for tab in tabs:
            tab.rest(LIMIT_SECONDS)
        calls = full_lists(calls_of_plugin(lab.cloud, since), COLLECTION)
        seconds = max(times) if None not in times else None
        return Asked(len(calls), sum(len(tab.requests) for tab in tabs), seconds)
