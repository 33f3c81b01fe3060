# SPDX-License-Identifier: Apache-2.0
"""How long a log-in takes while GBP hangs and memcached is dead: until Horizon leads on, and until pages are there."""

import dataclasses
import statistics
import time

from tests import dashboards
from tests.bench import large_cloud
from tests.bench.overview import OVERVIEW

FRAME = 'project/frame/'
ROUNDS = 3
#: Longer than anybody waits; calls that Horizon makes for itself are answered, since they have no time limit.
HANGS = {'delay': 30, 'gbp': True}


@dataclasses.dataclass(frozen=True)
class Entry:
    """Seconds from the form of the log-in until a page of Horizon is there, and until the overview is."""

    frame: float
    overview: float


def measure(lab):
    """Return {'works' | 'hangs': :class:`Entry`}, both without the plugin's memcached; medians of all rounds."""
    name = lab.projects[large_cloud.SIZES[0]].name
    # One that has ended, as its port stays free.
    with dashboards.memcached(lab.cloud.directory / 'dead') as address:
        pass
    # Horizon's own pages fail without the default cache: the plugin has one of its own, and sessions are in files.
    with lab.horizon('cacheless', workers=2, BENCH_OWN_CACHE=address, BENCH_TIME_LIMIT='10') as board:
        _entry(board, name)
        lab.say('Log-in without memcached')
        works = _median(board, name)
        lab.say('Log-in without memcached while GBP hangs')
        with lab.faults(every=HANGS):
            return {'works': works, 'hangs': _median(board, name)}


def _median(board, name):
    rounds = [dataclasses.astuple(_entry(board, name)) for _ in range(ROUNDS)]
    return Entry(*(statistics.median(column) for column in zip(*rounds, strict=True)))


def _entry(board, name):
    return Entry(*(_seconds(board, name, path) for path in (FRAME, OVERVIEW)))


def _seconds(board, name, path):
    began_at = time.monotonic()
    viewer = board.log_in(name)
    answer = viewer.http.get(viewer.url + path, headers={'Connection': 'close'})
    answer.raise_for_status()
    return time.monotonic() - began_at
