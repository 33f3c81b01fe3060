# SPDX-License-Identifier: Apache-2.0
"""How soon the overview of 10,000 groups has what is broken, as its page and its script ask for it.

On two workers with memcached: there are so many parts that a cache of one process would soon forget what they share.
"""

from concurrent import futures
import dataclasses
import functools
import html
import re
import statistics
import time

from tests.bench import large_cloud
from tests.bench import script
from tests.bench.meter import take_turns

#: A page that holds all of them; they have nothing in common, so each is a problem of its own.
OVERVIEW = 'project/gbp_status/?tab=gbp_status_tabs__overview&size=100'

#: Every so many groups one that is known to be in error (50 in all), and one that has failed since (20).
KNOWN, NEW, FIRST_NEW = 200, 500, 50

ROUNDS = 3

#: How often the overview of a small project is opened before: until both workers have compiled its templates.
OPENED_BEFORE = 6

#: How many connections a browser opens to one server.
CONNECTIONS = 6

_OPENED = re.compile(r'data-gbp-status-opened="([^"]*)"')
_PARTS_URL = re.compile(r'data-gbp-status-fragments-url="([^"]*)"')
_PART = re.compile(r'data-gbp-status-fragment="([^"]*)"')
_IN_ERROR = re.compile(r'data-gbp-status="ERROR"[^>]* data-gbp-status-id="([^"]*)"')


@dataclasses.dataclass(frozen=True)
class Found:
    """Medians of seconds: until an answer has what was stored as an error, and all; the longest request; the list.

    ``known_beside`` and ``all_beside`` are the first two as parts of the list of the same round.
    """

    known: float
    all: float
    longest: float
    listed: float
    known_beside: float
    all_beside: float


class Overview:
    """One opening of the page; a call returns the seconds (until it has the known, until all, the longest request)."""

    def __init__(self, cloud, viewer, known, new):
        self._cloud, self._viewer, self._known, self._new = cloud, viewer, known, new

    def __call__(self):
        large_cloud.store(self._cloud, self._known, 'ERROR', 'no VLAN left')
        large_cloud.store(self._cloud, self._new, 'ACTIVE')
        #: (when it was there, how long it took, the ids of problems in it) of each answer.
        self._answers = []
        self._begun = time.monotonic()
        page = self._ask(OVERVIEW, {}, of=lambda answer: answer.text)
        url = html.unescape(_PARTS_URL.search(page.text)[1]).lstrip('/')
        opened = _OPENED.search(page.text)[1]
        with futures.ThreadPoolExecutor(CONNECTIONS) as self._connections:
            parts = list(dict.fromkeys(_PART.findall(page.text)))
            with futures.ThreadPoolExecutor(len(parts)) as pool:
                list(pool.map(functools.partial(self._read, url, opened), parts))
        longest = max(seconds for _, seconds, _ in self._answers)
        return self._until(self._known), self._until([*self._known, *self._new]), longest

    def _read(self, url, opened, part):
        """Come back for one part of the page until it is whole; a part that waits holds no connection."""
        path = f'{url}{"&" if "?" in url else "?"}kind={part}'
        sent = {'Accept': 'application/json', 'X-Requested-With': 'XMLHttpRequest'}

        def ask(headers):
            came = headers or script.first_headers(opened)
            return self._connections.submit(self._ask, path, sent | came, of=_problems).result()

        for _answer in script.answers(ask, lambda answer: answer.json()['reading']):
            pass

    def _ask(self, path, headers, of):
        begun = time.monotonic()
        # Horizon closes a connection that is idle for as long as a part waits.
        answer = self._viewer.http.get(self._viewer.url + path, headers={'Connection': 'close', **headers})
        answer.raise_for_status()
        ended = time.monotonic()
        self._answers.append((ended - self._begun, ended - begun, set(_IN_ERROR.findall(of(answer)))))
        return answer

    def _until(self, ids):
        """When the first answer was there that has them all."""
        return min(at for at, _, there in self._answers if there.issuperset(ids))


def _problems(answer):
    return answer.json()['fragments'].get('problems', '')


def measure(cloud, log_in, project, alone, say):
    """Return what was :class:`Found` in a project; ``alone`` are the API calls for all of its groups."""
    say(f'The first problems of {len(project.groups)} groups')
    known, new = project.groups[::KNOWN], project.groups[FIRST_NEW::NEW]
    _warm(log_in(f'groups-{large_cloud.SIZES[0]}'))
    cloud.statuses.set({'*': ['ACTIVE', ''], **{id_: ['ERROR', 'no VLAN left'] for id_ in (*known, *new)}})
    opened = Overview(cloud, log_in(project.name), known, new)
    costs = take_turns({'opened': opened, 'list': _seconds(alone.only('policy_target_groups'))}, ROUNDS)
    cloud.statuses.clear()
    large_cloud.store(cloud, [*known, *new], 'ACTIVE')
    return _found(costs['opened'], costs['list'])


def _warm(viewer):
    for _ in range(OPENED_BEFORE):
        viewer.get(OVERVIEW, Connection='close')
        viewer.get('project/gbp_status/overview/?kind=problems', Connection='close')


def _seconds(way):
    def timed():
        begun = time.monotonic()
        way()
        return time.monotonic() - begun

    return timed


def _found(opened, lists):
    rounds = [(*one, listed, one[0] / listed, one[1] / listed) for one, listed in zip(opened, lists, strict=True)]
    return Found(*(statistics.median(column) for column in zip(*rounds, strict=True)))
