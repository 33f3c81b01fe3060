# SPDX-License-Identifier: Apache-2.0
"""Many viewers of one project on two workers with memcached: how often is Neutron asked, beside one viewer alone.

The viewers are threads that poll as static/gbp_status_ui/js/schedule.js does. Alone is who shares nothing: ten such
viewers of another project poll in the same minute, and a tenth of their calls is what one costs.
"""

import dataclasses
import random
import threading
import time

import requests

from tests.bench.meter import calls_of

INTERVAL, LONGEST = 2.5, 30
ALONE = 10
SESSIONS = 20
ROWS = 20


@dataclasses.dataclass(frozen=True)
class Watch:
    """Some viewers for some seconds; ``step`` is how far their interval has grown when it begins."""

    viewers: int
    seconds: int
    step: int = 1

    @property
    def label(self):
        return f'{self.viewers} viewers' + (f', polling every {LONGEST} s' if self.step > 1 else '')


WATCHES = (Watch(20, 45), Watch(200, 45), Watch(200, 90, step=12))


@dataclasses.dataclass(frozen=True)
class Load:
    """Calls to Neutron per second, of one viewer alone and of all together; and how many polls were answered."""

    alone: float
    together: float
    polls: int
    slowest: float


class Poller(threading.Thread):
    """One page that is open."""

    def __init__(self, viewer, ids, shares, step, over):
        super().__init__(daemon=True)
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.cookies.update(viewer.http.cookies)
        self._url = f'{viewer.url}project/gbp_status/statuses/?policy_target_groups={",".join(ids)}'
        self._shares, self._step, self._over = shares, step, over
        self._etag = ''
        self.times = []

    def run(self):
        delay = min(INTERVAL * self._step, LONGEST)
        wait = random.uniform(0, delay) if self._step > 1 else _jittered(delay)  # noqa: S311
        while not self._over.wait(wait):
            self._poll(int(delay / 1.5) if self._shares else 0)
            self._step += 1
            delay = min(INTERVAL * self._step, LONGEST)
            wait = _jittered(delay)

    def _poll(self, max_age):
        begun = time.monotonic()
        headers = {'Cache-Control': f'max-age={max_age}', 'If-None-Match': self._etag}
        answer = self._http.get(self._url, headers={'X-Requested-With': 'XMLHttpRequest', **headers})
        answer.raise_for_status()
        self._etag = answer.headers['ETag']
        self.times.append(time.monotonic() - begun)


def measure(cloud, log_in, projects, say):
    """Return {:class:`Watch`: :class:`Load`}."""
    many, few = projects[100], projects[20]
    building = {id_: ['BUILD', 'deployment in progress'] for id_ in (*many.groups[:ROWS], *few.groups)}
    cloud.statuses.set({'*': ['ACTIVE', ''], **building})
    sessions = [log_in(many.name) for _ in range(SESSIONS)]
    alone = log_in(few.name)
    found = {}
    for watch in WATCHES:
        say(f'{watch.label}, for {watch.seconds} s')
        found[watch] = _load(cloud, watch, sessions, alone, (many, few))
    cloud.statuses.clear()
    return found


def _load(cloud, watch, sessions, alone, projects):
    over = threading.Event()
    many, few = projects
    pollers = [
        Poller(sessions[number % SESSIONS], many.groups[:ROWS], shares=True, step=watch.step, over=over)
        for number in range(watch.viewers)
    ]
    others = [Poller(alone, few.groups, shares=False, step=watch.step, over=over) for _ in range(ALONE)]
    since = time.time()
    for poller in (*pollers, *others):
        poller.start()
    # The clock of the window, not a wait for something to happen.
    over.wait(watch.seconds)
    calls = calls_of(cloud, since)
    over.set()
    for poller in (*pollers, *others):
        poller.join()
    times = [seconds for poller in pollers for seconds in poller.times]
    per_second = {project.id: _of(project, calls) / watch.seconds for project in projects}
    return Load(per_second[few.id] / ALONE, per_second[many.id], len(times), max(times))


def _of(project, calls):
    return sum(call['project'] == project.id for call in calls)


def _jittered(delay):
    return delay * random.uniform(0.8, 1.2)  # noqa: S311
