# SPDX-License-Identifier: Apache-2.0
"""An entry of another shape than ``write`` gives it is a miss."""

import pytest

from gbp_status_ui.caching import entries
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Entry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason

from tests.unit.caching.entry import KEY
from tests.unit.caching.entry import NOW_SECONDS
from tests.unit.caching.entry import read
from tests.unit.caching.entry import rows
from tests.unit.caching.entry import write

pytestmark = pytest.mark.usefixtures('standing')


ERROR = Failure(Reason.ERROR, 'down')


GOOD, INLINE, FAILED = [1.0, 2.0, 1], {'row': {'id': 'a', 'name': 'b'}}, [3.0, 4.0, 'error', 'down']
NESTED = [1]
for _level in range(400):
    NESTED = [NESTED]


#: Heads of another shape than an entry has.
HEADS = {
    'text': 'abcd',
    'number': 4,
    'true': True,
    'no list': {'a': 1, 'b': 2, 'c': 3, 'd': 4},
    'empty': [],
    'short': [entries.FORMAT_VERSION, GOOD, INLINE],
    'long': [entries.FORMAT_VERSION, GOOD, INLINE, None, None],
    'older format': [entries.FORMAT_VERSION - 1, GOOD, INLINE, None],
    'format as text': [str(entries.FORMAT_VERSION), GOOD, INLINE, None],
    'nested': NESTED,
    'nested parts': [entries.FORMAT_VERSION, NESTED, NESTED, NESTED],
    'no times': [entries.FORMAT_VERSION, [None, 2.0, 1], INLINE, None],
    'times of text': [entries.FORMAT_VERSION, ['1', '2', 1], INLINE, None],
    'a time without end': [entries.FORMAT_VERSION, [float('inf'), 2.0, 1], INLINE, None],
    'a time of nothing': [entries.FORMAT_VERSION, [float('nan'), 2.0, 1], INLINE, None],
    'a time of many digits': [entries.FORMAT_VERSION, [10**400, 2.0, 1], INLINE, None],
    'asked for in the future': [entries.FORMAT_VERSION, [NOW_SECONDS + 2, 2.0, 1], INLINE, None],
    'came in the future': [entries.FORMAT_VERSION, [1.0, NOW_SECONDS + 2, 1], INLINE, None],
    'few times': [entries.FORMAT_VERSION, [1.0], INLINE, None],
    'times as text': [entries.FORMAT_VERSION, 'abc', INLINE, None],
    'rows of text': [entries.FORMAT_VERSION, [1.0, 2.0, 'many'], INLINE, None],
    'rows without end': [entries.FORMAT_VERSION, [1.0, 2.0, float('inf')], INLINE, None],
    'rows without number': [entries.FORMAT_VERSION, [1.0, 2.0, None], INLINE, None],
    'nothing inline': [entries.FORMAT_VERSION, GOOD, None, None],
    'a number inline': [entries.FORMAT_VERSION, GOOD, 5, None],
    'a text inline': [entries.FORMAT_VERSION, GOOD, 'row', None],
    'a list inline': [entries.FORMAT_VERSION, GOOD, ['row'], None],
    'a short failure': [entries.FORMAT_VERSION, GOOD, INLINE, [1.0]],
    'an empty failure': [entries.FORMAT_VERSION, GOOD, INLINE, []],
    'a failure of text': [entries.FORMAT_VERSION, None, None, 'abcd'],
    'a failure of a dict': [entries.FORMAT_VERSION, None, None, {'a': 1}],
    'a failure without end': [entries.FORMAT_VERSION, None, None, [1.0, float('inf'), 'error', '']],
    'a failure in the future': [
        entries.FORMAT_VERSION,
        GOOD,
        INLINE,
        [NOW_SECONDS + 2, NOW_SECONDS + 3, 'timeout', ''],
    ],
    'a reason that is none': [entries.FORMAT_VERSION, None, None, [1.0, 2.0, 'BANANA', '']],
    'a reason that is a list': [entries.FORMAT_VERSION, None, None, [1.0, 2.0, [], '']],
    'a failure that is being read': [entries.FORMAT_VERSION, None, None, [1.0, 2.0, 'busy', '']],
    'a message that is none': [entries.FORMAT_VERSION, None, None, [1.0, 2.0, 'error', None]],
}


#: The same of what stands for rows.
ROWS = {
    'neither': {},
    'row as text': {'row': 'a'},
    'row as list': {'row': [1]},
    'row without id': {'row': {'name': 'a'}},
    'row with another id': {'row': {'id': 5}},
    'row with an address for an id': {'row': {'id': '../a'}},
    'rows as number': {'rows': 5, 'unreadable': 0},
    'rows as text': {'rows': 'abc', 'unreadable': 0},
    'rows as dict': {'rows': {'a': 1}, 'unreadable': 0},
    'rows of lists': {'rows': [[1]], 'unreadable': 0},
    'rows without number': {'rows': [{'id': 'a'}]},
    'rows with another number': {'rows': [{'id': 'a'}], 'unreadable': 'x'},
    'rows with a number without end': {'rows': [{'id': 'a'}], 'unreadable': float('inf')},
    'names alone': {'names': ['id'], 'unreadable': 0},
    'more names': {'names': ['id', 'name'], 'columns': [['a']], 'unreadable': 0},
    'more columns': {'names': ['id'], 'columns': [['a'], ['b']], 'unreadable': 0},
    'columns of two lengths': {'names': ['id', 'name'], 'columns': [['a', 'b'], ['c']], 'unreadable': 0},
    'columns of numbers': {'names': ['id'], 'columns': [5], 'unreadable': 0},
    'columns as number': {'names': ['id'], 'columns': 5, 'unreadable': 0},
    'names of lists': {'names': [['id']], 'columns': [['a']], 'unreadable': 0},
    'no ids': {'names': ['name'], 'columns': [['a']], 'unreadable': 0},
    'ids of numbers': {'names': ['id'], 'columns': [[1, 2]], 'unreadable': 0},
    **{
        f'{name} as list': {'names': ['id', name], 'columns': [['a'], [['b']]], 'unreadable': 0}
        for name in ('name', 'description', 'status', 'status_details', 'tenant_id', 'project_id')
    },
    'a status as dict in a row': {'row': {'id': 'a', 'status': {'a': 1}}},
    'a name as number in rows': {'rows': [{'id': 'a'}, {'id': 'b', 'name': 5}], 'unreadable': 0},
}


def test_what_the_tables_below_change_is_good():
    store.set_many({KEY: [entries.FORMAT_VERSION, GOOD, INLINE, FAILED]}, 60)
    row = Answer({'id': 'a', 'name': 'b'}, 1.0, 2.0)

    assert read() == Entry(row, Answer(ERROR, 3.0, 4.0), 1)


@pytest.mark.parametrize('head', HEADS.values(), ids=HEADS)
def test_a_head_of_another_shape_is_a_miss_and_makes_room(head):
    store.set_many({KEY: head}, 60)

    assert read() == Entry()
    assert write(Answer(None, 1.0, 2.0)).good == Answer(None, 1.0, 2.0)


@pytest.mark.parametrize('held', ROWS.values(), ids=ROWS)
def test_rows_of_another_shape_are_a_miss(held):
    store.set_many({KEY: [entries.FORMAT_VERSION, GOOD, held, None]}, 60)

    assert read() == Entry()


BODIES = {
    **{name: [1.0, held] for name, held in ROWS.items()},
    'nothing of it': None,
    'text': 'ab',
    'number': 5,
    'list': [1, 2, 3],
    'nested body': NESTED,
    'of another answer': [2.0, {'names': ['id'], 'columns': [['a']], 'unreadable': 0}],
    'a row': [1.0, INLINE],
    'of no answer': {'names': ['id'], 'columns': [['a']], 'unreadable': 0},
}


@pytest.mark.parametrize('body', BODIES.values(), ids=BODIES)
def test_a_body_of_another_shape_is_a_miss_and_makes_room(body):
    store.set_many({KEY: [entries.FORMAT_VERSION, GOOD, 'body', None], f'{KEY}:body': body}, 60)

    assert read() == Entry()
    assert write(Answer(rows(30), 3.0, 4.0)).rows == 30
