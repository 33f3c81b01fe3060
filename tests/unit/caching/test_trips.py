# SPDX-License-Identifier: Apache-2.0
"""How many trips to memcached a poll makes, one after the other: as many for a hundred rows as for one."""

import concurrent.futures

import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import store

from tests.unit.cache_backends import CountingCache
from tests.unit.cache_backends import in_use
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.viewing import poll

MAX_TRIPS = 10
ROWS = (1, 20, 100)


@pytest.fixture(autouse=True)
def counted():
    with in_use(CountingCache):
        yield


@pytest.fixture
def ids(gbp):
    # A real Neutron has as many, and each request looks whether it has those of GBP.
    gbp.extensions |= {f'extension-{number}' for number in range(120)}
    return [gbp.make(GROUPS, f'web-{number}', status='BUILD') for number in range(101)]


def trips(client, asked, **options):
    """Return how many trips one poll makes."""
    CountingCache.trips.clear()
    answer = poll(client, *asked, **{'cache_control': 'max-age=2', **options})
    assert answer.status_code == 200
    return sum(CountingCache.trips.values())


def forget(client, ids):
    """Have nothing known but what each request finds: the extensions, and that the token is good."""
    store.backend().clear()
    poll(client, ids[-1])


def alike(counts):
    """Say whether the counts are the same, and no more than a poll may take."""
    return len(set(counts)) == 1 and counts[0] <= MAX_TRIPS


def test_a_poll_that_nobody_has_sent_before(ids, member, clock):
    counts = []
    for number in ROWS:
        forget(member, ids)
        counts.append(trips(member, ids[:number]))

    assert alike(counts), counts


def test_the_first_poll_of_all(ids, member, clock):
    counts = []
    for number in ROWS:
        store.backend().clear()
        counts.append(trips(member, ids[:number], cache_control='max-age=0'))

    # That asks for the extensions, too, which counts for minutes.
    assert len(set(counts)) == 1
    assert counts[0] <= MAX_TRIPS + 6, counts


def test_a_poll_that_is_repeated(ids, member, clock):
    counts = []
    for number in ROWS:
        trips(member, ids[:number])
        counts.append(trips(member, ids[:number]))

    # The last is for what is remembered of the project: since when a resource is as it is.
    assert alike(counts), counts
    assert counts[0] <= 3 + 1


def test_a_poll_of_20_rows_reads_each_of_them_twice(ids, member, clock, monkeypatch):
    """Before it asks, and before it writes: a client of memcached spends its time on keys."""
    forget(member, ids)
    read, get_many = [], store.get_many
    monkeypatch.setattr(store, 'get_many', lambda keys: read.extend(keys) or get_many(keys))
    trips(member, ids[:20])

    # What was remembered, what lists cost, extensions, token, the last action, the lease, and the first row once more.
    assert 40 < len(read) < 40 + 12


def test_a_poll_of_what_is_too_old(ids, member, clock):
    counts = []
    for number in ROWS:
        trips(member, ids[:number])
        clock.ahead += 30
        counts.append(trips(member, ids[:number]))

    assert alike(counts), counts


def test_a_poll_that_shares_the_answer_of_another(ids, member, colleague, clock):
    counts = []
    poll(colleague, ids[-1])
    for number in ROWS:
        trips(member, ids[:number])
        counts.append(trips(colleague, ids[:number]))

    assert alike(counts), counts
    assert counts[0] <= 3 + 1


@pytest.mark.slow
@pytest.mark.parametrize('list_wait', [0.5, 1])
def test_a_poll_of_what_another_is_asking(gbp, ids, member, colleague, clock, monkeypatch, list_wait):
    counts = []
    for number in ROWS:
        forget(member, ids)
        poll(colleague, ids[-1], cache_control='max-age=0')
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.05)
        gbp.hold(GROUPS)
        assert 'pending' in poll(member, *ids[:number]).json()
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: list_wait)
        counts.append(trips(colleague, ids[:number]))
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
            rest = pool.submit(poll, member, *ids[:number])
            gbp.release()
            assert len(rest.result().json()['rows'][GROUPS]) == number

    assert max(counts) <= MAX_TRIPS, counts
    assert max(counts) - min(counts) <= 1


def test_a_poll_of_several_kinds(gbp, ids, member, clock):
    forget(member, ids)
    chains = [gbp.make(CHAINS, f'edge-{number}') for number in range(20)]
    CountingCache.trips.clear()
    answer = poll(member, *ids[:20], cache_control='max-age=2')
    one = sum(CountingCache.trips.values())
    forget(member, ids)
    CountingCache.trips.clear()
    asked = {GROUPS: ','.join(ids[:20]), CHAINS: ','.join(chains)}
    both = member.get(answer.request['PATH_INFO'], asked, headers={'cache-control': 'max-age=2'})

    assert sum(map(len, both.json()['rows'].values())) == 40
    assert sum(CountingCache.trips.values()) == one
