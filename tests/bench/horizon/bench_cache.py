# SPDX-License-Identifier: Apache-2.0
"""Django's memcached, which writes down each time that it is waited for: a line of JSON into the file BENCH_TRIPS."""

import functools
import json
import os
from pathlib import Path

from django.core.cache.backends import memcached

_TRIPS = Path(os.environ['BENCH_TRIPS'])


def _write(method, name):
    line = json.dumps({'method': method, 'name': name}) + '\n'
    # One write of one line to a file opened for appending does not mix with those of other processes.
    with _TRIPS.open('ab', buffering=0) as trips:
        trips.write(line.encode())


def _of_one(method):
    @functools.wraps(method)
    def counted(self, key, *args, **kwargs):
        _write(method.__name__, key)
        return method(self, key, *args, **kwargs)

    return counted


def _of_many(method):
    @functools.wraps(method)
    def counted(self, keys, *args, **kwargs):
        _write(method.__name__, next(iter(keys), ''))
        return method(self, keys, *args, **kwargs)

    return counted


class CountingCache(memcached.PyMemcacheCache):
    """One trip for each method, as many values as there are; but pymemcache deletes one name at a time."""

    get = _of_one(memcached.PyMemcacheCache.get)
    set = _of_one(memcached.PyMemcacheCache.set)
    add = _of_one(memcached.PyMemcacheCache.add)
    touch = _of_one(memcached.PyMemcacheCache.touch)
    delete = _of_one(memcached.PyMemcacheCache.delete)
    incr = _of_one(memcached.PyMemcacheCache.incr)
    get_many = _of_many(memcached.PyMemcacheCache.get_many)
    set_many = _of_many(memcached.PyMemcacheCache.set_many)

    def delete_many(self, keys, version=None):
        keys = list(keys)
        for key in keys:
            _write('delete_many', key)
        super().delete_many(keys, version=version)
