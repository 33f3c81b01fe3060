# SPDX-License-Identifier: Apache-2.0
"""One poll of rows in BUILD: the plugin's one request, and the rival's one a row."""

import dataclasses
import functools
import statistics

from tests.bench import meter

ROWS = (1, 20, 100)
ROUNDS = 10


@dataclasses.dataclass(frozen=True)
class Poll:
    """Medians of one poll. ``down`` and ``up`` are bytes, ``cpu`` is Horizon's in seconds."""

    requests: int
    calls: int
    down: int
    up: int
    cpu: float
    seconds: float


def measure(cloud, log_in, project, processes, say):
    """Return {rows: {'plugin' | 'unchanged' | 'rival': :class:`Poll`}}."""
    viewer = log_in(project.name)
    found = {}
    for rows in ROWS:
        say(f'A poll of {rows} rows')
        ids = project.groups[:rows]
        cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['BUILD', 'deployment in progress'] for id_ in ids}})
        etag = viewer.poll(ids).headers['ETag']
        ways = {'plugin': _poll, 'unchanged': functools.partial(_poll, etag=etag), 'rival': _rows}
        found[rows] = {name: _median(cloud, way, viewer, ids, processes) for name, way in ways.items()}
    cloud.statuses.clear()
    return found


def _median(cloud, way, viewer, ids, processes):
    way(viewer, ids)
    rounds = []
    for _ in range(ROUNDS):
        with meter.metered(cloud, processes) as cost:
            answers = way(viewer, ids)
        down, up = (sum(map(count, answers)) for count in (meter.bytes_down, meter.bytes_up))
        rounds.append(Poll(len(answers), len(cost.calls), down, up, cost.cpu, cost.seconds))
    middle = {
        field.name: statistics.median(getattr(one, field.name) for one in rounds) for field in dataclasses.fields(Poll)
    }
    # The system counts the CPU in hundredths of seconds: their mean is finer than their median.
    return Poll(**{**middle, 'cpu': statistics.mean(one.cpu for one in rounds)})


def _poll(viewer, ids, etag=''):
    """Nothing from the cache will do: that is what the only viewer costs who there is."""
    return [viewer.poll(ids, **{'Cache-Control': 'max-age=0', 'If-None-Match': etag})]


def _rows(viewer, ids):
    path = 'project/rival/?action=row_update&table=groups&obj_id='
    return [viewer.get(path + id_) for id_ in ids]
