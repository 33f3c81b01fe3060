# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in the cache under a name of ours: pages, parts and polls answer as if nothing stood there."""

from django.core.cache import caches
import pytest

from gbp_status_ui.caching import entries
from gbp_status_ui.caching import store
from gbp_status_ui.model import scope
from gbp_status_ui.views.base import FRAGMENT

from tests.unit import population
from tests.unit import viewing
from tests.unit.cache_backends import in_use
from tests.unit.cache_backends import PoisonedCache
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.views.test_roles import PASSING

#: The families of cache keys but that of leases, as they are read: what is not accepted of one hides another.
APART = ({'answer'}, {'body'}, {'acted', 'proven', 'projects', 'sightings'})

#: More rows than the head of an entry holds: each has five attributes and more.
MORE_ROWS = entries.MAX_INLINE_ATTRIBUTES // 5

NESTED = [1]
for _level in range(300):
    NESTED = [NESTED]
GOOD = [1.0, 2.0, 1]


def encoded(value):
    return store._encode(value)


#: What another release, another program or a fault may have left there.
HOSTILE = {
    'no bytes of ours': b'\x00\xff',
    'nothing': b'',
    'text as it is': 'raw text',
    'deep': b'gbp7j' + b'[' * 100_000,
    'text': encoded('text'),
    'number': encoded(5),
    'time in the future': encoded(9e9),
    'endless': encoded(float('inf')),
    'true as text': encoded('true'),
    'list': encoded([1, 2]),
    'list of lists': encoded([[1, 2], [3], 'x']),
    'pair': encoded([{'demo': ['x']}, True]),
    'dict': encoded({'a': 1, 'demo': 5}),
    'dict of lists': encoded({'a': [1], 'b': ['ERROR', 'x', None], 'c': [[], {}, []]}),
    'null': encoded(None),
    'nested': encoded(NESTED),
    'older format': encoded([entries.FORMAT_VERSION - 1, GOOD, {'row': {'id': 'a'}}, None]),
    'short failure': encoded([entries.FORMAT_VERSION, None, None, [1.0]]),
    'endless rows': encoded([entries.FORMAT_VERSION, [1.0, 2.0, float('inf')], {'row': {'id': 'a'}}, None]),
    'wrong columns': encoded([1.0, {'names': ['id', 'status'], 'columns': [['a', 'b'], [{}]], 'unreadable': 0}]),
}


@pytest.fixture
def ids(gbp):
    """More groups than stand in a head of an entry, and some of all that they are related to."""
    found = population.fill(gbp, 2, status='ERROR')
    found[GROUPS] += [gbp.make(GROUPS, f'web-{number}', status='BUILD') for number in range(MORE_ROWS)]
    return found


def looks(ids):
    """Return {name: (address, headers)} of what reads the cache."""
    panel = scope.ADMIN
    tab = panel.url('index') + '?tab=gbp_status_tabs__groups'
    polled = f'?{GROUPS}={",".join(ids[GROUPS])}&{CHAINS}={",".join(ids[CHAINS])}'
    script = {'x-requested-with': 'XMLHttpRequest', 'cache-control': 'max-age=60'}
    return {
        'page': (tab, {'cache-control': 'max-age=60'}),
        'part': (tab, {**script, FRAGMENT: 'list'}),
        'problems': (panel.url('lines') + '?kind=problems', script),
        'poll': (panel.url('statuses') + polled, script),
        'CSV': (tab.replace(panel.url('index'), panel.url('export')) + '&format=csv', {'cache-control': 'max-age=60'}),
    }


def seen(client, found):
    """Return {name: (status, text)} of what a client is told, without what is made anew for each page."""
    answers = {name: client.get(address, headers=headers) for name, (address, headers) in found.items()}
    texts = {name: PASSING.sub('', answer.content.decode()) for name, answer in answers.items() if name != 'page'}
    return {name: (answer.status_code, texts.get(name)) for name, answer in answers.items()}


def plant(families, raw):
    """Put a value in the place of each entry of some families; return the families that there are."""
    names = [name.split(':', 2)[2] for name in list(store.backend()._cache)]
    names = {name: _family(name) for name in names if _family(name) in families}
    for name in names:
        store.backend().set(name, raw, 600)
    return set(names.values())


def _family(name):
    """Return the family of a key of the cache: gbp_status_ui:<family>:…"""
    return 'body' if ':body' in name else name.split(':')[1]


@pytest.mark.slow
@pytest.mark.parametrize('families', APART, ids=lambda families: ' '.join(sorted(families)))
@pytest.mark.usefixtures('clock')
def test_what_stands_there_is_as_nothing(ids, administrator, families):
    found = looks(ids)
    expected = seen(administrator, found)
    assert {status for status, _text in expected.values()} == {200}
    for name, value in HOSTILE.items():
        viewing.act(administrator)
        # Each look puts right what the next one would meet.
        for look in found:
            assert plant(families, value) == families, name

            assert seen(administrator, {look: found[look]}) == {look: expected[look]}, name


@pytest.mark.usefixtures('clock')
def test_what_stands_in_the_place_of_a_lease_keeps_nobody_from_asking(gbp, ids, administrator, monkeypatch):
    found, taken, add, raw = looks(ids)['poll'], [], store.add, b''
    expected = seen(administrator, {'poll': found})

    def late(key, own, seconds):
        if key not in taken:
            taken.append(key)
            store.backend().set(f'gbp_status_ui:{key}', raw, 600)
        return add(key, own, seconds)

    monkeypatch.setattr(store, 'add', late)
    for name, raw in HOSTILE.items():  # noqa: B007 - it is what stands there next.
        store.backend().clear()
        taken.clear()

        assert seen(administrator, {'poll': found}) == expected, name
        assert taken != []


@pytest.mark.slow
@pytest.mark.parametrize('families', APART, ids=lambda families: ' '.join(sorted(families)))
@pytest.mark.usefixtures('clock')
def test_what_cannot_be_unpickled_is_as_nothing(ids, administrator, families, caplog):
    found = looks(ids)
    with in_use(PoisonedCache):
        expected = seen(administrator, found)
        viewing.act(administrator)
        names = [name.split(':', 2)[2] for name in caches['gbp_status_ui']._cache]
        PoisonedCache.poisoned.update(name for name in names if _family(name) in families)
        assert PoisonedCache.poisoned

        assert seen(administrator, found) == expected
        PoisonedCache.poisoned.clear()
    assert [one for one in caplog.records if one.name.startswith('gbp_status_ui') and one.levelname == 'WARNING'] == []


@pytest.mark.usefixtures('clock')
def test_the_families_are_all_that_there_are(ids, administrator, monkeypatch):
    """So the tests above forget none."""
    known, set_raw, add = set(), store._set_raw, store.add
    monkeypatch.setattr(store, '_set_raw', lambda raw, *rest: known.update(map(_family, raw)) or set_raw(raw, *rest))
    monkeypatch.setattr(store, 'add', lambda key, *rest: known.add(_family(f':{key}')) or add(key, *rest))
    viewing.act(administrator)
    seen(administrator, looks(ids))

    assert known == {'lease'}.union(*APART)
