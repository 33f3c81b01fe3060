# SPDX-License-Identifier: Apache-2.0
"""The map beside the list of problems, and the ways on the page of one group, as Chromium opens them.

On two workers with memcached, at each size of project.
"""

import contextlib
import dataclasses
import functools
import statistics
import time

from tests.bench import large_cloud
from tests.bench.meter import calls_of_plugin
from tests.bench.meter import take_turns
from tests.bench.overview import OVERVIEW
from tests.bench.tab import chromium_runs
from tests.bench.tab import Tab

MAP = OVERVIEW + '&view=map'
GROUP = 'project/gbp_status/policy_target_groups/{}/'

ROUNDS = 3
#: Seconds after which a page is given up.
LIMIT_SECONDS = 120

_ELEMENTS = 'document.querySelectorAll("#main_content *").length'
_WAYS = 'document.querySelectorAll("[data-gbp-way-state]").length'


@dataclasses.dataclass(frozen=True)
class Opening:
    """One page until it rests: calls to GBP, requests without the page itself, seconds, elements, and ways in words."""

    calls: float
    requests: float
    seconds: float
    elements: float
    ways: float

    @classmethod
    def median(cls, openings):
        return cls(*(statistics.median(column) for column in zip(*map(dataclasses.astuple, openings), strict=True)))


@dataclasses.dataclass(frozen=True)
class Found:
    """Medians of the rounds of one size; ``beside`` is the time of the map beside the list's of the same round."""

    list: Opening
    map: Opening
    group: Opening
    beside: float


def measure(lab):
    """Return {size: :class:`Found`}."""
    # Fills the projects before anybody looks.
    lab.projects  # noqa: B018
    with lab.workers() as board, chromium_runs() as browser:
        # Compiles the templates.
        _turns(lab, browser, board, large_cloud.SIZES[0], 1)
        return {size: _found(_turns(lab, browser, board, size, ROUNDS)) for size in large_cloud.SIZES}


def _turns(lab, browser, board, size, rounds):
    lab.say(f'The map and the ways of {size:,} groups')
    project = lab.projects[size]
    paths = {'list': OVERVIEW, 'map': MAP, 'group': GROUP.format(project.groups[0])}
    ways = {name: functools.partial(_open, lab, browser, board, project.name, path) for name, path in paths.items()}
    return take_turns(ways, rounds)


def _open(lab, browser, board, name, path):
    """Nothing is known of any list before."""
    board.forget()
    viewer, since = board.log_in(name), time.time()
    with contextlib.closing(Tab(browser, viewer)) as tab:
        tab.open(path)
        tab.rest(LIMIT_SECONDS)
        counted = [tab.page.evaluate(expression) for expression in (_ELEMENTS, _WAYS)]
        return Opening(len(calls_of_plugin(lab.cloud, since)), len(tab.requests) - 1, tab.rests_since, *counted)


def _found(turns):
    ratios = [drawn.seconds / listed.seconds for drawn, listed in zip(turns['map'], turns['list'], strict=True)]
    medians = {name: Opening.median(openings) for name, openings in turns.items()}
    return Found(**medians, beside=statistics.median(ratios))
