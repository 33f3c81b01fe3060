# SPDX-License-Identifier: Apache-2.0
"""Django's cache, made safe: if the cache fails, GBP gets more calls, but no page fails or becomes slow.

The plugin caches JSON values alone, written by ``_encode`` and read by ``_decode``. Any other value (of another
program, of another release, or one that cannot be unpickled) is a miss. While the shared cache fails, each process uses
a small store of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import functools
import hashlib
import json
import logging
import time
from typing import Any
from typing import TypeVar
import zlib

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends import dummy
from django.core.cache.backends import locmem
from django.core.cache.backends.base import BaseCache

from gbp_status_ui import logs

LOG = logging.getLogger(__name__)

_Found = TypeVar('_Found')

#: An operator may give the plugin a cache of its own by this name in ``CACHES``.
ALIAS = 'gbp_status_ui'

#: For how many seconds a cache that failed is not tried again: each try may take the backend's time-out.
CACHE_COOLDOWN_SECONDS = 5

#: A call to the cache that fails is retried once at once: after a restart of memcached each kept connection fails once.
MAX_TRIES = 2

#: What memcached takes in one entry (1 MiB), less its own overhead. It refuses a larger one by an error, which does not
#: mean that the cache fails.
MAX_ENTRY_BYTES = 1_000_000

#: In how many entries one value is kept at most: a list of more than a hundred thousand rows.
MAX_PARTS = 16

#: From how many bytes on a value is compressed.
MIN_COMPRESSED_BYTES = 4_000

#: How many entries and bytes the store of the process keeps, and how often it looks for what has expired.
MAX_LOCAL_ENTRIES, MAX_LOCAL_BYTES, SWEEP_INTERVAL_SECONDS = 5000, 64_000_000, 10

#: The first bytes of a value: its format, and whether it is plain, compressed, or the head of several parts.
_PLAIN, _COMPRESSED, _HEAD = b'gbp7j', b'gbp7z', b'gbp7p'

_DIGEST_BYTES = 8


class _CircuitBreaker:
    """When the shared cache may be tried again, in monotonic seconds; each process has its own."""

    usable_at = 0.0


def get(key: str) -> Any:
    """Return the value of a key, or None."""
    return get_many([key]).get(key)


def get_many(keys: Collection[str]) -> dict[str, Any]:
    """Return {key: value} of the keys that have a value, in one request to the cache."""
    found = _raw(list(map(_full, keys)))
    decoded = {key: _decode(found.get(_full(key))) for key in keys}
    return {key: value for key, value in decoded.items() if value is not None}


def set_many(values: Mapping[str, Any], seconds: float) -> set[str]:
    """Store {key: JSON value, not null} for some seconds in one request; return the keys that could not be stored."""
    encoded = {_full(key): _encode(value) for key, value in values.items()}
    fitting = {name: raw for name, raw in encoded.items() if len(raw) <= MAX_ENTRY_BYTES}
    refused = _set_raw(fitting, seconds) | (encoded.keys() - fitting.keys())
    return {key for key in values if _full(key) in refused}


def add(key: str, value: Any, seconds: float) -> bool:
    """Store a value unless the key has one; return whether it was stored."""
    name, raw = _full(key), _encode(value)
    return _shared(lambda: backend().add(name, raw, seconds), lambda: _local().add(name, raw, seconds))


def delete(key: str) -> None:
    name = _full(key)
    _shared(lambda: backend().delete(name), lambda: None)
    if _has_local():
        _local().delete(name)


def get_large(keys: Collection[str]) -> dict[str, Any]:
    """Return {key: value} of those that :func:`set_large` has kept whole."""
    heads = _raw(list(map(_full, keys)))
    parts = {name: _parts_of(name, raw) for name, raw in heads.items()}
    held = _raw([part for names in parts.values() for part in names])
    whole = {key: _joined(heads.get(_full(key)), [held.get(one) for one in parts.get(_full(key), ())]) for key in keys}
    decoded = {key: _decode(raw) for key, raw in whole.items()}
    return {key: value for key, value in decoded.items() if value is not None}


def set_large(key: str, value: Any, seconds: float) -> bool:
    """Keep a JSON value of any size, in several entries where one does not hold it; say whether it is kept.

    The entries have the same names each time, so that a value replaces the one before. Each entry begins with a digest
    of the whole value, so that parts of two values are never put together.
    """
    name, raw = _full(key), _encode(value)
    entries = _in_entries(name, raw)
    left_over = set(_parts_of(name, _raw([name]).get(name))) - entries.keys()
    for old in left_over:
        delete(old.partition(':')[2])
    return bool(entries) and not _set_raw(entries, seconds)


def delete_large(key: str) -> None:
    """Forget what :func:`set_large` has kept."""
    name = _full(key)
    for part in (*_parts_of(name, _raw([name]).get(name)), name):
        delete(part.partition(':')[2])


def backend() -> BaseCache:
    """Return the operator's cache; where that is Django's cache in memory, or none, one of the plugin's own in memory.

    Horizon keeps its sessions in the same cache. In memory it holds few entries: those of the plugin would push
    sessions out, and so log users out.
    """
    alias = ALIAS if ALIAS in settings.CACHES else 'default'
    found = caches[alias]
    is_own = alias == 'default' and isinstance(found, locmem.LocMemCache)
    return _local() if is_own or isinstance(found, dummy.DummyCache) else found


@functools.cache
def _local() -> SweptCache:
    return SweptCache(ALIAS, {'OPTIONS': {'MAX_ENTRIES': MAX_LOCAL_ENTRIES}})


def _has_local() -> bool:
    return bool(_local()._cache)  # noqa: SLF001 -- a subclass of ours


class SweptCache(locmem.LocMemCache):
    """Django's cache in memory, without what has expired, which that keeps until it is asked for, and bounded."""

    _next_sweep = 0.0

    def _set(self, key: str, value: bytes, *args: Any, **options: Any) -> None:
        super()._set(key, value, *args, **options)
        now = time.time()
        if now >= self._next_sweep or len(value) >= MIN_COMPRESSED_BYTES:
            self._next_sweep = now + SWEEP_INTERVAL_SECONDS
            self._sweep(now)

    def _sweep(self, now: float) -> None:
        for key in [key for key, expiry in self._expire_info.items() if expiry is not None and expiry <= now]:
            self._delete(key)
        size = sum(map(len, self._cache.values()))
        while size > MAX_LOCAL_BYTES:
            # The one that was asked for least recently.
            key, value = self._cache.popitem()
            del self._expire_info[key]
            size -= len(value)


def _encode(value: Any) -> bytes:
    raw = json.dumps(value, separators=(',', ':')).encode()
    return _PLAIN + raw if len(raw) < MIN_COMPRESSED_BYTES else _COMPRESSED + zlib.compress(raw, level=1)


def _decode(raw: object) -> Any:
    """Return the JSON value, or None for what ``_encode`` has not written."""
    if not isinstance(raw, bytes):
        return None
    kind, rest = raw[: len(_PLAIN)], raw[len(_PLAIN) :]
    try:
        if kind == _PLAIN:
            return json.loads(rest)
        return json.loads(zlib.decompress(rest)) if kind == _COMPRESSED else None
    except (ValueError, RecursionError, zlib.error):
        return None


def _in_entries(name: str, raw: bytes) -> dict[str, bytes]:
    """Return {name: bytes} of all that one value is kept in; nothing where it is too large."""
    if len(raw) <= MAX_ENTRY_BYTES:
        return {name: raw}
    digest = hashlib.sha256(raw).digest()[:_DIGEST_BYTES]
    size = MAX_ENTRY_BYTES - _DIGEST_BYTES
    pieces = [digest + raw[start : start + size] for start in range(0, len(raw), size)]
    parts = {f'{name}:{number}': piece for number, piece in enumerate(pieces)}
    return {**parts, name: _HEAD + bytes([len(parts)]) + digest} if len(parts) <= MAX_PARTS else {}


def _parts_of(name: str, raw: Any) -> list[str]:
    """Return the names of the parts that a head announces; none for what is no head."""
    is_head = isinstance(raw, bytes) and raw[: len(_HEAD)] == _HEAD and len(raw) == len(_HEAD) + 1 + _DIGEST_BYTES
    return [f'{name}:{number}' for number in range(min(raw[len(_HEAD)], MAX_PARTS))] if is_head else []


def _joined(head: Any, parts: Sequence[Any]) -> Any:
    """Return the bytes of a value, or None where a part is missing or of another value."""
    if not parts:
        return head
    digest = head[-_DIGEST_BYTES:]
    is_whole = all(isinstance(part, bytes) and part[:_DIGEST_BYTES] == digest for part in parts)
    return b''.join(part[_DIGEST_BYTES:] for part in parts) if is_whole else None


def _full(key: str) -> str:
    return f'gbp_status_ui:{key}'


def _raw(names: Collection[str]) -> dict[str, Any]:
    """Return {name: value} as the cache has them, those that the process keeps itself included."""
    if not names:
        return {}
    found = dict(_shared(lambda: backend().get_many(names), dict, lambda: _one_by_one(names)))
    missing = [name for name in names if name not in found] if _has_local() else []
    return found | _local().get_many(missing) if missing else found


def _one_by_one(names: Iterable[str]) -> dict[str, Any]:
    """Read entries one by one after one of several could not be unpickled."""
    found: dict[str, Any] = {}
    for name in names:
        try:
            found |= backend().get_many([name])
        except Exception as fault:  # noqa: BLE001 - whatever unpickling may raise; the entry is a miss
            line = 'An entry of the cache cannot be read: %s'
            logs.once_a_minute(LOG.info, type(fault).__name__, line, logs.described(fault))
    return found


def _set_raw(entries: Mapping[str, bytes], seconds: float) -> set[str]:
    """Keep {name: bytes}; return the names of those that neither the shared cache nor the process keeps."""
    if not entries:
        return set()
    refused = _shared(lambda: backend().set_many(entries, seconds), lambda: list(entries)) or ()
    return {name for name in refused if name in entries and _local().set_many({name: entries[name]}, seconds)}


def _shared(
    act: Callable[[], _Found], otherwise: Callable[[], _Found], salvage: Callable[[], _Found] | None = None
) -> _Found:
    """Return the result of the shared cache, or ``otherwise()`` while it fails.

    ``salvage`` reads the other values if the cache works and one value in it cannot be read.
    """
    if time.monotonic() < _CircuitBreaker.usable_at:
        return otherwise()
    for _try in range(MAX_TRIES):
        try:
            return act()
        except Exception as fault:  # noqa: BLE001 - each backend has exceptions of its own, without a common base.
            last = fault
    if salvage and _works():
        return salvage()
    _open_circuit(last)
    return otherwise()


def _works() -> bool:
    """Say whether the cache answers: then a value in it has caused the error, not the cache."""
    try:
        backend().get(_full('works'))
    except Exception as fault:  # noqa: BLE001 - as in _shared
        LOG.debug('The cache fails: %s', logs.described(fault))
        return False
    return True


def _open_circuit(fault: Exception) -> None:
    _CircuitBreaker.usable_at = time.monotonic() + CACHE_COOLDOWN_SECONDS
    line = 'The cache fails, so each process keeps answers for itself: %s'
    logs.once_a_minute(LOG.warning, type(fault).__name__, line, logs.described(fault))
