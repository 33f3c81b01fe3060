# SPDX-License-Identifier: Apache-2.0
"""A process that answers for long: memory, threads and file descriptors do not grow with the requests.

LONG_RUN multiplies the requests of the second half (125: 5,000 polls and 1,000 pages), and has the process's resident
memory be measured, since Python's own count takes long. Figures are printed (pytest -s).
"""

import gc
import os
from pathlib import Path
import resource
import threading
import tracemalloc

import pytest

from gbp_status_ui.model import scope

GROUPS = 'policy_target_groups'
POLLS, PAGES = 40, 8
RUNS = int(os.environ.get('LONG_RUN') or 1)
LONG_CHARACTERS = 100_000
#: What expires may come to that much; in a long run the caches fill up to their bounds (64 and 8 MB).
MORE_BYTES = 3_000_000 if RUNS == 1 else 100_000_000


@pytest.fixture
def traced():
    if RUNS == 1:
        tracemalloc.start()
    yield
    tracemalloc.stop()


def measured():
    gc.collect()
    return {
        'bytes': tracemalloc.get_traced_memory()[0] or _resident(),
        'threads': threading.active_count(),
        'files': len(list(Path('/proc/self/fd').iterdir())),
    }


def _resident():
    pages = Path('/proc/self/statm').read_text(encoding='ascii').split()[1]
    return int(pages) * resource.getpagesize()


def work(gbp, member, ids, times=1):
    """Poll, with states that flap and long details that change, and open pages."""
    of = scope.PROJECT.url
    for number in range(POLLS * times):
        state = ('BUILD', 'ERROR', 'ACTIVE', None)[number % 4]
        gbp.set(ids[number % len(ids)], state, f'{number} '.ljust(LONG_CHARACTERS, 'x'))
        answer = member.get(of('statuses'), {GROUPS: ','.join(ids)}, headers={'cache-control': 'no-cache'})
        assert answer.status_code == 200
        if number % (POLLS // PAGES) == 0:
            assert member.get(of('index'), {'tab': 'gbp_status_tabs__groups'}).status_code == 200


@pytest.mark.slow
@pytest.mark.usefixtures('traced')
def test_a_process_does_not_grow(gbp, member):
    ids = [gbp.make(GROUPS, f'web-{number}', status='BUILD', details='x' * LONG_CHARACTERS) for number in range(4)]
    work(gbp, member, ids)
    gbp.requests.clear()
    before = measured()
    work(gbp, member, ids, RUNS)
    gbp.requests.clear()
    after = measured()
    print(f'{POLLS * RUNS} polls and {PAGES * RUNS} pages: {before} -> {after}')

    assert after['threads'] <= before['threads'] + 8
    assert after['files'] <= before['files'] + 2
    assert after['bytes'] <= before['bytes'] + MORE_BYTES
