# SPDX-License-Identifier: Apache-2.0
"""Viewers of one project on two workers with memcached: how often is Neutron asked, beside one who shares nothing.

The viewers are threads that poll as static/gbp_status_ui/js/schedule.js does, or whose page has nothing in BUILD and is
read again as a whole with each heartbeat. In the same minutes ten viewers of another project do the same who share
nothing, and a tenth of their calls is what one costs.
"""

import collections
from concurrent import futures
import dataclasses
import functools
import random
import re
import threading
import time

import requests

from tests.bench import script
from tests.bench.meter import calls_of

INTERVAL_SECONDS, MAX_INTERVAL_SECONDS = 2.5, 30
HEARTBEAT_SECONDS = 60
ALONE_VIEWERS = 10
SESSIONS = 20
ROWS = 20

#: How many pages are opened side by side: as many as the threads of the two workers.
OPENERS = 16


_BADGE = re.compile(r'data-gbp-status="([^"]*)"[^>]* data-gbp-status-id="([^"]*)"')


class BadPoll(Exception):
    """The answer to a poll does not say how all rows are."""


class FailedWatch(Exception):
    """Some polls of a watch have failed, so that its figures tell nothing; the message names them."""


@dataclasses.dataclass(frozen=True)
class Watch:
    """Some viewers for some seconds, of rows in BUILD or, with ``settled``, of rows that are all ACTIVE.

    ``step`` is how far their interval has grown when it begins. The seconds are so many that one read of Neutron is
    little beside those of one viewer: five or more, of settled rows two and a half of four calls each.
    """

    viewers: int
    seconds: int
    step: int = 1
    settled: bool = False

    @property
    def label(self):
        many = f'{self.viewers} viewers'
        if self.settled:
            return many + f' of settled rows, with the heartbeat of {HEARTBEAT_SECONDS} s'
        return many + (f', polling every {MAX_INTERVAL_SECONDS} s' if self.step > 1 else ', beginning to poll')

    @property
    def settling(self):
        """For how long they poll before it counts: who has long been polling meets answers that others got."""
        if self.settled:
            return 3 * HEARTBEAT_SECONDS // 4
        return MAX_INTERVAL_SECONDS if self.step > 1 else 0


WATCHES = (
    Watch(200, 90),
    Watch(200, 150, step=12),
    Watch(200, 150, step=12, settled=True),
)


@dataclasses.dataclass(frozen=True)
class Load:
    """Calls to Neutron per second, of one viewer alone and of all together; and how many polls were answered."""

    alone: float
    together: float
    polls: int
    slowest: float


class Poller:
    """One page that is open."""

    def __init__(self, viewer, ids, shares, step, over):
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.cookies.update(viewer.http.cookies)
        self._url = f'{viewer.url}project/gbp_status/statuses/?policy_target_groups={",".join(ids)}'
        self._ids, self._shares, self._step, self._over = set(ids), shares, step, over
        self._etag = ''
        #: The time and the seconds of each poll.
        self.polls = []

    def open(self):
        """Read once, as the page does when it is made."""
        self._poll()

    def run(self):
        wait = random.uniform(0, self._delay) if self._step > 1 else _jittered(self._delay)  # noqa: S311
        while not self._over.wait(wait):
            self._poll()
            self._step += 1
            wait = _jittered(self._delay)

    @property
    def _delay(self):
        return min(INTERVAL_SECONDS * self._step, MAX_INTERVAL_SECONDS)

    def _poll(self):
        answer = self._ask({'If-None-Match': self._etag})
        self._check(answer)
        self._etag = answer.headers['ETag']

    def _ask(self, headers):
        at, began_at = time.time(), time.monotonic()
        max_age = int(self._delay / 1.5) if self._shares else 0
        headers = {'Cache-Control': f'max-age={max_age}', 'X-Requested-With': 'XMLHttpRequest', **headers}
        # A connection of its own: Horizon closes one that is idle for as long as the shortest delay.
        answer = self._http.get(self._url, headers={'Connection': 'close', **headers})
        self.polls.append((at, time.monotonic() - began_at))
        return answer

    def _check(self, answer):
        """:class:`BadPoll` unless it tells of all rows, or that it told the same before."""
        if answer.status_code != requests.codes.not_modified:
            if answer.status_code != requests.codes.ok:
                raise BadPoll(f'{answer.status_code} {answer.reason}')
            told = answer.json()
            if told['unavailable'] or told['rows'].get('policy_target_groups', {}).keys() != self._ids:
                raise BadPoll(f'unavailable: {told["unavailable"]}, gone: {told["gone"]}')


class Heart(Poller):
    """One page that is open and has nothing in BUILD."""

    def __init__(self, viewer, *arguments, **options):
        super().__init__(viewer, *arguments, **options)
        self._url = viewer.url + script.GROUPS

    @property
    def _delay(self):
        return HEARTBEAT_SECONDS

    def _poll(self):
        *_, answer = script.answers(
            lambda headers: self._ask(script.FRAGMENT | headers), script.is_accepted, self._over
        )
        # Until the watch is over no answer but the last one is unfinished.
        if not script.is_accepted(answer):
            self._check(answer)

    def _check(self, answer):
        """:class:`BadPoll` unless it has all rows, and all of them ACTIVE."""
        if answer.status_code != requests.codes.ok:
            raise BadPoll(f'{answer.status_code} {answer.reason}')
        states = {id_: state for state, id_ in _BADGE.findall(answer.text)}
        if states != dict.fromkeys(self._ids, 'ACTIVE'):
            raise BadPoll(f'{len(states)} rows in the states {", ".join(sorted(set(states.values())))}')


def measure(lab):
    """Return {:class:`Watch`: :class:`Load`}; :class:`FailedWatch` where a poll failed."""
    many, few = lab.projects[100], lab.projects[20]
    building = {id_: ['BUILD', 'deployment in progress'] for id_ in (*many.groups[:ROWS], *few.groups)}
    found = {}
    with lab.workers() as board:
        sessions, alone = [board.log_in(many.name) for _ in range(SESSIONS)], board.log_in(few.name)
        for watch in WATCHES:
            lab.cloud.statuses.set({'*': ['ACTIVE', ''], **({} if watch.settled else building)})
            lab.say(f'{watch.label}, for {watch.settling + watch.seconds} s')
            found[watch] = _load(lab.cloud, watch, sessions, alone, (many, few))
    lab.cloud.statuses.clear()
    return found


def _load(cloud, watch, sessions, alone, projects):
    over = threading.Event()
    many, few = projects
    make = functools.partial(Heart if watch.settled else Poller, step=watch.step, over=over)
    pollers = [make(sessions[n % SESSIONS], many.groups[:ROWS], shares=True) for n in range(watch.viewers)]
    others = [make(alone, few.groups, shares=False) for _ in range(ALONE_VIEWERS)]
    since, until = _run(watch, [*pollers, *others], over)
    calls = [call for call in calls_of(cloud, since) if call['start'] < until]
    times = [seconds for poller in pollers for at, seconds in poller.polls if since <= at < until]
    per_second = {project.id: _of(project, calls) / (until - since) for project in projects}
    return Load(per_second[few.id] / ALONE_VIEWERS, per_second[many.id], len(times), max(times))


def _run(watch, pollers, over):
    """Let them poll; return when the window began that counts, and when it ended."""
    with futures.ThreadPoolExecutor(OPENERS) as pool:
        _raise_failures(watch, [pool.submit(poller.open) for poller in pollers])
    with futures.ThreadPoolExecutor(len(pollers)) as pool:
        running = [pool.submit(poller.run) for poller in pollers]
        # The clock of the window, which ends early where a poll has failed.
        futures.wait(running, watch.settling, futures.FIRST_EXCEPTION)
        since = time.time()
        futures.wait(running, watch.seconds, futures.FIRST_EXCEPTION)
        until = time.time()
        over.set()
    _raise_failures(watch, running)
    return since, until


def _raise_failures(watch, done):
    faults = collections.Counter(repr(future.exception()) for future in done if future.exception())
    if faults:
        named = '; '.join(f'{times} by {fault}' for fault, times in faults.most_common())
        raise FailedWatch(f'{watch.label}: {sum(faults.values())} of {len(done)} viewers failed: {named}')


def _of(project, calls):
    return sum(call['project'] == project.id for call in calls)


def _jittered(delay):
    return delay * random.uniform(0.8, 1.2)  # noqa: S311
