# SPDX-License-Identifier: Apache-2.0
"""Django's cache behind a safe door: one that fails costs calls to GBP, never an error and never a slow page."""

import dataclasses
import functools
import hashlib
import logging
import pickle
import time
import zlib

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends import locmem

LOG = logging.getLogger(__name__)

#: An operator may give the plugin a cache of its own by this name in ``CACHES``.
ALIAS = 'gbp_status_ui'

#: For how many seconds a cache that failed is left alone: each try may cost the backend's time-out.
REST = 5

#: At most one complaint in this many seconds.
SILENCE = 60

#: What memcached takes in one entry (1 MiB), less what it keeps along with it. It refuses what is larger with an error
#: that says nothing of the cache's health.
LARGEST = 1_000_000

#: In how many entries one value is kept at most: a list of more than a hundred thousand rows.
MOST_PARTS = 16

#: From how many bytes on a value is compressed.
COMPRESSED = 10_000

_ABSENT = object()

#: How many entries and bytes one process keeps in its memory, and how often, in seconds, it looks for what has expired.
_ENTRIES, MOST_BYTES, SWEEP = 5000, 64_000_000, 10


@dataclasses.dataclass(frozen=True)
class Compressed:
    """A large value as it is cached."""

    pickled: bytes

    @property
    def value(self):
        # As trustworthy as the cache itself: Django pickles whatever it caches.
        return pickle.loads(zlib.decompress(self.pickled))  # noqa: S301 # nosec B301


@dataclasses.dataclass(frozen=True)
class _InParts:
    """What stands in place of a value that is too large for one entry: the names of the entries that hold it.

    They are named by what they hold, so that parts of two values never come together.
    """

    names: tuple

    def value(self, found):
        """Return the value; ``found`` has the parts by their names."""
        return Compressed(b''.join(found[name] for name in self.names)).value


class _Health:
    """When the cache may be tried and complained about again, in monotonic seconds; each process has its own."""

    usable_at = 0.0
    next_complaint = 0.0


def get(key):
    """Return what is kept under a key, or None."""
    return get_many([key]).get(key)


def get_many(keys):
    """Return {key: value} of those that are kept."""
    found = _entries([_full(key) for key in keys])
    parts = [name for entry in found.values() if isinstance(entry, _InParts) for name in entry.names]
    held = _entries(parts) if parts else {}
    whole = {key: found[_full(key)] for key in keys if _is_whole(found.get(_full(key), _ABSENT), held)}
    return {key: entry.value(held) if isinstance(entry, _InParts) else _unpacked(entry) for key, entry in whole.items()}


def set_many(values, seconds):
    """Keep the values of a dict for some seconds; return the keys of those that the cache does not take."""
    by_key = {key: _in_entries(_full(key), value) for key, value in values.items()}
    entries = {name: entry for some in by_key.values() for name, entry in some.items()}
    refused = _tried(list(entries), lambda: backend().set_many(entries, seconds)) if entries else []
    return {key for key, some in by_key.items() if not some or not set(refused or ()).isdisjoint(some)}


def add(key, value, seconds):
    """Keep a value unless there is one; say whether there was none. Without a cache everybody is the first."""
    return _tried(True, lambda: backend().add(_full(key), value, seconds))


def delete_many(keys):
    _tried(None, lambda: backend().delete_many([_full(key) for key in keys]))


def backend():
    """Return the operator's cache; where that is Django's cache in memory, one of the plugin's own in memory.

    Horizon keeps its sessions in the same cache: in memory it holds few entries, and ours would log people out.
    """
    alias = ALIAS if ALIAS in settings.CACHES else 'default'
    found = caches[alias]
    return _in_memory() if alias == 'default' and isinstance(found, locmem.LocMemCache) else found


@functools.cache
def _in_memory():
    return SweptCache(ALIAS, {'OPTIONS': {'MAX_ENTRIES': _ENTRIES}})


class SweptCache(locmem.LocMemCache):
    """Django's cache in memory, without what has expired, which that keeps until it is asked for, and bounded."""

    _next_sweep = 0.0

    def _set(self, key, value, *args, **options):
        super()._set(key, value, *args, **options)
        now = time.time()
        if now >= self._next_sweep or len(value) >= COMPRESSED:
            self._next_sweep = now + SWEEP
            self._sweep(now)

    def _sweep(self, now):
        for key in [key for key, expiry in self._expire_info.items() if expiry is not None and expiry <= now]:
            self._delete(key)
        size = sum(map(len, self._cache.values()))
        while size > MOST_BYTES:
            # The one that was asked for least recently.
            key, value = self._cache.popitem()
            del self._expire_info[key]
            size -= len(value)


def compressed(value):
    """Return a value as it is, or :class:`Compressed` where it is large.

    A tuple with such a part comes back with it as it is, so that whoever looks at the other parts need not unpack it.
    """
    pickled = pickle.dumps(value)
    if len(pickled) < COMPRESSED:
        return value
    is_done = isinstance(value, tuple) and any(isinstance(part, Compressed) for part in value)
    return Compressed(zlib.compress(pickled, level=0 if is_done else 1))


def _unpacked(value):
    return value.value if isinstance(value, Compressed) else value


def _in_entries(name, value):
    """Return {name: entry} of all that one value is kept in; nothing where it is too large."""
    packed = compressed(value)
    if not isinstance(packed, Compressed) or len(packed.pickled) <= LARGEST:
        return {name: packed}
    pieces = [packed.pickled[start : start + LARGEST] for start in range(0, len(packed.pickled), LARGEST)]
    digest = hashlib.sha256(packed.pickled).hexdigest()
    parts = {_full(f'part:{digest}:{number}'): piece for number, piece in enumerate(pieces)}
    return {**parts, name: _InParts(tuple(parts))} if len(parts) <= MOST_PARTS else {}


def _entries(names):
    return _tried({}, lambda: backend().get_many(names))


def _is_whole(entry, held):
    return entry is not _ABSENT and (not isinstance(entry, _InParts) or all(name in held for name in entry.names))


def _full(key):
    return f'gbp_status_ui:{key}'


def _tried(otherwise, act):
    if time.monotonic() < _Health.usable_at:
        return otherwise
    try:
        return act()
    except Exception as fault:  # noqa: BLE001 - each backend has exceptions of its own, without a common base.
        _complain(fault)
        return otherwise


def _complain(fault):
    now = time.monotonic()
    _Health.usable_at = now + REST
    if now >= _Health.next_complaint:
        _Health.next_complaint = now + SILENCE
        LOG.warning('The cache fails, so GBP is asked more often: %r', fault)
