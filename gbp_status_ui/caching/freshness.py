# SPDX-License-Identifier: Apache-2.0
"""How old an answer may be that one request of the dashboard gets.

- ``Cache-Control: max-age=N`` says it (RFC 9111, 5.2.1.1); ``no-cache`` is the same as ``max-age=0``: nothing from
  before the request. Pollers send it, and browsers on a reload. ``Pragma`` does not count: browsers add it by
  themselves where a script sends a validator. Without the header an answer may be one poll interval old.
- An answer from before the session's last action does not count: from before the end of the last request that may have
  changed something.
- A retry sends the *not-before* time that the first answer of its round has named. An answer counts if its call began
  at that time or later, however long the call took.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
import hashlib
import importlib
import logging
import re
import threading
import time
from typing import Any
from typing import cast
from typing import TypeVar

from django.conf import settings
from django.http.cookie import parse_cookie

from gbp_status_ui import conf
from gbp_status_ui.caching import store
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import ANSWER_TTL_SECONDS
from gbp_status_ui.model.types import Request

LOG = logging.getLogger(__name__)

_Made = TypeVar('_Made')

#: The header, both ways, and the parameter of an address that a page asks for again: seconds since 1970, on our clock.
NOT_BEFORE, NOT_BEFORE_PARAMETER = 'Gbp-Status-Not-Before', 'not_before'

_TIME = re.compile(r'[0-9]{1,11}(\.[0-9]{1,9})?')
_SAFE = {'GET', 'HEAD', 'OPTIONS', 'TRACE'}
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})', re.IGNORECASE)
_NO_CACHE = re.compile(r'(?:^|[\s,])no-(?:cache|store)\b', re.IGNORECASE)


class Freshness:
    """How fresh the answers to one request have to be; times are seconds since 1970.

    ``ttl_seconds`` is for how long answers are cached. ``said`` is the not-before time where the address says it.
    ``prefetch`` reads what the cache has of the session, see :class:`Prefetch`.
    """

    ttl_seconds: float = ANSWER_TTL_SECONDS

    def __init__(self, request: Request, said: str = '', prefetch: Prefetch | None = None) -> None:
        self.requested_at = time.time()
        self._round = _believed(request.headers.get(NOT_BEFORE) or said, self.requested_at)
        self._max_age = _max_age(request.headers.get('Cache-Control', ''))
        self._session = _session(request.META)
        self._prefetch = prefetch or Prefetch()
        self._prefetch.want(_acted_key(self._session) if self._session else None)

    @property
    def forces_refresh(self) -> bool:
        """Whether the user asks for new answers, whatever they cost."""
        return self._max_age == 0

    @property
    def is_retry(self) -> bool:
        """Whether the page has asked before in this round, and its answers may still count."""
        return self._round is not None and self._round > self.requested_at - ANSWER_TTL_SECONDS

    @property
    def not_before(self) -> float:
        """The time before which no answer may have been asked for."""
        anew = self._max_age == 0 or self._session is None
        return max(self._began if anew else 0.0, self._acted_at)

    @property
    def _began(self) -> float:
        """When the round of this request began."""
        return self.requested_at if self._round is None else self._round

    @property
    def _acted_at(self) -> float:
        acted = self._prefetch.get(_acted_key(self._session)) if self._session else None
        if not isinstance(acted, (int, float)):
            return 0.0
        # The clock of the host that has noted it may be ahead: a retry must not begin a new round each time.
        is_ahead = acted > self.requested_at
        return 0.0 if is_ahead and self._round is not None else min(acted, self.requested_at)

    def accepts(self, answer: Answer, not_before: float) -> bool:
        """Say whether an answer, or a failure, that came from the cache is fresh enough.

        An answer whose call began in this round counts for the whole round. A failure from before the round counts for
        one poll interval only: that spares a service in trouble, and does not delay its recovery.
        """
        now = time.time()
        if answer.asked_at < not_before:
            return False
        if self._round is not None and answer.asked_at >= self._round:
            return now - answer.came_at < ANSWER_TTL_SECONDS
        age = min(self._age, _interval_seconds()) if answer.failed else self._age
        return now - answer.came_at < min(age + self.requested_at - self._began, ANSWER_TTL_SECONDS)

    @property
    def _age(self) -> float:
        """For how long an answer counts once it has come. RFC 9111 counts whole seconds: one of 1.9 s is 1."""
        return _interval_seconds() if self._max_age is None else self._max_age + 1

    def round(self, leased_at: Iterable[float]) -> float:
        """Return the not-before time of this round; ``leased_at`` are the times when calls began that it waits for."""
        if self._round is not None:
            return self._round
        return max(self.not_before, min([self.requested_at, *leased_at]), self.requested_at - ANSWER_TTL_SECONDS)


class Prefetch:
    """Reads several keys of the cache in one trip: register keys first, then get any of them.

    ``once`` makes a value once a request.
    """

    def __init__(self) -> None:
        self._wanted: list[str] = []
        self._found: dict[str, Any] = {}
        self._made: dict[str, Any] = {}

    def want(self, key: str | None) -> None:
        """Have a key read along with the others; None is none."""
        if key and key not in self._found and key not in self._wanted:
            self._wanted.append(key)

    def note(self, key: str, value: Any) -> None:
        """Note a value that this request has just written."""
        self._found[key] = value

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what ``make()`` has returned when it was first asked for by this name."""
        if name not in self._made:
            self._made[name] = make()
        return cast(_Made, self._made[name])

    def get(self, key: str) -> Any:
        """Return the value of a key, or None."""
        self.want(key)
        if self._wanted:
            wanted, self._wanted = self._wanted, []
            self._found |= {**dict.fromkeys(wanted), **store.get_many(wanted)}
        return self._found.get(key)


_request = threading.local()


def begin_action(environ: Mapping[str, Any] | None = None, **_signal: Any) -> None:
    """Note that a session's request begins that may change something (a receiver of ``request_started``)."""
    _request.session = _known_session(environ) if environ and environ.get('REQUEST_METHOD') not in _SAFE else None


def end_action(**_signal: Any) -> None:
    """Note when it has ended: the session accepts no older answers (a receiver of ``request_finished``)."""
    session, _request.session = getattr(_request, 'session', None), None
    if session:
        store.set_many({_acted_key(session): time.time()}, ANSWER_TTL_SECONDS)


def _known_session(environ: Mapping[str, Any]) -> str | None:
    """Return a digest of a session that exists, or None: an invented session must not fill the cache."""
    key = _session_key(environ)
    engine = importlib.import_module(settings.SESSION_ENGINE)
    try:
        return _digest(key) if key and engine.SessionStore(key).exists(key) else None
    except Exception as fault:  # noqa: BLE001 - whatever the operator's session engine raises is said by the request
        LOG.debug('The session cannot be looked up: %s', type(fault).__name__)
        return None


def _session(environ: Mapping[str, Any]) -> str | None:
    """Return a digest of the session's key, or None where there is none that stays the same."""
    key = _session_key(environ)
    return _digest(key) if key else None


def _session_key(environ: Mapping[str, Any]) -> str | None:
    if settings.SESSION_ENGINE.endswith('signed_cookies'):
        return None
    return parse_cookie(environ.get('HTTP_COOKIE', '')).get(settings.SESSION_COOKIE_NAME)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _acted_key(session: str) -> str:
    return f'acted:{session}'


def _max_age(cache_control: str) -> int | None:
    if _NO_CACHE.search(cache_control):
        return 0
    said = _MAX_AGE.search(cache_control)
    return int(said.group(1)) if said else None


def _believed(said: str, now: float) -> float | None:
    """Return the not-before time that a request names, or None if that is no time or a time in the future."""
    found = float(said) if _TIME.fullmatch(said) else None
    return max(found, now - ANSWER_TTL_SECONDS) if found is not None and found <= now else None


def _interval_seconds() -> float:
    return conf.poll_interval() / 1000
