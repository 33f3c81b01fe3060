# SPDX-License-Identifier: Apache-2.0
"""How soon the overview of 10,000 groups has what is broken, and all else, as Chromium opens it.

On two workers with memcached.
"""

import contextlib
import dataclasses
import json
import statistics
import time

from tests.bench import large_cloud
from tests.bench.meter import calls_of
from tests.bench.meter import full_lists
from tests.bench.meter import take_turns
from tests.bench.overview import OVERVIEW
from tests.bench.pages import Alone
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

GROUPS = large_cloud.SIZES[-1]

#: A page that holds all of them; they have nothing in common, so each is a problem of its own.
PATH = OVERVIEW + '&size=100'

#: Every so many groups one that is known to be in error (50 in all), and one that has failed since (20).
KNOWN_STEP_GROUPS, NEW_STEP_GROUPS, FIRST_NEW_GROUPS = 200, 500, 50

ROUNDS = 3
#: Seconds after which a page is given up.
LIMIT_SECONDS = 120

#: How often the overview of a small project is opened before: until both workers have compiled its templates.
WARM_UP_ROUNDS = 3

_SHOWN = """%s.every(id =>
  document.querySelector(`.gbp-status-badge[data-gbp-status="ERROR"][data-gbp-status-id="${id}"]`))"""


@dataclasses.dataclass(frozen=True)
class Found:
    """Medians of seconds until the page shows what was stored as an error, all errors, and all that it reads.

    ``longest`` is the longest request, ``listed`` the API's lists alone, and each ``…_beside`` a part of these.
    """

    known: float
    all: float
    read: float
    longest: float
    listed: float
    known_beside: float
    all_beside: float
    read_beside: float


class Overview:
    """One opening of the page; a call returns the seconds until the known, all errors, all; and the longest request."""

    def __init__(self, cloud, browser, viewer, known, new):
        self._cloud, self._browser, self._viewer, self._known, self._new = cloud, browser, viewer, known, new

    def __call__(self):
        large_cloud.store(self._cloud, self._known, 'ERROR', 'no VLAN left')
        large_cloud.store(self._cloud, self._new, 'ACTIVE')
        with contextlib.closing(Tab(self._browser, self._viewer)) as tab:
            tab.open(PATH)
            known, every = (self._until(tab, ids) for ids in (self._known, self._known + self._new))
            tab.rest(LIMIT_SECONDS)
            return known, every, tab.rests_since, tab.longest

    def _until(self, tab, ids):
        return tab.until(_SHOWN % json.dumps(ids), LIMIT_SECONDS) or LIMIT_SECONDS


def measure(lab):
    """Return what was :class:`Found`."""
    project = lab.projects[GROUPS]
    lab.say(f'The problems of {GROUPS:,} groups')
    known, new = list(project.groups[::KNOWN_STEP_GROUPS]), list(project.groups[FIRST_NEW_GROUPS::NEW_STEP_GROUPS])
    errors = {id_: ['ERROR', 'no VLAN left'] for id_ in (*known, *new)}
    with lab.workers() as board, chromium_runs() as browser:
        for _ in range(WARM_UP_ROUNDS):
            _calls(lab, browser, board.log_in(f'groups-{large_cloud.SIZES[0]}'))
        viewer = board.log_in(project.name)
        lists = Alone(lab.cloud, project.name, _lists(_calls(lab, browser, viewer)))
        lab.cloud.statuses.set({'*': ['ACTIVE', ''], **errors})
        opened = Overview(lab.cloud, browser, viewer, known, new)
        costs = take_turns({'opened': opened, 'lists': _seconds(lists)}, ROUNDS)
    lab.cloud.statuses.clear()
    large_cloud.store(lab.cloud, [*known, *new], 'ACTIVE')
    return _found(costs['opened'], costs['lists'])


def _calls(lab, browser, viewer):
    """Return the calls of one opening."""
    since = time.time()
    with contextlib.closing(Tab(browser, viewer)) as tab:
        tab.open(PATH)
        tab.rest(LIMIT_SECONDS)
    return calls_of(lab.cloud, since)


def _lists(calls):
    """Return each list with statuses once; other scripts of the page list groups without."""
    with_statuses = [call for call in full_lists(calls) if 'fields=status' in call['query']]
    return list({(call['path'], call['query']): call for call in with_statuses}.values())


def _seconds(way):
    def timed():
        began_at = time.monotonic()
        way()
        return time.monotonic() - began_at

    return timed


def _found(opened, lists):
    rounds = [(*one, listed, *(part / listed for part in one[:3])) for one, listed in zip(opened, lists, strict=True)]
    return Found(*(statistics.median(column) for column in zip(*rounds, strict=True)))
