# SPDX-License-Identifier: Apache-2.0
"""Caches that count, refuse, fail or hold what nobody can read; each is a backend of Django in memory."""

import base64
import collections
import contextlib
import random
import threading
import typing

from django.core.cache.backends import locmem
from django.core.cache.backends.base import BaseCache
from django.test import override_settings

from tests import local_settings

#: Text of so many letters; compressed it takes three quarters of that.
NOISE = base64.b64encode(random.Random(1).randbytes(4_500_000)).decode()  # noqa: S311 - the same in each run.


def noise(size):
    return NOISE[:size]


@contextlib.contextmanager
def in_use(backend):
    """Have the plugin keep all in a cache of its own: a class, or the path of one."""
    path = backend if isinstance(backend, str) else f'{backend.__module__}.{backend.__qualname__}'
    own = {'BACKEND': path, 'LOCATION': path, 'OPTIONS': {'MAX_ENTRIES': 100_000}}
    with override_settings(CACHES={**local_settings.CACHES, 'gbp_status_ui': own}):
        yield


class BrokenCache(BaseCache):
    """Its server is away; it counts how often it is tried."""

    tried = 0

    def __init__(self, _location, params):
        super().__init__(params)

    def _fail(self, *_args, **_options):
        type(self).tried += 1
        raise ConnectionRefusedError('no cache at this address')

    add = get = set = touch = delete = clear = get_many = set_many = delete_many = _fail


class CountingCache(locmem.LocMemCache):
    """Counts the trips that a memcached would see: its clients delete each of many keys by a call of its own."""

    trips: typing.ClassVar = collections.Counter()

    def _count(self, name, number=1):
        type(self).trips[name] += number

    def get(self, *args, **options):
        self._count('get')
        return super().get(*args, **options)

    def get_many(self, keys, version=None):
        self._count('get_many')
        found = {key: super(CountingCache, self).get(key, version=version) for key in keys}
        return {key: value for key, value in found.items() if value is not None}

    def add(self, *args, **options):
        self._count('add')
        return super().add(*args, **options)

    def set(self, *args, **options):
        self._count('set')
        return super().set(*args, **options)

    def set_many(self, data, *args, **options):
        self._count('set_many')
        for key, value in data.items():
            super().set(key, value, *args, **options)
        return []

    def delete(self, *args, **options):
        self._count('delete')
        return super().delete(*args, **options)

    def delete_many(self, keys, version=None):
        self._count('delete_many', len(keys))
        for key in keys:
            super().delete(key, version=version)


class MemcachedLike(locmem.LocMemCache):
    """Refuses an entry of more than a mebibyte, as memcached does; the client raises then."""

    def _set(self, key, value, *args, **options):
        if len(value) > 2**20:
            raise ValueError('object too large for cache')
        super()._set(key, value, *args, **options)


class FullCache(locmem.LocMemCache):
    """Refuses what is too much and says so, as a client of memcached does."""

    def set_many(self, data, *_args, **_options):
        return list(data)


class PoisonedCache(locmem.LocMemCache):
    """Cannot read some of its entries, as where a value of another program cannot be unpickled."""

    poisoned: typing.ClassVar = set()

    def get(self, key, *args, **options):
        if key in self.poisoned:
            raise AttributeError(f'no class for {key}')
        return super().get(key, *args, **options)

    def set(self, key, *args, **options):
        self.poisoned.discard(key)
        super().set(key, *args, **options)

    def delete(self, key, *args, **options):
        self.poisoned.discard(key)
        return super().delete(key, *args, **options)


class RestartedCache(locmem.LocMemCache):
    """Fails at the first call of each thread since its last restart: each has a connection of its own."""

    generation = 0
    failures = 0
    _known = threading.local()

    @classmethod
    def restart(cls):
        """Forget all, and close all connections."""
        cls.generation += 1
        for entries in (locmem._caches, locmem._expire_info):
            entries.get(f'{cls.__module__}.{cls.__qualname__}', {}).clear()

    def _connect(self):
        known = getattr(self._known, 'generation', 0)
        self._known.generation = self.generation
        if known != self.generation:
            type(self).failures += 1
            raise ConnectionResetError('the server has closed the connection')

    def get(self, *args, **options):
        self._connect()
        return super().get(*args, **options)

    def add(self, *args, **options):
        self._connect()
        return super().add(*args, **options)

    def set(self, *args, **options):
        self._connect()
        super().set(*args, **options)

    def delete(self, *args, **options):
        self._connect()
        return super().delete(*args, **options)
