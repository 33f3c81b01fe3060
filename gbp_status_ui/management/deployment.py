# SPDX-License-Identifier: Apache-2.0
"""Checks that caches and sessions work for all processes and hosts of the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
import importlib
import re
from typing import Optional
import uuid

from django.conf import settings
from django.core.cache import caches
from django.core.cache import InvalidCacheBackendError
from django.core.cache.backends.base import BaseCache

from gbp_status_ui.management import processes
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import warning
from gbp_status_ui.management.waiting import Task
from gbp_status_ui.management.waiting import TimeBudget
from gbp_status_ui.management.waiting import TookTooLong

PLUGINS, DEFAULT = 'gbp_status_ui', 'default'
SHARED = 'Use a memcached for all workers and hosts, see "A cache for all workers" in the documentation.'
#: The end of a backend's name -> the options that limit how long it may hold up a request; the first that fits counts.
TIMEOUTS = {
    'django_redis.cache.RedisCache': ('SOCKET_CONNECT_TIMEOUT', 'SOCKET_TIMEOUT'),
    'PyMemcacheCache': ('connect_timeout', 'timeout'),
    'PyLibMCCache': ('connect_timeout', 'receive_timeout', 'send_timeout'),
    'RedisCache': ('socket_connect_timeout', 'socket_timeout'),
}
#: Backends that divide the keys among their servers, so that each has to answer.
DIVIDING = ('PyMemcacheCache', 'PyLibMCCache')
#: What was asked: its name, the task that asks it and returns what is wrong, and the alias of the cache.
_Asked = tuple[str, Task[Optional[str]], Optional[str]]

#: As Django splits a LOCATION that is one text.
_SEPARATORS = re.compile(r'[;,]')


def find() -> Iterator[Finding]:
    """Yield what the settings say."""
    here = processes.found()
    for alias in aliases():
        yield from kind_of_cache(alias, here)
        yield from timeouts_of_cache(alias)
    yield from kind_of_sessions(here)


def aliases() -> list[str]:
    """Return the names in CACHES that are looked at: the plugin's cache, Horizon's own, and that of the sessions."""
    own = PLUGINS if PLUGINS in settings.CACHES else DEFAULT
    sessions = [settings.SESSION_CACHE_ALIAS] if _are_cached() else []
    return list(dict.fromkeys([own, DEFAULT, *sessions]))


def _are_cached() -> bool:
    return settings.SESSION_ENGINE.rpartition('.')[2] in {'cache', 'cached_db'}


def _backend(alias: str) -> str:
    return str(settings.CACHES.get(alias, {}).get('BACKEND', ''))


def kind_of_cache(alias: str, here: processes.Processes) -> Iterator[Finding]:
    backend = _backend(alias)
    if backend.endswith('DummyCache'):
        yield warning(f'The cache CACHES[{alias!r}] keeps nothing, so each viewer asks GBP.', SHARED)
    elif backend.endswith('LocMemCache') and here.several is not False:
        level = error if here.several else warning
        what = f'Each process of Horizon has a cache CACHES[{alias!r}] of its own in memory (LocMemCache). {here.words}'
        yield level(what, SHARED)


def timeouts_of_cache(alias: str) -> Iterator[Finding]:
    backend = _backend(alias)
    options = settings.CACHES.get(alias, {}).get('OPTIONS') or {}
    wanted = next((names for part, names in TIMEOUTS.items() if backend.endswith(part)), ())
    missing = [name for name in wanted if name not in options and name not in options.get('behaviors', {})]
    if missing:
        yield warning(
            f'A server of the cache CACHES[{alias!r}] that hangs holds up every page without end.',
            f'Set {", ".join(missing)} in its OPTIONS.',
        )


def kind_of_sessions(here: processes.Processes) -> Iterator[Finding]:
    engine = settings.SESSION_ENGINE.rpartition('.')[2]
    to_do = 'Set SESSION_ENGINE to "django.contrib.sessions.backends.cache", with a memcached in CACHES.'
    if engine == 'signed_cookies':
        yield warning('Sessions are kept in cookies: after an action nobody is recognised, nothing is shared.', to_do)
    elif engine == 'file':
        yield warning(f'Sessions are kept in files, which this host alone can read. {here.words}', to_do)
    elif engine == 'cache' and _backend(settings.SESSION_CACHE_ALIAS).endswith('LocMemCache'):
        yield error(
            'Sessions are kept in the memory of one process (LocMemCache): each other process logs its users out, '
            f'and a restart logs out all. {here.words}',
            to_do,
        )


def answers(seconds: float) -> Iterator[Finding]:
    """Ask each server of each cache, and the sessions, all at the same time; they have so many seconds together."""
    budget = TimeBudget(seconds)
    asked: list[_Asked] = [(f'CACHES[{alias!r}]', Task(_cache_fault, alias), alias) for alias in aliases()]
    asked += [
        (f'CACHES[{alias!r}] at {server}', Task(_cache_fault, alias, server), alias)
        for alias in aliases()
        for server in servers(alias)
    ]
    asked.append(('SESSION_ENGINE', Task(_session_fault), None))
    for name, task, alias in _without_repetitions(asked, budget):
        yield from _answer(name, task, alias, budget)


def _without_repetitions(asked: list[_Asked], budget: TimeBudget) -> list[_Asked]:
    """Leave out a cache as a whole where one of its servers says more."""
    failing = {alias for name, task, alias in asked if ' at ' in name and _outcome(task, budget)}
    return [row for row in asked if row[2] not in failing or ' at ' in row[0]]


def _outcome(task: Task[str | None], budget: TimeBudget) -> str | None:
    """Return what is wrong in words, None if nothing is."""
    try:
        return task.result(budget.left)
    except TookTooLong:
        return f'it does not answer within {budget.seconds:g} seconds'


def _answer(name: str, task: Task[str | None], alias: str | None, budget: TimeBudget) -> Iterator[Finding]:
    fault = _outcome(task, budget)
    if fault and alias:
        yield error(f'The cache {name} fails: {fault}.', f'Start it, or correct CACHES[{alias!r}] in the settings.')
    elif fault and not settings.SESSION_ENGINE.endswith('.cache'):
        yield error(f'The sessions fail: {fault}.', f'Correct {name} and the settings that belong to it.')


def servers(alias: str) -> list[str]:
    """Return the servers of a cache that divides its keys among several; none for any other."""
    if not _backend(alias).endswith(DIVIDING):
        return []
    location = settings.CACHES[alias].get('LOCATION', '')
    several = _SEPARATORS.split(location) if isinstance(location, str) else location
    return list(several) if isinstance(several, (list, tuple)) and len(several) > 1 else []


def _cache_fault(alias: str, server: str | None = None) -> str | None:
    try:
        cache = caches[alias] if server is None else _of_one_server(alias, server)
        return _fault_of(cache, alias)
    except InvalidCacheBackendError as missing:
        return f'its backend cannot be loaded ({missing})'
    except ModuleNotFoundError as missing:
        return f'the library {str(missing.name).partition(".")[0]} is not installed in this Python'
    # Each backend fails by errors of its own.
    except Exception as failure:  # noqa: BLE001
        return repr(failure)


def _of_one_server(alias: str, server: str) -> BaseCache:
    """Return a cache that has one of the servers alone."""
    parameters = dict(settings.CACHES[alias])
    parameters.pop('LOCATION')
    module, _, name = parameters.pop('BACKEND').rpartition('.')
    return getattr(importlib.import_module(module), name)(server, parameters)


def _fault_of(cache: BaseCache, alias: str) -> str | None:
    key = f'gbp_status_check-{uuid.uuid4()}'
    cache.set(key, key, 10)
    kept = cache.get(key) == key
    cache.delete(key)
    if not kept and not _backend(alias).endswith('DummyCache'):
        return 'it does not keep what it is given'
    return None


def _session_fault() -> str | None:
    try:
        importlib.import_module(settings.SESSION_ENGINE).SessionStore().exists(uuid.uuid4().hex)
    # Each engine fails by errors of its own.
    except Exception as failure:  # noqa: BLE001
        return repr(failure)
    return None
