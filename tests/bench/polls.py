# SPDX-License-Identifier: Apache-2.0
"""One poll of rows in BUILD: the plugin's one request, where all rows have news or none, and the rival's one a row."""

import dataclasses
import statistics

from tests.bench import meter

ROWS = (1, 20, 100)
ROUNDS = 15


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
    """Return {rows: {'news' | 'unchanged' | 'rival': :class:`Poll`}}."""
    viewer = log_in(project.name)
    found = {}
    for rows in ROWS:
        say(f'A poll of {rows} rows')
        ids = project.groups[:rows]
        found[rows] = {name: _median(cloud, way, viewer, ids, processes) for name, way in _WAYS.items()}
    cloud.statuses.clear()
    return found


def _median(cloud, way, viewer, ids, processes):
    """``way`` says with what details the rows are in BUILD in a round, and how they are asked for."""
    details, ask = way
    rounds, etag = [], ''
    for number in range(ROUNDS + 1):
        cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['BUILD', details % number] for id_ in ids}})
        with meter.metered(cloud, processes) as cost:
            answers = ask(viewer, ids, etag)
        etag = answers[0].headers.get('ETag', '')
        down, up = (sum(map(count, answers)) for count in (meter.bytes_down, meter.bytes_up))
        rounds.append(Poll(len(answers), len(cost.calls), down, up, cost.cpu, cost.seconds))
    # The first has been the first of all for a worker, and is not counted.
    counted = rounds[1:]
    middle = {field.name: statistics.median(getattr(one, field.name) for one in counted) for field in _FIELDS}
    # The system counts the CPU in hundredths of seconds: their mean is finer than their median.
    return Poll(**{**middle, 'cpu': statistics.mean(one.cpu for one in counted)})


def _poll(viewer, ids, etag):
    """Nothing from the cache will do: that is what the only viewer costs who there is."""
    return [viewer.poll(ids, **{'Cache-Control': 'max-age=0', 'If-None-Match': etag})]


def _rows(viewer, ids, _etag):
    path = 'project/rival/?action=row_update&table=groups&obj_id='
    return [viewer.get(path + id_) for id_ in ids]


_FIELDS = dataclasses.fields(Poll)
_WAYS = {
    'news': ('step %d of the deployment', _poll),
    'unchanged': ('deployment in progress%.0s', _poll),
    'rival': ('deployment in progress%.0s', _rows),
}
