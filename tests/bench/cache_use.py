# SPDX-License-Identifier: Apache-2.0
"""How often a poll waits for memcached, and what reads of a large list leave there."""

import dataclasses
import secrets
import statistics
import time

from tests.bench import large_cloud
from tests.bench import script
from tests.bench.memcached import Trips

ROWS = (1, 20, 100)
ROUNDS = 7

READS = 100
#: A list that takes longer than that is one that takes long, and is remembered.
LIST_WAIT_SECONDS = 0.05
#: Rows of a list whose texts cannot be compressed below the megabyte that an entry of memcached holds, and of one that
#: needs a single entry.
LARGE_ROWS, TEXT_CHARACTERS = 100, 20_000
#: How long one read may take.
LIMIT_SECONDS = 60
#: A page of one row: what is measured is the list.
PAGE = script.GROUPS + '&size=1'


@dataclasses.dataclass(frozen=True)
class Left:
    """Entries of the plugin and their kilobytes after one read, after all, and after all and one of a short list."""

    first: tuple
    last: tuple
    shorter: tuple


def measure(lab):
    """Return ({rows: (trips for the plugin, trips for Horizon)}, :class:`Left`)."""
    path = lab.cloud.directory / 'trips.jsonl'
    with lab.workers('counted', BENCH_TRIPS=str(path)) as board:
        trips = _polls(lab, board, Trips(path))
    with lab.workers('waiting', BENCH_LIST_WAIT=str(LIST_WAIT_SECONDS)) as board:
        return trips, _left(lab, board)


def _polls(lab, board, trips):
    project = lab.projects[large_cloud.SIZES[1]]
    viewer = board.log_in(project.name)
    return {rows: _poll(lab, viewer, project.groups[:rows], trips) for rows in ROWS}


def _poll(lab, viewer, ids, trips):
    lab.say(f'Trips to memcached of a poll of {len(ids)} rows')
    rounds = []
    for number in range(ROUNDS):
        lab.cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['BUILD', f'step {number}'] for id_ in ids}})
        trips.clear()
        viewer.poll(ids, **{'Cache-Control': 'max-age=0', 'Connection': 'close'})
        rounds.append(trips.count())
    lab.cloud.statuses.clear()
    # Each worker proves the token and loads its modules once.
    return tuple(statistics.median_high(column) for column in zip(*rounds[2:], strict=True))


def _left(lab, board):
    project = lab.projects[LARGE_ROWS]
    board.forget()
    viewer = board.log_in(project.name)
    lab.say(f'{READS} reads of a list that needs several entries of memcached')
    first = _read(lab, board, viewer, LARGE_ROWS)
    for _ in range(READS - 1):
        last = _read(lab, board, viewer, LARGE_ROWS)
    return Left(first, last, _read(lab, board, viewer, 1))


def _read(lab, board, viewer, speeches):
    """Read a list whose rows say so many texts that nobody has seen before; return what is in the cache then."""
    texts = [{'say': _text(), 'keep': ['name', 'description', 'status']} for _ in range(speeches)]
    with lab.faults(policy_target_groups={'rows': texts}):
        began_at = time.monotonic()
        for answer in script.answers(lambda headers: _ask(viewer, headers), script.is_accepted, wait_seconds=0.1):
            if time.monotonic() - began_at > LIMIT_SECONDS:
                raise TimeoutError(f'{answer.status_code} after {LIMIT_SECONDS} s')
    return _held(board)


def _held(board):
    entries = board.memcached.entries()
    return len(entries), sum(entries.values()) / 1000


def _ask(viewer, headers):
    return viewer.get(PAGE, **{**script.FRAGMENT, 'Cache-Control': 'max-age=0', 'Connection': 'close', **headers})


def _text():
    return secrets.token_urlsafe(TEXT_CHARACTERS)[:TEXT_CHARACTERS]
