# SPDX-License-Identifier: Apache-2.0
"""One poll of rows in BUILD, on two workers with memcached.

The plugin sends one request, where all rows have news or none; the rival one a row.
"""

import dataclasses
import statistics

from demo.seed import plant

from tests.bench import meter

ROWS = (1, 20, 100)
ROUNDS = 15
#: In the first rounds one or the other is the first of all for a worker.
WARM_UP_ROUNDS = 4


@dataclasses.dataclass(frozen=True)
class Poll:
    """Medians of one poll. ``down`` and ``up`` are bytes, ``cpu`` is Horizon's in seconds."""

    requests: int
    calls: int
    down: int
    up: int
    cpu: float
    seconds: float


class Asker:
    """One way of polling some rows; a call of it sets the statuses, polls once and returns the :class:`Poll`."""

    def __init__(self, cloud, viewer, client, ids, processes):
        self._cloud, self._viewer, self._client = cloud, viewer, client
        self._ids, self._processes = ids, processes
        self._number, self._etag = 0, ''

    def __call__(self):
        self._number += 1
        self._report()
        with meter.metered(self._cloud, self._processes) as cost:
            answers = self._ask()
        self._etag = answers[0].headers.get('ETag', '')
        down, up = (sum(map(count, answers)) for count in (meter.bytes_down, meter.bytes_up))
        return Poll(len(answers), len(cost.calls), down, up, cost.cpu, cost.seconds)

    def _report(self):
        self._set('deployment in progress')
        # The others have left other statuses: GBP stores what is new when it is first read, which is not to count.
        self._client.get(
            plant.path_of('policy_target_groups'), params={'id': self._ids, 'fields': ['status', 'status_details']}
        )

    def _set(self, details):
        self._cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['BUILD', details] for id_ in self._ids}})

    def _ask(self):
        """Nothing from the cache will do: that is what the only viewer costs who there is."""
        return [self._viewer.poll(self._ids, **{'Cache-Control': 'max-age=0', 'If-None-Match': self._etag})]


class NewsAsker(Asker):
    """All rows have changed since the last time."""

    def _report(self):
        self._set(f'step {self._number} of the deployment')


class RivalAsker(Asker):
    """A request a row."""

    def _ask(self):
        path = 'project/rival/?action=row_update&table=groups&obj_id='
        return [self._viewer.get(path + id_) for id_ in self._ids]


WAYS = {'news': NewsAsker, 'unchanged': Asker, 'rival': RivalAsker}


def measure(lab):
    """Return {rows: {'news' | 'unchanged' | 'rival': (:class:`Poll`, its CPU as a multiple of the rival's)}}."""
    project, found = lab.projects[ROWS[-1]], {}
    client = plant.client(lab.cloud.keystone_url, project.name, 'RegionOne')
    with lab.workers() as board:
        viewer = board.log_in(project.name)
        for rows in ROWS:
            lab.say(f'A poll of {rows} rows')
            about = lab.cloud, viewer, client, project.groups[:rows], board.processes
            polls = meter.take_turns({name: way(*about) for name, way in WAYS.items()}, ROUNDS + WARM_UP_ROUNDS)
            found[rows] = {
                name: _median(polls[name][WARM_UP_ROUNDS:], polls['rival'][WARM_UP_ROUNDS:]) for name in WAYS
            }
    lab.cloud.statuses.clear()
    return found


def _median(polls, rivals):
    ratio = statistics.median(poll.cpu / rival.cpu for poll, rival in zip(polls, rivals, strict=True))
    names = [field.name for field in dataclasses.fields(Poll)]
    return Poll(*(statistics.median(getattr(poll, name) for poll in polls) for name in names)), ratio
