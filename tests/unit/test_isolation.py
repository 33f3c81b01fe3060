# SPDX-License-Identifier: Apache-2.0
"""No test leaves behind what another one could meet."""

import threading

from django.core.cache import cache
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.utils import timezone
from django.utils import translation
import pytest

from gbp_status_ui.caching import store
from gbp_status_ui.model import statuses
from gbp_status_ui.service import connection

from tests.settings import PLUGIN
from tests.unit import isolation

pytestmark = pytest.mark.releases


def own_cache():
    return locmem.LocMemCache('of a test', {})


def leave_everything():
    """Change all of a process that a test may change."""
    translation.activate('de')
    timezone.activate('Asia/Tokyo')
    cache.set('default', 1)
    store.set_many({'plugin': 1}, 60)
    own_cache().set('own', 1)
    statuses.read('BANANA')
    connection._pool().submit(int).result()
    store._open_circuit('down')


def left():
    """Return what of that is still there."""
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith('gbp-status')]
    return {
        # First: the looks that follow are remembered, too.
        'remembered': [found for found in isolation.cached_functions() if found.cache_info().currsize],
        'language': translation.get_language(),
        'time zone': timezone.get_current_timezone_name(),
        'caches': [cache.get('default'), own_cache().get('own'), store.get('plugin')],
        'threads': threads,
        'cache at rest': store._CircuitBreaker.usable_at > 0,
    }


CLEAN = {
    'language': 'en',
    'time zone': 'UTC',
    'caches': [None] * 3,
    'remembered': [],
    'threads': [],
    'cache at rest': False,
}


@pytest.mark.parametrize('turn', [1, 2])
def test_nothing_reaches_the_next_test(turn):
    """Whichever of the two runs later would meet what the other has left."""
    assert left() == CLEAN

    leave_everything()


def test_what_a_test_changes_in_the_process_is_forgotten():
    with isolation.isolated():
        leave_everything()
        changed = left()

    assert [name for name in CLEAN if changed[name] == CLEAN[name]] == []
    assert left() == CLEAN


def test_what_a_thread_keeps_after_the_test_is_forgotten(monkeypatch):
    forgotten = threading.Event()

    def keep():
        forgotten.wait()
        leave_everything()

    def forget(once=isolation.forget):
        once()
        forgotten.set()

    monkeypatch.setattr(isolation, 'forget', forget)
    with isolation.isolated():
        threading.Thread(target=keep).start()

    assert left()['caches'] == CLEAN['caches']


def test_a_thread_that_does_not_end_is_told(monkeypatch):
    monkeypatch.setattr(isolation, 'WAIT_SECONDS', 0.01)
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name='endless')
    try:
        with pytest.raises(AssertionError, match='endless'), isolation.isolated():
            thread.start()
    finally:
        end.set()
        thread.join()


def test_a_file_in_the_tree_is_told(tmp_path):
    with pytest.raises(AssertionError, match='left_file'), isolation.tidy(tmp_path):
        (tmp_path / 'left_file').touch()


def test_what_git_ignores_may_be_written_beside_the_tests():
    compiled = PLUGIN / 'locale' / 'django.mo~1'
    try:
        with isolation.tidy():
            compiled.touch()
        assert str(compiled) in isolation.tree(PLUGIN)
    finally:
        compiled.unlink()


def test_what_horizon_keeps_of_its_frame_stays():
    fragments = caches['template_fragments']
    with isolation.isolated():
        fragments.set('frame', 1)

    assert fragments.get('frame') == 1
    fragments.delete('frame')
