# SPDX-License-Identifier: Apache-2.0
"""Each test leaves the process and the tree as it found them, so that tests pass in any order."""

import contextlib
import functools
import os
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.utils import timezone
from django.utils import translation

from gbp_status_ui.caching import store
from gbp_status_ui.health import folding
from gbp_status_ui.service import idle_connections

from tests.settings import PLUGIN

#: For how many seconds a thread that has nothing to do any more may take to end.
WAIT_SECONDS = 30

#: Where Horizon keeps what its frame has on each page, for whoever sees it: it takes long to make.
FRAME = settings.CACHES['template_fragments']['LOCATION']

_PACKAGE = PLUGIN.name

#: Directories that the interpreter or a tool writes, whatever a test does; so are those with a leading dot.
_GENERATED = {'__pycache__', 'node_modules'}


@contextlib.contextmanager
def isolated():
    """Forget what the block has changed in this process.

    :raises AssertionError: a thread that was started still runs
    """
    threads = set(threading.enumerate())
    yield
    # One of these may keep something while that is being forgotten, and end.
    started = set(threading.enumerate()) - threads
    forget()
    running = _running(started)
    if started:
        # A thread may have kept what it was still reading.
        forget()
    assert not running, f'these threads do not end: {running}'


@contextlib.contextmanager
def tidy(root=PLUGIN.parent):
    """Hold the block to leave no file behind below a directory, but for what Git ignores.

    Beside the tests tox builds the package and the documentation in the same tree.

    :raises AssertionError: it has left one
    """
    files = tree(root)
    yield
    written = _not_ignored(tree(root) - files)
    assert not written, f'these files were left behind: {written}'


def forget():
    """Return to the language and the time zone of the settings, and empty all caches but that of Horizon's frame."""
    translation.deactivate()
    timezone.deactivate()
    for cache in caches.all():
        if not isinstance(cache, locmem.LocMemCache):
            cache.clear()
    # Also those that were configured for one test.
    for kept in (locmem._caches, locmem._expire_info):
        for location, entries in kept.items():
            if location != FRAME:
                entries.clear()
    # A pool of threads that is no longer kept lets them end.
    for function in cached_functions():
        function.cache_clear()
    idle_connections.CONNECTIONS.close()
    store._CircuitBreaker.usable_at = 0.0


def cached_functions():
    """Return what of the plugin remembers results: functions, and rows."""
    return _cached_functions(len(sys.modules))


@functools.lru_cache(maxsize=1)
def _cached_functions(_number_of_modules):
    modules = [module for name, module in sys.modules.items() if name.startswith(_PACKAGE)]
    # What this one remembers follows from Unicode alone, and takes long to make.
    modules.remove(folding)
    named = [found for module in modules for found in vars(module).values()]
    return [found for found in named if hasattr(found, 'cache_clear') and not isinstance(found, type)]


def tree(root):
    """Return the paths of the files below a directory."""
    found = set()
    for directory, below, files in os.walk(root):
        below[:] = [name for name in below if name not in _GENERATED and not name.startswith('.')]
        found.update(f'{directory}/{name}' for name in files)
    return found


def _not_ignored(paths):
    """Return those of ``paths`` that Git does not ignore; outside of a repository it ignores none."""
    if not paths:
        return paths
    command = ['git', '-C', str(PLUGIN.parent), 'check-ignore', '--stdin']
    ignored = subprocess.run(command, input='\n'.join(paths), stdout=subprocess.PIPE, text=True, check=False).stdout
    return paths - set(ignored.splitlines())


def _running(threads):
    """Return the names of those threads that do not end."""
    until = time.monotonic() + WAIT_SECONDS
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    return [thread.name for thread in threads if thread.is_alive()]
