# SPDX-License-Identifier: Apache-2.0
"""A cache of function results in one process, bounded by their size in memory."""

from __future__ import annotations

import collections
from collections.abc import Callable
from collections.abc import Hashable
import functools
import sys
import threading
import types
from typing import Any
from typing import cast
from typing import Protocol
from typing import TypeVar

_Result = TypeVar('_Result')
_Made_co = TypeVar('_Made_co', covariant=True)


class BoundedCache:
    """Results by a hashable key, up to so many bytes.

    The least recently used result is removed first. A result that is larger than its share is not kept at all.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self.cache_clear()

    def cache_clear(self) -> None:
        self._kept: collections.OrderedDict[Hashable, Any] = collections.OrderedDict()
        self._bytes = self._hits = self._misses = 0

    def cache_info(self) -> types.SimpleNamespace:
        """Return what functools tells of a cache, and the size of all results and keys that are kept."""
        return types.SimpleNamespace(hits=self._hits, misses=self._misses, currsize=len(self._kept), bytes=self._bytes)

    def get_or_make(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """Return the result of a key, never None; ``make`` makes it if it is not kept."""
        kept: _Result | None = self._get(key)
        if kept is not None:
            return kept
        result = make()
        self._keep(key, result)
        return result

    def _get(self, key: Hashable) -> Any:
        with self._lock:
            if key not in self._kept:
                self._misses += 1
                return None
            self._hits += 1
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key: Hashable, result: object) -> None:
        size = _size(key) + _size(result)
        with self._lock:
            if size > self._max_bytes // 16 or key in self._kept:
                return
            self._kept[key] = result
            self._bytes += size
            while self._bytes > self._max_bytes:
                dropped = self._kept.popitem(last=False)
                self._bytes -= sum(map(_size, dropped))


class Memoized(Protocol[_Made_co]):
    """A function whose results are kept."""

    cache_clear: Callable[[], None]
    cache_info: Callable[[], types.SimpleNamespace]

    def __call__(self, *arguments: Any) -> _Made_co: ...


def memoize(max_bytes: int) -> Callable[[Callable[..., _Result]], Memoized[_Result]]:
    """Decorate a function of hashable positional arguments: its results, never None, are kept up to so many bytes."""

    def decorate(function: Callable[..., _Result]) -> Memoized[_Result]:
        results = BoundedCache(max_bytes)

        @functools.wraps(function)
        def memoized(*arguments: Any) -> _Result:
            return results.get_or_make(arguments, lambda: function(*arguments))

        made = cast(Memoized[_Result], memoized)
        made.cache_clear, made.cache_info = results.cache_clear, results.cache_info
        return made

    return decorate


def _size(value: object) -> int:
    """Return the bytes of a value with those of what a tuple holds."""
    return sys.getsizeof(value) + (sum(map(_size, value)) if isinstance(value, tuple) else 0)
