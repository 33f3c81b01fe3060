# SPDX-License-Identifier: Apache-2.0
"""Results of functions that one process remembers, bounded by their size in memory."""

import collections
import functools
import sys
import threading
import types


class Results:
    """Results by a hashable key, up to so many bytes.

    The least recently used go first; one that is larger than its share is not kept at all.
    """

    def __init__(self, most_bytes):
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self.cache_clear()

    def cache_clear(self):
        self._kept = collections.OrderedDict()
        self._bytes = self._hits = self._misses = 0

    def cache_info(self):
        """Return what functools tells of a cache, and the size of all results and keys that are kept."""
        return types.SimpleNamespace(hits=self._hits, misses=self._misses, currsize=len(self._kept), bytes=self._bytes)

    def recall(self, key, make):
        """Return the result of a key, never None, which ``make`` makes where it is not kept."""
        result = self._get(key)
        if result is None:
            result = make()
            self._keep(key, result)
        return result

    def _get(self, key):
        with self._lock:
            if key not in self._kept:
                self._misses += 1
                return None
            self._hits += 1
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key, result):
        size = _size(key) + _size(result)
        with self._lock:
            if size > self._most_bytes // 16 or key in self._kept:
                return
            self._kept[key] = result
            self._bytes += size
            while self._bytes > self._most_bytes:
                dropped = self._kept.popitem(last=False)
                self._bytes -= sum(map(_size, dropped))


def remembered(most_bytes):
    """Decorate a function of hashable positional arguments: its results, never None, are kept up to so many bytes."""

    def decorate(function):
        results = Results(most_bytes)

        @functools.wraps(function)
        def remembering(*arguments):
            return results.recall(arguments, lambda: function(*arguments))

        remembering.cache_clear, remembering.cache_info = results.cache_clear, results.cache_info
        return remembering

    return decorate


def _size(value):
    """Return the bytes of a value with those of what a tuple holds."""
    return sys.getsizeof(value) + (sum(map(_size, value)) if isinstance(value, tuple) else 0)
