# SPDX-License-Identifier: Apache-2.0
"""Days and nights of a dashboard on a simulated clock: no answer beyond the API's, and nothing is left behind.

People poll, look, export and change things; resources come, change, are shared and un-shared, and go; the cache is
restarted or away, GBP fails, and a token is revoked. DAYS pass; DAYS_SEED decides what happens in them,
and is printed (pytest -s).
"""

import collections
import csv
import os
import random
import re

import pytest

from gbp_status_ui.caching import entries
from gbp_status_ui.caching import store
from gbp_status_ui.model import scope

from tests.clients import Client
from tests.unit import sessions
from tests.unit import viewing

GROUPS, L2 = 'policy_target_groups', 'l2_policies'
HOUR_SECONDS = 3600
DAYS = int(os.environ.get('DAYS') or 1)
#: How many seconds a row costs GBP with its status, and without.
COSTS = {L2: (0.18, 0.002), GROUPS: (0.012, 0.005)}
STATES = ('ACTIVE', 'BUILD', 'ERROR', None)
PEOPLE = {'member': sessions.MEMBER, 'colleague': sessions.COLLEAGUE, 'other': sessions.OTHER}
FRAGMENT = {'Gbp-Status-Fragment': 'list', 'X-Requested-With': 'XMLHttpRequest'}
BADGE = re.compile(
    r'data-gbp-status="(\w*)"[^>]*? data-gbp-status-id="([^"]*)" data-gbp-status-name="([^"]*)".*?</button></span>'
    r'(<span class="gbp-status-note">as last reported)?',
    re.DOTALL,
)
#: How many seconds old what is shown may be: the oldest answer, what GBP takes, and a come-back; and what is said to be
#: only as last reported.
MAX_AGE_SECONDS = entries.ANSWER_TTL_SECONDS + 60
MAX_REPORTED_SECONDS = 20 * 60
MAX_RETRIES = 60


class World:
    """The cloud, and what has been true of it: {id: [(until when, name, status, projects that see it)]}."""

    def __init__(self, gbp, clock, chance):
        self.gbp, self.clock, self.chance = gbp, clock, chance
        self.now = {}
        self.past = collections.defaultdict(list)
        self.kinds = {}

    def make(self, kind):
        project = self.chance.choice(['demo', 'other'])
        name = f'name-{len(self.kinds)}'
        id_ = self.gbp.make(kind, name, project, description=f'words of {name}')
        self.kinds[id_] = kind
        self.now[id_] = [name, 'ACTIVE', project, False]

    def change(self):
        """Something happens to one resource."""
        id_ = self.chance.choice(list(self.now))
        self.past[id_].append((self.clock.time(), *self.now[id_]))
        name, _status, _project, shared = self.now[id_]
        what = self.chance.random()
        if what < 0.7:
            self.now[id_][1] = self.chance.choice(STATES)
            self.gbp.set(id_, self.now[id_][1])
        elif what < 0.8:
            self.now[id_][0] = f'{name}-x'[:40]
            self.gbp.change(id_, name=self.now[id_][0])
        elif what < 0.95:
            self.now[id_][3] = not shared
            self.gbp.change(id_, shared=not shared)
        else:
            del self.now[id_]
            self.gbp.delete(id_)
            self.make(self.kinds[id_])

    def allows(self, id_, name, status, person, age):
        """Say whether the API has told a person that of a resource within some seconds."""
        since = self.clock.time() - age
        known = [(self.clock.time(), *self.now[id_])] if id_ in self.now else []
        return any(
            until >= since and (was, state or 'NONE') == (name, status) and (owner == person.project or shared)
            for until, was, state, owner, shared in [*known, *self.past[id_]]
        )

    def takes(self, asked, rows):
        """Return how many seconds GBP takes for a call: each row costs, more so with its status."""
        with_status, without = COSTS.get(asked.collection, (0, 0))
        return 0.02 + rows * (with_status if 'status' in asked.parameters.get('fields', ['status']) else without)


class Person:
    """Somebody at the dashboard, who checks each answer."""

    def __init__(self, name, world):
        self.who, self.world = PEOPLE[name], world
        self.seen = collections.Counter()

    def act(self):
        """Log in, since sessions end with time, and do one thing."""
        self.client = self.who.log_in(Client())
        chance = self.world.chance
        what = chance.choice(['poll', 'list', 'list', 'lines', 'export', 'change'])
        getattr(self, what)(chance)

    def poll(self, chance):
        ids = chance.sample(list(self.world.now), 8)
        wanted = {kind: ','.join(id_ for id_ in ids if self.world.kinds[id_] == kind) for kind in COSTS}
        headers = {'cache-control': f'max-age={chance.choice([0, 1, 20, 86400])}'}
        self._until_read(lambda more: self._get('statuses', wanted, headers | more))

    def list(self, chance):
        query = {'tab': f'gbp_status_tabs__{chance.choice(["groups", "l3_policies"])}'}
        query |= chance.choice([{}, {'status': 'error'}, {'q': 'words'}, {'sort': '-name', 'page': '2'}])
        headers = chance.choice([{}, {'cache-control': 'max-age=86400'}, {'cache-control': 'no-cache'}])
        self._until_read(lambda more: self._get('index', query, FRAGMENT | headers | more))

    def lines(self, chance):
        query = {'kind': ['problems', *COSTS], 'group': chance.choice(['cause', 'none'])}
        self._until_read(lambda more: self._get('lines', query, more))

    def export(self, chance):
        query = {'tab': f'gbp_status_tabs__{chance.choice(["groups", "l3_policies", "overview"])}', 'format': 'csv'}
        address = scope.PROJECT.url('export')
        for _ in range(MAX_RETRIES):
            answer = self.client.get(address, query)
            if 'Refresh' not in answer.headers:
                break
            address, query = answer.headers['Refresh'].partition('url=')[2], {}
            self.world.clock.let_pass(2)
        if answer.status_code == 200:
            for row in csv.DictReader(answer.content.decode('utf-8-sig').splitlines()):
                self._check(row['id'], row['name'], row['status'], MAX_AGE_SECONDS)

    def change(self, _chance):
        viewing.act(self.client)

    def _get(self, view, query, headers):
        return self.client.get(scope.PROJECT.url(view), query, headers=headers)

    def _until_read(self, ask):
        headers = {}
        for _ in range(MAX_RETRIES):
            answer = ask(headers)
            self._check_all(viewing.said(answer) if answer.status_code == 200 else '')
            if 'Gbp-Status-Not-Before' not in answer.headers:
                return
            headers = {'gbp-status-not-before': answer.headers['Gbp-Status-Not-Before']}
            self.world.clock.let_pass(int(answer.headers['Retry-After']))
        raise AssertionError('It is still being read.')

    def _check_all(self, text):
        for status, id_, name, reported in BADGE.findall(text):
            self._check(id_, name, status, MAX_REPORTED_SECONDS if reported else MAX_AGE_SECONDS)

    def _check(self, id_, name, status, age):
        self.seen[status] += 1
        if not status:
            status = next(iter([*(row[2] for row in self.world.past[id_][-1:]), self.world.now.get(id_, [0, None])[1]]))
            assert any(self.world.allows(id_, name, one or 'NONE', self.who, age) for one in STATES), (id_, name)
            return
        assert self.world.allows(id_, name, status, self.who, age), (self.who.name, id_, name, status)


class Away:
    """A cache whose server is away."""

    def __getattr__(self, name):
        raise ConnectionRefusedError(name)


@pytest.fixture
def world(gbp, simulated, monkeypatch):
    monkeypatch.setattr(store, 'time', simulated.clock)
    seed = int(os.environ.get('DAYS_SEED') or random.randrange(10**6))  # noqa: S311 - no secret
    print(f'DAYS_SEED={seed}')
    found = World(gbp, simulated, random.Random(seed))  # noqa: S311 - the same for the same seed
    for kind, number in ((GROUPS, 40), (L2, 30)):
        for _ in range(number):
            found.make(kind)
    gbp.takes = found.takes
    return found


def disturb(world, gbp, monkeypatch):
    """Return what ends a disturbance that begins now."""
    real = store.backend
    what = world.chance.choice(['restart', 'cache', 'gbp', 'token'])
    if what == 'restart':
        real().clear()
    elif what == 'cache':
        monkeypatch.setattr(store, 'backend', Away)
        return lambda: monkeypatch.setattr(store, 'backend', real)
    elif what == 'gbp':
        kind = world.chance.choice(list(COSTS))
        gbp.fail(kind, 503)
        return lambda: gbp.fail(kind, None)
    else:
        person = gbp.people.pop('token-of-colleague')
        return lambda: gbp.people.update({'token-of-colleague': person})
    return lambda: None


def live(world, gbp, monkeypatch):
    """Let the days pass; return what people have seen."""
    people = [Person(name, world) for name in PEOPLE]
    began_at, end = world.clock.time(), lambda: None
    while world.clock.time() - began_at < DAYS * 24 * HOUR_SECONDS:
        is_day = (world.clock.time() - began_at) % (24 * HOUR_SECONDS) < 12 * HOUR_SECONDS
        world.clock.let_pass(world.chance.uniform(1, 300) if is_day else world.chance.uniform(600, 3600))
        if world.chance.random() < 0.5:
            world.change()
        if world.chance.random() < 0.1:
            end()
            end = disturb(world, gbp, monkeypatch)
        world.chance.choice(people).act()
    end()
    return sum((person.seen for person in people), collections.Counter())


@pytest.mark.slow
def test_nobody_is_told_what_the_api_has_not_said_and_nothing_stays(world, gbp, monkeypatch):
    seen = live(world, gbp, monkeypatch)
    print(f'{sum(seen.values())} statuses seen, {len(gbp.requests)} calls: {dict(seen)}')

    assert all(seen[state] for state in ('ACTIVE', 'BUILD', 'ERROR', 'NONE'))
    world.clock.let_pass(8 * 24 * HOUR_SECONDS)

    assert world.clock.is_idle
    store.set_many({'last': 1}, 60)

    assert set(store.backend()._cache) == {':1:gbp_status_ui:last'}
